import { ga4Item, vendorAmount } from "#core/conversion.ts"
import { describeOffer } from "#core/offer.ts"
import type { PricedCart } from "#core/priced-cart.ts"
import type { Screen } from "#core/screen.ts"

/**
 * What the host page hears in `foyer:*` events while somebody shops, in the shape of GA4's recommended events, so that a tag manager can pass
 * it on: https://developers.google.com/analytics/devguides/collection/ga4/ecommerce. Never personal data.
 */
export type HostDetail = Readonly<Record<string, unknown>>

export function viewDetail(screen: Screen): HostDetail {
  return {
    view: screen.view,
    currency: screen.region.currency.toUpperCase(),
    ...(screen.view === "event" && { event: screen.event.slug, title: screen.event.title }),
  }
}

/** What would be paid now, fees and tax included. Items are named as they will be in the purchase, so that a report can join the two. */
export function cartDetail({ currency, totalMinor, lines, promotion }: PricedCart): HostDetail {
  return {
    currency: currency.toUpperCase(),
    value: vendorAmount(totalMinor, currency),
    ...(promotion && { coupon: promotion.promotion.code }),
    items: lines.map((priced) =>
      ga4Item(
        {
          ...describeOffer(priced),
          priceTypeId: priced.priceType.id,
          kind: priced.product.kind,
          eventTitle: priced.event.title,
          quantity: priced.line.quantity,
          unitMinor: priced.unitMinor,
          discountMinor: priced.discountMinor,
        },
        currency,
      ),
    ),
  }
}
