import { randomUUID } from "node:crypto"
import type { Answer, Effect } from "@foyer/shared/protocol"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { tokenHash } from "#store/carts.ts"
import { assertBooks } from "#testing/books.ts"
import { type LooseFile } from "#testing/catalogue-file.ts"
import { htmlOf, openWebWorld, type Page, type WebShop, type WebWorld } from "#testing/web-world.ts"

let world: WebWorld
beforeAll(async () => {
  world = await openWebWorld()
})
afterEach(() => assertBooks(world.database.owner))
afterAll(() => world[Symbol.asyncDispose]())

type Agreed = { readonly amountMinor: number; readonly currency: string }

const details = { email: "sam@example.com", firstName: "Sam", lastName: "Doe" }

/** A page with two tickets whose form is filled in: it shows the button to pay with. */
async function atPayment(shop: WebShop): Promise<{ page: Page; agreed: Agreed }> {
  const page = await world.page(shop, { address: `203.0.113.${++visitors}` })
  await page.send("set-quantity", { price: shop.price, quantity: 2 })
  await page.send("go-to-checkout", {})
  const shown = await page.send("submit-details", { values: details })
  return { page, agreed: agreedIn(shown) }
}

let visitors = 0

/** What the button says. */
function agreedIn(answer: Answer): Agreed {
  const html = answer.ok ? htmlOf(answer.frame) : ""
  const [, data = ""] = /data-pay="([^"]*)"/.exec(html) ?? []
  return JSON.parse(data.replaceAll("&#34;", '"')) as Agreed
}

function effectIn<T extends Effect["type"]>(answer: Answer, type: T) {
  const effects = answer.ok ? (answer.frame?.effects ?? []) : []
  return effects.find((effect): effect is Extract<Effect, { type: T }> => effect.type === type)
}

/** What the provider's form does in the browser. */
async function confirm(answer: Answer, card: string): Promise<number> {
  const { clientSecret = "" } = effectIn(answer, "confirm-payment") ?? {}
  const { publishableKey } = effectIn(answer, "mount-payment") ?? {}
  const [id = ""] = clientSecret.split("_secret_")
  const response = await fetch(`${world.app.sandboxUrl}/v1/payment_intents/${id}/confirm`, {
    method: "POST",
    headers: { authorization: `Bearer ${publishableKey}` },
    body: new URLSearchParams({
      client_secret: clientSecret,
      payment_method: card,
      return_url: "https://club.example/",
    }),
  })
  return response.status
}

async function orders(page: Page) {
  const { rows } = await world.database.owner.query<{ state: string; total_minor: string }>(
    `select o.state, o.total_minor from sales.orders o join sales.cart c on c.id = o.cart_id
      where c.token_hash = $1 order by o.created_at`,
    [tokenHash(page.token)],
  )
  return rows
}

const refused = (reason: string) => ({ ok: true, outcome: "refused", reason })
const raise = (file: LooseFile) => {
  file.events[0].products[0].priceTypes[0].prices.cad = "14.00"
}

describe("a price that changed between clicks", () => {
  it("is shown and agreed to before anything is charged", async () => {
    const shop = await world.shop()
    const { page, agreed } = await atPayment(shop)
    await shop.change(raise)
    const first = await page.send("pay", agreed)
    expect(first).toMatchObject(refused("price-changed"))
    expect(effectIn(first, "confirm-payment")).toBeUndefined()
    expect(await orders(page)).toEqual([])
    const now = agreedIn(
      await page.send("open-widget", { at: { view: "payment" } }, { instance: randomUUID() }),
    )
    expect(now.amountMinor).toBeGreaterThan(agreed.amountMinor)
    const second = await page.send("pay", now)
    expect(second).toMatchObject({ ok: true, outcome: "done" })
    expect(effectIn(second, "confirm-payment")).toMatchObject(now)
    expect(await orders(page)).toEqual([
      { state: "awaiting_payment", total_minor: now.amountMinor },
    ])
  })

  it("is told in the refusal's own frame: the new total, in words and on the button", async () => {
    const shop = await world.shop()
    const { page, agreed } = await atPayment(shop)
    await shop.change(raise)
    const answer = await page.send("pay", agreed)
    if (!answer.ok) throw new Error(answer.message)
    expect(answer.frame?.alert).toBeTruthy()
    expect(agreedIn(answer).amountMinor).toBeGreaterThan(agreed.amountMinor)
    expect(effectIn(answer, "mount-payment")).toMatchObject({
      amountMinor: agreedIn(answer).amountMinor,
    })
  })

  it("reaches the open page by itself", async () => {
    const shop = await world.shop()
    const { page, agreed } = await atPayment(shop)
    await shop.change(raise)
    const frame = await page.until((each) => /data-pay=/.test(htmlOf(each)))
    expect(agreedIn({ ok: true, outcome: "done", frame }).amountMinor).toBeGreaterThan(
      agreed.amountMinor,
    )
  })
})

