import { gzipSync } from "node:zlib"
import { parse } from "csv-parse/sync"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { aVisitor, type ConsoleVisitor, newMember, newPerson } from "#testing/console.ts"
import { writeOrders } from "#testing/order-rows.ts"
import { openWebWorld, type WebShop, type WebWorld } from "#testing/web-world.ts"

let world: WebWorld
let shop: WebShop
let owner: ConsoleVisitor
let home: string
beforeAll(async () => {
  world = await openWebWorld()
  shop = await world.shop((file) => void (file.account.timeZone = "America/Toronto"))
  const { database } = world
  const write = (rows: Parameters<typeof writeOrders>[2]) =>
    writeOrders(database.owner, shop.storefront, rows)
  await write({ count: 1210, from: "2026-03-01T05:00:00Z", prefix: "A" })
  await write({
    count: 3,
    from: "2026-06-01T03:58:00Z",
    prefix: "B",
    firstName: "=cmd|'/C calc'!A0",
    lastName: 'Zoë "50%" O_Brien, <b>',
  })
  await write({
    count: 2,
    from: "2026-06-02T12:00:00Z",
    prefix: "C",
    state: "expired",
    firstName: "Left",
  })
  const other = await world.shop()
  await writeOrders(database.owner, other.storefront, {
    count: 2,
    from: "2026-06-03T12:00:00Z",
    prefix: "Z",
    firstName: "Stranger",
  })
  const at = { url: world.url, publicUrl: world.app.publicUrl, database }
  owner = (await newMember(at, shop.accountId, "owner")).visitor
  home = `/console/${shop.slug}/orders`
})
afterAll(() => world[Symbol.asyncDispose]())

const numbersOn = (html: string) =>
  [...html.matchAll(/<tr[^>]* id="order-([^"]+)"/g)].map(([, number]) => number)
const list = async (query = "") => (await owner.get(`${home}${query}`)).text
const number = (prefix: string, i: number) => `${prefix}-${i.toString(16).padStart(6, "0")}`
const linkOf = (html: string, rel: string) =>
  new RegExp(`href="([^"]+)" rel="${rel}"`).exec(html)?.[1]?.replaceAll("&#38;", "&")

describe("the list", () => {
  it("begins with the newest, without those nobody paid, and with nobody else's", async () => {
    const numbers = numbersOn(await list())
    expect(numbers).toHaveLength(50)
    expect(numbers.slice(0, 4)).toEqual([
      number("B", 3),
      number("B", 2),
      number("B", 1),
      number("A", 1210),
    ])
  })

  it("leads through all of them and back, each once", async () => {
    const seen: (string | undefined)[] = []
    let at: string | undefined = home
    let last = ""
    while (at !== undefined) {
      last = (await owner.get(at)).text
      seen.push(...numbersOn(last))
      at = linkOf(last, "next")
    }
    expect(seen).toHaveLength(1213)
    expect(new Set(seen).size).toBe(1213)
    const back = (await owner.get(linkOf(last, "prev") ?? "")).text
    expect(numbersOn(back)).toEqual(seen.slice(-63, -13))
  })

  it("is narrowed by words, state, event and days of the account's clock", async () => {
    expect(numbersOn(await list("?q=zo%C3%AB+brien"))).toHaveLength(3)
    expect(numbersOn(await list("?q=50%25"))).toHaveLength(3)
    expect(numbersOn(await list("?q=o_b"))).toHaveLength(3)
    expect(numbersOn(await list("?q=guest1210%40"))).toEqual([number("A", 1210)])
    expect(numbersOn(await list("?q=lo+1209"))).toEqual([number("A", 1209)])
    expect(numbersOn(await list("?q=stranger"))).toEqual([])
    expect(numbersOn(await list("?status=never-paid"))).toEqual([number("C", 2), number("C", 1)])
    expect(numbersOn(await list("?event=no-such-show"))).toEqual([])
    // 03:59 and 04:00 in UTC are the last minute of May and the first of June in Toronto.
    expect(numbersOn(await list("?from=2026-06-01"))).toEqual([number("B", 3), number("B", 2)])
    expect(numbersOn(await list("?from=2026-05-31&until=2026-05-31"))).toEqual([number("B", 1)])
  })

  it("takes whatever the address says for what it is", async () => {
    for (const query of [
      "?before=x",
      "?after=%00",
      "?status=all",
      "?from=31-12",
      `?q=${"%25".repeat(300)}`,
      "?event='%20or%201=1",
    ])
      expect((await owner.get(`${home}${query}`)).status).toBe(200)
  })

  it("leads straight to the order whose number is typed", async () => {
    const seen = await owner.get(`${home}?q=${number("A", 0x4ba).toUpperCase()}`)
    expect([200, 303]).toContain(seen.status)
    expect((await owner.get(`${home}/${number("A", 7)}`)).text).toContain("guest7@example.com")
    expect((await owner.get(`${home}/${number("Z", 1)}`)).status).toBe(404)
  })
})

