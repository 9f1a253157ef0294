import fc from "fast-check"
import { afterAll, beforeAll, expect, it } from "vitest"
import { assertBooks } from "#testing/books.ts"
import { consoleNeeds } from "#testing/console-needs.ts"
import { newMember } from "#testing/console.ts"
import { hostOrigin, openWebWorld, type WebShop, type WebWorld } from "#testing/web-world.ts"

let world: WebWorld
let shop: WebShop
/** What a browser of the account's owner sends along. */
let cookie: string
beforeAll(async () => {
  world = await openWebWorld()
  shop = await world.shop()
  const at = { url: world.url, publicUrl: world.app.publicUrl, database: world.database }
  cookie = (await newMember(at, shop.accountId, "owner")).visitor.cookie()
})
afterAll(() => world[Symbol.asyncDispose]())

const ofShoppers = [
  "/",
  "/favicon.ico",
  "/healthz",
  "/readyz",
  "/metrics",
  "/robots.txt",
  "/sitemap.xml",
  "/sitemaps/:account.xml",
  "/orders/:token",
  "/orders/:token/brand.css",
  "/orders/:token/calendar.ics",
  "/media/account/:account/:file",
  "/v1/:file",
  "/v1/assets/:file",
  "/v1/w/:account/main.js",
  "/v1/w/:account/:widget",
  "/v1/w/:account/:widget/brand.css",
  "/v1/w/:account/:widget/command",
  "/v1/w/:account/:widget/recover",
  "/v1/return/:account/:widget",
  "/e/:account",
  "/e/:account/brand.css",
  "/e/:account/:event",
  "/webhooks/stripe",
  "/:anything",
]
/** These ask addresses of others, or end the session. */
const isSpared = (route: string) => /sign-out|check|import\/page|settings\/sites/.test(route)
const routes = [
  ...ofShoppers.flatMap((path) => [`GET ${path}`, `POST ${path}`]),
  ...Object.keys(consoleNeeds),
].filter((route) => !isSpared(route))

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("", "\0", "%", "..", "../..", "constructor", "__proto__", "x".repeat(3000)),
  fc.constantFrom("0", "-1", "1e999", "NaN", "2026-02-30", "0000-01-01", "9".repeat(30)),
  fc.constantFrom("gala", "show", "main", "canada", "cad", "en-CA", "fr", "' or 1=1 --", "{}"),
)
/** Names that some page reads, and others. */
const name = fc.oneof(
  fc.constantFrom("locale", "currency", "event", "promo", "at", "to", "from", "before", "after"),
  fc.constantFrom("q", "beforeId", "by", "page", "compare", "show", "token", "code", "title"),
  fc.constantFrom("price", "role", "email", "$rev", "__proto__", "a[]", "a.b.c"),
  text,
)
const fields = fc.array(fc.tuple(name, text), { maxLength: 6 })
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value))
const body = fc.oneof(
  fields.map((each) => ({ type: "application/x-www-form-urlencoded", text: query(each) })),
  json.map((each) => ({ type: "application/json", text: each })),
  text.map((each) => ({ type: "multipart/form-data; boundary=x", text: `--x\r\n${each}` })),
  text.map((each) => ({ type: "text/plain", text: each })),
)
const headers = fc.record(
  {
    "accept-language": fc.constantFrom("", "fr", "*;q=x", "en-CA-u-nu-arab", ",".repeat(200)),
    "if-none-match": fc.constantFrom("*", 'W/"x"', "x".repeat(500)),
    "accept-encoding": fc.constantFrom("br", "gzip;q=0", "nonsense"),
    origin: fc.constantFrom("null", hostOrigin, "https://evil.example", "nonsense"),
    cookie: fc.constantFrom("a=%", "=", "__proto__=1"),
    range: fc.constantFrom("bytes=0-1", "bytes=9-1"),
  },
  { requiredKeys: [] },
)

function query(each: readonly (readonly [string, string])[]): string {
  return each
    .map((pair) => pair.map((part) => encodeURIComponent(part.toWellFormed())).join("="))
    .join("&")
}

/** The route's parameters, from what there is and from `given`. */
function addressOf(path: string, given: readonly string[]): string {
  const real: Readonly<Record<string, string>> = { account: shop.slug, widget: "main" }
  let next = 0
  return path.replaceAll(/:(\w+)/g, (_, each: string) => {
    const word = given[next++] ?? ""
    return encodeURIComponent((word === "" ? (real[each] ?? "show") : word).toWellFormed())
  })
}

it.each(routes)("answers whatever is asked of %s", async (route) => {
  const [method = "", path = ""] = route.split(" ")
  const isConsole = path.startsWith("/console")
  let people = 0
  const ask = async (
    given: readonly string[],
    asked: readonly (readonly [string, string])[],
    sent: { readonly type: string; readonly text: string },
    more: Readonly<Record<string, string>>,
  ) => {
    const response = await fetch(`${world.url}${addressOf(path, given)}?${query(asked)}`, {
      method,
      redirect: "manual",
      ...(method === "POST" && { body: sent.text }),
      headers: {
        ...(isConsole && { cookie, origin: world.app.publicUrl }),
        ...(method === "POST" && { "content-type": sent.type }),
        ...more,
        "x-forwarded-for": `2001:db8:${routes.indexOf(route).toString(16)}:${(++people).toString(16)}::1`,
      },
    })
    return { status: response.status, said: await response.text() }
  }
  const places = fc.array(fc.oneof(fc.constant(""), text), { minLength: 3, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(places, fields, body, headers, async (given, asked, sent, more) => {
      const { status, said } = await ask(given, asked, sent, more)
      expect(status).toBeLessThan(500)
      // Nothing of how it is made.
      expect(said).not.toMatch(/\bat .+\.ts:\d+|node_modules|violates .+ constraint|Failed query/)
    }),
    { numRuns: 12 },
  )
})

it("is as well afterwards as before", async () => {
  expect((await world.get("/readyz")).status).toBe(200)
  expect((await world.get(`/v1/w/${shop.widget}`)).status).toBe(200)
  await assertBooks(world.database.owner)
})
