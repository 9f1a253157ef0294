import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { add } from "#core/money.ts"
import type { TaxRate } from "#core/storefront.ts"
import { addedTax, includedTax, ratesFor, type Taxable } from "#core/tax.ts"
import { shop } from "#testing/club.ts"

const hst: TaxRate = {
  taxClassId: "standard",
  country: "CA",
  subdivision: "ON",
  name: "HST",
  ratePpm: 130_000,
}
const gst: TaxRate = { taxClassId: "standard", country: "CA", name: "GST", ratePpm: 50_000 }
const qst: TaxRate = {
  taxClassId: "standard",
  country: "CA",
  subdivision: "QC",
  name: "QST",
  ratePpm: 99_750,
}
const food: TaxRate = { taxClassId: "food", country: "CA", name: "GST", ratePpm: 50_000 }
const none: TaxRate = {
  taxClassId: "standard",
  country: "CA",
  subdivision: "AB",
  name: "PST",
  ratePpm: 0,
}
const of = (amountMinor: number, ...rates: TaxRate[]): Taxable => ({ amountMinor, rates })

describe("rates of a place", () => {
  const taxed = shop({ taxRates: [hst, gst, qst, food, none] })
  const namesIn = (
    subdivision: string | undefined,
    taxClassId: string | undefined = "standard",
    country = "CA",
  ) => ratesFor(taxed, taxClassId, { country, subdivision }).map((rate) => rate.name)

  it("are the country's and the subdivision's", () => {
    expect(namesIn("QC")).toEqual(["GST", "QST"])
    expect(namesIn("ON")).toEqual(["HST", "GST"])
    expect(namesIn("BC")).toEqual(["GST"])
    expect(namesIn(undefined)).toEqual(["GST"])
  })

  it("are none elsewhere, for another class, without a class, or at nil", () => {
    expect(namesIn("QC", "standard", "US")).toEqual([])
    expect(namesIn("QC", "books")).toEqual([])
    expect(ratesFor(taxed, undefined, { country: "CA" })).toEqual([])
    expect(namesIn("AB")).toEqual(["GST"])
  })
})

describe("tax on top", () => {
  it("is rounded once for all parts of a line under one rate", () => {
    // 4 and 4 apart would be 1 and 1; together 8 * 13 % = 1.04.
    expect(addedTax([of(4, hst), of(4, hst)])).toEqual([
      { name: "HST", ratePpm: 130_000, taxMinor: 1 },
    ])
  })

  it("rounds a half up", () => {
    expect(addedTax([of(10, gst)])[0]?.taxMinor).toBe(1)
    expect(addedTax([of(9, gst)])[0]?.taxMinor).toBe(0)
  })

  it("takes each rate of the parts it applies to", () => {
    expect(addedTax([of(1000, gst, qst), of(100, food)])).toEqual([
      { name: "GST", ratePpm: 50_000, taxMinor: 55 },
      { name: "QST", ratePpm: 99_750, taxMinor: 100 },
    ])
  })

  it("is nothing without rates", () => {
    expect(addedTax([of(1000), of(0)])).toEqual([])
  })
})

describe("tax within", () => {
  it("is the part of the price that its rates make of the net", () => {
    expect(includedTax([of(11_300, hst)])).toEqual([
      { name: "HST", ratePpm: 130_000, taxMinor: 1300 },
    ])
  })

  it("divides what two rates take together without losing a cent", () => {
    // 10000 * 149750 / 1149750 = 1302.46, of which 50000 / 149750 is GST.
    expect(includedTax([of(10_000, gst, qst)])).toEqual([
      { name: "GST", ratePpm: 50_000, taxMinor: 435 },
      { name: "QST", ratePpm: 99_750, taxMinor: 867 },
    ])
  })

  it("takes parts under the same rates together, whatever their order", () => {
    expect(includedTax([of(4, gst, qst), of(4, qst, gst)])).toEqual(includedTax([of(8, gst, qst)]))
  })

  it("keeps parts under different rates apart", () => {
    const shares = includedTax([of(11_300, hst), of(10_500, gst)])
    expect(shares.map((share) => [share.name, share.taxMinor])).toEqual([
      ["HST", 1300],
      ["GST", 500],
    ])
  })

  it("is nothing without rates", () => {
    expect(includedTax([of(1000)])).toEqual([])
  })
})

describe("any line", () => {
  const rate = fc.record({
    taxClassId: fc.constant("standard"),
    country: fc.constant("CA"),
    name: fc.constantFrom("A", "B", "C"),
    ratePpm: fc.integer({ min: 1, max: 1_000_000 }),
  })
  const part = fc.record({
    amountMinor: fc.integer({ min: 0, max: 1_000_000_000 }),
    rates: fc.uniqueArray(rate, { maxLength: 3, selector: (each) => each.name }),
  })

  it("contains no more tax than money, and the net with its taxes is the price", () => {
    fc.assert(
      fc.property(part, (taxable) => {
        const taxMinor = add(...includedTax([taxable]).map((share) => share.taxMinor))
        expect(taxMinor).toBeLessThanOrEqual(taxable.amountMinor)
        const netMinor = taxable.amountMinor - taxMinor
        const ppm = taxable.rates.reduce((sum, each) => sum + each.ratePpm, 0)
        // Half a cent of rounding in the tax may be more in the tax on the net, never more than the rates multiply it by.
        expect(Math.abs(netMinor * (ppm / 1_000_000) - taxMinor)).toBeLessThanOrEqual(
          0.51 * (1 + ppm / 1_000_000),
        )
      }),
    )
  })

  it("pays no less tax on more money", () => {
    fc.assert(
      fc.property(part, fc.nat(10_000), (taxable, moreMinor) => {
        const more = { ...taxable, amountMinor: taxable.amountMinor + moreMinor }
        for (const taxOn of [addedTax, includedTax]) {
          const before = add(...taxOn([taxable]).map((share) => share.taxMinor))
          expect(add(...taxOn([more]).map((share) => share.taxMinor))).toBeGreaterThanOrEqual(
            before,
          )
        }
      }),
    )
  })
})
