import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { aVisitor, type ConsoleVisitor, goodPassword, newMember } from "#testing/console.ts"
import { openPageServer, type PageServer } from "#testing/page-server.ts"
import { openWebWorld, type WebShop, type WebWorld } from "#testing/web-world.ts"

let site: PageServer
let world: WebWorld
let at: { url: string; publicUrl: string; database: WebWorld["database"] }
let shop: WebShop
let manager: ConsoleVisitor
let email: string
let path: string

beforeAll(async () => {
  site = await openPageServer()
  world = await openWebWorld({}, undefined, { trustedPages: [site.origin] })
  at = { url: world.url, publicUrl: world.app.publicUrl, database: world.database }
  shop = await world.shop()
  ;({ visitor: manager, email } = await newMember(at, shop.accountId, "manager"))
  path = `/console/${shop.slug}/import`
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await site[Symbol.asyncDispose]()
})

const event = (name: string, parts = {}) => ({
  "@type": "Event",
  name,
  startDate: "2099-12-31T21:00:00-05:00",
  location: { "@type": "Place", name: "The Attic", address: { addressLocality: "Toronto" } },
  offers: { "@type": "Offer", name: "Adult", price: "25", priceCurrency: "CAD" },
  ...parts,
})
const serve = (name: string, events: readonly object[]) => {
  const json = JSON.stringify(events).replaceAll("<", "\\u003c")
  site.pages.set(name, { body: `<script type="application/ld+json">${json}</script>` })
  return `${site.origin}${name}`
}
const upload = (name: string, text: string | Uint8Array<ArrayBuffer>) => {
  const form = new FormData()
  form.set("file", new File([text], name))
  return manager.post(`${path}/file`, form)
}
/** The review form as the browser would send it back. */
function typed(html: string, changes: Readonly<Record<string, string>> = {}) {
  const text = (value: string) =>
    value.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
  const fields: Record<string, string> = { status: "draft" }
  for (const [tag, name = ""] of html.matchAll(/<input[^>]*name="(events[^"]+)"[^>]*>/g)) {
    const value = /value="([^"]*)"/.exec(tag)?.[1] ?? ""
    if (!tag.includes('type="checkbox"') || tag.includes(" checked"))
      fields[text(name)] = text(value)
  }
  for (const [, name = "", value = ""] of html.matchAll(
    /<textarea[^>]*name="(events[^"]+)"[^>]*>([^<]*)<\/textarea>/g,
  ))
    fields[text(name)] = text(value).trim()
  return { ...fields, ...changes }
}
const slugs = async () => {
  const { rows } = await world.database.owner.query<{ slug: string; status: string }>(
    "select slug, status from catalogue.event where account_id = $1 and archived_at is null order by position",
    [shop.accountId],
  )
  return rows.map(({ slug, status }) => `${slug} ${status}`)
}

describe("events from a page", () => {
  it("are looked through, with what is there already marked, and become drafts", async () => {
    const address = serve("/shows", [
      event("Gala"),
      event("Gala", { startDate: "2100-01-01T21:00:00-05:00" }),
      event("The Show", {
        location: { name: "The Cellar", address: { addressLocality: "Toronto" } },
      }),
      event(`"><img src=x onerror=alert(1)>`),
    ])
    const sought = await manager.post(`${path}/page`, { address })
    expect(sought.status).toBe(303)
    const { text } = await manager.get(sought.to!)
    expect(text).toContain("3 events were found")
    expect(text).toContain("There already")
    expect(text).not.toContain("<img src=x")
    expect(text).toContain("2099-12-31 21:00\n2100-01-01 21:00")
    expect(typed(text)).not.toHaveProperty(["events[1].wanted"])
    const brought = await manager.post(sought.to!, typed(text))
    expect(brought.to).toBe(`/console/${shop.slug}/events?show=drafts`)
    expect(await slugs()).toEqual(["show on-sale", "gala draft", "img-src-x-onerror-alert-1 draft"])
    expect((await world.get(`/e/${shop.slug}/gala`)).status).toBe(404)
  })

  it("are brought in once, however often the button is pressed", async () => {
    const sought = await manager.post(`${path}/page`, { address: serve("/once", [event("Once")]) })
    const form = typed((await manager.get(sought.to!)).text, { status: "on-sale" })
    await Promise.all([manager.post(sought.to!, form), manager.post(sought.to!, form)])
    expect((await slugs()).filter((slug) => slug.startsWith("once"))).toEqual(["once on-sale"])
    expect((await manager.get(sought.to!)).text).toContain("These were brought in")
    const page = await (await world.get(`/e/${shop.slug}/once`)).text()
    expect(page).toContain('"price":"25.00"')
  })

  it("keep what was typed over them when something is wrong, and are still there to be taken", async () => {
    const sought = await manager.post(`${path}/page`, {
      address: serve("/wrong", [event("Wrong")]),
    })
    const form = typed((await manager.get(sought.to!)).text, {
      "events[0].title": "Right",
      "events[0].dates": "2099-02-30 20:00",
      "events[0].tickets": "Adult",
      status: "on-sale",
    })
    const answer = await manager.post(sought.to!, form)
    expect(answer.status).toBe(422)
    for (const said of [
      'value="Right"',
      "2099-02-30 20:00",
      "is no date",
      "has no price at its end",
    ])
      expect(answer.text).toContain(said)
    const none = await manager.post(sought.to!, { status: "draft" })
    expect(none.text).toContain("tick at least one")
    const mended = {
      ...form,
      "events[0].dates": "2099-03-01 20:00",
      "events[0].tickets": "Adult 20",
    }
    expect((await manager.post(sought.to!, mended)).to).toContain("/events")
    expect(await slugs()).toContain("right on-sale")
  })

  it("wait on the server while the session ends, and what was typed comes back", async () => {
    const sought = await manager.post(`${path}/page`, { address: serve("/late", [event("Late")]) })
    const form = typed((await manager.get(sought.to!)).text, { "events[0].title": "Later" })
    const stranger = aVisitor(at)
    const asked = await stranger.post(sought.to!, form)
    expect(asked.text).toContain("&#34;Later&#34;")
    await stranger.post("/console/sign-in", { email, password: goodPassword })
    expect((await stranger.get(sought.to!)).text).toContain("One event was found")
  })

  it.each([
    ["", "Name the page"],
    ["http://169.254.169.254/", "private network"],
    ["http://localhost:1/", "not the address of a page"],
    ["club.example.invalid", "no site of that name"],
  ])("from %j are refused in words", async (address, words) => {
    const answer = await manager.post(`${path}/page`, { address })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(words)
    expect(answer.text).toContain(`value="${address}"`)
  })

  it("that are not there are told of", async () => {
    site.pages.set("/none", { body: "<h1>Shows</h1>" })
    const answer = await manager.post(`${path}/page`, { address: `${site.origin}/none` })
    expect(answer.text).toContain("No event to come was found there.")
    const missing = await manager.post(`${path}/page`, { address: `${site.origin}/missing` })
    expect(missing.text).toContain("answers with an error (404)")
  })
})

