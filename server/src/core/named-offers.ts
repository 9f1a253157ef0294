import { findOffer, type Offer, offersOf } from "#core/offer.ts"
import type { Storefront } from "#core/storefront.ts"

/** What a buy button's item may mean: a price type's id, `event/product`, or `event` for all its tickets. */
export function offersNamed(shop: Storefront, item: string): readonly Offer[] {
  const byId = findOffer(shop, item)
  if (byId) return [byId]
  const [eventSlug, productSlug] = item.split("/")
  const event = shop.events.find(({ slug }) => slug === eventSlug)
  return event
    ? offersOf(event).filter(({ product }) =>
        productSlug === undefined ? product.kind === "ticket" : product.slug === productSlug,
      )
    : []
}
