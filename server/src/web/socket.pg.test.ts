import { randomUUID } from "node:crypto"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { assertBooks } from "#testing/books.ts"
import { aToken } from "#testing/fixtures.ts"
import {
  heard,
  htmlOf,
  openWebWorld,
  type Page,
  type WebShop,
  type WebWorld,
} from "#testing/web-world.ts"

let world: WebWorld
let shop: WebShop
let page: Page
beforeAll(async () => {
  world = await openWebWorld()
  shop = await world.shop()
})
afterAll(() => world[Symbol.asyncDispose]())
afterEach(() => assertBooks(world.database.owner))

let addresses = 0
const anAddress = () => `203.0.113.${++addresses % 256}`

beforeEach(async () => {
  page = await world.page(shop, { address: anAddress() })
})
afterEach(() => page.close())

const set = (quantity: number) => page.send("set-quantity", { price: shop.price, quantity })

/** What of the account's stock is set aside, for everybody. */
async function held(of: WebShop = shop): Promise<number> {
  const { rows } = await world.database.owner.query<{ held: string }>(
    "select sum(held) as held from inv.variant where account_id = $1",
    [of.accountId],
  )
  return Number(rows[0]?.held)
}

async function carts(): Promise<number> {
  const { rows } = await world.database.owner.query<{ count: string }>(
    "select count(*) from sales.cart",
  )
  return Number(rows[0]?.count)
}

describe("what is no command", () => {
  it.for([
    { name: "nothing", input: undefined, words: "The command must be an object." },
    { name: "null", input: null, words: "The command must be an object." },
    { name: "text", input: "set-quantity", words: "The command must be an object." },
    { name: "a list", input: [{ type: "back" }], words: "The command must be an object." },
    { name: "an empty object", input: {}, words: "The command.op is missing." },
    { name: "bytes", input: new Uint8Array([1, 2, 3]), words: "The command.op is missing." },
  ])("$name is a bad request", async ({ input, words }) => {
    expect(await page.raw(input)).toEqual({ ok: false, code: "bad-request", message: words })
  })

  it.for([
    ["an unknown type", { type: "give-tickets-away" }, ".type must be one of"],
    ["a type every object has", { type: "constructor" }, ".type must be one of"],
    ["an op that is a list", { op: ["x"] }, ".op must be text"],
    ["a widget with a path", { widget: "a/../../etc" }, ".widget must match"],
    ["a cart token of the wrong kind", { cart: 7 }, ".cart must be text"],
  ])("%s is a bad request", async ([, parts, words]) => {
    const answer = await page.raw({ ...page.command("back", {}), ...(parts as object) })
    expect(answer).toMatchObject({ ok: false, code: "bad-request" })
    expect(answer).toHaveProperty("message", expect.stringContaining(words as string))
  })

  it("keys that would reach a prototype reach nothing", async () => {
    const evil = JSON.parse(
      '{"__proto__": {"isAdmin": true}, "constructor": {"prototype": {"isAdmin": true}}}',
    )
    const answer = await page.raw({
      ...page.command("back", {}),
      ...evil,
      at: { view: "browse", ...evil },
    })
    expect(answer.ok).toBe(true)
    const values = JSON.parse('{"email": "sam@example.com", "constructor": "x"}')
    await page.send("save-details", { values })
    expect(({} as Record<string, unknown>)["isAdmin"]).toBeUndefined()
  })
})

describe("a quantity of", () => {
  it.for([-1, 1.5, 1e9, 1001, Number.NaN, Number.POSITIVE_INFINITY, "2", null, [2]])(
    "%s is a bad request and changes nothing",
    async (quantity) => {
      const before = await held()
      const answer = await page.send("set-quantity", { price: shop.price, quantity } as never)
      expect(answer).toMatchObject({ ok: false, code: "bad-request" })
      expect(await held()).toBe(before)
    },
  )

  it("0 removes, also what is not there", async () => {
    expect(await set(2)).toMatchObject({ ok: true, outcome: "done" })
    expect(await set(0)).toMatchObject({ ok: true, outcome: "done" })
    expect(await set(0)).toMatchObject({ ok: true, outcome: "done" })
    expect(await held()).toBe(0)
  })

  it("more than there are is refused in words, and nothing is held", async () => {
    const answer = await set(1000)
    expect(answer).toMatchObject({ ok: true, outcome: "refused", reason: expect.any(String) })
    expect(await held()).toBe(0)
  })

  it("something that is not sold is refused in words", async () => {
    const answer = await page.send("set-quantity", { price: randomUUID(), quantity: 1 })
    expect(answer).toMatchObject({ ok: true, outcome: "refused" })
  })

  it("something of another account is as unknown as that", async () => {
    const other = await world.shop()
    const answer = await page.send("set-quantity", { price: other.price, quantity: 1 })
    expect(answer).toMatchObject({ ok: true, outcome: "refused" })
    expect(await held(other)).toBe(0)
  })
})

