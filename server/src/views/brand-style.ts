import { neededInk } from "#core/brand.ts"
import type { Brand } from "#core/storefront.ts"

/** A brand as the public `--foyer-*` custom properties, for a style sheet or CSSOM; what a brand leaves out is left to the widget. */
export function brandStyle(brand: Brand): Record<string, string> {
  const { colors } = brand
  const px = (value: number | undefined) => (value === undefined ? undefined : `${value}px`)
  const second = neededInk(colors)
  const text = (value: number | undefined) => (value === undefined ? undefined : String(value))
  const properties = {
    "--foyer-bg": colors.bg,
    "--foyer-ink": colors.ink,
    "--foyer-accent": colors.accent,
    "--foyer-accent-ink": colors.accentInk,
    "--foyer-surface": colors.surface,
    "--foyer-focus": colors.focus,
    "--foyer-second": second === undefined ? undefined : `${second}%`,
    "--foyer-radius": px(brand.radiusPx),
    "--foyer-density": text(brand.density),
    "--foyer-gutter": px(brand.gutterPx),
    "--foyer-font": brand.font,
    "--foyer-font-heading": brand.fontHeading,
    "--foyer-heading-weight": text(brand.headingWeight),
  }
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  )
}

/** Everything that a brand can say. */
const brandProperties = Object.keys(brandStyle(fullBrand()))

/**
 * The same for an element that wears another brand already: what this one leaves out is the widget's own again. Only for a preview: it wins over
 * the brand that comes with the frames.
 */
export function draftSheet(brand: Brand): string {
  const said = brandStyle(brand)
  const declarations = brandProperties.map((name) => {
    const value = said[name]
    return `${name}:${value !== undefined && isHarmless(value) ? value : "initial"}`
  })
  return `:root,foyer-checkout{${declarations.join(";")}}\n`
}

function fullBrand(): Brand {
  const color = "#000000"
  const colors = {
    bg: color,
    ink: color,
    accent: color,
    accentInk: color,
    surface: color,
    focus: color,
  }
  const numbers = { radiusPx: 0, density: 1, gutterPx: 0, headingWeight: 400 }
  return { colors, ...numbers, font: "serif", fontHeading: "serif" }
}

/** A value that could end its declaration says more than a value. */
function isHarmless(value: string): boolean {
  return !/[;{}<>\\@]|\/\*|url\(/i.test(value)
}

/** The brand as a style sheet for a page of ours; "" when there is nothing to say. A value that could end its declaration is left out. */
export function brandSheet(brand: Brand): string {
  const declarations = Object.entries(brandStyle(brand))
    .filter(([, value]) => isHarmless(value))
    .map(([name, value]) => `${name}:${value}`)
  return declarations.length === 0 ? "" : `:root{${declarations.join(";")}}\n`
}
