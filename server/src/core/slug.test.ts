import fc from "fast-check"
import { expect, it } from "vitest"
import { slugFrom } from "./slug.ts"

it.each([
  ["Café Späti, 2nd night!", "cafe-spati-2nd-night"],
  ["Rock & Roll", "rock-and-roll"],
  ["New Year’s Eve", "new-years-eve"],
  ["  Straße  ", "strasse"],
  ["日本", "event"],
  ["--", "event"],
  ["taken", "taken-3"],
  [
    "The Long and Winding Road Comedy Theatre of Greater Manchester",
    "the-long-and-winding-road-comedy-theatre-of-greater",
  ],
  ["x".repeat(70), "x".repeat(60)],
])("%s is %s", (title, slug) => {
  expect(slugFrom(title, new Set(["taken", "taken-2"]), "event")).toBe(slug)
})

it("is always a slug that nobody has", () => {
  const taken = new Set(["a", "a-2", "item"])
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (title) => {
      const slug = slugFrom(title, taken)
      expect(slug).toMatch(/^(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*$/)
      expect(taken.has(slug)).toBe(false)
    }),
  )
})
