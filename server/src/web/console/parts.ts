import { Hono } from "hono"
import { partsPage } from "#views/console/parts.ts"
import { mailParts } from "#views/mail/mail-parts.ts"
import { shopperParts } from "#views/shopper-parts.ts"
import { page } from "#web/console/answer.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { pageSheetPath } from "#web/page-sheet.ts"

/** As strict as the pages that it shows the parts of, but within a frame of ours. */
const framed = (styles: string) => ({
  "Content-Security-Policy": `default-src 'none'; style-src ${styles}; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'`,
})

/**
 * The pages of every part, for who builds the console and what shoppers are given: only where the payment sandbox stands in, as nothing real is
 * sold there.
 */
export function partsRoutes({ paymentForm, now }: Pick<ConsoleDeps, "paymentForm" | "now">) {
  const routes = new Hono()
  if (paymentForm.script === undefined) return routes
  return routes
    .get("/console/parts", (c) => page(c, partsPage()))
    .get("/console/parts/shopper", (c) => {
      const parts = { stylesPath: pageSheetPath, locale: "en", now: now().toISOString() }
      return c.html(String(shopperParts(parts)), 200, framed("'self'"))
    })
    .get("/console/parts/mail", (c) =>
      // Mail knows inline styles only.
      c.html(String(mailParts()), 200, framed("'unsafe-inline'")),
    )
}
