import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { rowOffer } from "#core/availability.ts"
import { offersOf } from "#core/offer.ts"
import { priceCart } from "#core/price-cart.ts"
import { checkLine, checkOrder, type LineWish } from "#core/purchase-limits.ts"
import type { CartLine } from "#core/cart.ts"
import type { Event, PriceType, Product, Showtime, Storefront } from "#core/storefront.ts"
import {
  canada,
  context,
  event,
  line,
  now,
  priceType,
  product,
  promotion,
  shop,
  showtime,
  variant,
} from "#testing/club.ts"

function wish(given: Partial<LineWish> = {}) {
  return checkLine({
    shop: shop(),
    cartLines: [],
    priceTypeId: "adult",
    quantity: 1,
    region: canada,
    now,
    ...given,
  })
}

const selling = (given: Partial<Event>): Storefront => shop({ events: [event(given)] })
const general = event().products[0]!
const nachos = event().products[1]!
function withProduct(given: Partial<Product>, adult: Partial<PriceType> = {}): Storefront {
  const seats = variant("seats", [priceType("adult", 2500, adult), priceType("student", 1800)], {
    showtimeId: "saturday",
  })
  return selling({ products: [{ ...general, variants: [seats], ...given }, nachos] })
}
const notOnSale = { reason: "not-on-sale", title: "General admission" }

describe("a line", () => {
  it("may be set when it is on sale", () => {
    expect(wish()).toBeUndefined()
    expect(wish({ priceTypeId: "nachos", quantity: 1000 })).toBeUndefined()
  })

  it("may always be removed, even when nobody knows it any more", () => {
    expect(wish({ priceTypeId: "gone", quantity: 0 })).toBeUndefined()
    expect(wish({ shop: selling({ status: "paused" }), quantity: 0 })).toBeUndefined()
  })

  it("must be known and have a price here", () => {
    expect(wish({ priceTypeId: "gone" })).toEqual({ reason: "not-on-sale", title: "" })
    expect(wish({ region: { ...canada, currency: "jpy" } })).toEqual(notOnSale)
  })

  it.each<[string, Storefront]>([
    ["of a paused event", selling({ status: "paused" })],
    ["before sales open", selling({ salesOpenAt: "2026-11-20T17:00:01Z" })],
    ["of a showtime that has begun", selling({ showtimes: [showtime({ startsAt: now })] })],
    ["of a paused showtime", selling({ showtimes: [showtime({ status: "paused" })] })],
    ["of a canceled showtime", selling({ showtimes: [showtime({ status: "canceled" })] })],
    ["before its price is on sale", withProduct({}, { saleStartsAt: "2026-11-20T17:00:01Z" })],
    ["after its price was on sale", withProduct({}, { saleEndsAt: now })],
  ])("is not on sale %s, but what is held already may stay or become less", (_when, closed) => {
    expect(wish({ shop: closed })).toEqual(notOnSale)
    const held = [line("adult", 2)]
    expect(wish({ shop: closed, cartLines: held, quantity: 3 })).toEqual(notOnSale)
    expect(wish({ shop: closed, cartLines: held, quantity: 2 })).toBeUndefined()
    expect(wish({ shop: closed, cartLines: held, quantity: 1 })).toBeUndefined()
    expect(wish({ shop: closed, cartLines: held, quantity: 1, isHeld: false })).toEqual(notOnSale)
  })

  it("is on sale from the moment sales open", () => {
    expect(wish({ shop: selling({ salesOpenAt: now }) })).toBeUndefined()
  })
})

