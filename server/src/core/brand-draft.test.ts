import { expect, it } from "vitest"
import { brandOf, contrastAdvice } from "#core/brand-draft.ts"

it("reads a brand as the widget takes it", () => {
  expect(brandOf({ densityPercent: 85, radiusPx: 4, theme: "dark" })).toEqual({
    density: 0.85,
    radiusPx: 4,
    theme: "dark",
    colors: {},
  })
})

it("suggests a colour for each that cannot be read", () => {
  expect(contrastAdvice({ ink: "#999999", bg: "#ffffff", accent: "#ffb000" })).toEqual([
    { text: "ink", ground: "bg", ratio: expect.closeTo(2.85, 1), suggested: "#767676" },
  ])
})
