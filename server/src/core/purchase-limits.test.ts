import { describe, expect, it } from "vitest"
import { priceCart } from "#core/price-cart.ts"
import { checkLine, checkOrder, type LineWish } from "#core/purchase-limits.ts"
import type { CartLine } from "#core/cart.ts"
import type { Event, PriceType, Product, Storefront } from "#core/storefront.ts"
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
    return checkOrder(priceCart(of, { lines, promoCode }, context()))
  }

  it("is made of something, all of it for sale", () => {
    expect(check([line("adult", 1)])).toBeUndefined()
    expect(check([])).toEqual({ reason: "cart-empty" })
    expect(check([line("gone", 1)])).toEqual({ reason: "cart-empty" })
    expect(check([line("adult", 1), line("gone", 1)])).toEqual({ reason: "not-on-sale", title: "" })
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