describe("the most in one order", () => {
  it("is limited by price type", () => {
    const limited = withProduct({}, { maxPerOrder: 2, title: "Adult" })
    expect(wish({ shop: limited, quantity: 2 })).toBeUndefined()
    expect(wish({ shop: limited, quantity: 3 })).toEqual({
      reason: "over-maximum",
      title: "Adult",
      maximum: 2,
    })
  })

  it("is limited by product, all its price types together", () => {
    const limited = withProduct({ maxPerOrder: 4 })
    const cartLines = [line("student", 2), line("adult", 1)]
    expect(wish({ shop: limited, cartLines, quantity: 2 })).toBeUndefined()
    expect(wish({ shop: limited, cartLines, quantity: 3 })).toEqual({
      reason: "over-maximum",
      title: "General admission",
      maximum: 4,
    })
  })

  it("is limited by event, all its tickets together and nothing else", () => {
    const limited = selling({ maxPerOrder: 3 })
    const cartLines = [line("student", 2), line("nachos", 9)]
    expect(wish({ shop: limited, cartLines, quantity: 1 })).toBeUndefined()
    expect(wish({ shop: limited, cartLines, quantity: 2 })).toEqual({
      reason: "over-maximum",
      title: "Saturday Night Headliners",
      maximum: 3,
    })
    expect(wish({ shop: limited, cartLines, priceTypeId: "nachos", quantity: 10 })).toBeUndefined()
  })

  it("counts no lines that left the catalogue, and lets a cart above a new limit shrink", () => {
    const limited = withProduct({ maxPerOrder: 2 })
    expect(wish({ shop: limited, cartLines: [line("gone", 50)], quantity: 2 })).toBeUndefined()
    expect(wish({ shop: limited, cartLines: [line("adult", 6)], quantity: 5 })).toBeUndefined()
  })
})

describe("pay what you like", () => {
  const jam = withProduct({}, { kind: "pay-what-you-like", prices: { cad: { unitMinor: 500 } } })

  it("has a least amount, which is asked even of what is held", () => {
    expect(wish({ shop: jam, amountMinor: 500 })).toBeUndefined()
    expect(wish({ shop: jam, amountMinor: 499 })).toEqual({
      reason: "amount-too-low",
      minimumMinor: 500,
    })
    expect(wish({ shop: jam, cartLines: [line("adult", 1)], amountMinor: 0 })).toEqual({
      reason: "amount-too-low",
      minimumMinor: 500,
    })
    expect(wish({ shop: jam })).toBeUndefined()
  })

  it("has no say in a fixed price", () => {
    expect(wish({ amountMinor: 1 })).toBeUndefined()
  })
})

describe("an order", () => {
  function check(lines: readonly CartLine[], of: Storefront = shop(), promoCode?: string) {
    return checkOrder(priceCart(of, { lines, promoCode }, context()), of)
  }

  it("is made of something, all of it for sale", () => {
    expect(check([line("adult", 1)])).toBeUndefined()
    expect(check([])).toEqual({ reason: "cart-empty" })
    expect(check([line("gone", 1)])).toEqual({ reason: "cart-empty" })
    expect(check([line("adult", 1), line("gone", 1)])).toEqual({ reason: "not-on-sale", title: "" })
    const unpriced = withProduct({}, { prices: {} })
    expect(check([line("nachos", 1), line("adult", 1)], unpriced)).toEqual(notOnSale)
  })

  it("reaches the product's minimum, its price types together", () => {
    const pairs = withProduct({ minPerOrder: 2 })
    expect(check([line("adult", 1)], pairs)).toEqual({
      reason: "below-minimum-quantity",
      title: "General admission",
      minimum: 2,
    })
    expect(check([line("adult", 1), line("student", 1)], pairs)).toBeUndefined()
    expect(check([line("nachos", 1)], pairs)).toBeUndefined()
  })

  it("reaches the event's minimum of tickets, if it has any of them", () => {
    const groups = selling({ minPerOrder: 4 })
    expect(check([line("adult", 3), line("nachos", 5)], groups)).toEqual({
      reason: "below-minimum-quantity",
      title: "Saturday Night Headliners",
      minimum: 4,
    })
    expect(check([line("adult", 3), line("student", 1)], groups)).toBeUndefined()
    expect(check([line("nachos", 1)], groups)).toBeUndefined()
  })

  it("costs nothing, or enough to be charged", () => {
    const cheap = (unitMinor: number) =>
      selling({
        products: [
          product("Seat", [variant("seats", [priceType("seat", unitMinor)])], {
            taxClassId: "none",
          }),
        ],
      })
    expect(check([line("seat", 1)], cheap(0))).toBeUndefined()
    expect(check([line("seat", 1)], cheap(50))).toBeUndefined()
    expect(check([line("seat", 1)], cheap(49))).toEqual({
      reason: "below-payment-minimum",
      minimumMinor: 50,
    })
    const almostFree = new Map([["LAUGH10", promotion({ percentPpm: 990_000 })]])
    expect(
      check([line("seat", 1)], { ...cheap(2500), promotions: almostFree }, "LAUGH10")?.reason,
    ).toBe("below-payment-minimum")
  })
})

