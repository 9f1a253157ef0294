import { colors, scan } from "@foyer/shared/tokens"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { contrast, contrastFaults } from "#core/brand.ts"
import type { Brand } from "#core/storefront.ts"
import { type Properties, resolveColor, rootProperties, type Scheme } from "#testing/css-colors.ts"
import { galleryBrands } from "#testing/shop-pages.ts"
import { brandSheet } from "#views/brand-style.ts"
import { consoleSheet } from "#views/console/kit/sheet.ts"
import { consoleTokens } from "#views/console/kit/tokens.ts"
import { listingStyles } from "#views/event-page.ts"
import { hostedStyles } from "#views/hosted-page.ts"
import { pageStyles } from "#views/page-styles.ts"

const schemes: readonly Scheme[] = ["light", "dark"]

/** What stands on which grounds: text needs 4.5 to 1, what shows a control or a state 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11). */
type Pairs = readonly (readonly [front: string, grounds: readonly string[]])[]

function faults(properties: Properties, scheme: Scheme, pairs: Pairs, least: number): string[] {
  const colorOf = (value: string) =>
    resolveColor(value.includes("(") ? value : `var(--${value})`, properties, scheme)
  return pairs.flatMap(([front, grounds]) =>
    grounds.flatMap((ground) => {
      const ratio = contrast(colorOf(front), colorOf(ground))
      return ratio < least ? [`${front} on ${ground}: ${ratio.toFixed(2)}`] : []
    }),
  )
}

describe("the console", () => {
  const grounds = ["canvas", "side", "surface", "raised", "sunken"]
  const soft = ["accent-soft", "ok-soft", "warn-soft", "bad-soft"]
  const texts: Pairs = [
    ["ink", [...grounds, ...soft]],
    ["ink-2", [...grounds, "accent-soft", "line"]],
    ["ink-3", [...grounds, "accent-soft"]],
    ["accent", [...grounds, "accent-soft", "warn-soft", "bad-soft"]],
    ["on-solid", ["solid"]],
    ["ok", ["surface", "ok-soft"]],
    ["warn", ["surface", "warn-soft"]],
    ["bad", ["surface", "raised", "bad-soft"]],
    ["surface", ["accent", "ok"]],
    ["on-code", ["code"]],
    ["code-value", ["code"]],
    ["code-name", ["code"]],
  ]
  const controls: Pairs = [
    ["edge", ["surface", "canvas", "raised"]],
    ["accent", grounds],
    ["solid", grounds],
    ["bad", ["surface", "raised"]],
  ]

  it.each(schemes)("can be read and used, %s", (scheme) => {
    const properties = rootProperties(consoleSheet)
    expect(faults(properties, scheme, texts, 4.5)).toEqual([])
    expect(faults(properties, scheme, controls, 3)).toEqual([])
  })

  it("has each of its colours checked but those that only decorate", () => {
    const checked = new Set(
      [...texts, ...controls].flatMap(([front, behind]) => [front, ...behind]),
    )
    const roles = [...rootProperties(consoleTokens)].filter(([, value]) =>
      value.startsWith("light-dark(#"),
    )
    const missing = roles.map(([name]) => name.slice(2)).filter((name) => !checked.has(name))
    expect(roles.length).toBe(Object.keys(colors).length)
    // Paper is the shopper's.
    expect(missing).toEqual(["paper", "accent-mid"])
  })
})

describe("what shoppers see", () => {
  const tinted = (color: string, percent: number) =>
    `color-mix(in srgb, var(--${color}) ${percent}%, var(--bg))`
  const texts: Pairs = [
    ["ink", ["bg", "surface", "tint", tinted("ink", 9), tinted("bad", 9), tinted("warn", 9)]],
    ["muted", ["bg", "surface", "tint"]],
    ["on-accent", ["accent"]],
    ["good", ["bg", "surface"]],
    ["warn", ["bg", "surface", tinted("warn", 14)]],
    ["bad", ["bg", "surface"]],
  ]
  const controls: Pairs = [
    ["edge", ["bg", "surface"]],
    ["focus", ["bg", "surface"]],
    ["mark", ["bg"]],
    ["bad", [tinted("bad", 9)]],
    ["warn", [tinted("warn", 9)]],
  ]
  const looks = Object.entries(galleryBrands).flatMap(([name, brand]) =>
    (brand.theme ? [brand.theme] : schemes).map((scheme) => ({ name, brand, scheme })),
  )

  it.each(looks)("can be read and used with the brand $name, $scheme", ({ brand, scheme }) => {
    expect(contrastFaults(brand.colors)).toEqual([])
    const properties = rootProperties(pageStyles, brandSheet(brand))
    expect(faults(properties, scheme, texts, 4.5)).toEqual([])
    expect(faults(properties, scheme, controls, 3)).toEqual([])
  })

  it("can be read and used with any brand that may be saved", () => {
    const color = fc
      .integer({ min: 0, max: 0xffffff })
      .map((value) => `#${value.toString(16).padStart(6, "0")}`)
    const colors = fc
      .record({ bg: color, ink: color, surface: color }, { requiredKeys: ["bg", "ink"] })
      .filter((each) => contrastFaults(each).length === 0)
    fc.assert(
      fc.property(colors, (brand) => {
        const properties = rootProperties(pageStyles, brandSheet({ colors: brand }))
        const of = (role: string) => resolveColor(`var(--${role})`, properties, "light")
        for (const ground of [of("bg"), of("surface")]) {
          // No mixture is darker than the ink itself, which a surface of our own making may be near to.
          const most = contrast(brand.ink, ground)
          expect(contrast(of("muted"), ground)).toBeGreaterThanOrEqual(Math.min(4.5, most))
          expect(contrast(of("edge"), ground)).toBeGreaterThanOrEqual(Math.min(3, most))
        }
      }),
    )
  })

  it("finds a brand that cannot be read", () => {
    const brand: Brand = { colors: { bg: "#ffffff", ink: "#999999" } }
    const properties = rootProperties(pageStyles, brandSheet(brand))
    expect(faults(properties, "light", texts, 4.5)).toContain("ink on bg: 2.85")
  })
})

it("says a colour nowhere but in the tokens", () => {
  const known = new Set<string>([...Object.values(colors).flat(), ...Object.values(scan)])
  const sheets = [consoleSheet, pageStyles, hostedStyles, listingStyles]
  const said = sheets.flatMap((css) => css.match(/#[0-9a-f]{3,8}\b/gi) ?? [])
  expect(said.filter((color) => !known.has(color))).toEqual([])
  const beyond = consoleSheet.slice(consoleTokens.length) + hostedStyles + listingStyles
  expect(beyond).not.toMatch(/rgba?\(|hsla?\(|light-dark\(/)
})
