import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { findPromotion } from "#core/promotion.ts"
import { loadStorefront } from "#store/storefronts.ts"
import { type ConsoleVisitor, newMember } from "#testing/console.ts"
import { formOn } from "#testing/console-form.ts"
import { hostOrigin, openWebWorld, type WebShop, type WebWorld } from "#testing/web-world.ts"

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
  dana = (await newMember(at, shop.accountId, "manager")).visitor
  base = `/console/${shop.slug}/promotions`
})

const promotionNow = async (code: string) => {
  const storefront = await loadStorefront(world.database.pool.db, shop.accountId)
  return storefront && findPromotion(storefront, code)
}

const trial = async (code: string) => {
  const page = await world.page(shop)
  await page.send("set-quantity", { price: shop.price, quantity: 3 })
  const answer = await page.send("apply-promo", { code })
  page.close()
  return answer
}

describe("a new code", () => {
  it("is written as people write, and takes something off at once", async () => {
    const empty = formOn((await dana.get(`${base}/new`)).text, `${base}/new`)
    const sent = { ...empty, code: " late10 ", percentOff: "10 %", ends: "2099-01-01T20:00" }
    const seen = await dana.post(`${base}/new`, sent)
    expect([seen.status, seen.to]).toEqual([303, `${base}/LATE10`])
    expect((await dana.get(base)).text).toContain("10% off tickets")
    expect(await trial("late10")).toMatchObject({ ok: true, outcome: "done" })
  })

  it("gives the third free", async () => {
    const empty = formOn((await dana.get(`${base}/new`)).text, `${base}/new`)
    const sent = { ...empty, code: "THREE", $kind: "bogo", "bogo.buy": "2", "bogo.get": "1" }
    expect((await dana.post(`${base}/new`, sent)).status).toBe(303)
    expect(await promotionNow("THREE")).toMatchObject({
      kind: "bogo",
      percentPpm: 1_000_000,
      bogo: { buy: 2, get: 1, within: "event" },
    })
    expect(await trial("THREE")).toMatchObject({ outcome: "done" })
  })

  it("is for whom it says", async () => {
    const empty = formOn((await dana.get(`${base}/new`)).text, `${base}/new`)
    const emails = "Sam@Example.com\n@Club.example; pat@example.com"
    const sent = { ...empty, code: "INNER", percentOff: "5,5", "audience.who": "listed" }
    expect((await dana.post(`${base}/new`, { ...sent, "audience.emails": emails })).status).toBe(
      303,
    )
    expect(await promotionNow("INNER")).toMatchObject({
      percentPpm: 55_000,
      audience: { who: "listed", emails: ["sam@example.com", "@club.example", "pat@example.com"] },
    })
  })

  it("that lacks something comes back as it was typed, with each fault at its field", async () => {
    const empty = formOn((await dana.get(`${base}/new`)).text, `${base}/new`)
    const sent = { ...empty, code: "x", $kind: "bogo", "bogo.buy": "0", "bogo.get": "many" }
    const seen = await dana.post(`${base}/new`, { ...sent, "audience.who": "listed" })
    expect(seen.status).toBe(422)
    expect(formOn(seen.text, `${base}/new`)).toMatchObject({
      code: "X",
      $kind: "bogo",
      "bogo.buy": "0",
      "bogo.get": "many",
      "audience.who": "listed",
    })
    expect(seen.text).toContain("A code has 2 to 40 letters, digits, - or _.")
    expect(seen.text).toContain("How many are bought must be a whole number from 1 to 100.")
    expect(seen.text).toMatch(/id="f-bogo.get"[^>]*aria-invalid="true"/)
    expect(await promotionNow("X")).toBeUndefined()
  })

  it("needs an amount in some currency", async () => {
    const seen = await dana.post(`${base}/new`, {
      code: "OFF",
      $kind: "amount",
      appliesTo: "tickets",
    })
    expect(seen.status).toBe(422)
    expect(seen.text).toContain("Say how much comes off, in one currency at least.")
  })

  it("is not made of one that is there", async () => {
    const sent = { code: "laugh10", percentOff: "99", appliesTo: "tickets" }
    const seen = await dana.post(`${base}/new`, sent)
    expect(seen.status).toBe(422)
    expect(seen.text).toContain("The code is taken: choose another one.")
    expect(await promotionNow("LAUGH10")).toMatchObject({ percentPpm: 100_000 })
  })

  it("begins as a copy of another, under no name yet", async () => {
    const seen = await dana.get(`${base}/new?from=FIVE`)
    const copy = formOn(seen.text, `${base}/new`)
    expect(copy).toMatchObject({ $kind: "amount", "amountOff.cad": "5.00", code: "" })
    expect((await dana.post(`${base}/new`, { ...copy, code: "SIX" })).status).toBe(303)
    expect(await promotionNow("SIX")).toMatchObject({ amounts: { cad: { amountMinor: 500 } } })
  })
})

