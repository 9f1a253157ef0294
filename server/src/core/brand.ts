import type { Brand } from "./storefront.ts"

/** Two colours that text needs apart, and how far they are: WCAG 2.2, 1.4.3, asks for 4.5 to 1. */
export type ContrastFault = {
  readonly text: keyof Brand["colors"]
  readonly ground: keyof Brand["colors"]
  readonly ratio: number
}

export const leastContrast = 4.5

const pairs = [
  ["ink", "bg"],
  ["ink", "surface"],
  ["accentInk", "accent"],
] as const

/** The pairs of a brand's colours that are too alike to be read. A colour that is absent is the widget's own and is not judged. */
export function contrastFaults(colors: Brand["colors"]): ContrastFault[] {
  return pairs.flatMap(([text, ground]) => {
    const [above, below] = [colors[text], colors[ground]]
    if (above === undefined || below === undefined) return []
    const ratio = contrast(above, below)
    return ratio < leastContrast ? [{ text, ground, ratio }] : []
  })
}

/** The contrast ratio of two `#rrggbb`, 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (lighter + 0.05) / (darker + 0.05)
}

/**
 * The colour nearest to `text` that can be read on `ground`: the same, mixed with black or white, whichever leads there first. Undefined when it
 * can be read already.
 */
export function readableColor(text: string, ground: string): string | undefined {
  if (contrast(text, ground) >= leastContrast) return undefined
  const end = contrast("#000000", ground) >= contrast("#ffffff", ground) ? 0 : 255
  const mixed = (share: number) => {
    const channels = [1, 3, 5].map((at) => {
      const value = Number.parseInt(text.slice(at, at + 2), 16)
      return Math.round(value + (end - value) * share)
    })
    return `#${channels.map((value) => value.toString(16).padStart(2, "0")).join("")}`
  }
  const shares = Array.from({ length: 100 }, (_, i) => (i + 1) / 100)
  return shares.map(mixed).find((color) => contrast(color, ground) >= leastContrast)
}

function luminance(color: string): number {
  const channel = (from: number) => {
    const value = Number.parseInt(color.slice(from, from + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}
