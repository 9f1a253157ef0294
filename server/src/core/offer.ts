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

/** How a line is called: "General admission", "Student"; "T-shirt", "M, blue". A price type without a rival goes without saying. */
export function describeOffer({ product, variant, priceType }: Offer): {
  readonly title: string
  readonly detail: string
} {
  const rate = variant.priceTypes.length > 1 ? priceType.title : ""
  const detail = [optionTitles(product, variant), rate].filter((part) => part !== "").join(", ")
  return { title: product.title, detail }
}

/** "M, blue": the values of the variant's options, in the product's order. */
export function optionTitles(product: Product, variant: Variant): string {
  return product.options
    .flatMap((option) => option.values)
    .filter((value) => variant.optionValueIds.includes(value.id))
    .map((value) => value.title)
    .join(", ")
}
