import { siteOrigin } from "#core/site-origin.ts"
import type { Storefront } from "#core/storefront.ts"

/** What the embed reads in the address of the page that it is on. */
export const promoParameter = "foyer-promo"

/** A page's address that brings a code along. What else is asked in it stays, a code that was in it does not. */
export function promoLink(page: string, code: string): string {
  const url = new URL(page)
  url.searchParams.set(promoParameter, code)
  return url.href
}

/** The same for a widget's page on this server. */
export function hostedPromoLink(publicUrl: string, widget: string, code: string): string {
  return `${publicUrl}/v1/w/${widget}?${new URLSearchParams({ promo: code }).toString()}`
}

/** Where a code can be taken to: a page of an allowed site, or a widget's own page here. */
export type SharedLink =
  | { readonly ok: true; readonly link: string }
  | { readonly ok: false; readonly reason: "not-an-address" | "not-an-allowed-site" }

/** The link to share. Without a `page` it leads to the own page of a widget that shows everything, or of the first. */
export function sharedLink(
  shop: Pick<Storefront, "account" | "widgets" | "allowedOrigins">,
  publicUrl: string,
  code: string,
  page = "",
): SharedLink {
  if (page.trim() === "") {
    const widget = shop.widgets.find(({ eventSlugs }) => !eventSlugs) ?? shop.widgets[0]
    const name = `${shop.account.slug}/${widget?.slug ?? "main"}`
    return { ok: true, link: hostedPromoLink(publicUrl, name, code) }
  }
  const site = siteOrigin(page)
  if (!site.ok || page.length > longestPage) return { ok: false, reason: "not-an-address" }
  if (!shop.allowedOrigins.has(site.origin)) return { ok: false, reason: "not-an-allowed-site" }
  const whole = /^https?:\/\//i.test(page.trim())
    ? page.trim()
    : `${new URL(site.origin).protocol}//${page.trim()}`
  return { ok: true, link: promoLink(whole, code) }
}

/** A QR code of a longer address is no longer read by every telephone. */
const longestPage = 500
