import { expect, it } from "vitest"
import type { InventoryCommand } from "#core/inventory.ts"
import { tokenHash } from "#store/carts.ts"
import { type Tx, withTx } from "#store/db.ts"
import { newId } from "#store/ids.ts"
import { insertHeads } from "#store/inventory.ts"
import { applyStock, lockStock } from "#store/stock-commit.ts"
import { anEvent, aProduct, aStorefront, aToken, aVariant, firstOf } from "#testing/fixtures.ts"
import { type Counter, openCounter } from "#testing/shopper.ts"

const by = { actor: { type: "catalogue" } } as const

type Moved = Parameters<typeof applyStock>[1]

const applied = (counter: Counter, commands: Moved) =>
  withTx(counter.pool, (tx) => applyStock(tx, commands, by))

async function levelOf(counter: Counter, variantId = firstOf(counter.shop).variant.id) {
  const { rows } = await counter.database.owner.query(
    "select capacity, held, sold, version from inv.variant where variant_id = $1",
    [variantId],
  )
  return rows[0]
}

it("begins a variant's stock with its first event", async () => {
  await using counter = await openCounter()
  const { variant, product } = firstOf(counter.shop)
  const { owner } = counter.database
  const accountId = counter.shop.account.id
  const variantId = newId()
  await owner.query(
    "insert into catalogue.variant (id, account_id, product_id, slug, tracked, position) select $1, account_id, product_id, 'late', true, 9 from catalogue.variant where id = $2",
    [variantId, variant.id],
  )
  await withTx(counter.pool, async (tx) => {
    await insertHeads(tx, accountId, [{ variantId, productId: product.id }])
    await applyStock(tx, [{ type: "RecordVariantCreated", variantId, remaining: 40 }], by)
  })
  expect(await levelOf(counter, variantId)).toEqual({ capacity: 40, held: 0, sold: 0, version: 1 })
})

it("adjusts what is left around what is held, and again without an event", async () => {
  await using counter = await openCounter()
  const { variant, priceType } = firstOf(counter.shop)
  await counter.shopper().set(priceType.id, 3)
  const adjustment: InventoryCommand = {
    type: "RecordAdminAdjustment",
    variantId: variant.id,
    remaining: 0,
  }
  expect((await applied(counter, [adjustment])).ok).toBe(true)
  expect(await levelOf(counter)).toEqual({ capacity: 3, held: 3, sold: 0, version: 3 })
  expect(await applied(counter, [adjustment])).toEqual({ ok: true, events: [] })
})

it("does all commands or none: a swap into a full room swaps nothing out", async () => {
  const [from, to] = [aProduct({ variants: [aVariant()] }), aProduct({ variants: [aVariant()] })]
  const [out, into] = [from.variants[0]!.id, to.variants[0]!.id]
  const shop = aStorefront({ events: [anEvent({ products: [from, to] })] })
  await using counter = await openCounter(
    shop,
    new Map([
      [out, 5],
      [into, 0],
    ]),
  )
  const orderId = newId()
  const refused = await applied(counter, [
    { type: "RecordSwapIn", variantId: out, orderId, quantity: 1 },
    { type: "RecordSwapOut", variantId: out, orderId, quantity: 1 },
    { type: "RecordSwapIn", variantId: into, orderId, quantity: 1 },
  ])
  expect(refused).toEqual({
    ok: false,
    refusal: { reason: "sold-out", variantId: into, remaining: 0 },
  })
  expect(await levelOf(counter, out)).toEqual({ capacity: 5, held: 0, sold: 0, version: 1 })
})

it("reaps before it refuses", async () => {
  await using counter = await openCounter(aStorefront(), 2)
  const { variant, priceType } = firstOf(counter.shop)
  await counter.shopper().set(priceType.id, 2)
  await counter.letTimePass()
  const orderId = newId()
  const swap = (type: "RecordSwapIn" | "RecordSwapOut") => ({
    type,
    variantId: variant.id,
    orderId,
    quantity: 2,
  })
  const outcome = await applied(counter, [swap("RecordSwapIn"), swap("RecordSwapOut")])
  expect(outcome.ok && outcome.events.map(({ event }) => event.reason)).toEqual([
    "hold-expired",
    "swapped-in",
    "swapped-out",
  ])
})

it("tells the time of the database, once everything is locked", async () => {
  await using counter = await openCounter()
  const { variant } = firstOf(counter.shop)
  const { rows } = await counter.database.owner.query("select clock_timestamp() as now")
  const now = await withTx(counter.pool, (tx) => lockStock(tx, [variant.id]))
  expect(now >= rows[0].now.toISOString()).toBe(true)
})

it("looks up what a batch is about, and nothing of the carts and holds beside it", async () => {
  await using counter = await openCounter(aStorefront(), 1000)
  const { priceType } = firstOf(counter.shop)
  const tokens = Array.from({ length: 60 }, () => aToken())
  await Promise.all(tokens.map((token) => counter.shopper(token).set(priceType.id, 1)))
  const few = tokens.slice(0, 10)
  const read = await withTx(counter.pool, async ({ $client }) => {
    const before = await rowsRead($client)
    await $client.query("select sales.lock_batch($1, $2, $3, $4, $5, 2000)", [
      few.map(() => counter.shop.account.id),
      few.map((token) => tokenHash(token)),
      few.map(() => false),
      few.map(() => newId()),
      [firstOf(counter.shop).variant.id],
    ])
    const after = await rowsRead($client)
    return { carts: after.carts - before.carts, holds: after.holds - before.holds }
  })
  // A cart is found by its token, and read once it is locked.
  expect(read).toEqual({ carts: 2 * few.length, holds: few.length })
})

async function rowsRead($client: Tx["$client"]) {
  const { rows } = await $client.query<{ carts: number; holds: number }>(`
    select sum(n) filter (where relid = 'sales.cart'::regclass)::int as carts, sum(n) filter (where relid = 'inv.hold'::regclass)::int as holds
    from (select relid, seq_tup_read + idx_tup_fetch as n from pg_stat_xact_user_tables) read`)
  return { carts: rows[0]?.carts ?? 0, holds: rows[0]?.holds ?? 0 }
}
