import { randomUUID } from "node:crypto"
import fc from "fast-check"
import { type Answer, type Command, commandTypes } from "@foyer/shared/protocol"
import { expect, it, vi } from "vitest"
import { tokenHash } from "#store/carts.ts"
import { assertBooks } from "#testing/books.ts"
import { testDatabase } from "#testing/database.ts"
import {
  aHandshake,
  hostOrigin,
  openPage,
  openWebWorld,
  startWebApp,
  type WebShop,
} from "#testing/web-world.ts"

// Several servers are started, one after the other; on a busy machine each takes its time.
vi.setConfig({ testTimeout: 120_000 })

/** JSON of any shape, and shapes that are almost right. */
function anything(shop: WebShop, token: string) {
  const right = (type: string, data: unknown) => ({
    op: randomUUID(),
    instance: randomUUID(),
    widget: shop.widget,
    cart: token,
    base: 0,
    at: { view: "cart" },
    type,
    data,
  })
  const json = fc.jsonValue({ maxDepth: 4 })
  const type = fc.constantFrom(...commandTypes)
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string(), fc.constant("x".repeat(2000)))
  const data = fc.oneof(
    json,
    fc.record({ code: text }),
    fc.record({
      values: fc.dictionary(fc.constantFrom("email", "firstName", "constructor"), text),
    }),
    fc.record({
      price: fc.constantFrom(shop.price, randomUUID()),
      quantity: fc.integer(),
      amount: text,
    }),
    fc.record({
      price: fc.constantFrom(shop.price),
      quantity: fc.nat(3),
      amount: fc.constantFrom("1e9", "-1", "NaN", "1,0,0", "९", ""),
    }),
    fc.record({
      at: fc.record({ view: fc.constantFrom("event", "payment", "success"), event: text }),
    }),
    fc.record({ amountMinor: fc.nat(), currency: fc.constantFrom("cad", "xxx", "jpy") }),
    fc.record({
      items: fc.array(
        fc.record({
          item: fc.oneof(fc.constantFrom(shop.price, "show/seat", "show/", "/"), text),
          quantity: fc.nat(4),
        }),
        { maxLength: 3 },
      ),
    }),
    fc.record({ region: fc.constantFrom("canada", "japan", "atlantis") }),
    fc.record({ order: fc.constant(randomUUID()), outcomes: fc.constant([]) }),
  )
  return fc.oneof(
    json,
    fc.tuple(type, data).map(([each, given]) => right(each, given)),
  )
}

it("answers anything at all, over both transports, and stays healthy", async () => {
  await using world = await openWebWorld()
  const shop = await world.shop()
  const faults: unknown[] = []
  let visitors = 0
  const page = await world.page(shop)
  await fc.assert(
    fc.asyncProperty(
      fc.array(anything(shop, page.token), { minLength: 8, maxLength: 8 }),
      async (inputs) => {
        const address = `198.51.100.${++visitors % 250}`
        const visitor = await world.page(shop, { address })
        const answers = await Promise.all(inputs.map((input) => visitor.raw(input)))
        visitor.close()
        for (const answer of answers) judge(answer, faults)
        const response = await fetch(`${world.url}/v1/w/${shop.widget}/command`, {
          method: "POST",
          headers: { origin: hostOrigin, "x-forwarded-for": address },
          body: JSON.stringify({ handshake: aHandshake(), command: inputs[0] }),
        })
        judge((await response.json()) as Answer, faults)
      },
    ),
    { numRuns: 25 },
  )
  expect(faults).toEqual([])
  expect((await world.get("/readyz")).status).toBe(200)
  expect(await page.send("open-widget", { at: { view: "browse" } })).toMatchObject({ ok: true })
  await assertBooks(world.database.owner)
})

