import { expect, it } from "vitest"
import { isPayable, paymentMinimum } from "#core/payment-minimum.ts"

it.each([
  ["cad", 50],
  ["gbp", 30],
  ["jpy", 50],
  ["kwd", 1],
  ["constructor", 1],
])("the least charge in %s is %i", (currency, minimumMinor) => {
  expect(paymentMinimum(currency)).toBe(minimumMinor)
})

it.each([
  [0, true],
  [1, false],
  [49, false],
  [50, true],
])("a total of %i cents can be settled: %s", (totalMinor, expected) => {
  expect(isPayable(totalMinor, "cad")).toBe(expected)
})
