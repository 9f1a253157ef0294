import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { CartLine } from "#core/cart.ts"
import { add } from "#core/money.ts"
import { priceCart, unitPrice } from "#core/price-cart.ts"
import type { PricedCart, PricedLine } from "#core/priced-cart.ts"
import type { ServiceFee, Storefront } from "#core/storefront.ts"
import { anyCart } from "#testing/any-cart.ts"
import {
  context,
  event,
  line,
  priceType,
  product,
  promotion,
  shop,
  showtime,
  variant,
} from "#testing/club.ts"

const evening = [line("adult", 2), line("nachos", 1)]

function fee(given: Partial<ServiceFee>): Pick<Storefront, "fees"> {
  const amounts = { cad: { fixedMinor: 50 } }
  const service: ServiceFee = {
    id: "service",
    percentPpm: 40_000,
    bearer: "shopper",
    amounts,
    ...given,
  }
  return { fees: new Map([["service", service]]) }
}

describe("an evening at the club", () => {
  it("costs $68.93: two tickets at $25 with $1.50 fee, nachos at $8 without, 13 % HST on all of it", () => {
    expect(priceCart(shop(), { lines: evening }, context())).toMatchObject({
      currency: "cad",
      taxIncluded: false,
      subtotalMinor: 5800,
      discountMinor: 0,
      feeMinor: 300,
      taxMinor: 793,
      shippingMinor: 0,
      totalMinor: 6893,
      taxes: [{ name: "HST", ratePpm: 130_000, addedMinor: 793, includedMinor: 0 }],
      unavailable: [],
    })
  })

  it("costs $63.28 with 10 % off tickets: the fee stays, the tax follows what is paid", () => {
    const priced = priceCart(shop(), { lines: evening, promoCode: "LAUGH10" }, context())
    expect(priced).toMatchObject({
      subtotalMinor: 5800,
      discountMinor: 500,
      feeMinor: 300,
      taxMinor: 728,
      totalMinor: 6328,
      promotion: { promotion: { code: "LAUGH10" }, discountMinor: 500 },
    })
    expect(
      priced.lines.map((each) => [each.discountMinor, each.taxAddedMinor, each.totalMinor]),
    ).toEqual([
      [500, 624, 5424],
      [0, 104, 904],
    ])
  })

  it("says why a code does not apply, and charges as if it were not there", () => {
    const priced = priceCart(shop(), { lines: evening, promoCode: "NOPE" }, context())
    expect(priced.promotionRefused).toEqual({ code: "NOPE", reason: "unknown-code" })
    expect(priced.promotion).toBeUndefined()
    expect(priced.totalMinor).toBe(6893)
  })

  it("looks at the uses so far of a limited code", () => {
    const limited = shop({ promotions: new Map([["LAUGH10", promotion({ usageLimit: 5 })]]) })
    const cart = { lines: evening, promoCode: "LAUGH10" }
    const uses = (count: number) =>
      context({ promotionUses: new Map([["promotion-laugh10", count]]) })
    expect(priceCart(limited, cart, uses(4)).totalMinor).toBe(6328)
    expect(priceCart(limited, cart, uses(5)).promotionRefused?.reason).toBe("used-up")
  })

  it("costs nothing when nothing is in it", () => {
    const priced = priceCart(shop(), { lines: [] }, context())
    expect(priced).toMatchObject({ lines: [], totalMinor: 0, taxes: [], unavailable: [] })
  })
})

describe("service fees", () => {
  it("absorbed, leave the total alone but for the organizer's own figures", () => {
    const absorbing = shop(fee({ bearer: "organizer", taxClassId: "standard" }))
    const priced = priceCart(absorbing, { lines: [line("adult", 2)] }, context())
    expect(priced.lines[0]).toMatchObject({
      feePassedMinor: 0,
      feeAbsorbedMinor: 300,
      feeTaxAbsorbedMinor: 39,
      taxAddedMinor: 650,
      totalMinor: 5650,
    })
    expect(priced).toMatchObject({ feeMinor: 0, taxMinor: 650 })
    expect(priced.taxes[0]?.addedMinor).toBe(650)
  })

  it("without a tax class of their own bear no tax", () => {
    const priced = priceCart(shop(fee({})), { lines: [line("adult", 2)] }, context())
    expect(priced).toMatchObject({ feeMinor: 300, taxMinor: 650 })
  })

  it("are not taken off by a promotion", () => {
    const everythingFree = shop({
      promotions: new Map([["LAUGH10", promotion({ percentPpm: 1_000_000 })]]),
    })
    const cart = { lines: [line("adult", 2)], promoCode: "LAUGH10" }
    const priced = priceCart(everythingFree, cart, context())
    expect(priced).toMatchObject({
      discountMinor: 5000,
      feeMinor: 300,
      taxMinor: 39,
      totalMinor: 339,
    })
  })
})