describe("a code that is there", () => {
  it("changes, and keeps that it was stopped", async () => {
    await dana.post(`${base}/LAUGH10/stop`)
    const form = formOn((await dana.get(`${base}/LAUGH10`)).text, `${base}/LAUGH10`)
    expect((await dana.post(`${base}/LAUGH10`, { ...form, percentOff: "20" })).status).toBe(303)
    expect(await promotionNow("LAUGH10")).toMatchObject({ percentPpm: 200_000, stopped: true })
  })

  it("is stopped and runs again", async () => {
    await dana.post(`${base}/LAUGH10/stop`)
    expect(await trial("LAUGH10")).toMatchObject({ outcome: "refused", reason: "promo-refused" })
    expect((await dana.get(`${base}?show=over`)).text).toContain("Stopped")
    await dana.post(`${base}/LAUGH10/start`)
    expect(await trial("LAUGH10")).toMatchObject({ outcome: "done" })
  })

  it("shows what somebody else made of it meanwhile, and is replaced only by who wants that", async () => {
    const mine = formOn((await dana.get(`${base}/LAUGH10`)).text, `${base}/LAUGH10`)
    await shop.change((file) =>
      Object.assign(file.promotions[0], { percentOff: "15", usageLimit: 50 }),
    )
    const seen = await dana.post(`${base}/LAUGH10`, { ...mine, percentOff: "30" })
    expect(seen.status).toBe(409)
    expect(seen.text).toContain("Somebody changed this while you had it open.")
    expect(await promotionNow("LAUGH10")).toMatchObject({ percentPpm: 150_000 })
    const again = formOn(seen.text, `${base}/LAUGH10`)
    expect(again).toMatchObject({ percentOff: "30", "$choice:usageLimit": "theirs" })
    const unsaid = await dana.post(`${base}/LAUGH10`, again)
    expect(unsaid.status).toBe(409)
    const chosen = { ...formOn(unsaid.text, `${base}/LAUGH10`), "$choice:percentOff": "mine" }
    expect((await dana.post(`${base}/LAUGH10`, chosen)).status).toBe(303)
    expect(await promotionNow("LAUGH10")).toMatchObject({
      percentPpm: 300_000,
      usageLimit: 50,
    })
  })

  it("cannot have fewer uses than it has had", async () => {
    await world.database.owner.query(
      "update catalogue.promotion set used = 3 where account_id = $1 and code = 'LAUGH10'",
      [shop.accountId],
    )
    const form = formOn((await dana.get(`${base}/LAUGH10`)).text, `${base}/LAUGH10`)
    const seen = await dana.post(`${base}/LAUGH10`, { ...form, usageLimit: "2" })
    expect(seen.text).toContain(
      "How many orders 2 is less than the 3 orders that have used LAUGH10.",
    )
  })

  it("is somebody else's under another account, and nobody's under no name", async () => {
    const other = await world.shop((file) =>
      file.promotions.push({ code: "THEIRS", percentOff: "1", appliesTo: "tickets" }),
    )
    expect((await dana.get(`/console/${other.slug}/promotions/THEIRS`)).status).toBe(404)
    expect((await dana.get(`${base}/THEIRS`)).status).toBe(404)
    expect((await dana.post(`${base}/THEIRS`, { percentOff: "1" })).status).toBe(404)
    const created = await dana.post(`${base}/NEWONE`, { base: "null", percentOff: "1" })
    expect(created.status).toBe(404)
    expect((await dana.get(`${base}/..%2f..%2fx`)).status).toBe(404)
  })
})

describe("the link of a code", () => {
  it("leads to a page of an allowed site, and as a QR code into print", async () => {
    const asked = new URLSearchParams({ page: `${hostOrigin}/shows` }).toString()
    const seen = await dana.get(`${base}/LAUGH10?${asked}`)
    expect(seen.text).toContain("club.example/shows?foyer-promo=LAUGH10")
    const svg = await dana.get(`${base}/LAUGH10/qr.svg?${asked}`)
    expect(svg.headers.get("content-type")).toBe("image/svg+xml")
    expect(svg.headers.get("content-disposition")).toBe('attachment; filename="LAUGH10.svg"')
    const png = await dana.get(`${base}/LAUGH10/qr.png?${asked}`)
    expect(png.text.slice(1, 4)).toBe("PNG")
  })

  it("leads nowhere else", async () => {
    const asked = new URLSearchParams({ page: "https://evil.example/" }).toString()
    const seen = await dana.get(`${base}/LAUGH10?${asked}`)
    expect(seen.text).toContain("Only your allowed sites can show tickets.")
    expect(seen.text).not.toContain("evil.example/?foyer-promo")
    expect((await dana.get(`${base}/LAUGH10/qr.png?${asked}`)).status).toBe(404)
  })
})

it("takes hostile names of fields and values for what they are", async () => {
  const hostile = '"><script>x()</script>'
  await shop.change((file) => (file.events[0].title = hostile))
  const sent = {
    "__proto__.polluted": "1",
    "constructor.prototype.polluted": "1",
    code: hostile,
    percentOff: hostile,
    events: [hostile, "show"],
    "audience.emails": hostile,
    starts: hostile,
    base: hostile,
  }
  const seen = await dana.post(`${base}/new`, sent)
  expect(seen.status).toBe(422)
  expect(seen.text).not.toContain("<script>x()")
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined()
  expect((await dana.post(`${base}/LAUGH10`, sent)).status).toBe(409)
})
