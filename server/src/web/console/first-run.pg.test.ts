import sharp from "sharp"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type ConsoleVisitor, newPerson } from "#testing/console.ts"
import { openPageServer, type PageServer } from "#testing/page-server.ts"
import { openWebWorld, type WebWorld } from "#testing/web-world.ts"

let site: PageServer
let world: WebWorld
let dana: ConsoleVisitor
let account: string

beforeAll(async () => {
  site = await openPageServer()
  world = await openWebWorld({}, undefined, { trustedPages: [site.origin] })
  const at = { url: world.url, publicUrl: world.app.publicUrl }
  dana = (await newPerson(at)).visitor
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await site[Symbol.asyncDispose]()
})

const run = (path = "") => `${account}/first-run${path}`
const event = {
  title: "Friday Night Stand-up",
  venue: "The Cellar",
  city: "Toronto",
  subdivision: "on",
  at: "2099-11-27T20:00",
  repeat: "once",
  "tickets[0].title": "",
  "tickets[0].price": "$28",
  capacity: "120",
  fee: "shopper",
  feePercent: "4",
  feeFixed: "0,50",
  taxName: "HST",
  taxPercent: "13",
}

function form(fields: Readonly<Record<string, string>>, picture?: Uint8Array): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  if (picture) data.set("$picture", new File([new Uint8Array(picture)], "poster.png"))
  return data
}

const aPicture = () =>
  sharp({ create: { width: 400, height: 300, channels: 3, background: "#a33" } })
    .png()
    .toBuffer()

/** In order: what one step made, the next one finds. */
describe("a first run", () => {
  it("begins with an organization, and says what comes next", async () => {
    const made = await dana.post("/console/new", {
      name: "Laughing Stock",
      country: "CA",
      currency: "cad",
      timeZone: "America/Toronto",
    })
    account = made.to!.replace(/\/first-run$/, "")
    expect(made.to).toBe(run())
    const { text } = await dana.get(run())
    expect(text).toContain("Welcome, Dana")
    expect(text).toContain("1 of 6 done")
    expect(text).toContain(`href="${run("/event")}"`)
  })

  it("keeps everything typed, and the picture, when something is wrong", async () => {
    const wrong = await dana.post(
      run("/event"),
      form(
        {
          ...event,
          title: "  ",
          city: `<img src=x onerror="alert(1)">`,
          "tickets[0].price": "lots",
        },
        await aPicture(),
      ),
    )
    expect(wrong.status).toBe(422)
    for (const said of [
      "Give your event a name.",
      "Say the price in CAD",
      'value="The Cellar"',
      'value="lots"',
      'value="0,50"',
      "&#60;img src=x",
    ])
      expect(wrong.text).toContain(said)
    expect(wrong.text).not.toContain("<img src=x")
    const [, picture] = /name="picture" value="(\/media\/[^"]+)"/.exec(wrong.text) ?? []
    expect((await world.get(picture!)).status).toBe(200)
  })

  it.each([
    ["a text file", new TextEncoder().encode("hello"), "no picture that can be shown"],
    [
      "a drawing",
      new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg'/>"),
      "no picture that can be shown",
    ],
  ])("refuses %s for a picture, at its field", async (_, bytes, words) => {
    const answer = await dana.post(run("/event"), form(event, bytes))
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(words)
    expect(answer.text).toContain('value="Friday Night Stand-up"')
  })

  it("puts a first event on sale, with its picture, fee and tax", async () => {
    const added = await dana.post(run("/event"), form(event, await aPicture()))
    expect([added.status, added.to]).toEqual([303, run("/look")])
    const slug = account.split("/").at(-1)!
    const page = await (await world.get(`/e/${slug}/friday-night-stand-up`)).text()
    expect(page).toContain("Friday Night Stand-up")
    expect(page).toContain('"price":"29.62"')
    expect(page).toMatch(/og:image" content="http[^"]+\.webp"/)
  })

  it("takes a look, refuses what is no colour, and goes on", async () => {
    const wrong = await dana.post(run("/look"), { "account.brand.colors.accent": "reddish" })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('value="reddish"')
    const saved = await dana.post(run("/look"), {
      "account.brand.colors.accent": "#ffb000",
      "account.brand.theme": "dark",
      "account.brand.radiusPx": "0",
    })
    expect(saved.to).toBe(run("/site"))
    const slug = account.split("/").at(-1)!
    const sheet = await (await world.get(`/e/${slug}/brand.css`)).text()
    expect(sheet).toContain("--foyer-accent:#ffb000")
    expect(sheet).toContain("--foyer-accent-ink:#000000")
  })

  it("can be left and gone on with", async () => {
    const { text } = await dana.get(run())
    expect(text).toContain("3 of 6 done")
    expect(text).toMatch(/aria-current="step"[^]*Your site/)
  })

  it("allows a site however it is pasted", async () => {
    expect((await dana.post(run("/site"), { site: "my site" })).status).toBe(422)
    const saved = await dana.post(run("/site"), { site: `${site.origin}/shows?x=1` })
    expect(saved.to).toBe(run("/snippet"))
  })

  it("shows the snippet for each kind of site, and checks the page it went into", async () => {
    const { text } = await dana.get(run("/snippet"))
    for (const said of [
      "WordPress",
      "Squarespace",
      "React, Vue, Angular",
      "Content-Security-Policy",
      "main.js",
    ])
      expect(text).toContain(said)
    const [, code = ""] = /data-copy="([^"]+foyer-checkout[^"]+)"/.exec(text) ?? []
    const snippet = code.replaceAll(/&#(\d+);/g, (_, number) => String.fromCharCode(Number(number)))
    site.pages.set("/shows", { body: "<h1>Shows</h1>" })
    const address = `${site.origin}/shows`
    expect((await dana.post(run("/snippet/check"), { address })).to).toBe(run("/snippet"))
    expect((await dana.get(run("/snippet"))).text).toContain("The script is not in the page")
    site.pages.set("/shows", { body: `<h1>Shows</h1>${snippet}` })
    await dana.post(run("/snippet/check"), { address })
    expect((await dana.get(run("/snippet"))).text).toContain("Your page is ready to sell.")
    expect((await dana.get(run())).text).toContain("5 of 6 done")
  })

  it("leads to the event's own page for a test order", async () => {
    const { text } = await dana.get(run("/order"))
    expect(text).toContain("4242 4242 4242 4242")
    expect(text).toMatch(/href="\/e\/[^"]+\/friday-night-stand-up"/)
    expect(text).toContain("data-live")
  })
})
