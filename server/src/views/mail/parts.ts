import { colors, fonts, reading, type Color, type TextSize } from "@foyer/shared/tokens"
import type { Brand } from "#core/storefront.ts"
import { html, type Html, type Part, url } from "#views/html.ts"
import { directionOf } from "#views/words/index.ts"

/** The parts a mail wears, as classes: light is said at each element, dark in the head for the programs that read it there. */
const roles = {
  page: { background: "canvas", color: "ink" },
  sheet: { background: "surface", color: "ink" },
  quiet: { color: "ink2" },
  solid: { background: "solid", color: "onSolid" },
  rule: { "border-color": "line" },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Color>>>>

type Role = keyof typeof roles

function declared(role: Role, scheme: 0 | 1, more = ""): string {
  return Object.entries(roles[role])
    .map(([property, color]) => `${property}:${colors[color][scheme]}${more}`)
    .join(";")
}

/** A role's colours for light ground, for a `style`; the element needs the role as its class, too. */
export function wear(role: Role): string {
  return declared(role, 0)
}

/** Dark mail programs read this; the others show the light sheet as it is. */
export const darkStyle: Html = html`<style>
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    ${(Object.keys(roles) as Role[]).map((role) => `.${role} { ${declared(role, 1, " !important")} } `)}
  }
</style>`

const sized = ([sizePx, linePx]: TextSize) => `font-size:${sizePx}px;line-height:${linePx}px`

export const text = {
  text: sized(reading.text.text),
  lead: `${sized(reading.text.lead)};font-weight:700`,
  title: `${sized(reading.text.title)};font-weight:700;letter-spacing:-.015em`,
  small: sized(reading.text.small),
} as const

/** Single quotes: it stands within an attribute. */
export const fontFamily = `font-family:${fonts.sans.replaceAll('"', "'")}`

export const [controlRadiusPx, panelRadiusPx] = reading.radiiPx

/** The end of a line for an `align`: mail programs know no logical sides. */
export function endOf(locale: string): "left" | "right" {
  return directionOf(locale) === "rtl" ? "left" : "right"
}

export function title(words: string): Html {
  return html`<h1 style="margin:0 0 8px;${text.title}">${words}</h1>`
}

/** A paragraph; `afterPx` is the room below it. */
export function paragraph(content: Part, afterPx: 8 | 24): Html {
  return html`<p style="margin:0 0 ${afterPx}px;${text.text}">${content}</p>`
}

export function quiet(content: Part): Html {
  return html`<span class="quiet" style="${wear("quiet")};${text.small}">${content}</span>`
}

/** What belongs together, below a hairline: rows of a table of two columns. */
export function ruled(rows: Part): Html {
  return html`<table
    role="presentation"
    width="100%"
    cellpadding="0"
    cellspacing="0"
    class="rule"
    style="border-top:1px solid;${wear("rule")};margin-top:24px"
  >
    ${rows}
  </table>`
}

/** A row across both columns. */
export function wideRow(content: Part, topPx: 0 | 8 | 16): Html {
  return html`<tr>
    <td colspan="2" style="padding-top:${topPx}px;${text.text}">${content}</td>
  </tr>`
}

/** Words, and what they come to at the line's end. */
export function row(item: {
  readonly locale: string
  readonly what: Part
  readonly figure: Part
  readonly topPx: 8 | 16
  /** Of `text`; running text without it. */
  readonly size?: string
}): Html {
  const style = `padding-top:${item.topPx}px;${item.size ?? text.text}`
  const end = `${style};padding-inline-start:16px;white-space:nowrap`
  return html`<tr>
    <td valign="top" style="${style}">${item.what}</td>
    <td align="${endOf(item.locale)}" valign="top" width="1%" style="${end}">${item.figure}</td>
  </tr>`
}

/** The brand's colours for what is pressed, when both are named; else our own, which turn over in the dark. */
function pressed({ colors: { accent, accentInk } }: Brand) {
  const isColor = (value = "") => /^#[0-9a-f]{6}$/i.test(value)
  return isColor(accent) && isColor(accentInk)
    ? { role: undefined, style: `background:${accent};color:${accentInk}` }
    : { role: "solid", style: wear("solid") }
}

/** A cell of a table, since some programs give no room within a link. */
export function button(brand: Brand, link: string, label: string): Html {
  const { role, style } = pressed(brand)
  return html`<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 8px">
    <tr>
      <td
        align="center"
        ${role !== undefined && html`class="${role}"`}
        style="${style};border-radius:${controlRadiusPx}px"
      >
        <a
          href="${url(link)}"
          ${role !== undefined && html`class="${role}"`}
          style="${style};display:inline-block;padding:12px 24px;border-radius:${controlRadiusPx}px;${text.text};font-weight:600;text-decoration:none"
          >${label}</a
        >
      </td>
    </tr>
  </table>`
}

/** Whose mail it is: the first letters in the brand's colours, and the name. */
export function sender(brand: Brand, name: string, mark: string): Html {
  const { role, style } = pressed(brand)
  const square = `width:36px;line-height:36px;border-radius:${controlRadiusPx}px;text-align:center`
  return html`<table role="presentation" cellpadding="0" cellspacing="0">
    <tr>
      ${
        mark !== "" &&
        html`<td valign="top" width="36">
          <div
            aria-hidden="true"
            ${role !== undefined && html`class="${role}"`}
            style="${style};${square};font-size:${reading.text.small[0]}px;font-weight:700"
          >
            ${mark}
          </div>
        </td>`
      }
      <td style="padding:6px 12px;${text.text};font-weight:700">${name}</td>
    </tr>
  </table>`
}
