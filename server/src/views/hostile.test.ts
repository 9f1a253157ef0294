import { type DefaultTreeAdapterTypes as Tree, parse, parseFragment } from "parse5"
import { describe, expect, it } from "vitest"
import { confirmationMail } from "#views/mail/confirmation.ts"
import { notFoundPage, orderPage } from "#views/order-page.ts"
import { assembled } from "#testing/gallery.ts"
import { allScreens, club, details, orderOf, screenBase, usualLines } from "#testing/screens.ts"

const corpus: Readonly<Record<string, string>> = {
  script: "<script>alert(1)</script>",
  breakout: `"><img src=x onerror=alert(1)>`,
  quote: `' onmouseover='alert(1)`,
  address: "javascript:alert(1)",
  closing: "</textarea></title></style></option></select><svg onload=alert(1)>",
  comment: "<!-- --!> ]]> <![CDATA[",
  template: "{{constructor.constructor('alert(1)')()}} ${alert(1)} <%= 1 %>",
  rightToLeft: "\u202eevil\u202c \u2067מופע\u2069",
  emoji: "👩‍👩‍👧‍👦🎭",
  null: "a\u0000b\u0008\uffff",
  loneSurrogate: "\ud800x",
  long: "very ".repeat(2000),
}

const personText = new Set([
  "title",
  "summary",
  "description",
  "pictureAlt",
  "picture",
  "name",
  "street",
  "city",
  "category",
  "label",
  "help",
  "section",
  "sectionNote",
  "website",
  "replyTo",
  "email",
  "firstName",
  "lastName",
  "phone",
  "venueName",
  "venueAddress",
  "eventTitle",
  "detail",
  "number",
  "promoCode",
])

/** The same value with everything a person typed replaced. */
function poisoned<T>(value: T, text: string): T {
  if (value instanceof Map) {
    return new Map([...value].map(([key, each]) => [key, poisoned(each, text)])) as T
  }
  if (value instanceof Set || value === null || typeof value !== "object") return value
  if (Array.isArray(value)) return value.map((each) => poisoned(each, text)) as T
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      typeof each === "string" &&
      (personText.has(key) || key.startsWith("q-") || (key === "code" && "percentPpm" in value))
        ? text
        : poisoned(each, text),
    ]),
  ) as T
}

const elements = new Set(
  (
    "a aside b br button circle dd details div dl dt fieldset footer form h1 h2 h3 h4 h5 header img input label legend li main ol option output p " +
    "path rect section select slot small span summary svg textarea time u ul"
  ).split(" "),
)
const pageElements = new Set(["html", "head", "body", "meta", "title", "link"])
const attributes =
  /^(?:alt|aria-(?:busy|current|describedby|disabled|hidden|invalid|label|labelledby|pressed)|auto(?:capitalize|complete)|charset|checked|class|content|cx|cy|d|data-(?:amount|command|copied|copy|each|fill|focus|go|input|line|on|or|pay|region|step|stepper|theme|until)|datetime|decoding|dir|fill|for|height|href|id|inputmode|lang|loading|maxlength|name|novalidate|open|part|preserveAspectRatio|r|readonly|rel|required|role|rows|rx|selected|shape-rendering|spellcheck|src|stroke(?:-linecap|-width)?|tabindex|target|transform|type|value|viewBox|width|x|y)$/

function* nodesOf(node: Tree.Node): Generator<Tree.Element> {
  if ("tagName" in node) yield node
  if ("childNodes" in node) for (const child of node.childNodes) yield* nodesOf(child)
}

const attribute = (node: Tree.Element, name: string) =>
  node.attrs.find((each) => each.name === name)?.value

function check(nodes: readonly Tree.Element[], isPage: boolean) {
  for (const node of nodes) {
    if (!(isPage && pageElements.has(node.tagName))) expect(elements).toContain(node.tagName)
    for (const { name, value } of node.attrs) {
      expect(name).toMatch(attributes)
      if (name === "href" || name === "src")
        expect(new URL(value, "https://host.example/").protocol).toMatch(/^(?:https?|mailto|tel):$/)
    }
  }
  const ids = nodes.flatMap((node) => attribute(node, "id") ?? [])
  expect(new Set(ids).size).toBe(ids.length)
  for (const node of nodes) {
    for (const name of ["for", "aria-describedby", "aria-labelledby"]) {
      const target = attribute(node, name)
      if (target !== undefined) expect(ids).toContain(target)
    }
  }
}

function hasName(nodes: readonly Tree.Element[], control: Tree.Element): boolean {
  const id = attribute(control, "id")
  const inLabel = (node: Tree.ParentNode | null): boolean =>
    node !== null &&
    "tagName" in node &&
    (node.tagName === "label" || inLabel((node as Tree.Element).parentNode))
  return (
    attribute(control, "aria-label") !== undefined ||
    inLabel(control.parentNode) ||
    nodes.some((node) => node.tagName === "label" && attribute(node, "for") === id)
  )
}

const poison = (text: string) => {
  const shop = poisoned(club(), text)
  const typed = poisoned(details, text)
  return [...allScreens({ shop, details: typed, lines: usualLines })].map(
    ([name, screen]) => [name, poisoned(screen, text)] as const,
  )
}

describe.each(Object.entries(corpus))("%s", (_, text) => {
  it.each(poison(text))("is only text in %s", (_name, screen) => {
    const nodes = [...nodesOf(parseFragment(assembled(screen)))]
    check(nodes, false)
    for (const control of nodes.filter((node) => /^(?:input|select|textarea)$/.test(node.tagName)))
      expect(hasName(nodes, control)).toBe(true)
  })

  it("is only text on the order page and in mail", () => {
    const screen = screenBase({ promoCode: "LAUGH10" })
    const order = poisoned(orderOf(screen), text)
    const account = poisoned(screen.shop.account, text)
    const shop = { account, brand: { colors: {} }, publicUrl: "https://tickets.example.com" }
    const page = orderPage({ ...shop, order, stylesPath: "/pages.css", sandbox: true })
    check([...nodesOf(parse(String(page)))], true)
    const mail = confirmationMail({ ...shop, order, locale: "en" })
    const tags = [...nodesOf(parse(mail.html))].map((node) => node.tagName)
    expect(tags.filter((tag) => /^(?:script|img|svg|iframe|object|textarea)$/.test(tag))).toEqual(
      [],
    )
    expect(tags.filter((tag) => tag === "style")).toHaveLength(1)
    expect(mail.subject).not.toMatch(/[\r\n]/)
  })
})

it("says nothing about an order that is not there", () => {
  check([...nodesOf(parse(String(notFoundPage({ stylesPath: "/pages.css" }))))], true)
})

it("would notice: an unescaped name is caught", () => {
  const page = assembled(allScreens().get("event")!).replace("General admission", corpus["script"]!)
  expect(() => check([...nodesOf(parseFragment(page))], false)).toThrow()
})
