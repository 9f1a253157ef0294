import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { club } from "#testing/screens.ts"
import { firstViewOfTwelve } from "#testing/twelve-events.ts"
import { firstViewRoutes } from "#web/first-view.ts"

const hostile = "</script><img src=x onerror=alert(1)>\u2028"
const base = club({
  regions: [
    { id: "1", slug: "canada", name: "Canada", currency: "cad", countries: ["CA"] },
    { id: "2", slug: "europe", name: "Europe", currency: "eur", countries: ["DE"] },
  ],
})
const shop = { ...base, widgets: base.widgets.map((each) => ({ ...each, title: hostile })) }
const [widget] = shop.widgets
if (!widget) throw new Error("the club has no widget")
const name = `${shop.account.slug}/${widget.slug}`
const remaining = new Map<string, number>()
const deps = {
  pool: undefined as never,
  stock: { remaining: async () => remaining } as never,
  storefronts: {
    widget: async (asked: string) => (asked === name ? { shop, widget } : undefined),
  } as never,
  publicUrl: "https://tickets.example.com",
  paymentForm: { publishableKey: "pk_live_1" },
  now: () => new Date("2026-11-21T01:00:18Z"),
}

let folder: string
let routes: Awaited<ReturnType<typeof firstViewRoutes>>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "first-view-"))
  await writeFile(
    join(folder, "template"),
    "origin = __FOYER_ORIGIN__; seen = __FOYER_FIRST_VIEW__; done()",
  )
  routes = await firstViewRoutes(deps, pathToFileURL(join(folder, "template")))
})
afterAll(() => rm(folder, { recursive: true }))

/** What the script would show. */
const ask = async (query = "", headers = {}) => {
  const response = await routes.request(`/v1/w/${name}.js${query}`, { headers })
  const text = await response.text()
  const [, json = "null"] =
    /^origin = "https:\/\/tickets\.example\.com"; seen = ([^]*); done\(\)$/.exec(text) ?? []
  return { response, text, first: JSON.parse(json) }
}

describe("a widget's own script", () => {
  it("carries what everybody sees first, in the widget's own language and currency", async () => {
    const { response, first } = await ask()
    expect(response.headers.get("content-type")).toContain("text/javascript")
    expect(first).toMatchObject({ widget: name, at: { view: "browse" }, locale: { tag: "en" } })
    expect(first.currency).toBeUndefined()
    const shelf = first.regions.find((region: { id: string }) => region.id === "browse-shelf").html
    expect(shelf).toContain("From ")
    expect(shelf).toContain("&#60;/script&#62;")
    expect(shelf).not.toContain("<img src=x")
  })

  it("speaks another of the organizer's languages and currencies where its address says so", async () => {
    const { first } = await ask("?locale=fr-BE&currency=EUR")
    expect(first.locale.tag).toBe("fr")
    expect(first.currency).toBe("eur")
    expect(JSON.stringify(first.regions)).toContain("€")
  })

  it("takes nothing else from its address", async () => {
    const { first, text } = await ask("?locale=x'y&currency=zzz&event=%3C%2Fscript%3E&promo=boo")
    expect(first.locale.tag).toBe("en")
    expect(first.currency).toBeUndefined()
    expect(first.at.view).toBe("browse")
    expect(text).not.toContain("boo")
  })

  it("brings the event that its address names", async () => {
    const { first } = await ask("?event=headliners")
    expect(first.at).toEqual({ view: "event", event: "headliners" })
  })

  it("is the same as long as it shows the same", async () => {
    const { response } = await ask()
    const etag = response.headers.get("etag")
    expect((await ask("", { "if-none-match": etag })).response.status).toBe(304)
    for (const { id } of shop.events.flatMap(({ products }) =>
      products.flatMap(({ variants }) => variants),
    ))
      remaining.set(id, 0)
    expect((await ask("", { "if-none-match": etag })).response.status).toBe(200)
    remaining.clear()
  })

  it("is not there for a widget that is not", async () => {
    expect((await routes.request("/v1/w/nobody/none.js")).status).toBe(404)
  })
})

it("shows all of a full programme", async () => {
  const { regions } = await firstViewOfTwelve()
  expect(JSON.stringify(regions).match(/class=\\"card /g)).toHaveLength(12)
})