describe("a price list that includes tax", () => {
  const inclusive = shop({ taxIncluded: new Set(["cad"]) })

  it("charges what is written, and tells the tax within, the fee's too", () => {
    const priced = priceCart(inclusive, { lines: evening }, context())
    expect(priced).toMatchObject({ taxIncluded: true, taxMinor: 0, totalMinor: 6100 })
    // 5300 * 13 / 113 = 609.7, 800 * 13 / 113 = 92.04
    expect(priced.taxes).toEqual([
      { name: "HST", ratePpm: 130_000, addedMinor: 0, includedMinor: 610 + 92 },
    ])
    expect(priced.lines.map((each) => each.taxIncludedMinor)).toEqual([610, 92])
  })

  it("finds the tax within an absorbed fee", () => {
    const absorbing = shop({
      taxIncluded: new Set(["cad"]),
      ...fee({ bearer: "organizer", taxClassId: "standard" }),
    })
    const priced = priceCart(absorbing, { lines: [line("adult", 2)] }, context())
    expect(priced.lines[0]).toMatchObject({ feeTaxAbsorbedMinor: 35, totalMinor: 5000 })
  })
})

describe("pay what you like", () => {
  const openMic = shop({
    events: [
      event({
        products: [
          product("Seat", [
            variant("seats", [
              priceType("seat", 500, {
                kind: "pay-what-you-like",
                prices: { cad: { unitMinor: 500, suggestedMinor: 1500 } },
              }),
            ]),
          ]),
        ],
      }),
    ],
  })
  const unitOf = (given: Partial<CartLine>) =>
    priceCart(openMic, { lines: [line("seat", 1, given)] }, context()).lines[0]?.unitMinor

  it("takes what the shopper chose, what is suggested before that, and never less than the least", () => {
    expect(unitOf({ amountMinor: 2000 })).toBe(2000)
    expect(unitOf({})).toBe(1500)
    expect(unitOf({ amountMinor: 100 })).toBe(500)
  })

  it("has no say in a fixed price", () => {
    expect(unitPrice(priceType("adult", 2500), "cad", 1)).toBe(2500)
    expect(unitPrice(priceType("adult", 2500), "constructor")).toBeUndefined()
  })
})

describe("what is no longer sold here", () => {
  const sunday = showtime({ id: "sunday" })
  const priceOf = (of: Storefront, wanted: CartLine) => {
    const priced = priceCart(of, { lines: [wanted, line("nachos", 1)] }, context())
    expect(priced.lines.map((each) => each.line.priceTypeId)).toEqual(["nachos"])
    expect(priced.totalMinor).toBe(904)
    return priced.unavailable
  }

  it("is set apart and never charged: unknown, without a price in the currency, of a canceled showtime", () => {
    const gone = line("gone", 3)
    expect(priceOf(shop(), gone)).toEqual([gone])
    const nachos = event().products[1]!
    const dollarsOnly = product("Front", [
      variant("front", [priceType("front", 1, { prices: { usd: { unitMinor: 1 } } })]),
    ])
    const front = line("front", 1)
    expect(priceOf(shop({ events: [event({ products: [dollarsOnly, nachos] })] }), front)).toEqual([
      front,
    ])
    const canceled = event({ showtimes: [showtime({ status: "canceled" }), sunday] })
    expect(priceOf(shop({ events: [canceled] }), line("adult", 1))).toHaveLength(1)
    const left = event({ showtimes: [sunday] })
    expect(priceOf(shop({ events: [left] }), line("adult", 1))).toHaveLength(1)
  })

  it("is not what is held, nor what is only paused", () => {
    const paused = shop({
      events: [event({ status: "paused", salesOpenAt: "2027-01-01T00:00:00Z" })],
    })
    expect(priceCart(paused, { lines: evening }, context()).totalMinor).toBe(6893)
  })

  it("is, once the show has begun, what nothing holds", () => {
    const begun = context({ now: showtime().startsAt })
    const priced = priceCart(shop(), { lines: evening }, begun)
    expect(priced.unavailable.map((each) => each.priceTypeId)).toEqual(["nachos"])
    expect(priced.totalMinor).toBe(5989)
  })
})

describe("several taxes", () => {
  it("are rounded each for itself and shown by name and rate", () => {
    const quebec = event({ venue: { ...event().venue, subdivision: "QC" } })
    const taxes = [
      { taxClassId: "standard", country: "CA", subdivision: "QC", name: "QST", ratePpm: 99_750 },
      { taxClassId: "standard", country: "CA", name: "GST", ratePpm: 50_000 },
      { taxClassId: "standard", country: "US", name: "Sales tax", ratePpm: 80_000 },
    ]
    const priced = priceCart(
      shop({ events: [quebec], taxRates: taxes }),
      { lines: evening },
      context(),
    )
    expect(priced.taxes).toEqual([
      { name: "GST", ratePpm: 50_000, addedMinor: 265 + 40, includedMinor: 0 },
      { name: "QST", ratePpm: 99_750, addedMinor: 529 + 80, includedMinor: 0 },
    ])
  })
})

