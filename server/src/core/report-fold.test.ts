import { array, assert, constantFrom, integer, property, record } from "fast-check"
import { describe, expect, it } from "vitest"
import { allocate } from "#core/money.ts"
import {
  type CountedOrder,
  evenPart,
  models,
  mostRows,
  openDayFold,
  otherValue,
  type Slice,
  whole,
} from "#core/report-fold.ts"

const order = (parts: Partial<CountedOrder>): CountedOrder => ({
  currency: "usd",
  totalMinor: 1000,
  refundedMinor: 0,
  isReturned: false,
  touches: [],
  events: [{ event: "gala", totalMinor: 1000, tickets: 2 }],
  ...parts,
})

const fold = (...orders: readonly CountedOrder[]): Slice[] => {
  const day = openDayFold()
  for (const each of orders) day.order(each)
  return day.end()
}

const rowsOf = (slices: readonly Slice[], model: string, dimension: string, event = "") =>
  slices.find(
    (each) => each.model === model && each.dimension === dimension && each.event === event,
  )?.rows ?? []

const touches = [
  { at: 1, source: "newsletter", medium: "email", campaign: "november" },
  { at: 2, source: "instagram", medium: "paid_social", campaign: "reels" },
  { at: 3 },
]

describe("openDayFold", () => {
  it("credits the first, the last that tells something, or all", () => {
    const slices = fold(order({ touches }))
    const named = (model: string) =>
      rowsOf(slices, model, "campaign").map(({ value, soldMinor }) => [value, soldMinor])
    expect(named("first")).toEqual([["november", 1000]])
    expect(named("last")).toEqual([["reels", 1000]])
    expect(named("linear")).toEqual([
      ["november", 334],
      ["", 333],
      ["reels", 333],
    ])
  })

  it("credits an order without touches to nobody, and leaves none out", () => {
    const [row] = rowsOf(fold(order({})), "last", "campaign")
    expect(row).toMatchObject({ value: "", source: "direct", medium: "none", soldMinor: 1000 })
  })

  it("counts an order of two events for each of them, and once for all", () => {
    const events = [
      { event: "gala", totalMinor: 700, tickets: 1 },
      { event: "jam", totalMinor: 300, tickets: 3 },
    ]
    const slices = fold(order({ events, refundedMinor: 101 }))
    expect(rowsOf(slices, "last", "promo")).toMatchObject([
      { ordersPpm: whole, ticketsPpm: 4 * whole, soldMinor: 1000, refundedMinor: 101 },
    ])
    expect(rowsOf(slices, "last", "promo", "gala")).toMatchObject([
      { ordersPpm: whole, ticketsPpm: whole, soldMinor: 700, refundedMinor: 71 },
    ])
    expect(rowsOf(slices, "last", "promo", "jam")).toMatchObject([
      { ordersPpm: whole, ticketsPpm: 3 * whole, soldMinor: 300, refundedMinor: 30 },
    ])
  })

  it("counts an order that was given back against what sold it", () => {
    const slices = fold(order({ touches, isReturned: true, refundedMinor: 1000 }))
    expect(rowsOf(slices, "first", "campaign")).toMatchObject([
      { value: "november", ordersPpm: whole, returnedPpm: whole, ticketsPpm: 0 },
    ])
  })

  it("keeps currencies apart", () => {
    const slices = fold(order({}), order({ currency: "eur" }))
    expect(new Set(slices.map(({ currency }) => currency))).toEqual(new Set(["usd", "eur"]))
    for (const { rows } of slices) expect(rows).toMatchObject([{ soldMinor: 1000 }])
  })

  it("says no more rows than anybody reads, and loses nothing", () => {
    const day = openDayFold()
    for (let each = 0; each < mostRows + 50; each += 1)
      day.visits({ event: "", currency: "usd", count: 1, touch: { at: 1, term: `t${each}` } })
    const rows = rowsOf(day.end(), "last", "term")
    expect(rows).toHaveLength(mostRows + 1)
    expect(rows.at(-1)).toMatchObject({ value: otherValue, visits: 50 })
  })

  it("loses nothing and makes nothing, whatever is sold and whoever brought it", () => {
    const anyTouch = record({
      at: integer({ min: 0, max: 5 }),
      source: constantFrom("a", "b"),
      campaign: constantFrom("x", "y", "z"),
    })
    const anyOrder = record({
      currency: constantFrom("usd", "jpy"),
      totalMinor: integer({ min: 0, max: 1e9 }),
      touches: array(anyTouch, { maxLength: 7 }),
    }).map((parts) => order({ ...parts, refundedMinor: Math.floor(parts.totalMinor / 3) }))
    assert(
      property(array(anyOrder, { maxLength: 12 }), (orders) => {
        for (const { currency, event, rows } of fold(...orders)) {
          if (event !== "") continue
          const same = orders.filter((each) => each.currency === currency)
          const sum = (pick: (each: CountedOrder) => number) =>
            same.reduce((total, each) => total + pick(each), 0)
          const got = (name: "soldMinor" | "refundedMinor" | "ordersPpm") =>
            rows.reduce((total, row) => total + row[name], 0)
          expect(got("soldMinor")).toBe(sum((each) => each.totalMinor))
          expect(got("refundedMinor")).toBe(sum((each) => each.refundedMinor))
          expect(got("ordersPpm")).toBe(same.length * whole)
        }
      }),
    )
  })

  it("has every model and dimension of whatever it has one of", () => {
    const slices = fold(order({ touches }))
    expect(slices).toHaveLength(models.length * 8 * 2)
  })
})

describe("evenPart", () => {
  it("splits as money is split everywhere", () => {
    assert(
      property(integer({ min: 0, max: 1e12 }), integer({ min: 1, max: 30 }), (amount, count) => {
        const parts = Array.from({ length: count }, (_, index) => evenPart(amount, index, count))
        expect(parts).toEqual(allocate(amount, Array<number>(count).fill(1)))
      }),
    )
  })
})
