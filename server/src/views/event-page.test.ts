import { type DefaultTreeAdapterTypes as Tree, parse } from "parse5"
import { describe, expect, it } from "vitest"
import * as club from "#testing/club.ts"
import { richResultFaults } from "#testing/rich-result-rules.ts"
import { type EventPage, eventListPage, eventPage, noEventPage } from "#views/event-page.ts"

const publicUrl = "https://tickets.example.com"

function page(parts: Partial<EventPage> = {}): EventPage {
  const shop = club.shop()
  return {
    shop,
    event: club.event(),
    widget: shop.widgets[0]!,
    region: club.canada,
    locale: "en",
    now: club.now,
    publicUrl,
    stylesPath: "/assets/pages.css",
    remaining: new Map(),
    scriptOrigins: [],
    ...parts,
  }
}

function* nodesOf(node: Tree.Node): Generator<Tree.Element> {
  if ("tagName" in node) yield node
  if ("childNodes" in node) for (const child of node.childNodes) yield* nodesOf(child)
}
const attribute = (node: Tree.Element | undefined, name: string) =>
  node?.attrs.find((each) => each.name === name)?.value
const textOf = (node: Tree.Node): string =>
  "value" in node ? node.value : "childNodes" in node ? node.childNodes.map(textOf).join("") : ""

/** What search engines and messengers read of a page. */
function discovered(html: string) {
  const nodes = [...nodesOf(parse(html))]
  const metas = new Map(
    nodes
      .filter(({ tagName }) => tagName === "meta")
      .map((node) => [
        attribute(node, "property") ?? attribute(node, "name"),
        attribute(node, "content"),
      ]),
  )
  const links = (rel: string) =>
    nodes.filter((node) => node.tagName === "link" && attribute(node, "rel") === rel)
  const results = nodes
    .filter((node) => attribute(node, "type") === "application/ld+json")
    .map((node) => JSON.parse(textOf(node)) as Record<string, unknown>)
  return { nodes, metas, links, results }
}

describe("an event's page", () => {
  it("is read without a script, and sold from by the widget", () => {
    const html = String(eventPage(page()))
    const { nodes } = discovered(html)
    const [element] = nodes.filter(({ tagName }) => tagName === "foyer-checkout")
    expect(attribute(element, "widget")).toBe("laughing-stock/main")
    expect(attribute(element, "event")).toBe("headliners")
    const text = textOf(element!)
    for (const said of ["Saturday Night Headliners", "The Cellar", "28 November 2026", "20:00"])
      expect(text).toContain(said)
    expect(text).toContain("$18")
    expect(nodes.filter(({ tagName }) => tagName === "h1")).toHaveLength(1)
  })

  it("says to search engines what Google's rules ask for", () => {
    const event = club.event({ picture: "/media/account/a/b.webp", pictureAlt: "A microphone" })
    const { metas, links, results } = discovered(String(eventPage(page({ event }))))
    expect(results).toHaveLength(1)
    expect(results.flatMap(richResultFaults)).toEqual([])
    expect(results[0]).toMatchObject({ image: [`${publicUrl}/media/account/a/b.webp`] })
    expect(attribute(links("canonical")[0], "href")).toBe(
      `${publicUrl}/e/laughing-stock/headliners`,
    )
    expect(metas.get("og:title")).toBe("Saturday Night Headliners")
    expect(metas.get("og:image")).toBe(`${publicUrl}/media/account/a/b.webp`)
    expect(metas.get("twitter:card")).toBe("summary_large_image")
    expect(metas.has("robots")).toBe(false)
  })

  it("has an address for each language, and names them all", () => {
    const { links, metas } = discovered(String(eventPage(page({ locale: "fr" }))))
    const path = `${publicUrl}/e/laughing-stock/headliners`
    expect(attribute(links("canonical")[0], "href")).toBe(`${path}?locale=fr`)
    expect(
      links("alternate").map((link) => [attribute(link, "hreflang"), attribute(link, "href")]),
    ).toEqual([
      ["en", path],
      ["fr", `${path}?locale=fr`],
      ["x-default", path],
    ])
    expect(metas.get("og:url")).toBe(`${path}?locale=fr`)
  })

  it("shows no drawing to messengers, which cannot draw it", () => {
    const event = club.event({ picture: "/media/a.svg" })
    const { metas } = discovered(String(eventPage(page({ event }))))
    expect(metas.has("og:image")).toBe(false)
    expect(metas.get("twitter:card")).toBe("summary")
  })

  it.each([
    ["sold out", { remaining: new Map([["seats", 0]]) }, "Sold out"],
    ["paused", { event: club.event({ status: "paused" }) }, "Not on sale"],
    ["over", { now: "2027-01-01T00:00:00Z" }, "This show is over"],
    [
      "called off",
      { event: club.event({ showtimes: [club.showtime({ status: "canceled" })] }) },
      "This show is over",
    ],
  ])("says when it is %s", (_, parts, words) => {
    expect(String(eventPage(page(parts)))).toContain(words)
  })

  it("is for nobody to find, and sells nothing, once it is over", () => {
    const { metas, nodes, results } = discovered(
      String(eventPage(page({ now: "2027-01-01T00:00:00Z" }))),
    )
    expect(metas.get("robots")).toBe("noindex")
    expect(results).toEqual([])
    expect(nodes.map(({ tagName }) => tagName)).not.toContain("foyer-checkout")
  })

  it("leads to the organizer's other events to come", () => {
    const other = club.event({ id: "other", slug: "other", title: "Open mic" })
    const past = club.event({ id: "past", slug: "past", title: "Long ago", showtimes: [] })
    const shop = club.shop({ events: [club.event(), other, past] })
    const html = String(eventPage(page({ shop })))
    expect(html).toContain('href="/e/laughing-stock/other"')
    expect(html).not.toContain("Long ago")
  })
})