/** Whatever comes, the answer has one of two shapes, and is never our own fault. */
function judge(answer: Answer, faults: unknown[]): void {
  if (answer.ok) expect(["done", "refused", "working"]).toContain(answer.outcome)
  else if (answer.code === "server-error") faults.push(answer)
  else expect(answer.message).not.toBe("")
}

it("answers what is under way before it closes, and runs it once when it comes again", async () => {
  await using database = await testDatabase()
  const first = await startWebApp(database.url, {})
  let answered: Answer | undefined
  let click: Command
  let shop: WebShop
  {
    await using world = await openWebWorld({}, { database, app: first })
    shop = await world.shop()
    const page = await world.page(shop)
    click = page.command("set-quantity", { price: shop.price, quantity: 3 })
    await page.send("set-quantity", { price: shop.price, quantity: 1 })
    // The cart's row is held fast, so that the command is surely under way when the server begins to close.
    const client = await database.owner.connect()
    await client.query("begin")
    await client.query("select from sales.cart where token_hash = $1 for update", [
      tokenHash(page.token),
    ])
    const answer = page.raw(click)
    await untilWaiting(database.owner)
    const overHttp = fetch(`${world.url}/v1/w/${shop.widget}/command`, {
      method: "POST",
      headers: { origin: hostOrigin },
      body: JSON.stringify({
        handshake: aHandshake(),
        command: page.command(
          "pay",
          { amountMinor: 1, currency: "cad" },
          { instance: randomUUID() },
        ),
      }),
    })
    const closing = first[Symbol.asyncDispose]()
    await client.query("commit")
    client.release()
    answered = await answer
    expect(await (await overHttp).json()).toMatchObject({ ok: true, outcome: "refused" })
    await closing
  }
  expect(answered).toMatchObject({ ok: true, outcome: "done", frame: { rev: 2 } })
  await using again = await startWebApp(database.url, {})
  const page = openPage(`http://127.0.0.1:${again.port}`, shop, { token: click.cart ?? "" })
  await page.until(() => true)
  expect(await page.raw(click)).toMatchObject({ ok: true, outcome: "done", frame: { rev: 2 } })
  page.close()
  await assertBooks(database.owner)
})

/** Until some backend of this database waits for a lock. */
async function untilWaiting(owner: { query(text: string): Promise<{ rows: unknown[] }> }) {
  for (;;) {
    const { rows } = await owner.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
    if (rows.length > 0) return
  }
}

it("leaves pages free to come back: their transport closes, they are not told to go", async () => {
  await using database = await testDatabase()
  const app = await startWebApp(database.url, {})
  await using world = await openWebWorld({}, { database, app })
  const shop = await world.shop()
  const page = await world.page(shop)
  const reason = new Promise((resolve) => void page.socket.once("disconnect", resolve))
  await app[Symbol.asyncDispose]()
  // "io server disconnect" would end the client's retries for good.
  expect(await reason).toBe("transport close")
  await expect(fetch(`${world.url}/healthz`)).rejects.toThrow()
})

it("whose database fails for a while says so, asks pages to come back, and does the click once", async () => {
  await using world = await openWebWorld()
  const shop = await world.shop()
  const page = await world.page(shop)
  await page.send("set-quantity", { price: shop.price, quantity: 1 })
  const click = page.command("set-quantity", { price: shop.price, quantity: 2 })
  const { owner } = world.database
  await owner.query("alter table sales.cart rename to lost")
  expect(await page.raw(click)).toMatchObject({ ok: false, code: "server-error" })
  const late = openPage(world.url, shop, { token: page.token })
  const reason = new Promise((resolve) => void late.socket.once("disconnect", resolve))
  expect(await reason).toBe("transport close")
  expect(late.frames).toEqual([])
  await owner.query("alter table sales.lost rename to cart")
  expect(await page.raw(click)).toMatchObject({ ok: true, outcome: "done", frame: { rev: 2 } })
  const back = await world.page(shop, { token: page.token })
  expect(back.frames[0]?.rev).toBe(2)
})
