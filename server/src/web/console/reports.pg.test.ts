import { randomUUID } from "node:crypto"
import { parse } from "csv-parse/sync"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { foldReports } from "#flows/fold-reports.ts"
import { withTx } from "#store/db.ts"
import { keepVisits } from "#store/visits.ts"
import { type ConsoleVisitor, newMember } from "#testing/console.ts"
import { type Sale, writeRefund, writeSale } from "#testing/report-rows.ts"
import { openWebWorld, type WebShop, type WebWorld } from "#testing/web-world.ts"

let world: WebWorld
beforeAll(async () => {
  world = await openWebWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const place = () => ({ ...world, publicUrl: world.app.publicUrl })

const now = new Date().toISOString()
const hostile = "=cmd|' /C calc'!A0"

const aSale = (parts: Partial<Sale> = {}): Sale => ({
  touches: [
    { at: 1, source: "newsletter", medium: "email", campaign: "november" },
    { at: 2, source: "instagram", medium: "paid_social", campaign: "reels" },
  ],
  currency: "cad",
  placedAt: now,
  lines: [{ event: "friday-night", totalMinor: 5001, quantity: 2, kind: "ticket" }],
  ...parts,
})

async function aSoldShop(): Promise<{ shop: WebShop; marketer: ConsoleVisitor }> {
  const shop = await world.shop()
  const { owner, pool } = world.database
  await writeSale(owner, shop.storefront, aSale())
  const returned = await writeSale(owner, shop.storefront, aSale({ promoCode: "LATE10" }))
  await writeRefund(owner, shop.storefront, returned, "all")
  await writeSale(
    owner,
    shop.storefront,
    aSale({ touches: [{ at: 1, source: "x", medium: "y", campaign: hostile }] }),
  )
  await writeSale(owner, shop.storefront, aSale({ currency: "jpy" }))
  const { accountId } = shop
  const visit = { accountId, event: "", at: now, currency: "cad" }
  const touch = { at: 1, source: "newsletter", medium: "email", campaign: "november" }
  await withTx(pool, (tx) =>
    keepVisits(
      tx,
      Array.from({ length: 10 }, () => ({ ...visit, visitId: randomUUID(), touch })),
      [],
    ),
  )
  await foldReports({ pool, reports: pool }, 0)
  const { visitor } = await newMember(place(), accountId, "marketer")
  return { shop, marketer: visitor }
}

describe("the attribution page", () => {
  it("says what sold tickets, under each model and in each currency by itself", async () => {
    const { shop, marketer } = await aSoldShop()
    const last = await marketer.get(`/console/${shop.slug}/reports`)
    expect(last.status).toBe(200)
    expect(last.text).toContain("What sold tickets?")
    // Three sales of 50.01, one of them given back.
    expect(last.text).toContain("$100.02")
    expect(last.text).toContain("instagram / paid_social")
    expect(last.text).toMatch(/¥5,001/)
    const first = await marketer.get(`/console/${shop.slug}/reports?model=first`)
    expect(first.text).toContain("newsletter / email")
    expect(first.text).not.toContain("instagram / paid_social")
    const linear = await marketer.get(`/console/${shop.slug}/reports?model=linear&currency=jpy`)
    expect(linear.text).toMatch(/¥2,501/)
    expect(linear.text).toMatch(/¥2,500/)
  })

  it("letters on the days what began: sales of an event, a code; nothing of days to come", async () => {
    const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
    const begun = await world.shop((file) => void (file.events[0]!.title = "Gala <night>"))
    const { owner, pool } = world.database
    const opened = at(-3)
    await owner.query(
      "update catalogue.event set sales_open_at = $2 where account_id = $1 and title like 'Gala%'",
      [begun.accountId, opened],
    )
    await writeSale(owner, begun.storefront, aSale())
    await foldReports({ pool, reports: pool }, 0)
    const code = (name: string, startsAt: string) =>
      owner.query(
        `insert into catalogue.promotion (id, account_id, code, kind, percent_ppm, per, applies_to, starts_at)
         values (gen_random_uuid(), $1, $2, 'percent', 100000, 'order', 'tickets', $3)`,
        [begun.accountId, name, startsAt],
      )
    await code("EARLY", opened)
    await code("TOMORROW", at(1))
    await code("LONGAGO", at(-60))
    const { visitor } = await newMember(place(), begun.accountId, "marketer")
    const { text } = await visitor.get(`/console/${begun.slug}/reports?currency=cad`)
    const words = /<b>A<\/b>([^<]*)</.exec(text)?.[1]
    expect(words).toMatch(/Gala &#60;night&#62; on sale, /)
    expect(words).toMatch(/Code EARLY begins, /)
    expect(text.match(/class="flag"/g)).toHaveLength(1)
    expect(text).not.toMatch(/TOMORROW|LONGAGO/)
  })

  it("gives exactly what it shows as a file, without a formula in it", async () => {
    const { shop, marketer } = await aSoldShop()
    const path = `/console/${shop.slug}/reports`
    const seen = await marketer.get(`${path}.csv?currency=cad`)
    expect(seen.headers.get("content-disposition")).toMatch(
      /attachment; filename="attribution-campaign-.*-cad\.csv"/,
    )
    const rows: string[][] = parse(seen.text, { bom: true, recordDelimiter: "\r\n" })
    expect(
      rows.map(([name, source, medium, ...rest]) => [name, source, medium, rest.at(-1)]),
    ).toEqual([
      ["Campaign", "Source", "Medium", "Revenue"],
      ["reels", "instagram", "paid_social", "50.01"],
      [`'${hostile}`, "x", "y", "50.01"],
      ["november", "newsletter", "email", "0.00"],
      ["Total", "", "", "100.02"],
    ])
    expect(rows.at(-1)).toEqual([
      "Total",
      "",
      "",
      "10",
      "3",
      "3",
      "2",
      "4",
      "20.00",
      "CAD",
      "150.03",
      "-50.01",
      "100.02",
    ])
  })

  it("opens a figure to its orders, and never says who bought", async () => {
    const { shop, marketer } = await aSoldShop()
    const path = `/console/${shop.slug}/reports/orders`
    const row = "currency=cad&value=reels&source=instagram&medium=paid_social"
    const page = await marketer.get(`${path}?${row}`)
    expect(page.text.match(/LS-[0-9a-f]{8}/g)).toHaveLength(2)
    expect(page.text).toContain("Given back")
    const file = await marketer.get(`${path}.csv?currency=cad`)
    const rows: string[][] = parse(file.text, { bom: true, recordDelimiter: "\r\n" })
    expect(rows).toHaveLength(4)
    const others = ["", "/pixels", "/sales", "/links", ".csv"].map((name) =>
      marketer.get(`/console/${shop.slug}/reports${name}`),
    )
    for (const seen of [page, file, ...(await Promise.all(others))]) {
      expect(seen.status).toBe(200)
      expect(seen.text).not.toMatch(/Lovelace|ada@example\.com/)
    }
  })

  it("is empty with a reason before anything happened", async () => {
    const shop = await world.shop()
    const { visitor } = await newMember(place(), shop.accountId, "marketer")
    const seen = await visitor.get(`/console/${shop.slug}/reports`)
    expect(seen.text).toContain("Nobody came in these days")
    expect((await visitor.get(`/console/${shop.slug}/reports.csv`)).status).toBe(200)
  })

  it("says that sales are being counted, not that there were none", async () => {
    const busy = await world.shop()
    await world.database.owner.query(
      "insert into marketing.report_day (account_id, day, rev) values ($1, current_date, 1)",
      [busy.accountId],
    )
    const { visitor } = await newMember(place(), busy.accountId, "marketer")
    const { text } = await visitor.get(`/console/${busy.slug}/reports`)
    expect(text).toContain("Being counted")
    expect(text).not.toContain("Nobody came in these days")
  })

  it("takes nonsense in its address for nothing said", async () => {
    const { shop, marketer } = await aSoldShop()
    const asked = new URLSearchParams({
      range: "\u0000",
      from: "2026-13-45",
      model: "magic",
      by: "__proto__",
      event: "'; drop table",
      currency: "💶",
      before: "2026-99-99T00:00:00Z",
      beforeId: randomUUID(),
      value: "\ud800",
    }).toString()
    for (const name of ["", ".csv", "/orders", "/orders.csv", "/sales", "/links", "/pixels"]) {
      const seen = await marketer.get(`/console/${shop.slug}/reports${name}?${asked}`)
      expect([name, seen.status]).toEqual([name, 200])
    }
  })
})

describe("reports", () => {
  it("are for roles that see reports, and for nobody of another account", async () => {
    const { shop } = await aSoldShop()
    const { visitor: boxOffice } = await newMember(place(), shop.accountId, "box-office")
    const other = await world.shop()
    const { visitor: stranger } = await newMember(place(), other.accountId, "owner")
    for (const name of [
      "",
      ".csv",
      "/orders",
      "/orders.csv",
      "/links",
      "/links/code.svg?page=club.example&source=a",
      "/links/code.png?page=club.example&source=a",
      "/pixels",
      "/sales",
    ]) {
      expect((await boxOffice.get(`/console/${shop.slug}/reports${name}`)).status).toBe(403)
      expect((await stranger.get(`/console/${shop.slug}/reports${name}`)).status).toBe(404)
    }
    const view = { name: "Mine", query: "range=7d" }
    expect((await boxOffice.post(`/console/${shop.slug}/reports/views`, view)).status).toBe(403)
    expect((await stranger.post(`/console/${shop.slug}/reports/views`, view)).status).toBe(404)
  })

  it("are saved under a name, opened again and forgotten", async () => {
    const { shop, marketer } = await aSoldShop()
    const path = `/console/${shop.slug}/reports`
    const kept = await marketer.post(`${path}/views`, {
      name: '  <b>Mine</b> & "yours" ',
      query: "range=7d&model=first&evil=1",
    })
    expect(kept.to).toBe(`${path}?range=7d&model=first`)
    const shown = await marketer.get(path)
    expect(shown.text).toContain("&#60;b&#62;Mine&#60;/b&#62;")
    const id = /views\/([0-9a-f-]{36})\/delete/.exec(shown.text)?.[1] ?? ""
    const { shop: elsewhere, marketer: other } = await aSoldShop()
    await other.post(`/console/${elsewhere.slug}/reports/views/${id}/delete`)
    expect((await marketer.get(path)).text).toContain(id)
    await marketer.post(`${path}/views/${id}/delete`)
    expect((await marketer.get(path)).text).not.toContain(id)
  })

  it("make links that they read, with a QR code", async () => {
    const { shop, marketer } = await aSoldShop()
    const path = `/console/${shop.slug}/reports/links`
    const asked = "page=https%3A%2F%2Fclub.example%2Ftickets&source=Newsletter&medium=email"
    const seen = await marketer.get(`${path}?${asked}`)
    expect(seen.text).toContain(
      "https://club.example/tickets?utm_source=newsletter&#38;utm_medium=email",
    )
    expect(seen.text).toContain("newsletter / email")
    const svg = await marketer.get(`${path}/code.svg?${asked}`)
    expect(svg.headers.get("content-type")).toBe("image/svg+xml")
    const png = await marketer.get(`${path}/code.png?${asked}`)
    expect(png.headers.get("content-type")).toBe("image/png")
    const wrong = await marketer.get(`${path}?page=javascript:alert(1)&source=a`)
    expect(wrong.text).toContain("Type the page’s web address")
    expect((await marketer.get(`${path}/code.svg?page=javascript:alert(1)`)).status).toBe(404)
  })

  it("tell sales by event", async () => {
    const { shop, marketer } = await aSoldShop()
    const seen = await marketer.get(`/console/${shop.slug}/reports/sales`)
    expect(seen.text).toContain("By event")
    expect(seen.text).toContain("$100.02")
    const one = await marketer.get(`/console/${shop.slug}/reports/sales?event=friday-night`)
    expect(one.status).toBe(200)
    const file = await marketer.get(`/console/${shop.slug}/reports/sales.csv?currency=cad`)
    expect(file.headers.get("content-disposition")).toMatch(/filename="sales-.*-cad\.csv"/)
    const rows: Record<string, string>[] = parse(file.text, { bom: true, columns: true })
    expect(rows).toMatchObject([
      { Orders: "2", Sold: "150.03", Refunds: "-50.01", Revenue: "100.02" },
    ])
    const none = await marketer.get(`/console/${shop.slug}/reports/sales.csv?currency=usd`)
    expect(none.status).toBe(200)
  })
})
