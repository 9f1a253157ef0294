import type { Frame } from "@foyer/shared/protocol"

const name = /^--foyer-[a-z-]+$/

/** The organizer's brand as a sheet of its own: what the page sets on the element wins over `:host`, and no `style-src` is needed. */
export function brandSheet({ theme, properties }: NonNullable<Frame["brand"]>): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  const declare = (selector: string, declarations: Readonly<Record<string, string>>) => {
    const rule = sheet.cssRules[sheet.insertRule(`${selector} {}`, sheet.cssRules.length)]
    if (!(rule instanceof CSSStyleRule)) return
    for (const [property, value] of Object.entries(declarations))
      rule.style.setProperty(property, value)
  }
  const own = Object.entries(properties).filter(([property]) => name.test(property))
  declare(":host", Object.fromEntries(own))
  if (theme) declare(":host(:not([theme]))", { "color-scheme": theme })
  return sheet
}
