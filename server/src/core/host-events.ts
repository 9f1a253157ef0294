import { type Ga4Item, ga4Item, ga4Purchase, vendorAmount } from "#core/conversion.ts"
import { describeOffer } from "#core/offer.ts"
import type { OrderSummary } from "#core/order.ts"
import type { PricedCart } from "#core/priced-cart.ts"
import type { Screen } from "#core/screen.ts"

/** What the host page's own scripts hear with `foyer:*` events, shaped as GA4's ecommerce events; no personal data. */
export type HostDetail = Readonly<Record<string, unknown>>

/** `foyer:view`: the view, and the event looked at. */
export function viewDetail(screen: Screen): HostDetail {
  const shown = { view: screen.view, currency: screen.region.currency.toUpperCase() }
  if (screen.view !== "event") return shown
  const { id, slug, title, category } = screen.event
  return {
    ...shown,
    event: slug,
    items: [{ item_id: id, item_name: title, ...(category && { item_category: category }) }],
  }
}

/** `foyer:cart` and `foyer:begin-checkout`: what would be paid now, fees and tax included. */
export function cartDetail(priced: PricedCart): HostDetail {
  return {
    currency: priced.currency.toUpperCase(),
    value: vendorAmount(priced.totalMinor, priced.currency),
    ...(priced.promotion && { coupon: priced.promotion.promotion.code }),
    items: ga4Items(priced),
  }
}

/** `foyer:purchase`. */
export function purchaseDetail(order: OrderSummary): HostDetail {
  return ga4Purchase(order)
}

/** The cart's lines as GA4 items. */
export function ga4Items(priced: PricedCart): Ga4Item[] {
  return priced.lines.map((line) =>
    ga4Item(
      {
        ...describeOffer(line),
        priceTypeId: line.priceType.id,
        kind: line.product.kind,
        eventTitle: line.event.title,
        quantity: line.line.quantity,
        unitMinor: line.unitMinor,
        discountMinor: line.discountMinor,
      },
      priced.currency,
    ),
  )
}