describe("a client that breaks the rules of the wire", () => {
  it("by not waiting for an answer is served, and harms nobody", async () => {
    page.socket.emit(
      "command",
      page.command("set-quantity", { price: shop.price, quantity: 3 }),
      undefined as never,
    )
    page.socket.emit("command", { nonsense: true }, "not a function" as never)
    const emit = page.socket.emit.bind(page.socket) as (...args: unknown[]) => void
    emit("command")
    expect(await set(1)).toMatchObject({ ok: true, outcome: "done", frame: { rev: 2 } })
    await set(0)
  })

  it("by sending events that mean something to the server's own library goes unheard", async () => {
    const emit = page.socket.emit.bind(page.socket) as (...args: unknown[]) => void
    emit("error", new Error("boom"))
    emit("frame", { instance: page.instance })
    emit("unknown", () => {})
    expect(await set(0)).toMatchObject({ ok: true })
  })

  it("by sending packets that cannot be read loses its connection, and nobody else", async () => {
    const other = await world.page(shop)
    const gone = heard(page.socket, "disconnect")
    page.socket.io.engine.write('2/v1,["disconnect",{}]')
    await gone
    expect(await other.send("open-widget", { at: { view: "browse" } })).toMatchObject({ ok: true })
    other.close()
  })

  it("by sending more than 32 kB loses its connection, and nobody else", async () => {
    const other = await world.page(shop)
    const gone = heard(page.socket, "disconnect")
    page.socket.emit("command", { padding: "x".repeat(40_000) }, () => {})
    await gone
    expect(await other.send("open-widget", { at: { view: "browse" } })).toMatchObject({ ok: true })
    other.close()
  })

  it("may send almost 32 kB", async () => {
    const answer = await page.raw({ ...page.command("back", {}), padding: "x".repeat(31_000) })
    expect(answer).toMatchObject({ ok: true })
  })

  it("by sending all the time is told to wait, and the next one is not", async () => {
    const other = await world.page(shop, { address: anAddress() })
    const answers = await Promise.all(Array.from({ length: 60 }, () => page.raw({})))
    const codes = answers.map((answer) => (answer.ok ? "" : answer.code))
    expect(codes.filter((code) => code === "bad-request")).toHaveLength(40)
    expect(codes.filter((code) => code === "too-many-requests")).toHaveLength(20)
    expect(await other.raw({})).toMatchObject({ code: "bad-request" })
    other.close()
  })
})

describe("a command of a widget", () => {
  it("that does not exist is told so", async () => {
    const answer = await page.send("back", {}, { widget: "no-club/main" })
    expect(answer).toMatchObject({ ok: false, code: "unknown-widget" })
  })

  it("that this page may not show is refused, and holds nothing", async () => {
    const other = await world.shop((file) => {
      file.account.allowedOrigins = ["https://other.example"]
    })
    const data = { price: other.price, quantity: 1 }
    const answer = await page.send("set-quantity", data, { widget: other.widget })
    expect(answer).toMatchObject({ ok: false, code: "origin-not-allowed" })
    expect(await held(other)).toBe(0)
  })

  it("that the handshake did not name introduces it, with everything it needs", async () => {
    const instance = randomUUID()
    const answer = await page.send("open-widget", { at: { view: "browse" } }, { instance })
    expect(answer).toMatchObject({ ok: true, frame: { instance, words: expect.any(Object) } })
  })

  it("may come from ever new instances: the oldest are forgotten", async () => {
    for (let count = 0; count < 25; count++) {
      const parts = { instance: randomUUID() }
      expect(await page.send("navigate", { at: { view: "browse" } }, parts)).toMatchObject({
        ok: true,
      })
    }
  })
})