describe("any offer", () => {
  const instant = fc.constantFrom(
    "2026-11-01T00:00:00Z",
    now,
    "2026-11-20T17:00:00.001Z",
    "2026-12-31T00:00:00Z",
  )
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
  const maximum = maybe(fc.integer({ min: 1, max: 5 }))
  const anyEvent = fc
    .record({
      status: fc.constantFrom<Event["status"]>("on-sale", "paused"),
      salesOpenAt: maybe(instant),
      startsAt: instant,
      showtimeStatus: fc.constantFrom<Showtime["status"]>("on-sale", "paused", "canceled"),
      saleStartsAt: maybe(instant),
      saleEndsAt: maybe(instant),
      currency: fc.constantFrom("cad", "usd"),
    })
    .map(({ status, salesOpenAt, startsAt, showtimeStatus, saleStartsAt, saleEndsAt, currency }) =>
      event({
        status,
        ...(salesOpenAt && { salesOpenAt }),
        showtimes: [showtime({ startsAt, status: showtimeStatus })],
        products: [
          product("Seat", [
            variant(
              "seats",
              [
                priceType("seat", 0, {
                  prices: { [currency]: { unitMinor: 2500 } },
                  ...(saleStartsAt && { saleStartsAt }),
                  ...(saleEndsAt && { saleEndsAt }),
                }),
              ],
              { showtimeId: "saturday" },
            ),
          ]),
        ],
      }),
    )

  it("can be put into a cart exactly when it is shown as available", () => {
    fc.assert(
      fc.property(anyEvent, (of) => {
        const selling = { currency: "cad", remaining: new Map([["seats", 100]]), now }
        const shown = rowOffer(offersOf(of)[0]!, selling)?.availability.state
        const refusal = wish({ shop: shop({ events: [of] }), priceTypeId: "seat" })
        expect(refusal?.reason).toBe(shown === "available" ? undefined : "not-on-sale")
      }),
    )
  })

  it("can be taken out, whatever is wrong with it", () => {
    fc.assert(
      fc.property(anyEvent, fc.boolean(), (of, isHeld) => {
        const cartLines = [line("seat", 3)]
        expect(
          wish({
            shop: shop({ events: [of] }),
            priceTypeId: "seat",
            quantity: 0,
            cartLines,
            isHeld,
          }),
        ).toBeUndefined()
      }),
    )
  })

  it("never passes a limit by any way of clicking", () => {
    const clicks = fc.array(
      fc.record({
        priceTypeId: fc.constantFrom("adult", "student"),
        quantity: fc.integer({ min: 0, max: 7 }),
      }),
      { maxLength: 20 },
    )
    const limits = fc.record({ ofType: maximum, ofProduct: maximum, ofEvent: maximum })
    fc.assert(
      fc.property(clicks, limits, (wishes, { ofType, ofProduct, ofEvent }) => {
        const limited = withProduct(
          ofProduct ? { maxPerOrder: ofProduct } : {},
          ofType ? { maxPerOrder: ofType } : {},
        )
        const of = shop({
          events: [{ ...limited.events[0]!, ...(ofEvent && { maxPerOrder: ofEvent }) }],
        })
        const quantities = new Map<string, number>()
        for (const { priceTypeId, quantity } of wishes) {
          const cartLines = [...quantities].map(([id, held]) => line(id, held))
          if (!wish({ shop: of, cartLines, priceTypeId, quantity }))
            quantities.set(priceTypeId, quantity)
        }
        const inAll = [...quantities.values()].reduce((sum, quantity) => sum + quantity, 0)
        expect(inAll).toBeLessThanOrEqual(Math.min(ofProduct ?? 99, ofEvent ?? 99))
        expect(quantities.get("adult") ?? 0).toBeLessThanOrEqual(ofType ?? 99)
      }),
    )
  })
})
