import { Hono } from "hono"
import { findPicture } from "#flows/find-picture.ts"
import type { WebDeps } from "#web/deps.ts"

/** Uploaded pictures, for host pages of any origin. A name is its content's, so that it never changes: `?w=480` asks for a smaller one. */
export function pictureRoutes(deps: Pick<WebDeps, "pool">) {
  return new Hono().get("/media/account/:account/:file{[0-9a-f]{40}\\.webp}", async (c) => {
    const { account, file } = c.req.param()
    const width = /^\d{1,4}$/.exec(c.req.query("w") ?? "")?.[0] ?? "9999"
    const bytes = await findPicture(deps, account, file.slice(0, 40), Number(width))
    if (!bytes) return c.text("Not found", 404)
    return c.body(new Uint8Array(bytes), 200, {
      "Content-Type": "image/webp",
      "Cache-Control": "public, max-age=31536000, immutable",
      "Access-Control-Allow-Origin": "*",
      "Cross-Origin-Resource-Policy": "cross-origin",
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "default-src 'none'; sandbox",
    })
  })
}
