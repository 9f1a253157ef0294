import { Hono } from "hono"
import { orderCalendar } from "#documents/ics.ts"
import type { Deps } from "#flows/deps.ts"
import { findPublicOrder } from "#flows/find-order.ts"
import { brandSheet } from "#views/brand-style.ts"
import { notFoundPage, orderPage } from "#views/order-page.ts"
import { pageSheetPath } from "#web/page-sheet.ts"

/** No script, no frames, nothing from elsewhere; the address is a secret, so it is told to nobody. */
const pageHeaders = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Robots-Tag": "noindex",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "private, no-store",
}

/** The order page for whoever holds the link, and its calendar file. */
export function orderRoutes(deps: Deps) {
  const find = (token: string) =>
    /^[A-Za-z0-9_-]{32,64}$/.test(token) ? findPublicOrder(deps, token) : undefined

  return new Hono()
    .get("/orders/:token", async (c) => {
      const found = await find(c.req.param("token"))
      const page = found
        ? orderPage({
            ...found,
            publicUrl: deps.publicUrl,
            stylesPath: pageSheetPath,
            sandbox: deps.paymentForm.script !== undefined,
          })
        : notFoundPage({ stylesPath: pageSheetPath })
      return c.html(String(page), found ? 200 : 404, pageHeaders)
    })
    .get("/orders/:token/brand.css", async (c) => {
      const found = await find(c.req.param("token"))
      return c.body(found ? brandSheet(found.brand) : "", found ? 200 : 404, {
        ...pageHeaders,
        "Content-Type": "text/css; charset=utf-8",
      })
    })
    .get("/orders/:token/calendar.ics", async (c) => {
      const found = await find(c.req.param("token"))
      if (!found) return c.text("There is no such order.", 404, pageHeaders)
      return c.body(orderCalendar(found.order, deps.publicUrl), 200, {
        ...pageHeaders,
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": `attachment; filename="${found.order.number}.ics"`,
      })
    })
}