describe("the same op", () => {
  it("with the same body runs once and gets the same answer, with the whole frame", async () => {
    const before = await held()
    const click = page.command("set-quantity", { price: shop.price, quantity: 2 })
    const first = await page.raw(click)
    const again = await page.raw(click)
    if (!first.ok || !again.ok) throw new Error("refused")
    expect(again).toMatchObject({ outcome: first.outcome, frame: { rev: first.frame?.rev } })
    expect(await held()).toBe(before + 2)
    // The first answer may have been lost on its way.
    const shown = new Set(page.frames.flatMap(({ regions }) => regions.map(({ id }) => id)))
    const regions = new Set(again.frame?.regions.map(({ id }) => id))
    expect([...shown].filter((id) => !regions.has(id))).toEqual([])
    expect(again.frame).toHaveProperty("words")
  })

  it("of a refusal is refused again in the same words", async () => {
    const click = page.command("apply-promo", { code: "NO-SUCH-CODE" }, { at: { view: "cart" } })
    const first = await page.raw(click)
    const again = await page.raw(click)
    const refused = { ok: true, outcome: "refused", reason: "promo-refused" }
    expect(first).toMatchObject({ ...refused, frame: { alert: expect.any(String) } })
    expect(again).toMatchObject({ ...refused, frame: { alert: first.ok && first.frame?.alert } })
  })

  it("with another body is refused, and nothing is done", async () => {
    const click = page.command("set-quantity", { price: shop.price, quantity: 1 })
    await page.raw(click)
    const before = await held()
    const other = { ...click, data: { price: shop.price, quantity: 5 } }
    expect(await page.raw(other)).toMatchObject({ ok: false, code: "op-reused" })
    const another = { ...click, type: "remove-promo", data: {} }
    expect(await page.raw(another)).toMatchObject({ ok: false, code: "op-reused" })
    expect(await held()).toBe(before)
  })

  it("sent ten times at once runs once", async () => {
    const click = page.command("set-quantity", { price: shop.price, quantity: 4 })
    const before = await held()
    const answers = await Promise.all(Array.from({ length: 10 }, () => page.raw(click)))
    const revs = answers.map((answer) => answer.ok && answer.frame?.rev)
    expect(new Set(revs).size).toBe(1)
    expect(await held()).toBe(before + 4)
  })

  it("of another cart is another click", async () => {
    const click = page.command("set-quantity", { price: shop.price, quantity: 1 })
    expect(await page.raw(click)).toMatchObject({ ok: true, outcome: "done" })
    const other = { ...click, cart: aToken(), data: { price: shop.price, quantity: 2 } }
    expect(await page.raw(other)).toMatchObject({ ok: true, outcome: "done", frame: { rev: 1 } })
  })
})

describe("a stale revision", () => {
  it("does not matter to a quantity, which is absolute", async () => {
    await set(2)
    const stale = await page.send("set-quantity", { price: shop.price, quantity: 3 }, { base: 0 })
    expect(stale).toMatchObject({ ok: true, outcome: "done", frame: { rev: 2 } })
    const ahead = { base: Number.MAX_SAFE_INTEGER }
    expect(
      await page.send("set-quantity", { price: shop.price, quantity: 1 }, ahead),
    ).toMatchObject({ ok: true, outcome: "done", frame: { rev: 3 } })
  })
})

describe("somebody else's cart", () => {
  it("of another account is unknown: nothing of it is shown or changed", async () => {
    await set(2)
    const other = await world.shop()
    const thief = await world.page(other, { token: page.token })
    expect(thief.frames[0]?.rev).toBe(0)
    const answer = await thief.send("navigate", { at: { view: "cart" } })
    if (!answer.ok) throw new Error(answer.message)
    expect(answer.frame?.rev).toBe(0)
    expect(htmlOf(answer.frame)).not.toContain("29.33")
    await thief.send("set-quantity", { price: other.price, quantity: 0 })
    expect((await thief.send("go-to-checkout", {})).ok).toBe(true)
    const mine = await set(2)
    expect(mine).toMatchObject({ ok: true, frame: { rev: 1 } })
    thief.close()
  })

  it("cannot be had with a token that was guessed", async () => {
    const before = await carts()
    const thief = await world.page(shop, { token: aToken() })
    expect(await thief.send("pay", { amountMinor: 2933, currency: "cad" })).toMatchObject({
      ok: true,
      outcome: "refused",
      reason: "cart-empty",
    })
    expect(await carts()).toBe(before)
    thief.close()
  })
})
