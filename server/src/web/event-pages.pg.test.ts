import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openWebWorld, type WebShop, type WebWorld } from "#testing/web-world.ts"

let world: WebWorld
let shop: WebShop
beforeAll(async () => {
  world = await openWebWorld()
  shop = await world.shop((file) => {
    file.events.push({ ...structuredClone(file.events[0]), slug: "gone", title: "Gone" })
    file.events.push({ ...structuredClone(file.events[0]), slug: "draft", status: "draft" })
    file.events.push({
      ...file.events[0],
      slug: "past",
      showtimes: [{ at: "2020-01-01T20:00" }],
    })
  })
})
afterAll(() => world[Symbol.asyncDispose]())

const lastmodOf = async (slug: string) => {
  const xml = await (await world.get(`/sitemaps/${shop.slug}.xml`)).text()
  const [, found] = new RegExp(`/${slug}</loc><lastmod>([^<]+)</lastmod>`).exec(xml) ?? []
  return found
}

describe("an event's page on the whole server", () => {
  it("is there for everybody, under a policy that allows nothing inline", async () => {
    const response = await world.get(`/e/${shop.slug}/show`)
    expect(response.status).toBe(200)
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'")
    expect(response.headers.get("content-security-policy")).not.toContain("unsafe")
    const html = await response.text()
    expect(html).toContain('"@type":"Event"')
    expect(html).toContain(`widget="${shop.widget}"`)
    expect(await (await world.get(`/e/${shop.slug}`)).text()).toContain(`/e/${shop.slug}/show`)
    expect((await world.get(`/e/${shop.slug}/brand.css`)).status).toBe(200)
  })

  it("speaks the language of its address, not the browser's", async () => {
    const headers = { "accept-language": "fr" }
    const usual = await (await world.get(`/e/${shop.slug}/show`, headers)).text()
    expect(usual).toContain('lang="en-CA"')
    const asked = await (await world.get(`/e/${shop.slug}/show?locale=fr-CA`)).text()
    expect(asked).toContain('lang="fr-CA"')
    const unknown = await (await world.get(`/e/${shop.slug}/show?locale=%22%3E`)).text()
    expect(unknown).toContain('lang="en-CA"')
  })

  it("answers 404 for what never was, and 410 for what its organizer took off", async () => {
    expect((await world.get(`/e/nobody/show`)).status).toBe(404)
    expect((await world.get(`/e/nobody`)).status).toBe(404)
    expect((await world.get(`/e/${shop.slug}/none`)).status).toBe(404)
    expect((await world.get(`/e/${shop.slug}/draft`)).status).toBe(404)
    expect((await world.get(`/e/${shop.slug}/gone`)).status).toBe(200)
    await shop.change((file) => {
      file.events = file.events.filter((event: { slug: string }) => event.slug !== "gone")
    })
    await expect
      .poll(async () => (await world.get(`/e/${shop.slug}/gone`)).status, { timeout: 20_000 })
      .toBe(410)
    expect(await lastmodOf("gone")).toBeUndefined()
  })
})

describe("sitemaps", () => {
  it("are named in robots.txt and lead to each account's own", async () => {
    const robots = await (await world.get("/robots.txt")).text()
    expect(robots).toContain(`Sitemap: ${world.app.publicUrl}/sitemap.xml`)
    const index = await world.get("/sitemap.xml")
    expect(index.headers.get("content-type")).toContain("xml")
    expect(await index.text()).toContain(`${world.app.publicUrl}/sitemaps/${shop.slug}.xml`)
    expect((await world.get("/sitemaps/nobody.xml")).status).toBe(404)
  })

  it("list what is to come only", async () => {
    expect(await lastmodOf("show")).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(await lastmodOf("past")).toBeUndefined()
    expect(await lastmodOf("draft")).toBeUndefined()
  })

  it("tell when what is shown changed: of the changed event only, by any of its rows", async () => {
    const { pool } = world.database
    const setBack = () =>
      pool.query(
        `update catalogue.event_shown set changed_at = '2026-01-02T03:04:05Z' where account_id = $1`,
        [shop.accountId],
      )
    const old = "2026-01-02T03:04:05Z"
    await shop.change((file) => {
      file.events.push({ ...structuredClone(file.events[0]), slug: "still", title: "Still" })
    })
    await setBack()
    expect(await lastmodOf("show")).toBe(old)
    await shop.change((file) => {
      file.events[0].products[0].priceTypes[0].prices.cad = "13.00"
    })
    expect(await lastmodOf("show")).not.toBe(old)
    expect(await lastmodOf("still")).toBe(old)
    await setBack()
    await shop.change((file) => {
      file.events[0].showtimes[1].status = "paused"
    })
    expect(await lastmodOf("show")).not.toBe(old)
    expect(await lastmodOf("still")).toBe(old)
  })

  it("tell the moment that passed by itself: a sale that opened", async () => {
    const { pool } = world.database
    await pool.query(
      `update catalogue.event set sales_open_at = '2026-03-01T10:00:00Z' where account_id = $1 and slug = 'show'`,
      [shop.accountId],
    )
    await pool.query(
      `update catalogue.event_shown set changed_at = '2026-01-02T03:04:05Z' where account_id = $1`,
      [shop.accountId],
    )
    expect(await lastmodOf("show")).toBe("2026-03-01T10:00:00Z")
  })

  it("tell when something sold out and when it can be had again, not each sale", async () => {
    const { pool } = world.database
    const scarce = await world.shop((file) => {
      file.events[0].showtimes = [{ at: "2030-12-05T20:00" }]
      file.events[0].products[0].capacity = 3
    })
    const old = "2026-01-02T03:04:05Z"
    await pool.query("update catalogue.event_shown set changed_at = $2 where account_id = $1", [
      scarce.accountId,
      old,
    ])
    const page = await world.page(scarce)
    const changedAfter = async (quantity: number) => {
      const sent = await page.send("set-quantity", { price: scarce.price, quantity })
      expect(sent).toMatchObject({ ok: true, outcome: "done" })
      const { rows } = await pool.query<{ at: Date }>(
        "select max(e.at) as at from es.event e join catalogue.variant v on e.stream = 'variant-' || v.id where v.account_id = $1",
        [scarce.accountId],
      )
      const xml = await (await world.get(`/sitemaps/${scarce.slug}.xml`)).text()
      const [, told] = /\/show<\/loc><lastmod>([^<]+)</.exec(xml) ?? []
      return { told, moved: rows[0]?.at.toISOString().replace(/\.\d+Z/, "Z") }
    }
    expect((await changedAfter(2)).told).toBe(old)
    const soldOut = await changedAfter(3)
    expect(soldOut.told).toBe(soldOut.moved)
    const again = await changedAfter(1)
    expect(again.told).toBe(again.moved)
    page.close()
  })
})
