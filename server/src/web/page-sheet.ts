import { hash } from "node:crypto"
import { Hono } from "hono"
import { pageStyles } from "#views/page-styles.ts"

/** Where the style sheet of our own pages is: a new look has a new address. */
export const pageSheetPath = `/assets/pages-${hash("sha1", pageStyles, "hex").slice(0, 12)}.css`

export function pageSheetRoutes() {
  return new Hono().get(pageSheetPath, (c) =>
    c.body(pageStyles, 200, {
      "Content-Type": "text/css; charset=utf-8",
      "Cache-Control": "public, max-age=31536000, immutable",
    }),
  )
}