describe("any cart", () => {
  const anyPriced = anyCart.map(({ shop: of, ...cart }) => priceCart(of, cart, context()))
  const sum = (lines: readonly PricedLine[], amount: (line: PricedLine) => number) =>
    add(...lines.map(amount))

  it("adds up exactly", () => {
    fc.assert(
      fc.property(anyPriced, (priced) => {
        for (const each of priced.lines)
          expect(each.totalMinor).toBe(
            each.unitMinor * each.line.quantity -
              each.discountMinor +
              each.feePassedMinor +
              each.taxAddedMinor,
          )
        expect(priced.totalMinor).toBe(
          sum(priced.lines, (each) => each.totalMinor) + priced.shippingMinor,
        )
        expect(priced.totalMinor).toBe(
          priced.subtotalMinor -
            priced.discountMinor +
            priced.feeMinor +
            priced.taxMinor +
            priced.shippingMinor,
        )
        expect(add(...priced.taxes.map((tax) => tax.addedMinor))).toBe(priced.taxMinor)
        expect(add(...priced.taxes.map((tax) => tax.includedMinor))).toBe(
          sum(priced.lines, (each) => each.taxIncludedMinor),
        )
        expect(priced.promotion?.discountMinor ?? 0).toBe(priced.discountMinor)
      }),
    )
  })

  it("is never negative, never discounted below nothing, and never includes more tax than price", () => {
    fc.assert(
      fc.property(anyPriced, (priced) => {
        for (const each of priced.lines) {
          expect(Math.min(...amountsOf(each))).toBeGreaterThanOrEqual(0)
          expect(each.discountMinor).toBeLessThanOrEqual(each.unitMinor * each.line.quantity)
          expect(each.taxIncludedMinor).toBeLessThanOrEqual(each.totalMinor)
        }
        expect(priced.totalMinor).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it("charges tax on top or within, never both, and has one bearer of each fee", () => {
    fc.assert(
      fc.property(anyPriced, (priced) => {
        for (const each of priced.lines) {
          expect(priced.taxIncluded ? each.taxAddedMinor : each.taxIncludedMinor).toBe(0)
          expect(Math.min(each.feePassedMinor, each.feeAbsorbedMinor)).toBe(0)
        }
      }),
    )
  })

  it("costs the same in whatever order its lines stand", () => {
    const shuffled = anyCart.chain((of) =>
      fc
        .shuffledSubarray([...of.lines], { minLength: of.lines.length })
        .map((lines) => ({ of, lines })),
    )
    fc.assert(
      fc.property(shuffled, ({ of: { shop: seller, ...cart }, lines }) => {
        const amounts = ({ lines: _lines, unavailable: _unavailable, ...rest }: PricedCart) => rest
        expect(amounts(priceCart(seller, { ...cart, lines }, context()))).toEqual(
          amounts(priceCart(seller, cart, context())),
        )
      }),
    )
  })

  it("costs no less, before discounts, with one more of something", () => {
    const grown = anyCart
      .filter((of) => of.lines.length > 0)
      .chain((of) => fc.nat(of.lines.length - 1).map((index) => ({ of, index })))
    fc.assert(
      fc.property(grown, ({ of, index }) => {
        const more = of.lines.map((each, place) =>
          place === index ? { ...each, quantity: each.quantity + 1 } : each,
        )
        const before = priceCart(of.shop, { lines: of.lines }, context()).totalMinor
        expect(priceCart(of.shop, { lines: more }, context()).totalMinor).toBeGreaterThanOrEqual(
          before,
        )
      }),
    )
  })

  it("loses no line: each is priced or set apart", () => {
    fc.assert(
      fc.property(anyCart, ({ shop: of, ...cart }) => {
        const priced = priceCart(of, cart, context())
        const kept = [...priced.lines.map((each) => each.line), ...priced.unavailable]
        expect(new Set(kept)).toEqual(new Set(cart.lines))
        expect(kept).toHaveLength(cart.lines.length)
      }),
    )
  })
})

function amountsOf(each: PricedLine): number[] {
  return [
    each.unitMinor,
    each.discountMinor,
    each.feePassedMinor,
    each.feeAbsorbedMinor,
    each.taxAddedMinor,
    each.taxIncludedMinor,
    each.feeTaxAbsorbedMinor,
    each.totalMinor,
  ]
}
