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

/** The scheme that a brand's colours are of: the one it names, else where its ground lies; undefined where the visitor decides. */
export function schemeOf({ theme, colors: { bg } }: Brand): Brand["theme"] {
  if (theme !== undefined || bg === undefined) return theme
  return contrast("#ffffff", bg) > contrast("#000000", bg) ? "dark" : "light"
}

/** How much ink the look mixes into second text and into edges, in percent; WCAG 2.2, 1.4.11, asks 3 to 1 of an edge. */
const usual = { second: 72, edge: 60, surface: 5, leastEdge: 3 } as const

/**
 * The share of ink, in percent, that second text and edges need where a brand's ink is too near its ground for the usual ones; undefined where
 * those do, or where one of the two colours is the widget's own.
 */
export function neededInk({ bg, ink, surface }: Brand["colors"]): number | undefined {
  if (bg === undefined || ink === undefined) return undefined
  const grounds = [bg, surface ?? mixed(ink, bg, usual.surface / 100)]
  const isEnough = (percent: number, least: number) =>
    grounds.every((ground) => contrast(mixed(ink, bg, percent / 100), ground) >= least)
  if (isEnough(usual.second, leastContrast) && isEnough(usual.edge, usual.leastEdge))
    return undefined
  const shares = Array.from({ length: 100 - usual.second }, (_, i) => usual.second + i)
  return shares.find((percent) => isEnough(percent, leastContrast)) ?? 100
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
  const end = contrast("#000000", ground) >= contrast("#ffffff", ground) ? "#000000" : "#ffffff"
  const shares = Array.from({ length: 100 }, (_, i) => (i + 1) / 100)
  return shares
    .map((share) => mixed(end, text, share))
    .find((color) => contrast(color, ground) >= leastContrast)
}

/** `color-mix(in srgb, above share, below)` of two `#rrggbb`; `share` from 0 to 1. */
function mixed(above: string, below: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [upper = 0, lower = 0] = [above, below].map((color) =>
      Number.parseInt(color.slice(at, at + 2), 16),
    )
    return Math.round(lower + (upper - lower) * share)
  })
  return `#${channels.map((value) => value.toString(16).padStart(2, "0")).join("")}`
}

function luminance(color: string): number {
  const channel = (from: number) => {
    const value = Number.parseInt(color.slice(from, from + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}