describe("a click on Pay", () => {
  let shop: WebShop
  beforeAll(async () => {
    shop = await world.shop((file) => {
      file.events[0].products[0].capacity = 500
    })
  })

  it("with a stale revision is answered with the total, never charged", async () => {
    const { page, agreed } = await atPayment(shop)
    expect(await page.send("pay", agreed, { base: 0 })).toMatchObject(refused("price-changed"))
    expect(await orders(page)).toEqual([])
  })

  it("for another amount or in another currency is not agreed to", async () => {
    const { page, agreed } = await atPayment(shop)
    const less = { ...agreed, amountMinor: 1 }
    expect(await page.send("pay", less)).toMatchObject(refused("price-changed"))
    expect(await page.send("pay", { ...agreed, currency: "jpy" })).toMatchObject(
      refused("price-changed"),
    )
    expect(await orders(page)).toEqual([])
  })

  it("without a filled-in form goes back to it", async () => {
    const page = await world.page(shop)
    const set = await page.send("set-quantity", { price: shop.price, quantity: 1 })
    expect(set.ok).toBe(true)
    const answer = await page.send("pay", { amountMinor: 1467, currency: "cad" })
    expect(answer).toMatchObject(refused("details-incomplete"))
    expect(answer).toMatchObject({ frame: { at: { view: "details" } } })
  })

  it("that comes twice at once makes one order and one payment", async () => {
    const { page, agreed } = await atPayment(shop)
    const clicks = [page.command("pay", agreed), page.command("pay", agreed)]
    const answers = await Promise.all([...clicks, ...clicks].map((click) => page.raw(click)))
    for (const answer of answers) expect(answer).toMatchObject({ ok: true })
    const secrets = answers.map((answer) => effectIn(answer, "confirm-payment")?.clientSecret)
    expect(new Set(secrets.filter(Boolean)).size).toBe(1)
    expect(await orders(page)).toHaveLength(1)
  })

  it("with a declined card keeps the tickets, says so, and the next card pays", async () => {
    const { page, agreed } = await atPayment(shop)
    expect(await confirm(await page.send("pay", agreed), "pm_card_visa_chargeDeclined")).toBe(402)
    const declined = await page.send("complete", {})
    expect(declined).toMatchObject(refused("card-declined"))
    expect(declined).toMatchObject({
      frame: { at: { view: "payment" }, alert: expect.any(String) },
    })
    expect(await confirm(await page.send("pay", agreed), "pm_card_visa")).toBe(200)
    const done = await page.send("complete", {})
    expect(done).toMatchObject({ ok: true, outcome: "done", frame: { at: { view: "success" } } })
    expect(await orders(page)).toEqual([{ state: "paid", total_minor: agreed.amountMinor }])
  })

  it("on a cart that is completed charges nothing more, and its token reads the order only", async () => {
    const { page, agreed } = await atPayment(shop)
    await confirm(await page.send("pay", agreed), "pm_card_visa")
    await page.send("complete", {})
    const again = await page.send("pay", agreed)
    expect(again).toMatchObject(refused("cart-completed"))
    const more = await page.send("set-quantity", { price: shop.price, quantity: 5 })
    expect(more).toMatchObject({ ok: true, outcome: "refused" })
    expect(await orders(page)).toEqual([{ state: "paid", total_minor: agreed.amountMinor }])
    const later = await world.page(shop, { token: page.token, at: { view: "success" } })
    expect(htmlOf(later.frames[0])).toContain("ticket")
    expect(later.frames[0]?.at.view).toBe("success")
  })
})

describe("a code that ended between clicks", () => {
  it("is taken off before anything is charged", async () => {
    const shop = await world.shop()
    const page = await world.page(shop)
    await page.send("set-quantity", { price: shop.price, quantity: 2 })
    expect(await page.send("apply-promo", { code: "laugh10" })).toMatchObject({ outcome: "done" })
    await page.send("go-to-checkout", {})
    const agreed = agreedIn(await page.send("submit-details", { values: details }))
    await shop.change((file) => {
      file.promotions[0].ends = "2020-01-01T00:00"
    })
    const answer = await page.send("pay", agreed)
    expect(answer).toMatchObject(refused("promo-refused"))
    expect(await orders(page)).toEqual([])
    const now = agreedIn(answer)
    expect(now.amountMinor).toBeGreaterThan(agreed.amountMinor)
    expect(await page.send("pay", now)).toMatchObject({ ok: true, outcome: "done" })
  })

  it("is refused in words where it is typed", async () => {
    const shop = await world.shop((file) => {
      file.promotions[0].ends = "2020-01-01T00:00"
    })
    const page = await world.page(shop)
    await page.send("set-quantity", { price: shop.price, quantity: 2 })
    expect(await page.send("apply-promo", { code: "LAUGH10" })).toMatchObject(
      refused("promo-refused"),
    )
  })
})

describe("seats", () => {
  it("that were sold in mid-click are refused to the second, who is told what is left", async () => {
    const shop = await world.shop((file) => {
      file.events[0].showtimes = [{ at: "2030-12-05T20:00" }]
      file.events[0].products[0].capacity = 5
    })
    const pages = await Promise.all([world.page(shop), world.page(shop), world.page(shop)])
    const answers = await Promise.all(
      pages.map((page) => page.send("set-quantity", { price: shop.price, quantity: 3 })),
    )
    const reasons = answers.map((answer) => answer.ok && (answer.reason ?? answer.outcome))
    expect(reasons.filter((reason) => reason === "done")).toHaveLength(1)
    expect(reasons.filter((reason) => reason === "sold-out")).toHaveLength(2)
  })

  it("whose time is over are not sold: the shopper is shown what was lost", async () => {
    const shop = await world.shop()
    const { page, agreed } = await atPayment(shop)
    await world.database.owner.query(
      `with past as (update sales.cart set holds_expire_at = clock_timestamp() - interval '1 second' where token_hash = $1 returning id)
       update inv.hold set expires_at = clock_timestamp() - interval '1 second' from past where cart_id = past.id`,
      [tokenHash(page.token)],
    )
    expect(await page.send("pay", agreed)).toMatchObject(refused("holds-expired"))
    expect(await orders(page)).toEqual([])
  })
})
