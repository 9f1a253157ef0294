import { expect, it, vi } from "vitest"
import { withTx } from "#store/db.ts"
import { endPaying } from "#store/holds.ts"
import { newId } from "#store/ids.ts"
import { testDatabase } from "#testing/database.ts"
import {
  anEvent,
  aPriceType,
  aProduct,
  aStorefront,
  aVariant,
  insertStorefront,
} from "#testing/fixtures.ts"

it("ends a payment's holds in the order in which whoever reaps them locks them", async () => {
  await using database = await testDatabase()
  const { owner, pool } = database
  const variants = [1, 2].map(() => aVariant({ priceTypes: [aPriceType()] }))
  const events = [anEvent({ products: [aProduct({ variants })] })]
  const shop = await insertStorefront(owner, aStorefront({ events }), 10)
  const [cartId, first, second] = [newId(), newId(), newId()]
  await owner.query(
    "insert into sales.cart (id, account_id, token_hash, region_id, locale) values ($1, $2, sha256('x'), $3, 'en')",
    [cartId, shop.account.id, shop.regions[0].id],
  )
  // The later one lies first in the table and in the index by variant.
  const [lower, higher] = variants.map(({ id }) => id).toSorted()
  for (const [holdId, variantId] of [
    [second, lower],
    [first, higher],
  ] as const)
    await owner.query(
      "insert into inv.hold (hold_id, variant_id, account_id, cart_id, qty, expires_at) values ($1, $2, $3, $4, 1, clock_timestamp())",
      [holdId, variantId, shop.account.id, cartId],
    )
  await owner.query("update inv.hold set state = 'paying'")
  const { ending } = await withTx(pool, async (tx) => {
    const lock = (holdId: string) =>
      tx.$client.query("select from inv.hold where hold_id = $1 for update nowait", [holdId])
    await lock(first)
    const begun = { ending: withTx(pool, (other) => endPaying(other, cartId)) }
    const waiting = "datname = current_database() and wait_event_type = 'Lock'"
    const look = () => owner.query(`select from pg_stat_activity where ${waiting}`)
    await vi.waitFor(async () => expect((await look()).rows).toHaveLength(1), { timeout: 20_000 })
    await lock(second)
    return begun
  })
  await ending
  const { rows } = await owner.query("select distinct state from inv.hold")
  expect(rows).toEqual([{ state: "held" }])
})
