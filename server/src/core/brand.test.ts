import fc from "fast-check"
import { expect, it } from "vitest"
import {
  contrast,
  contrastFaults,
  leastContrast,
  neededInk,
  readableColor,
  schemeOf,
} from "./brand.ts"

const color = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, "0")}`)

it.each([
  ["#000000", "#ffffff", 21],
  ["#ffffff", "#ffffff", 1],
  ["#777777", "#ffffff", 4.48],
])("the contrast of %s and %s is %d", (a, b, ratio) => {
  expect(contrast(a, b)).toBeCloseTo(ratio, 2)
})

it("is the same either way round and lies between 1 and 21", () => {
  fc.assert(
    fc.property(color, color, (a, b) => {
      expect(contrast(a, b)).toBe(contrast(b, a))
      expect(contrast(a, b)).toBeGreaterThanOrEqual(1)
      expect(contrast(a, b)).toBeLessThanOrEqual(21)
    }),
  )
})

it("names each pair that cannot be read, and judges no colour that is absent", () => {
  const faults = contrastFaults({ bg: "#ffffff", ink: "#eeeeee", accent: "#ffb000" })
  expect(faults).toEqual([{ text: "ink", ground: "bg", ratio: expect.any(Number) }])
  expect(faults[0]?.ratio).toBeLessThan(leastContrast)
})

it("suggests a colour that can be read, near the one that cannot", () => {
  expect(readableColor("#000000", "#ffffff")).toBeUndefined()
  expect(readableColor("#999999", "#ffffff")).toBe("#767676")
  fc.assert(
    fc.property(color, color, (text, ground) => {
      const suggested = readableColor(text, ground)
      if (contrast(text, ground) >= leastContrast) expect(suggested).toBeUndefined()
      else expect(contrast(suggested ?? text, ground)).toBeGreaterThanOrEqual(leastContrast)
    }),
  )
})

it("tells the scheme from the ground where the brand names none", () => {
  expect(schemeOf({ colors: {} })).toBeUndefined()
  expect(schemeOf({ colors: { bg: "#000000" } })).toBe("dark")
  expect(schemeOf({ colors: { bg: "#fff8f5" } })).toBe("light")
  expect(schemeOf({ theme: "light", colors: { bg: "#000000" } })).toBe("light")
})

it("asks for more ink only where the usual share cannot be read", () => {
  expect(neededInk({})).toBeUndefined()
  expect(neededInk({ ink: "#777777" })).toBeUndefined()
  expect(neededInk({ ink: "#000000", bg: "#ffffff" })).toBeUndefined()
  expect(neededInk({ ink: "#595959", bg: "#ffffff" })).toBe(86)
  expect(neededInk({ ink: "#767676", bg: "#ffffff" })).toBe(100)
})
