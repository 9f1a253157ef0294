/**
 * The one place where our looks are said: the console, the pages and mails that shoppers get, and the widget draw from here. An organizer's brand
 * takes the place of some of it on what shoppers see (`look.ts`). Pairs of text and ground are held to their contrast by `contrast.test.ts`.
 */

/** A colour on light ground and its counterpart in the dark, `#rrggbb`. */
export type Shade = readonly [light: string, dark: string]

export const colors = {
  /** The shopper's page: white for ink to stand out, the dark of a room with the lights down. */
  paper: ["#ffffff", "#131211"],
  /** Behind the cards of the console, around the sheet of a mail. */
  canvas: ["#f8f7f5", "#131211"],
  side: ["#f1efeb", "#0e0d0c"],
  /** What lies on the canvas; what lies above that; what is let into it. */
  surface: ["#ffffff", "#1b1a18"],
  raised: ["#ffffff", "#272522"],
  sunken: ["#f4f2ee", "#242220"],
  /** A hairline, which only orders; an edge, which shows where a control ends. */
  line: ["#e6e3dd", "#34312d"],
  edge: ["#8b867c", "#7d776d"],
  /** Text: what is read first, second, third. */
  ink: ["#1c1a17", "#f3f0ea"],
  ink2: ["#55514a", "#b9b3a8"],
  ink3: ["#6b665d", "#9d978c"],
  /** Links, the place one is at, the focus. */
  accent: ["#2a4fd6", "#93a9ff"],
  accentMid: ["#b4c1f3", "#46558f"],
  accentSoft: ["#eaeefc", "#222946"],
  /** The one button to press, and what is written on it. */
  solid: ["#1c1a17", "#f3f0ea"],
  onSolid: ["#ffffff", "#1c1a17"],
  ok: ["#166c3b", "#6fd197"],
  okSoft: ["#e3f3e8", "#17301f"],
  warn: ["#8a4b00", "#f0b35e"],
  warnSoft: ["#fdf0d9", "#38280f"],
  bad: ["#b3261e", "#ff9a90"],
  badSoft: ["#fdeae8", "#41191a"],
  /** Program text, in the dark in both schemes, and what stands out in it. */
  code: ["#1c1a17", "#0e0d0c"],
  onCode: ["#e9e5dc", "#e9e5dc"],
  codeValue: ["#ffc46b", "#ffc46b"],
  codeName: ["#a9bbff", "#a9bbff"],
} as const satisfies Readonly<Record<string, Shade>>

export type Color = keyof typeof colors

/** What a scanner reads and what a printer prints: black on white whatever the scheme. */
export const scan = { mark: "#000000", ground: "#ffffff" } as const

/** `light-dark()` of a role: the scheme of the element decides. */
export function shade(role: Color): string {
  const [light, dark] = colors[role]
  return `light-dark(${light}, ${dark})`
}

/** Depth: what lies on the page, what floats above it, what it sinks behind. */
export const shadows = {
  low: "0 1px 2px light-dark(rgb(28 26 23 / .05), rgb(0 0 0 / .4))",
  high: "0 8px 28px light-dark(rgb(28 26 23 / .14), rgb(0 0 0 / .6))",
  /** Above a bar that stays at the lower edge. */
  upward: "0 -16px 20px -20px rgb(0 0 0 / .35)",
  veil: "rgb(0 0 0 / .45)",
} as const

/** Distances: so many times the unit. */
export const space = { unitPx: 4, steps: [1, 2, 3, 4, 6, 8, 12] } as const

/** A size of text and the height of its line, in px. */
export type TextSize = readonly [sizePx: number, linePx: number]

type Measure = {
  readonly text: Readonly<Record<"small" | "text" | "lead" | "title" | "display", TextSize>>
  /** Corners: of what is pressed, and of what holds it. */
  readonly radiiPx: readonly [control: number, panel: number]
  readonly ringPx: number
}

/** For who comes once, on a phone, and reads: the widget, the pages around it, the mails. */
export const reading = {
  text: {
    small: [14, 20],
    text: [16, 24],
    lead: [18, 24],
    title: [26, 30],
    display: [36, 42],
  },
  radiiPx: [10, 14],
  ringPx: 3,
} as const satisfies Measure

/** For who works with it every day: the console. */
export const working = {
  text: {
    small: [13, 18],
    text: [14, 20],
    lead: [15, 20],
    title: [24, 30],
    display: [32, 38],
  },
  /** Beside a figure, in a badge, under a chart. */
  micro: [12, 16],
  radiiPx: [8, 12],
  /** Of what is pressed within something pressed. */
  innerRadiusPx: 6,
  /** From the edge of a card to what is in it. */
  insetPx: 20,
  ringPx: 2,
} as const satisfies Measure & Readonly<Record<string, unknown>>

/** What the visitor's system speaks in: nothing is loaded. */
export const fonts = {
  sans: '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  mono: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
} as const
