import type { CatalogueFile } from "./catalogue-file.ts"
import { catalogueRows, type IdOf } from "./catalogue-rows.ts"
import { eventOf } from "./event-part.ts"
import { describeOffer, isOver, type Offer, offersOf } from "./offer.ts"
import { priceCart, unitPrice } from "./price-cart.ts"
import type { TaxLine } from "./priced-cart.ts"
import type { Event, PriceType, Product, Storefront } from "./storefront.ts"

/** What one ticket comes to, as a guest would pay it. Amounts in minor units. */
export type GuestPrice = {
  readonly currency: string
  /** "General admission", "Student". */
  readonly name: string
  readonly unitMinor: number
  readonly isLeast: boolean
  readonly feeMinor: number
  readonly taxes: readonly TaxLine[]
  readonly totalMinor: number
  /** What is left of the price when the organizer has paid the fee and its tax; tax within the price is still to be handed on. */
  readonly receivedMinor: number
}

/** One of each ticket type in each currency, at the next date. Drafts too: the event is the file's, all else the shop's. */
export function guestPrices(
  shop: Storefront,
  file: CatalogueFile,
  slug: string,
  idOf: IdOf,
  now: string,
): GuestPrice[] {
  const event = eventOfFile(file, slug, idOf)
  if (!event) return []
  const own = { ...shop, events: [event] }
  const offers = offersAt(event, now)
  const regions = [...new Map(shop.regions.map((region) => [region.currency, region])).values()]
  return regions.flatMap((region) =>
    offers.flatMap((offer) => {
      const { priceType, variant } = offer
      if (unitPrice(priceType, region.currency) === undefined) return []
      const line = { variantId: variant.id, priceTypeId: priceType.id, quantity: 1 }
      const context = { region, now, promotionUses: new Map() }
      const priced = priceCart(own, { lines: [line] }, context)
      const [only] = priced.lines
      if (!only) return []
      const { title, detail } = describeOffer(offer)
      return [
        {
          currency: region.currency,
          name: detail === "" ? title : detail,
          unitMinor: only.unitMinor,
          isLeast: priceType.kind === "pay-what-you-like",
          feeMinor: priced.feeMinor,
          taxes: priced.taxes,
          totalMinor: priced.totalMinor,
          receivedMinor: only.unitMinor - only.feeAbsorbedMinor - only.feeTaxAbsorbedMinor,
        },
      ]
    }),
  )
}

/** Tickets of the next date, or of the first one when all are over. */
function offersAt(event: Event, now: string): Offer[] {
  const date = event.showtimes.find((showtime) => !isOver(showtime, now)) ?? event.showtimes[0]
  return offersOf(event).filter(
    ({ product, showtime }) => product.kind === "ticket" && (!showtime || showtime.id === date?.id),
  )
}

/** An entry of the file as what it would be in the shop. */
export function eventOfFile(file: CatalogueFile, slug: string, idOf: IdOf): Event | undefined {
  const entry = eventOf(file, slug)
  if (!entry) return undefined
  const rows = catalogueRows({ ...file, events: [entry], questions: [], promotions: [] }, idOf)
  const [row] = rows.events
  if (!row) return undefined
  const prices = Map.groupBy(rows.prices, (price) => price.priceTypeId)
  const priceTypes = Map.groupBy(rows.priceTypes, (each) => each.variantId)
  const chosen = Map.groupBy(rows.variantOptions, (each) => each.variantId)
  const values = Map.groupBy(rows.optionValues, (each) => each.optionId)
  const options = Map.groupBy(rows.options, (each) => each.productId)
  const variants = Map.groupBy(rows.variants, (each) => each.productId)
  const priceTypeOf = (each: (typeof rows.priceTypes)[number]): PriceType => ({
    ...given(each),
    kind: each.kind,
    prices: Object.fromEntries(
      (prices.get(each.id) ?? []).map(({ currency, ...price }) => [currency, given(price)]),
    ) as PriceType["prices"],
  })
  const productOf = (each: (typeof rows.products)[number]): Product => ({
    ...given(each),
    kind: each.kind,
    options: (options.get(each.id) ?? []).map((option) => ({
      ...option,
      values: values.get(option.id) ?? [],
    })),
    variants: (variants.get(each.id) ?? []).map((variant) => ({
      ...given(variant),
      optionValueIds: (chosen.get(variant.id) ?? []).map(({ optionValueId }) => optionValueId),
      priceTypes: (priceTypes.get(variant.id) ?? []).map(priceTypeOf),
    })),
  })
  return {
    ...given(row),
    status: "on-sale",
    venue: {
      name: row.venueName,
      street: row.venueStreet,
      city: row.venueCity,
      country: row.venueCountry,
      ...(row.venueSubdivision !== null && { subdivision: row.venueSubdivision }),
    },
    showtimes: rows.showtimes,
    products: rows.products.map(productOf),
  }
}

type Given<T> = { readonly [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
  readonly [K in keyof T as null extends T[K] ? K : never]?: NonNullable<T[K]>
}

/** Without what is NULL. */
function given<T extends object>(row: T): Given<T> {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== null),
  ) as unknown as Given<T>
}