describe("what brought an order", () => {
  it("is told by the list, the order and the file as the reports tell it", async () => {
    const told = await world.shop()
    const { owner: db } = world.database
    await writeOrders(db, told.storefront, { count: 4, from: "2026-06-01T12:00:00Z", prefix: "T" })
    const { visitor } = await newMember(
      { url: world.url, publicUrl: world.app.publicUrl, database: world.database },
      told.accountId,
      "owner",
    )
    const touch = (nth: number, column: string, value: string) =>
      db.query(
        `insert into marketing.touch (cart_id, account_id, seq, at, ${column}, fingerprint)
         select cart_id, account_id, 2, created_at + interval '1 second', $3, sha256('${nth}') from sales.orders
         where account_id = $1 and number = $2`,
        [told.accountId, number("T", nth), value],
      )
    await touch(1, "ref", "priya-n")
    await touch(3, "click_ids", '{"gclid": "x"}')
    await touch(4, "referrer", "https://duckduckgo.com/")
    const said = ["ref / affiliate", "direct / none", "google / cpc", "duckduckgo / organic"]
    const path = `/console/${told.slug}/orders`
    const listed = (await visitor.get(path)).text
    for (const [index, words] of said.entries()) {
      const row = listed.slice(listed.indexOf(`id="order-${number("T", index + 1)}"`))
      expect(row.slice(0, row.indexOf("</tr>"))).toContain(words)
      expect((await visitor.get(`${path}/${number("T", index + 1)}`)).text).toContain(words)
    }
    const rows: Record<string, string>[] = parse((await visitor.get(`${path}.csv`)).text, {
      bom: true,
      columns: true,
    })
    expect(rows.map((row) => `${row["Source"]} / ${row["Medium"]}`)).toEqual(said.toReversed())
    expect(rows.map((row) => row["Campaign"])).toEqual(["", "", "", "priya-n"])
  })
})

it("says whose dollars another currency's are", async () => {
  const two = await world.shop()
  const write = (currency: string, prefix: string) =>
    writeOrders(world.database.owner, two.storefront, {
      count: 1,
      from: "2026-06-01T12:00:00Z",
      totalMinor: 2500,
      currency,
      prefix,
    })
  await write("cad", "C")
  await write("usd", "U")
  const { visitor } = await newMember(
    { url: world.url, publicUrl: world.app.publicUrl, database: world.database },
    two.accountId,
    "owner",
  )
  const { text } = await visitor.get(`/console/${two.slug}/orders`)
  expect(text).toContain(">US$25.00<")
  expect(text).toContain(">$25.00<")
})