describe("events from a file", () => {
  it("come from a calendar and from a table", async () => {
    const ics = [
      "BEGIN:VCALENDAR",
      "BEGIN:VEVENT",
      "UID:1",
      "SUMMARY:Jam",
      "LOCATION:Attic\\, Toronto",
      "DTSTART;TZID=America/Toronto:20991127T200000",
      "END:VEVENT",
      "END:VCALENDAR",
    ].join("\r\n")
    const calendar = await upload("shows.ics", ics)
    expect((await manager.get(calendar.to!)).text).toContain("2099-11-27 20:00")
    const table = await upload(
      "shows.csv",
      "title;date;time;venue;city;ticket;price\nSoir\u00e9e;27.11.2099;20:00;Grenier;Qu\u00e9bec;;12,50",
    )
    const { text } = await manager.get(table.to!)
    expect(text).toContain("Soir\u00e9e")
    expect(text).toContain("12.50")
    const windows = await upload(
      "old.csv",
      new Uint8Array(Buffer.from("title;date\nSoir\xe9e;27.11.2099 20:00", "latin1")),
    )
    expect((await manager.get(windows.to!)).text).toContain("Soir\u00e9e")
  })

  it.each([
    ["large.ics", "x".repeat(2_000_001), "larger than 2 MB"],
    ["much.ics", `BEGIN:VCALENDAR${"\nBEGIN:VEVENT".repeat(5001)}`, "more in it than can be read"],
    ["broken.ics", "hello", "no calendar that can be read"],
    ["no-columns.csv", "a,b\n1,2", "no column “title”"],
    ["photo.jpg", "\u00ff\u00d8", "neither a calendar"],
  ])("are refused in words: %s", async (name, text, words) => {
    const answer = await upload(name, text)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(words)
  })

  it("say what was not read of them, until they are brought in", async () => {
    const jam = "BEGIN:VEVENT\r\nSUMMARY:Jam\r\nDTSTART:20991127T200000\r\nEND:VEVENT\r\n"
    const calendar = await upload("many.ics", `BEGIN:VCALENDAR\r\n${jam.repeat(501)}END:VCALENDAR`)
    const table = await upload("many.csv", `title,date\n${"Jam,2099-11-27 20:00\n".repeat(2001)}`)
    for (const [sought, words] of [
      [calendar, "The calendar has 501 events to come; 500 of them were read."],
      [table, "The table has 2001 rows; the first 2000 were read."],
    ] as const) {
      expect((await manager.get(sought.to!)).text).toContain(words)
      expect((await manager.post(sought.to!, { status: "draft" })).text).toContain(words)
    }
  })

  it("of 50 MB are refused before they are read", async () => {
    const answer = await upload("huge.ics", new Uint8Array(50_000_000))
    expect(answer.status).toBe(413)
    expect(answer.text).toContain("10 MB of files")
  })
})

it("is for who may edit events, of their own account", async () => {
  const sought = await manager.post(`${path}/page`, { address: serve("/own", [event("Own")]) })
  const { visitor: marketer } = await newMember(at, shop.accountId, "marketer")
  for (const answer of [
    await marketer.get(path),
    await marketer.post(`${path}/page`, { address: site.origin }),
    await marketer.get(sought.to!),
    await marketer.post(sought.to!, { status: "draft" }),
  ])
    expect(answer.status).toBe(403)
  const other = await world.shop()
  const { visitor: stranger } = await newMember(at, other.accountId, "owner")
  const elsewhere = sought.to!.replace(shop.slug, other.slug)
  expect((await stranger.get(elsewhere)).status).toBe(404)
  expect((await stranger.post(elsewhere, { status: "draft" })).status).toBe(404)
})