describe("the list of events", () => {
  it("names what is to come, soonest first, and where it is", () => {
    const late = club.event({
      id: "late",
      slug: "late",
      title: "Late",
      showtimes: [club.showtime({ id: "late", startsAt: "2027-02-01T00:00:00Z" })],
    })
    const shop = club.shop({ events: [late, club.event()] })
    const html = String(eventListPage(page({ shop })))
    expect(html.indexOf("headliners")).toBeLessThan(html.indexOf("/e/laughing-stock/late"))
    expect(discovered(html).metas.has("robots")).toBe(false)
  })

  it("says that there is nothing, to people only", () => {
    const html = String(eventListPage(page({ shop: club.shop({ events: [] }) })))
    expect(html).toContain("No shows just now")
    expect(discovered(html).metas.get("robots")).toBe("noindex")
  })
})

it.each(["gone", "unknown"] as const)("says that an event is %s", (reason) => {
  const html = String(noEventPage({ stylesPath: "/a.css", locale: "en", reason, listPath: "/e/a" }))
  expect(html).toContain('href="/e/a"')
  expect(discovered(html).metas.get("robots")).toBe("noindex")
})

it.each([
  "<script>alert(1)</script>",
  `"><img src=x onerror=alert(1)>`,
  "</title></script></style></foyer-checkout><svg onload=alert(1)>",
  "<!-- --!> ]]> <![CDATA[",
  "javascript:alert(1)",
  "a\u0000b\u0008\uffff\ud800\u2028",
])("renders nothing hostile: %s", (text) => {
  const event = club.event({
    title: text,
    summary: text,
    description: text,
    picture: text,
    pictureAlt: text,
    venue: { name: text, street: text, city: text, subdivision: text, country: "CA" },
  })
  const shop = club.shop({ events: [event, { ...event, id: "other" }] })
  const account = { ...shop.account, name: text, website: text, replyTo: text }
  for (const html of [
    String(eventPage(page({ shop: { ...shop, account }, event }))),
    String(eventListPage(page({ shop: { ...shop, account } }))),
  ]) {
    const { nodes, results } = discovered(html)
    for (const result of results) expect(result["name"]).toBe(text)
    const scripts = nodes.filter(({ tagName }) => tagName === "script")
    for (const script of scripts)
      expect(attribute(script, "src") ?? attribute(script, "type")).toMatch(
        /^(https:\/\/tickets\.example\.com\/v1\/|application\/ld\+json$)/,
      )
    for (const node of nodes) {
      expect(node.attrs.filter(({ name }) => /^on|^style$/.test(name))).toEqual([])
      for (const name of ["href", "src"]) {
        const address = attribute(node, name)
        if (address !== undefined)
          expect(new URL(address, publicUrl).protocol).toMatch(/^(https?|mailto):$/)
      }
    }
  }
})
