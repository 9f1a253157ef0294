import { type Color, colors, fonts, shade, shadows, space, working } from "@foyer/shared/tokens"

const cssName = (role: string) => role.replaceAll(/[A-Z]|\d/g, "-$&").toLowerCase()

const colorLines = Object.keys(colors).map((role) => `--${cssName(role)}: ${shade(role as Color)};`)

const spaceLines = space.steps.map((step, at) => `--s${at + 1}: ${step * space.unitPx}px;`)

/** `--z-` sizes, `--l-` lines, `--t-` both, as the `font` property takes them. */
const textLines = Object.entries({ micro: working.micro, ...working.text }).map(
  ([role, [size, line]]) =>
    `--z-${role}: ${size}px; --l-${role}: ${line}px; --t-${role}: ${size}px/${line}px;`,
)

/** Colours, space and type of the console, as its sheet names them. `[data-theme]` on any ancestor decides. */
export const consoleTokens = `
:root {
  color-scheme: light dark;
  ${colorLines.join("\n  ")}
  --veil: ${shadows.veil};
  --shadow: ${shadows.low};
  --lift: ${shadows.high}, 0 0 0 1px var(--line);
  --r1: ${working.innerRadiusPx}px; --r2: ${working.radiiPx[0]}px; --r3: ${working.radiiPx[1]}px;
  ${spaceLines.join(" ")} --inset: ${working.insetPx}px;
  ${textLines.join("\n  ")}
  --ring: ${working.ringPx}px;
  --sans: ${fonts.sans};
  --mono: ${fonts.mono};
}
[data-theme="light"] { color-scheme: light; }
[data-theme="dark"] { color-scheme: dark; }
`
