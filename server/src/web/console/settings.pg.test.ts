import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { loadStorefront } from "#store/storefronts.ts"
import { type ConsoleVisitor, newMember } from "#testing/console.ts"
import { formOn } from "#testing/console-form.ts"
import { openWebWorld, type WebShop, type WebWorld } from "#testing/web-world.ts"

let world: WebWorld
let shop: WebShop
let dana: ConsoleVisitor
let base: string
beforeAll(async () => {
  world = await openWebWorld()
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(async () => {
  shop = await world.shop()
  const at = { url: world.url, publicUrl: world.app.publicUrl, database: world.database }
  dana = (await newMember(at, shop.accountId, "owner")).visitor
  base = `/console/${shop.slug}`
})

const storefront = async () => {
  const found = await loadStorefront(world.database.pool.db, shop.accountId)
  if (!found) throw new Error("the account is gone")
  return found
}
const formAt = async (path: string) =>
  formOn((await dana.get(`${base}/${path}`)).text, `${base}/${path}`)
/** Sends the page's form with some fields changed. */
const change = async (path: string, fields: Record<string, string | string[]>) =>
  dana.post(`${base}/${path}`, { ...(await formAt(path)), ...fields })

it.each(["organization", "brand", "regions", "tax", "fees", "pixels"])(
  "%s changes nothing when it is sent as it came",
  async (name) => {
    const before = await storefront()
    expect((await change(`settings/${name}`, {})).status).toBe(303)
    expect({ ...(await storefront()), rev: before.rev }).toEqual(before)
  },
)

describe("the organization", () => {
  it("is called otherwise, and offers what it sells in another language", async () => {
    const seen = await change("settings/organization", {
      "account.name": "The New Club",
      "account.website": "new-club.example",
      "account.locales": ["fr-CA"],
      "account.orderPrefix": "nc",
      "account.holdMinutes": "20",
    })
    expect(seen.status).toBe(303)
    expect((await storefront()).account).toMatchObject({
      name: "The New Club",
      website: "https://new-club.example",
      locale: "en-CA",
      locales: ["en-CA", "fr-CA"],
      orderPrefix: "NC",
      holdMinutes: 20,
    })
  })

  it("says what is wrong at its fields and keeps what was typed", async () => {
    const seen = await change("settings/organization", {
      "account.name": "",
      "account.holdMinutes": "1000",
      "account.replyTo": "nobody",
    })
    expect(seen.status).toBe(422)
    expect(seen.text).toContain("The name is needed.")
    expect(seen.text).toContain("How long tickets are held must be a whole number from 1 to 120.")
    expect(formOn(seen.text, `${base}/settings/organization`)).toMatchObject({
      "account.holdMinutes": "1000",
      "account.replyTo": "nobody",
    })
  })
})

it.each([
  ["lists", "[".repeat(150_000) + "]".repeat(150_000)],
  ["objects", '{"account":'.repeat(50_000) + "1" + "}".repeat(50_000)],
])("takes %s within each other for nothing that was seen", async (_, base) => {
  const seen = await change("settings/organization", { base, "account.name": "Another" })
  expect(seen.status).toBe(409)
  expect(seen.text).toContain("Somebody changed this while you had it open.")
  const event = await change("events/show", { base, "products[0].title": "Another" })
  expect(event.status).toBe(409)
})

describe("the brand", () => {
  it("is on every open widget as soon as it is saved", async () => {
    const page = await world.page(shop)
    const seen = await change("settings/brand", { "account.brand.colors.accent": "#FFB000" })
    expect(seen.status).toBe(303)
    const frame = await page.until(({ brand }) => brand?.properties["--foyer-accent"] === "#ffb000")
    expect(frame.brand).toBeDefined()
    page.close()
  })

  it("that cannot be read is not saved, and a colour that can is suggested", async () => {
    const seen = await change("settings/brand", { "account.brand.colors.ink": "#999999" })
    expect(seen.status).toBe(422)
    expect(seen.text).toContain("#767676 would do.")
    expect((await storefront()).brand.colors.ink).toBe("#000000")
  })

  it("is shown before it is saved, as far as it is one", async () => {
    const typed = {
      "account.brand.colors.accent": "fb0",
      "account.brand.colors.bg": "red",
      "account.brand.radiusPx": "4000",
      "account.brand.theme": "dark",
      "account.brand.font": "x;} body { display: none",
    }
    const seen = await dana.post(`${base}/settings/brand/preview`, typed)
    expect(seen.status).toBe(200)
    expect(seen.headers.get("content-security-policy")).toContain("frame-ancestors 'self'")
    expect(seen.text).toMatch(/<foyer-checkout[^>]*theme="dark"/)
    const [, address = ""] = /href="([^"]*preview\.css[^"]*)"/.exec(seen.text) ?? []
    const css = await dana.get(address.replaceAll("&#38;", "&"))
    expect(css.text).toContain("--foyer-accent:#ffbb00")
    expect(css.text).toContain("--foyer-bg:initial")
    expect(css.text).toContain("--foyer-radius:initial")
    expect(css.text).toContain("--foyer-font:initial")
    expect((await storefront()).brand.colors.accent).toBeUndefined()
  })

  it("is told of its contrast while it is typed", async () => {
    const typed = { "account.brand.colors.ink": "#999", "account.brand.colors.bg": "#ffffff" }
    const seen = await dana.post(`${base}/settings/brand/contrast`, typed)
    expect(JSON.parse(seen.text)).toEqual([
      "Text on background reaches 2.8 to 1 and needs 4.5. #767676 would do.",
    ])
  })
})

describe("sites", () => {
  const add = (site: string) => dana.post(`${base}/settings/sites`, { site })

  it("are added from whatever was pasted, with their wallets, and removed", async () => {
    const seen = await add("www.new-site.example/tickets?x=1")
    expect(seen.status).toBe(303)
    expect((await storefront()).allowedOrigins).toContain("https://www.new-site.example")
    await vi.waitFor(
      async () => expect((await dana.get(`${base}/settings/sites`)).text).toContain("Ready"),
      { timeout: 20_000 },
    )
    await dana.post(`${base}/settings/sites/remove`, { site: "https://www.new-site.example" })
    expect((await storefront()).allowedOrigins).not.toContain("https://www.new-site.example")
  })

  it.each([
    ["", "Paste the address of your site"],
    ["javascript:alert(1)//x.example", "That is no address of a site"],
    ["https://me:secret@site.example", "has a name or password in it"],
  ])("%j is told why not", async (site, said) => {
    const seen = await add(site)
    expect(seen.status).toBe(422)
    expect(seen.text).toContain(said)
  })

  it("are asked for their wallets again only when they are the account's own", async () => {
    await world.database.owner.query(
      "insert into pay.wallet_domain (domain, status, error) values ('club.example', 'refused', 'no_file') on conflict (domain) do update set status = 'refused', error = 'no_file'",
    )
    expect((await dana.get(`${base}/settings/sites`)).text).toContain("no_file")
    const retry = (site: string) => dana.post(`${base}/settings/sites/retry`, { site })
    expect((await retry("https://club.example")).status).toBe(303)
    expect((await retry("https://others.example")).status).toBe(404)
    await vi.waitFor(
      async () => {
        const { rows } = await world.database.owner.query(
          "select status from pay.wallet_domain where domain = 'club.example'",
        )
        expect(rows).toEqual([{ status: "enabled" }])
      },
      { timeout: 20_000 },
    )
  })
})

describe("regions, tax, fees, pixels", () => {
  it("a region brings its currency along, named by its title", async () => {
    const seen = await change("settings/regions", {
      "regions[2].name": "Rest of Europe",
      "regions[2].currency": "eur",
      "regions[2].countries": "de, fr;at",
    })
    expect(seen.status).toBe(303)
    const { regions, taxIncluded } = await storefront()
    expect(regions[2]).toMatchObject({
      slug: "rest-of-europe",
      currency: "eur",
      countries: ["DE", "FR", "AT"],
    })
    expect(taxIncluded.has("eur")).toBe(false)
  })

  it("a region that is ticked goes", async () => {
    expect((await change("settings/regions", { "regions[1].$remove": "true" })).status).toBe(303)
    expect((await storefront()).regions.map(({ slug }) => slug)).toEqual(["canada"])
  })

  it("a country that is none is said at its region", async () => {
    const seen = await change("settings/regions", { "regions[0].countries": "CA AB" })
    expect(seen.status).toBe(422)
    expect(seen.text).toContain("Region 1: the countries AB is no country (ISO 3166-1).")
  })

  it("a rate is added, in a place of its own", async () => {
    const seen = await change("settings/tax", {
      "taxClasses[0].rates[1].country": "ca",
      "taxClasses[0].rates[1].subdivision": "qc",
      "taxClasses[0].rates[1].name": "QST",
      "taxClasses[0].rates[1].percent": "9,975 %",
      "priceLists[0].taxIncluded": ["false", "true"],
    })
    expect(seen.status).toBe(303)
    const { taxRates, taxIncluded } = await storefront()
    expect(taxRates).toContainEqual(
      expect.objectContaining({ country: "CA", subdivision: "QC", ratePpm: 99_750 }),
    )
    expect(taxIncluded.has("cad")).toBe(true)
  })

  it.each([
    ["tax", "taxClasses[0].$remove", "admission"],
    ["fees", "fees[0].$remove", "standard"],
  ])("what products use does not go: %s", async (name, field, slug) => {
    const seen = await change(`settings/${name}`, { [field]: "true" })
    expect(seen.status).toBe(422)
    expect(seen.text).toContain(`still needs ${slug}: “The Show” has it.`)
  })

  it("a fee is made with its cap, and its example is worked out", async () => {
    const seen = await change("settings/fees", {
      "fees[1].slug": "Gala Night",
      "fees[1].percent": "10",
      "fees[1].bearer": "organizer",
      "fees[1].amounts.cad.fixed": "1",
      "fees[1].amounts.cad.cap": "2,50",
    })
    expect(seen.status).toBe(303)
    const fee = [...(await storefront()).fees.values()].find(({ bearer }) => bearer === "organizer")
    expect(fee).toMatchObject({
      percentPpm: 100_000,
      amounts: { cad: { fixedMinor: 100, capMinor: 250 } },
    })
    const { text } = await dana.get(`${base}/settings/fees`)
    expect(text).toContain("gala-night")
    expect(text).toContain("CA$22.50")
  })

  it("a destination without an id is none", async () => {
    const seen = await change("settings/pixels", {
      "pixels[0].target": "",
      "pixels[1].target": "12345",
    })
    expect(seen.status).toBe(303)
    expect((await storefront()).pixels).toEqual([{ destination: "meta", target: "12345" }])
  })
})

describe("widgets", () => {
  it("one is made with a name of its title, shown and changed", async () => {
    const sent = { title: "Family Shows!", events: ["show"] }
    const made = await dana.post(`${base}/widgets/new`, sent)
    expect(made.to).toBe(`${base}/widgets/family-shows`)
    const { text } = await dana.get(`${base}/widgets/family-shows`)
    expect(text).toContain(`widget=&#34;${shop.slug}/family-shows&#34;`)
    expect((await world.get(`/v1/w/${shop.slug}/family-shows`)).status).toBe(200)
    const form = formOn(text, `${base}/widgets/family-shows`)
    expect(form).toMatchObject({ title: "Family Shows!", events: "show" })
    const { events: _, ...others } = form
    const saved = await dana.post(`${base}/widgets/family-shows`, {
      ...others,
      allowNullOrigin: ["false", "true"],
    })
    expect(saved.status).toBe(303)
    const widget = (await storefront()).widgets.find(({ slug }) => slug === "family-shows")
    expect(widget).toMatchObject({ allowNullOrigin: true })
    expect(widget?.eventSlugs).toBeUndefined()
  })

  it("says how many pages show it", async () => {
    const before = (await dana.get(`${base}/widgets/main`)).text
    expect(before).toContain("On no open page just now")
    const page = await world.page(shop)
    const other = await world.page(shop)
    expect((await dana.get(`${base}/widgets/main`)).text).toContain("On 2 open pages now")
    page.close()
    other.close()
  })

  it("a name that is taken is not taken again", async () => {
    const seen = await dana.post(`${base}/widgets/new`, { title: "Another", slug: "main" })
    expect(seen.status).toBe(422)
    expect(seen.text).toContain("The name in the snippet is taken: choose another one.")
  })

  it("is previewed in a frame of the console and of nobody else", async () => {
    const seen = await dana.get(`${base}/widgets/main/preview`)
    expect(seen.headers.get("content-security-policy")).toContain("frame-ancestors 'self'")
    expect(seen.text).toContain(`widget="${shop.slug}/main"`)
  })
})