describe("the file", () => {
  it("holds every order of the list, in pages, and no formula", async () => {
    const seen = await owner.get(`${home}.csv`)
    expect(seen.headers.get("content-type")).toBe("text/csv; charset=utf-8")
    expect(seen.headers.get("content-disposition")).toMatch(
      /^attachment; filename="orders-club-[0-9a-f]+-\d{4}-\d\d-\d\d\.csv"$/,
    )
    const rows: Record<string, string>[] = parse(seen.text, { bom: true, columns: true })
    expect(rows).toHaveLength(1213)
    expect(rows[0]).toMatchObject({
      Order: number("B", 3),
      Begun: "2026-06-01 00:01:00",
      Status: "Paid",
      "First name": "'=cmd|'/C calc'!A0 3",
      "Last name": 'Zoë "50%" O_Brien, <b>',
      Tickets: "1",
      Currency: "CAD",
      Total: "20.00",
      Refunded: "0.00",
    })
  })

  it("holds what the list was narrowed to", async () => {
    const { text } = await owner.get(`${home}.csv?q=zo%C3%AB`)
    expect(text.trim().split("\r\n")).toHaveLength(4)
  })

  it("leaves a line in the history, without what was looked for", async () => {
    await owner.get(`${home}.csv?q=ada&status=paid`)
    const { rows } = await world.database.owner.query(
      "select after from org.audit where account_id = $1 and action = 'orders.exported' order by pos desc limit 1",
      [shop.accountId],
    )
    expect(rows).toEqual([{ after: { kind: "paid", isSearched: true } }])
  })

  it("is for those who may, of the account", async () => {
    const at = { url: world.url, publicUrl: world.app.publicUrl, database: world.database }
    for (const role of ["box-office", "marketer"] as const) {
      const { visitor } = await newMember(at, shop.accountId, role)
      expect((await visitor.get(`${home}.csv`)).status).toBe(403)
    }
    expect((await aVisitor(at).get(`${home}.csv`)).status).toBe(303)
  })
})

describe("today", () => {
  it("is a page for a new organizer as well", async () => {
    const { visitor } = await newPerson({ url: world.url, publicUrl: world.app.publicUrl })
    const made = await visitor.post("/console/new", {
      name: "Comedy Cellar",
      country: "CA",
      currency: "cad",
      timeZone: "America/Toronto",
    })
    const { status, text } = await visitor.get(made.to?.replace("first-run", "today") ?? "")
    expect(status).toBe(200)
    expect(text).toContain("Nothing is for sale yet")
    expect(text).toContain(`href="${made.to}"`)
  })

  it("counts today's sales against the same time of the same weekday", async () => {
    const minute = 60_000
    const now = Date.now()
    const at = (ms: number) => new Date(ms).toISOString()
    const busy = await world.shop((file) => void (file.account.timeZone = "UTC"))
    const write = (from: number, totalMinor: number, prefix: string) =>
      writeOrders(world.database.owner, busy.storefront, {
        count: 1,
        from: at(from),
        totalMinor,
        prefix,
      })
    const startOfDay = Math.floor(now / 86_400_000) * 86_400_000
    await write(Math.max(startOfDay, now - 10 * minute) - minute, 5000, "N")
    await write(Math.max(startOfDay, now - 10 * minute) - 7 * 86_400_000 - minute, 4000, "W")
    await write(now - 3 * 86_400_000, 9900, "O")
    const visitor = (
      await newMember(
        { url: world.url, publicUrl: world.app.publicUrl, database: world.database },
        busy.accountId,
        "owner",
      )
    ).visitor
    const { text } = await visitor.get(`/console/${busy.slug}/today`)
    expect(text).toMatch(/class="big">\$50\.00</)
    expect(text).toContain("25.0%")
    expect(text).toContain("$40.00 last")
  })
})

it("is small: page, sheet and script together stay under 60 kB compressed", async () => {
  const html = await list()
  const [, sheet = ""] = /href="(\/console\/assets\/[^"]+\.css)"/.exec(html) ?? []
  const [, script = ""] = /src="(\/console\/assets\/[^"]+\.js)"/.exec(html) ?? []
  const texts = [html, (await owner.get(sheet)).text, (await owner.get(script)).text]
  expect(texts.every((text) => text.length > 1000)).toBe(true)
  const bytes = texts.reduce((sum, text) => sum + gzipSync(text).length, 0)
  expect(bytes).toBeLessThan(60_000)
})
