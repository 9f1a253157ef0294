import fc from "fast-check"
import type { CartLine } from "#core/cart.ts"
import type {
  Event,
  PriceType,
  Product,
  Promotion,
  ServiceFee,
  Storefront,
  TaxRate,
} from "#core/storefront.ts"
import { canada, event, product, promotion, shop, showtime, variant } from "#testing/club.ts"

/** A storefront and a cart of it; the price types of the cart's lines are all different, as the database demands. */
export type ShopAndCart = {
  readonly shop: Storefront
  readonly lines: readonly CartLine[]
  readonly promoCode?: string
}

const price = fc.oneof(fc.constantFrom(0, 1, 99, 2500), fc.integer({ min: 0, max: 1_000_000 }))
const ratePpm = fc.oneof(
  fc.constantFrom(0, 50_000, 99_750, 130_000),
  fc.integer({ min: 0, max: 1_000_000 }),
)

const rate: fc.Arbitrary<TaxRate> = fc.record({
  taxClassId: fc.constantFrom("standard", "food"),
  country: fc.constant("CA"),
  subdivision: fc.constantFrom("ON", "QC"),
  name: fc.constantFrom("GST", "PST", "HST"),
  ratePpm,
})

const fee: fc.Arbitrary<ServiceFee> = fc.record(
  {
    id: fc.constant("service"),
    percentPpm: fc.integer({ min: 0, max: 300_000 }),
    bearer: fc.constantFrom("shopper", "organizer"),
    taxClassId: fc.constantFrom("standard", "food"),
    amounts: fc.record({
      cad: fc.record(
        {
          fixedMinor: fc.integer({ min: 0, max: 500 }),
          capMinor: fc.integer({ min: 0, max: 2000 }),
        },
        { requiredKeys: ["fixedMinor"] },
      ),
    }),
  },
  { requiredKeys: ["id", "percentPpm", "bearer", "amounts"] },
)

const anyPromotion: fc.Arbitrary<Promotion> = fc
  .record({
    kind: fc.constantFrom<Promotion["kind"]>("percent", "amount", "bogo"),
    percentPpm: fc.integer({ min: 0, max: 1_000_000 }),
    per: fc.constantFrom("order", "ticket"),
    appliesTo: fc.constantFrom("tickets", "everything"),
    amounts: fc.record({
      cad: fc.record({ amountMinor: price, minimumMinor: fc.constantFrom(0, 0, 5000) }),
    }),
  })
  .map((given) =>
    promotion({
      ...given,
      ...(given.kind === "bogo" && { bogo: { buy: 1, get: 1, within: "event" } }),
    }),
  )

const anyPriceType = fc.record({
  kind: fc.constantFrom<PriceType["kind"]>("fixed", "pay-what-you-like"),
  title: fc.string({ maxLength: 10 }),
  description: fc.constant(""),
  prices: fc.record({ cad: fc.record({ unitMinor: price }) }, { requiredKeys: [] }),
})

const anyProduct = fc.record({
  kind: fc.constantFrom<Product["kind"]>("ticket", "add-on", "merchandise", "digital"),
  taxClassId: fc.constantFrom("standard", "food", "untaxed"),
  hasFee: fc.boolean(),
  priceTypes: fc.array(anyPriceType, { minLength: 1, maxLength: 3 }),
})

const anyEvent = fc.record({
  status: fc.constantFrom<"on-sale" | "canceled">("on-sale", "on-sale", "on-sale", "canceled"),
  products: fc.array(anyProduct, { minLength: 1, maxLength: 3 }),
})

const anyShop: fc.Arbitrary<Storefront> = fc
  .record({
    rates: fc.array(rate, { maxLength: 4 }),
    fee,
    promotion: anyPromotion,
    isTaxIncluded: fc.boolean(),
    events: fc.array(anyEvent, { minLength: 1, maxLength: 3 }),
  })
  .map((given) =>
    shop({
      taxRates: given.rates,
      fees: new Map([["service", given.fee]]),
      promotions: new Map([["LAUGH10", given.promotion]]),
      taxIncluded: new Set(given.isTaxIncluded ? [canada.currency] : []),
      events: given.events.map((each, index) => buildEvent(each, `event-${index}`)),
    }),
  )

/** Any storefront within the schema's bounds, and any cart of it. */
export const anyCart: fc.Arbitrary<ShopAndCart> = anyShop.chain((anyOf) =>
  fc
    .record(
      {
        lines: fc
          .subarray(everyPriceType(anyOf))
          .chain((chosen) =>
            fc.tuple(...chosen.map(({ id, variantId }) => anyLine(variantId, id))),
          ),
        promoCode: fc.constantFrom("LAUGH10", "laugh10", "NOPE"),
      },
      { requiredKeys: ["lines"] },
    )
    .map((cart) => ({ shop: anyOf, ...cart })),
)

function everyPriceType(of: Storefront): { id: string; variantId: string }[] {
  return of.events
    .flatMap((each) => each.products)
    .flatMap((each) => each.variants)
    .flatMap((each) => each.priceTypes.map(({ id }) => ({ id, variantId: each.id })))
}

function anyLine(variantId: string, priceTypeId: string): fc.Arbitrary<CartLine> {
  return fc.record(
    {
      variantId: fc.constant(variantId),
      priceTypeId: fc.constant(priceTypeId),
      quantity: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 1000 })),
      amountMinor: price,
    },
    { requiredKeys: ["variantId", "priceTypeId", "quantity"] },
  )
}

type EventShape = {
  readonly status: "on-sale" | "canceled"
  readonly products: readonly {
    readonly kind: Product["kind"]
    readonly taxClassId: string
    readonly hasFee: boolean
    readonly priceTypes: readonly {
      readonly kind: PriceType["kind"]
      readonly title: string
      readonly description: string
      readonly prices: { readonly cad?: { readonly unitMinor: number } }
    }[]
  }[]
}

function buildEvent(shape: EventShape, id: string): Event {
  return event({
    id,
    slug: id,
    title: id,
    showtimes: [showtime({ id: `${id}-show`, status: shape.status })],
    products: shape.products.map((each, index) => {
      const productId = `${id}-product-${index}`
      const priceTypes = each.priceTypes.map(({ prices, ...given }, place) => ({
        ...given,
        id: `${productId}-price-${place}`,
        prices: prices.cad ? { cad: prices.cad } : {},
      }))
      const counted = variant(`${productId}-variant`, priceTypes, { showtimeId: `${id}-show` })
      return product(productId, [counted], {
        kind: each.kind,
        taxClassId: each.taxClassId,
        ...(each.hasFee && { feeId: "service" }),
      })
    }),
  })
}
