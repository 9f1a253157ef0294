import { type Context, Hono } from "hono"
import { nearestLocale } from "#core/locale.ts"
import { chooseRegion } from "#core/region.ts"
import type { Storefront } from "#core/storefront.ts"
import type { Deps } from "#flows/deps.ts"
import { findEventList, findEventPage } from "#flows/find-event-page.ts"
import { brandSheet } from "#views/brand-style.ts"
import { eventListPage, eventPage, listingStyles, noEventPage } from "#views/event-page.ts"
import type { PaymentOrigins } from "#web/embed.ts"
import { hostedPolicy } from "#web/hosted.ts"
import { pageSheetPath } from "#web/page-sheet.ts"

type PageDeps = Pick<Deps, "pool" | "storefronts" | "stock" | "publicUrl" | "now">

/** The public pages of an organizer's events: `/e/:account/:event`, the list of them, and their brand. */
export function eventPageRoutes(deps: PageDeps, payment: PaymentOrigins) {
  const headers = {
    "Content-Security-Policy": hostedPolicy(deps.publicUrl, payment),
    "Referrer-Policy": "strict-origin",
    "Cache-Control": "no-cache",
  }
  const common = (shop: Storefront, c: Context) => ({
    region: chooseRegion(shop, {}),
    locale: localeOf(shop, c),
    now: deps.now().toISOString(),
    publicUrl: deps.publicUrl,
    stylesPath: pageSheetPath,
    scriptOrigins: payment.script,
  })
  const missing = (c: Context, reason: "gone" | "unknown", shop?: Storefront) =>
    c.html(
      String(
        noEventPage({
          reason,
          stylesPath: pageSheetPath,
          locale: shop ? localeOf(shop, c) : "en",
          ...(shop && { listPath: `/e/${shop.account.slug}` }),
        }),
      ),
      reason === "gone" ? 410 : 404,
      headers,
    )

  return new Hono()
    .get("/e/:account/brand.css", async (c) => {
      const found = await findEventList(deps, c.req.param("account"))
      return c.body(
        found ? `${listingStyles}${brandSheet(found.shop.brand)}` : "",
        found ? 200 : 404,
        { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "public, max-age=60" },
      )
    })
    .get("/e/:account", async (c) => {
      const found = await findEventList(deps, c.req.param("account"))
      if (!found) return missing(c, "unknown")
      return c.html(String(eventListPage({ ...found, ...common(found.shop, c) })), 200, headers)
    })
    .get("/e/:account/:event", async (c) => {
      const { account, event } = c.req.param()
      const found = await findEventPage(deps, account, event)
      if (found.outcome !== "found") return missing(c, found.outcome, found.shop)
      return c.html(String(eventPage({ ...found, ...common(found.shop, c) })), 200, headers)
    })
}

/**
 * The language asked for, else the organizer's own. The browser's wish is not heard: each language has an address of its own, and search engines
 * must find at an address what people find there.
 */
function localeOf({ account }: Storefront, c: Context): string {
  const asked = c.req.query("locale")
  return asked === undefined
    ? account.locale
    : nearestLocale(asked, account.locales, account.locale)
}
