import { expect, it } from "vitest"
import { brandSheet, brandStyle } from "#views/brand-style.ts"

it("names only what the brand says", () => {
  expect(brandStyle({ colors: {} })).toEqual({})
  expect(brandSheet({ colors: {} })).toBe("")
  const brand = { colors: { bg: "#000000", accentInk: "#1c1300" }, radiusPx: 2, density: 0.85 }
  expect(brandStyle(brand)).toEqual({
    "--foyer-bg": "#000000",
    "--foyer-accent-ink": "#1c1300",
    "--foyer-radius": "2px",
    "--foyer-density": "0.85",
  })
  expect(brandSheet(brand)).toBe(
    ":root{--foyer-bg:#000000;--foyer-accent-ink:#1c1300;--foyer-radius:2px;--foyer-density:0.85}\n",
  )
})

it.each(["x;} body { display: none", "a/*", "url(https://a.example/f)", "\\3b", "</style>"])(
  "leaves out a font that is no font: %s",
  (font) => expect(brandSheet({ colors: {}, font })).toBe(""),
)

it("keeps a font with its quotes", () => {
  expect(brandSheet({ colors: {}, font: 'Georgia, "Times New Roman", serif' })).toBe(
    ':root{--foyer-font:Georgia, "Times New Roman", serif}\n',
  )
})
