import type { CartLine } from "#core/cart.ts"
import type { OrderLine, OrderSummary } from "#core/order.ts"
import type { PricingContext } from "#core/priced-cart.ts"
import type {
  Event,
  PriceType,
  Product,
  Promotion,
  Region,
  Showtime,
  Storefront,
  Variant,
} from "#core/storefront.ts"

/** A comedy club with one show a test can read off the page: the smallest storefront in which every rule has something to bite on. */
export const now = "2026-11-20T17:00:00Z"

export const canada: Region = {
  id: "region-ca",
  slug: "ca",
  name: "Canada",
  currency: "cad",
  countries: ["CA"],
}

export function context(given: Partial<PricingContext> = {}): PricingContext {
  return { region: canada, now, promotionUses: new Map(), ...given }
}

export function showtime(given: Partial<Showtime> = {}): Showtime {
  return {
    id: "saturday",
    startsLocal: "2026-11-28T20:00:00",
    timeZone: "America/Toronto",
    startsAt: "2026-11-29T01:00:00Z",
    status: "on-sale",
    ...given,
  }
}

export function priceType(
  id: string,
  unitMinor: number,
  given: Partial<PriceType> = {},
): PriceType {
  return {
    id,
    title: id,
    description: "",
    kind: "fixed",
    prices: { cad: { unitMinor } },
    ...given,
  }
}

export function variant(
  id: string,
  priceTypes: readonly PriceType[],
  given: Partial<Variant> = {},
): Variant {
  return { id, optionValueIds: [], tracked: true, priceTypes, ...given }
}

export function product(
  id: string,
  variants: readonly Variant[],
  given: Partial<Product> = {},
): Product {
  return {
    id,
    slug: id,
    kind: "ticket",
    title: id,
    description: "",
    taxClassId: "standard",
    minPerOrder: 1,
    options: [],
    variants,
    ...given,
  }
}

export function event(given: Partial<Event> = {}): Event {
  return {
    id: "headliners",
    slug: "headliners",
    title: "Saturday Night Headliners",
    summary: "",
    description: "",
    pictureAlt: "",
    venue: {
      name: "The Cellar",
      street: "214 Ossington Ave",
      city: "Toronto",
      subdivision: "ON",
      country: "CA",
    },
    status: "on-sale",
    minPerOrder: 1,
    showtimes: [showtime()],
    products: [
      product(
        "General admission",
        [
          variant("seats", [priceType("adult", 2500), priceType("student", 1800)], {
            showtimeId: "saturday",
          }),
        ],
        { feeId: "service" },
      ),
      product(
        "Nachos for two",
        [variant("nachos", [priceType("nachos", 800)], { tracked: false })],
        {
          kind: "add-on",
        },
      ),
    ],
    ...given,
  }
}

export function promotion(given: Partial<Promotion> = {}): Promotion {
  return {
    id: "promotion-laugh10",
    code: "LAUGH10",
    kind: "percent",
    percentPpm: 100_000,
    per: "order",
    appliesTo: "tickets",
    amounts: {},
    ...given,
  }
}

export function shop(given: Partial<Storefront> = {}): Storefront {
  return {
    account: {
      id: "laughing-stock",
      slug: "laughing-stock",
      name: "Laughing Stock",
      locale: "en",
      locales: ["en", "fr"],
      timeZone: "America/Toronto",
      country: "CA",
      orderPrefix: "LS",
      holdMinutes: 15,
    },
    rev: 1,
    brand: { colors: {} },
    regions: [canada],
    taxIncluded: new Set(),
    taxRates: [
      { taxClassId: "standard", country: "CA", subdivision: "ON", name: "HST", ratePpm: 130_000 },
    ],
    fees: new Map([
      [
        "service",
        {
          id: "service",
          percentPpm: 40_000,
          bearer: "shopper",
          taxClassId: "standard",
          amounts: { cad: { fixedMinor: 50 } },
        },
      ],
    ]),
    widgets: [{ id: "main", slug: "main", title: "Shows", allowNullOrigin: false }],
    events: [event()],
    questions: [],
    promotions: new Map([["LAUGH10", promotion()]]),
    pixels: [],
    allowedOrigins: new Set(),
    ...given,
  }
}

export function line(
  priceTypeId: string,
  quantity: number,
  given: Partial<CartLine> = {},
): CartLine {
  return {
    variantId: priceTypeId === "nachos" ? "nachos" : "seats",
    priceTypeId,
    quantity,
    ...given,
  }
}

export function orderLine(given: Partial<OrderLine> = {}): OrderLine {
  return {
    lineNo: 1,
    variantId: "seats",
    priceTypeId: "adult",
    kind: "ticket",
    tracked: true,
    eventSlug: "headliners",
    eventTitle: "Saturday Night Headliners",
    title: "General admission",
    detail: "Adult",
    venueName: "The Cellar",
    venueAddress: "214 Ossington Ave, Toronto, ON, CA",
    quantity: 2,
    unitMinor: 2500,
    discountMinor: 500,
    feePassedMinor: 300,
    feeAbsorbedMinor: 0,
    taxAddedMinor: 624,
    taxIncludedMinor: 0,
    feeTaxAbsorbedMinor: 0,
    totalMinor: 5424,
    ...given,
  }
}

export function order(given: Partial<OrderSummary> = {}): OrderSummary {
  return {
    id: "019aa000-0000-7000-8000-000000000001",
    accountId: "laughing-stock",
    number: "LS-7KQ2MX",
    publicToken: "public-token",
    state: "paid",
    currency: "cad",
    locale: "en",
    subtotalMinor: 5000,
    discountMinor: 500,
    feeMinor: 300,
    taxMinor: 624,
    shippingMinor: 0,
    totalMinor: 5424,
    taxes: [{ name: "HST", ratePpm: 130_000, addedMinor: 624, includedMinor: 0 }],
    promoCode: "LAUGH10",
    email: "sam@example.com",
    firstName: "Sam",
    lastName: "Okafor",
    lines: [orderLine()],
    tickets: [],
    ...given,
  }
}
