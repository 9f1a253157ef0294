import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { feeOf, lineFee, unitFee } from "#core/fee.ts"
import type { ServiceFee } from "#core/storefront.ts"
import { product, shop } from "#testing/club.ts"

const service: ServiceFee = {
  id: "service",
  percentPpm: 45_000,
  bearer: "shopper",
  taxClassId: "standard",
  amounts: { cad: { fixedMinor: 38, capMinor: 1000 }, usd: { fixedMinor: 30 } },
}

describe("the fee of a unit", () => {
  it.each([
    [2500, "cad", 151],
    [3800, "cad", 209],
    [1800, "cad", 119],
    [1, "cad", 38],
    [0, "cad", 0],
    [100_000, "cad", 1000],
    [100_000, "usd", 4530],
    [2500, "jpy", 113],
    [2500, "constructor", 113],
  ])(
    "of %i in %s is %i: percent and fixed, capped, a half up, nothing for what is free",
    (unitMinor, currency, feeMinor) => {
      expect(unitFee(service, unitMinor, currency)).toBe(feeMinor)
    },
  )

  it("is never negative, never above the cap, and rises with the price", () => {
    const price = fc.integer({ min: 0, max: 10_000_000 })
    fc.assert(
      fc.property(price, price, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        expect(unitFee(service, low, "cad")).toBeGreaterThanOrEqual(0)
        expect(unitFee(service, high, "cad")).toBeLessThanOrEqual(1000)
        expect(unitFee(service, low, "cad")).toBeLessThanOrEqual(unitFee(service, high, "cad"))
      }),
    )
  })
})

describe("the fee of a line", () => {
  it("is the shown fee times the quantity, not the fee of the sum", () => {
    expect(lineFee(service, 2500, 3, "cad")).toEqual({
      passedMinor: 453,
      absorbedMinor: 0,
      taxClassId: "standard",
    })
  })

  it("is the organizer's when absorbed, and untaxed without a class", () => {
    const { taxClassId: _untaxed, ...absorbed } = { ...service, bearer: "organizer" as const }
    expect(lineFee(absorbed, 2500, 3, "cad")).toEqual({ passedMinor: 0, absorbedMinor: 453 })
  })

  it("is nothing without a fee", () => {
    expect(lineFee(undefined, 2500, 3, "cad")).toEqual({ passedMinor: 0, absorbedMinor: 0 })
  })
})

it("finds a product's fee", () => {
  expect(feeOf(shop(), product("seat", [], { feeId: "service" }))?.id).toBe("service")
  expect(feeOf(shop(), product("seat", []))).toBeUndefined()
  expect(feeOf(shop(), product("seat", [], { feeId: "gone" }))).toBeUndefined()
})
