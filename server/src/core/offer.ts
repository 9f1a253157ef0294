import { isAfter, isWithin } from "#core/instant.ts"
import type { Event, PriceType, Product, Showtime, Storefront, Variant } from "#core/storefront.ts"

/** A price type with all it belongs to: what a line of a cart names. */
export type Offer = {
  readonly event: Event
  readonly showtime?: Showtime
  readonly product: Product
  readonly variant: Variant
  readonly priceType: PriceType
}

/** One index a storefront, made at first use: a storefront never changes, and a cart looks up each of its lines on every click. */
const indexes = new WeakMap<Storefront, ReadonlyMap<string, Offer>>()

export function findOffer(shop: Storefront, priceTypeId: string): Offer | undefined {
  let index = indexes.get(shop)
  if (!index) {
    index = new Map(shop.events.flatMap(offersOf).map((offer) => [offer.priceType.id, offer]))
    indexes.set(shop, index)
  }
  return index.get(priceTypeId)
}

/** Every price type of an event, in catalogue order. */
export function offersOf(event: Event): Offer[] {
  const showtimes = new Map(event.showtimes.map((showtime) => [showtime.id, showtime]))
  return event.products.flatMap((product) =>
    product.variants.flatMap((variant) => {
      const showtime =
        variant.showtimeId === undefined ? undefined : showtimes.get(variant.showtimeId)
      // A variant of a showtime that left the catalogue has left it too.
      if (variant.showtimeId !== undefined && !showtime) return []
      return variant.priceTypes.map((priceType) => ({
        event,
        ...(showtime && { showtime }),
        product,
        variant,
        priceType,
      }))
    }),
  )
}

/** Whether nobody will ever be able to buy it again: its sale or its showtime is over, or all the showtimes it is sold beside. */
export function hasEnded({ event, showtime, priceType }: Offer, now: string): boolean {
  if (priceType.saleEndsAt !== undefined && !isAfter(priceType.saleEndsAt, now)) return true
  return showtime ? isOver(showtime, now) : event.showtimes.every((each) => isOver(each, now))
}

/** Whether anybody may begin to buy it now (ISO 8601). What is held already is not asked again. */
export function isOnSale(offer: Offer, now: string): boolean {
  const { event, showtime, priceType } = offer
  return (
    !hasEnded(offer, now) &&
    event.status === "on-sale" &&
    showtime?.status !== "paused" &&
    isWithin(now, event.salesOpenAt, undefined) &&
    isWithin(now, priceType.saleStartsAt, undefined)
  )
}

/** Whether a showtime has begun or will not be. */
export function isOver(showtime: Showtime, now: string): boolean {
  return showtime.status === "canceled" || !isAfter(showtime.startsAt, now)
}

/** How a line is called: "General admission", "Student"; "T-shirt", "M, blue". A price type without a rival goes without saying. */
export function describeOffer({ product, variant, priceType }: Offer): {
  readonly title: string
  readonly detail: string
} {
  const isNamed = variant.priceTypes.length > 1 && priceType.title !== product.title
  const rate = isNamed ? priceType.title : ""
  const detail = [optionTitles(product, variant), rate].filter((part) => part !== "").join(", ")
  return { title: product.title, detail }
}

/** "M, blue": the values of the variant's options, in the product's order. */
function optionTitles(product: Product, variant: Variant): string {
  return product.options
    .flatMap((option) => option.values)
    .filter((value) => variant.optionValueIds.includes(value.id))
    .map((value) => value.title)
    .join(", ")
}
