import fc from "fast-check"
import { expect, it } from "vitest"
import { minorFrom } from "#core/decimal.ts"
import { largestAmountMinor, toDecimal } from "#core/money.ts"

it.each([
  ["25", "cad", 2500],
  ["25.5", "cad", 2550],
  ["3000", "jpy", 3000],
  ["25.005", "cad", undefined],
  ["25.5", "jpy", undefined],
  ["-1", "cad", undefined],
  ["1,000", "cad", undefined],
  ["", "cad", undefined],
  ["999999999", "cad", undefined],
])("%j in %s is %s", (text, currency, minor) => {
  expect(minorFrom(text, currency)).toBe(minor)
})

it("reads what money writes", () => {
  const amount = fc.integer({ min: 0, max: largestAmountMinor })
  fc.assert(
    fc.property(amount, fc.constantFrom("cad", "jpy", "usd"), (minor, currency) => {
      expect(minorFrom(toDecimal(minor, currency), currency)).toBe(minor)
    }),
  )
})
