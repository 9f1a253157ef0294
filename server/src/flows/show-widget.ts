import type { Consent, Place } from "@foyer/shared/protocol"
import type { Cart, ShownCart } from "#core/cart.ts"
import { conversionPayloads } from "#core/conversion.ts"
import { checkDetails } from "#core/details.ts"
import { viewFor } from "#core/navigation.ts"
import { describeOffer } from "#core/offer.ts"
import { isUndone } from "#core/order-state.ts"
import type { PricedLine } from "#core/priced-cart.ts"
import { priceCart } from "#core/price-cart.ts"
import { chooseRegion } from "#core/region.ts"
import type { LostLine, PaymentStep, Refusal, Screen, ScreenBase } from "#core/screen.ts"
import type { Region, Storefront, Widget } from "#core/storefront.ts"
import { promotionFacts } from "#flows/promotion-facts.ts"
import type { StockBoard } from "#flows/stock-board.ts"
import { claimConversions } from "#store/conversions.ts"
import type { Pool } from "#store/db.ts"
import { findOrder } from "#store/orders.ts"
import { findPaymentOfOrder } from "#store/payments.ts"
import { findShopperCart } from "#flows/find-shopper-cart.ts"

export type ShowDeps = {
  readonly pool: Pool
  readonly stock: StockBoard
  readonly publicUrl: string
  readonly paymentForm: PaymentForm
  readonly now: () => Date
}

/** What the browser needs to show the provider's form; `script` only with the payment sandbox. */
export type PaymentForm = { readonly publishableKey: string; readonly script?: string }

/** Who looks: the page's own choices beside the cart's token. */
export type Viewer = {
  readonly shop: Storefront
  readonly widget: Widget
  readonly locale: string
  readonly timeZone: string
  readonly token?: string
  /** The token's cart, where the last command has just left it. */
  readonly cart?: ShownCart
  /** Region slug that the shopper chose before there was a cart. */
  readonly region?: string
  /** The embed's `currency` attribute. */
  readonly currency?: string
  readonly country?: string
  /** The host page. */
  readonly page?: string
  readonly consent: Consent
  /** A page that has just come, or shows an order: it sees the order that its cart has become, wherever it would be. */
  readonly keepsOrder?: boolean
  /** The open cart it last saw. Once that is paid, it sees the order, too. */
  readonly openCartId?: string
}

/** What the last command left to say. */
export type ToSay = { readonly refusal?: Refusal; readonly showProblems?: boolean }

/** How long a finished order may be read with its cart's token: a reload, a second tab. */
const orderShownForMs = 24 * 60 * 60 * 1000

/** Everything one widget instance shows at a place. Reads only, but for claiming the conversions of a finished order. */
export async function showWidget(
  deps: ShowDeps,
  viewer: Viewer,
  place: Place,
  toSay: ToSay = {},
): Promise<Screen> {
  const { account } = viewer.shop
  const [shown, remaining] = await Promise.all([
    viewer.cart ?? findShopperCart(deps.pool, viewer),
    deps.stock.remaining(account.id),
  ])
  const region = regionFor(viewer, shown?.cart)
  const base: ScreenBase = {
    shop: viewer.shop,
    widget: viewer.widget,
    region,
    locale: viewer.locale,
    timeZone: viewer.timeZone,
    now: deps.now().toISOString(),
    place,
    remaining,
    sandbox: deps.paymentForm.script !== undefined,
    publicUrl: deps.publicUrl,
    ...(viewer.page && { page: viewer.page }),
    ...(toSay.refusal && { refusal: toSay.refusal }),
  }
  if (!shown || shown.cart.state === "completed") return afterOrder(deps, viewer, base, shown?.cart)
  return withCart(deps, base, shown, toSay)
}

/** The region of the cart, of the shopper's choice, of the embed, of the visitor's country; the organizer's first otherwise. */
export function regionFor(
  viewer: Omit<Viewer, "widget" | "consent" | "cart">,
  cart?: Cart,
): Region {
  return chooseRegion(viewer.shop, {
    ...(cart && cart.state !== "completed" && { cartRegionId: cart.regionId }),
    ...(viewer.region && { chosen: viewer.region }),
    ...(viewer.currency && { currency: viewer.currency }),
    ...(viewer.country && { country: viewer.country }),
  })
}

