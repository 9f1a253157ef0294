import type { OrderSummary } from "#core/order.ts"
import type { Brand, Storefront } from "#core/storefront.ts"
import { brandSheet } from "#views/brand-style.ts"
import { eventListPage, eventPage, listingStyles, noEventPage } from "#views/event-page.ts"
import type { Html } from "#views/html.ts"
import { hostedPage, hostedStyles, noWidgetPage } from "#views/hosted-page.ts"
import { cancellationMail } from "#views/mail/cancellation.ts"
import { confirmationMail, type Mail } from "#views/mail/confirmation.ts"
import { invitationMail, resetMail, welcomeMail } from "#views/mail/person-mail.ts"
import { mailParts } from "#views/mail/mail-parts.ts"
import { recoveryMail } from "#views/mail/recovery.ts"
import { notFoundPage, orderPage } from "#views/order-page.ts"
import { shopperParts } from "#views/shopper-parts.ts"
import { club, line, orderOf, screenBase } from "./screens.ts"

export type ShopPagesParts = {
  readonly brand?: Brand
  readonly locale?: string
  readonly publicUrl?: string
  /** Names that nobody shortened, and an order of thirty tickets. */
  readonly isMuch?: boolean
}

/** Brands as different as organizers are. */
export const galleryBrands: Readonly<Record<string, Brand>> = {
  plain: { colors: {} },
  amber: {
    theme: "dark",
    colors: { bg: "#000000", ink: "#f6f1e6", accent: "#ffb000", accentInk: "#1c1300" },
    radiusPx: 2,
    headingWeight: 800,
  },
  pastel: {
    theme: "light",
    colors: { bg: "#fff8f5", ink: "#46284a", accent: "#f4a9bd", accentInk: "#3d1330" },
    radiusPx: 20,
    fontHeading: 'Georgia, "Times New Roman", serif',
    headingWeight: 400,
  },
}

const stylesPath = "/pages.css"
const now = "2026-11-21T01:00:18Z"
const longName =
  "The Extraordinarily Long-Winded Society for Comedy, Cabaret and Related Arts of Toronto"

function shopOf({ brand = { colors: {} }, isMuch = false }: ShopPagesParts): Storefront {
  const shop = club({ brand })
  if (!isMuch) return shop
  const { account, events } = shop
  const title = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamte, the Musical"
  const [first, ...rest] = events
  return {
    ...shop,
    account: { ...account, name: longName },
    events: first ? [{ ...first, title }, ...rest] : rest,
  }
}

/** Each page of ours that a shopper is given, in each state worth looking at, with made-up data, by its path. */
export function shopPages(parts: ShopPagesParts = {}): ReadonlyMap<string, Html> {
  const { locale = "en", publicUrl = "https://tickets.example.com" } = parts
  const shop = shopOf(parts)
  const { account, brand } = shop
  const order = orderIn(shop, parts)
  const orderIs = (more: Partial<OrderSummary>) =>
    orderPage({
      order: { ...order, ...more },
      account,
      brand,
      publicUrl,
      stylesPath,
      sandbox: more.state === undefined,
    })
  const tickets = order.tickets.map((ticket) => ({ ...ticket, state: "void" as const }))
  const states = ["awaiting_payment", "processing", "partially_refunded", "refunded"] as const
  return new Map([
    ["/order", orderIs({})],
    ["/order/one", orderIs({ tickets: order.tickets.slice(0, 1) })],
    ["/order/void", orderIs({ tickets, state: "paid" })],
    ["/order/canceled", orderIs({ tickets, state: "canceled" })],
    ...states.map((state) => [`/order/${state}`, orderIs({ state })] as const),
    ["/parts", shopperParts({ stylesPath, locale, now })],
    ["/parts/mail", mailParts()],
    ["/order/not-found", notFoundPage({ stylesPath, locale })],
    ...listings(shop, locale, publicUrl),
  ])
}

function orderIn(shop: Storefront, { locale = "en", isMuch = false }: ShopPagesParts) {
  const lines = isMuch
    ? [line("ga0", 8), line("student0", 8), line("front2", 8), line("nachos", 12)]
    : [line("ga0", 2), line("nachos", 1)]
  const order = orderOf(screenBase({ shop, lines, promoCode: "LAUGH10" }), { locale })
  if (!isMuch) return order
  return {
    ...order,
    firstName: "Maria Fernanda Guadalupe",
    lastName: "Wolfeschlegelsteinhausenbergerdorff",
    email: "maria.fernanda.guadalupe.wolfeschlegelsteinhausenbergerdorff@a-long-domain.example",
  }
}

function listings(shop: Storefront, locale: string, publicUrl: string) {
  const [region] = shop.regions
  const [widget] = shop.widgets
  const [event] = shop.events
  if (!widget || !event) throw new Error("the storefront sells nothing")
  const common = { shop, region, locale, now, publicUrl, stylesPath, scriptOrigins: [] }
  const listing = { ...common, remaining: new Map<string, number>() }
  const hosted = (wishes: { readonly event?: string }) => hostedPage({ ...common, widget, wishes })
  return [
    ["/hosted", hosted({})],
    ["/hosted/event", hosted({ event: event.slug })],
    ["/hosted/empty", hostedPage({ ...common, shop: { ...shop, events: [] }, widget, wishes: {} })],
    ["/hosted/not-found", noWidgetPage({ stylesPath })],
    ["/e/event", eventPage({ ...listing, event, widget })],
    ["/e/read-only", eventPage({ ...listing, event })],
    ["/e/over", eventPage({ ...listing, event, widget, now: "2027-11-21T01:00:18Z" })],
    ["/e/list", eventListPage(listing)],
    ["/e/empty", eventListPage({ ...listing, shop: { ...shop, events: [] } })],
    ["/e/gone", noEventPage({ stylesPath, locale, reason: "gone", listPath: "/e/list" })],
    ["/e/unknown", noEventPage({ stylesPath, locale, reason: "unknown" })],
  ] as const
}

/** What those pages ask for as their brand's sheet, by the page's path. */
export function brandSheetOf(path: string, brand: Brand): string {
  const added = path.startsWith("/v1/") ? hostedStyles : path.startsWith("/e/") ? listingStyles : ""
  return `${added}${brandSheet(brand)}`
}

/** Each mail that is sent, by name. */
export function allMails(parts: ShopPagesParts = {}): ReadonlyMap<string, Mail> {
  const { locale = "en", publicUrl = "https://tickets.example.com" } = parts
  const shop = shopOf(parts)
  const { account, brand } = shop
  const order = orderIn(shop, parts)
  const link = `${publicUrl}/v1/w/laughing-stock/main#recover=${"a".repeat(43)}`
  const name = parts.isMuch === true ? longName : "Dana"
  return new Map([
    ["confirmation", confirmationMail({ order, account, brand, publicUrl, locale })],
    [
      "cancellation",
      cancellationMail({
        order: { ...order, locale },
        account,
        brand,
        refundMinor: order.totalMinor,
      }),
    ],
    ["recovery", recoveryMail({ account, brand, locale, lines: order.lines, link })],
    ["welcome", welcomeMail({ name, link })],
    ["reset", resetMail({ name, link })],
    [
      "invitation",
      invitationMail({ accountName: account.name, inviterName: name, role: "marketer", link }),
    ],
  ])
}
