import { colors } from "@foyer/shared/tokens"
import { type DefaultTreeAdapterTypes as Tree, parse } from "parse5"
import { describe, expect, it } from "vitest"
import { contrast } from "#core/brand.ts"
import { allMails, galleryBrands } from "#testing/shop-pages.ts"

type Look = { readonly color: string; readonly background: string }

const attribute = (node: Tree.Element, name: string) =>
  node.attrs.find((each) => each.name === name)?.value ?? ""

/** What a style says, by property; `!important` is left off. */
function declarations(style: string): ReadonlyMap<string, string> {
  const pairs = style.split(";").map((part) => part.replace("!important", "").split(":"))
  return new Map(pairs.map(([name = "", value = ""]) => [name.trim(), value.trim()]))
}

/** The rules for the dark by their class. */
function darkRules(html: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const [, css = ""] = /\(prefers-color-scheme: dark\) \{(.*)\}\s*<\/style>/s.exec(html) ?? []
  const rules = [...css.matchAll(/\.([a-z]+)\s*\{([^}]*)\}/g)]
  return new Map(rules.map(([, name = "", text = ""]) => [name, declarations(text)]))
}

/** Each text of a mail with the colours that a program paints it in. */
function* texts(
  node: Tree.Node,
  rules: ReadonlyMap<string, ReadonlyMap<string, string>>,
  look: Look,
): Generator<Look & { readonly text: string }> {
  if ("value" in node && node.value.trim() !== "") yield { ...look, text: node.value.trim() }
  if (!("childNodes" in node)) return
  const own = "attrs" in node ? lookOf(node, rules, look) : look
  const isSeen = !("tagName" in node) || !["head", "style", "title"].includes(node.tagName)
  if (isSeen) for (const child of node.childNodes) yield* texts(child, rules, own)
}

function lookOf(
  node: Tree.Element,
  rules: ReadonlyMap<string, ReadonlyMap<string, string>>,
  look: Look,
): Look {
  const said = new Map([
    ...declarations(attribute(node, "style")),
    ...(rules.get(attribute(node, "class")) ?? []),
  ])
  const color = said.get("color") ?? "inherit"
  return {
    color: color === "inherit" ? look.color : color,
    background: said.get("background") ?? look.background,
  }
}

const paper = { color: "#000000", background: "#ffffff" }

const cases = Object.entries(galleryBrands).flatMap(([name, brand]) =>
  [false, true].map((isMuch) => ({ name, brand, isMuch })),
)

describe.each(cases)("every mail with the brand $name, long names: $isMuch", (parts) => {
  const mails = [...allMails(parts)]

  it.each(["light", "dark"])("can be read in the %s", (scheme) => {
    for (const [mail, { html }] of mails) {
      const rules = scheme === "dark" ? darkRules(html) : new Map()
      const seen = [...texts(parse(html), rules, paper)]
      expect(seen.length).toBeGreaterThan(4)
      const grey = seen.filter(({ color, background }) => contrast(color, background) < 4.5)
      expect(grey, `${mail} in the ${scheme}`).toEqual([])
    }
  })

  it("knows no colour but the tokens' and the brand's", () => {
    const known = new Set<string>([
      ...Object.values(colors).flat(),
      ...Object.values(parts.brand.colors),
    ])
    for (const [mail, { html }] of mails) {
      const said = html.replaceAll(/href="[^"]*"|&#\d+;/g, "").match(/#[0-9a-f]{3,8}\b|rgba?\(/gi)
      expect(
        said?.filter((color) => !known.has(color)),
        mail,
      ).toEqual([])
    }
  })

  it("turns over in the dark wherever it says a colour of ours", () => {
    for (const [mail, { html }] of mails) {
      const rules = darkRules(html)
      expect([...rules.keys()]).toEqual(expect.arrayContaining(["page", "sheet", "quiet", "solid"]))
      const worn = [...html.matchAll(/class="([^"]+)"/g)].map(([, name = ""]) => name)
      expect(
        worn.filter((name) => !rules.has(name)),
        mail,
      ).toEqual([])
    }
  })

  it("has one heading, tables that are only layout, and no picture or script", () => {
    for (const [, { html }] of mails) {
      expect(html.match(/<h1/g)).toHaveLength(1)
      expect(html.match(/<table/g)?.length).toBe(html.match(/role="presentation"/g)?.length)
      expect(html).not.toMatch(/<img|<script|src=|url\(|@import/)
      expect(html).toContain('<meta name="color-scheme" content="light dark"')
    }
  })
})

it("runs from right to left for who reads so, with the sums at the line's end", () => {
  const html = allMails({ locale: "he" }).get("confirmation")?.html ?? ""
  expect(html).toContain('dir="rtl"')
  expect(html).toContain('align="left"')
  expect(html).not.toContain('align="right"')
})

it("says of two lines for one evening once where it is", () => {
  const html = allMails().get("confirmation")?.html ?? ""
  expect(html.match(/<b[^>]*>Saturday Night Headliners<\/b>/g)).toHaveLength(1)
  const much = allMails({ isMuch: true }).get("confirmation")?.html ?? ""
  expect(much.match(/8 × /g)).toHaveLength(3)
  expect(much.match(/<b[^>]*>Donaudampf[^<]*<\/b>/g)).toHaveLength(2)
})