async function withCart(
  deps: ShowDeps,
  base: ScreenBase,
  { cart, liveHolds }: ShownCart,
  toSay: ToSay,
): Promise<Screen> {
  const facts = await promotionFacts(deps.pool.db, base.shop, cart)
  const context = { region: base.region, now: base.now, ...facts }
  const priced = priceCart(base.shop, cart, context)
  const lost = lostLines(priced.lines, liveHolds, base.remaining)
  const problems = checkDetails(cart.details, base.shop, priced)
  const view = viewFor(base.place, {
    cart,
    eventKnown: eventOf(base) !== undefined,
    lostLines: lost.length,
    detailsIncomplete: problems.length > 0,
    orderShown: false,
  })
  const whole = { ...base, cart: { cart, priced }, place: placed(base.place, view) }
  switch (view) {
    case "details":
      return { ...whole, view, problems: toSay.showProblems ? problems : [] }
    case "payment":
      return { ...whole, view, payment: await paymentStep(deps, cart) }
    case "expired":
      return { ...whole, view, lost }
    case "event":
      return eventScreen(whole)
    case "browse":
    case "cart":
    case "success":
      return { ...whole, view: view === "success" ? "browse" : view }
  }
}

/** Without an open cart: shopping, or the order that the cart became. */
async function afterOrder(
  deps: ShowDeps,
  viewer: Viewer,
  base: ScreenBase,
  cart: Cart | undefined,
): Promise<Screen> {
  const order = cart?.orderId
    ? await findOrder(deps.pool.db, cart.accountId, cart.orderId)
    : undefined
  const placedAtMs = Date.parse(order?.placedAt ?? "")
  const orderShown = Date.parse(base.now) - placedAtMs < orderShownForMs
  const isNews = viewer.keepsOrder || viewer.openCartId === cart?.id
  const wish: Place = cart && orderShown && isNews ? { ...base.place, view: "success" } : base.place
  const view = viewFor(wish, {
    ...(cart && { cart }),
    eventKnown: eventOf(base) !== undefined,
    lostLines: 0,
    detailsIncomplete: false,
    orderShown,
  })
  const whole = { ...base, place: placed(base.place, view) }
  if (view === "event") return eventScreen(whole)
  if (view !== "success" || !order) return { ...whole, view: view === "cart" ? "cart" : "browse" }
  const isTold = viewer.consent === "granted" && !isUndone(order.state)
  const claimed = isTold ? await claimConversions(deps.pool.db, order.id) : []
  const pixels = base.shop.pixels.filter((pixel) => claimed.includes(pixel.destination))
  const { cartId } = order
  return { ...whole, view, order, cartId, conversions: conversionPayloads(order, pixels) }
}

function eventScreen(base: ScreenBase & Pick<Screen, "cart">): Screen {
  const event = eventOf(base)
  if (!event) return { ...base, view: "browse" }
  const showtime = event.showtimes.find((each) => each.id === base.place.showtime)
  return { ...base, view: "event", event, ...(showtime && { showtime }) }
}

function eventOf({ shop, widget, place }: ScreenBase) {
  if (!place.event || (widget.eventSlugs && !widget.eventSlugs.includes(place.event))) return
  return shop.events.find((event) => event.slug === place.event)
}

/** Views are where the shopper is; what ran out is shown at the place of the cart. */
function placed(place: Place, view: Screen["view"]): Place {
  return { ...place, view: view === "expired" ? "cart" : view }
}

async function paymentStep(deps: ShowDeps, cart: Cart): Promise<PaymentStep> {
  const payment = cart.orderId
    ? await findPaymentOfOrder(deps.pool.db, cart.accountId, cart.orderId)
    : undefined
  return {
    ...deps.paymentForm,
    processing: payment?.state === "processing",
    ...(payment?.state === "failed" && { declined: payment.failureCode ?? "generic_decline" }),
  }
}

/** Lines whose seats the clock took, and whether the same could be held again. */
function lostLines(
  lines: readonly PricedLine[],
  liveHolds: ReadonlyMap<string, number>,
  remaining: ReadonlyMap<string, number>,
): readonly LostLine[] {
  const wanted = new Map<string, number>()
  for (const { variant, line } of lines)
    wanted.set(variant.id, (wanted.get(variant.id) ?? 0) + line.quantity)
  return lines
    .filter(
      ({ variant }) =>
        variant.tracked && (liveHolds.get(variant.id) ?? 0) < (wanted.get(variant.id) ?? 0),
    )
    .map((priced) => ({
      title: nameOf(priced),
      detail: priced.event.title,
      quantity: priced.line.quantity,
      totalMinor: priced.unitMinor * priced.line.quantity,
      stillAvailable:
        (remaining.get(priced.variant.id) ?? 0) >= (wanted.get(priced.variant.id) ?? 0),
      samePrice: true,
    }))
}

function nameOf(priced: PricedLine): string {
  const { title, detail } = describeOffer(priced)
  return detail === "" ? title : `${title}, ${detail}`
}
