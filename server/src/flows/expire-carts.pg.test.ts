import { expect, it } from "vitest"
import { expireCarts } from "#flows/expire-carts.ts"
import { releaseHolds } from "#flows/release-holds.ts"
import { tokenHash } from "#store/carts.ts"
import { firstOf } from "#testing/fixtures.ts"
import { type Counter, openCounter, type Shopper } from "#testing/shopper.ts"

const live = { touched: () => {} }

/** Somebody who typed their name and went away. */
async function leave(counter: Counter, days: number): Promise<Shopper> {
  const shopper = counter.shopper()
  await shopper.set(firstOf(counter.shop).priceType.id, 1)
  await shopper.send("save-details", { values: { email: "ada@example.com", firstName: "Ada" } })
  await counter.database.owner.query(
    `update sales.cart set created_at = clock_timestamp() - interval '90 days',
       updated_at = clock_timestamp() - $1 * interval '1 day' where token_hash = $2`,
    [days, tokenHash(shopper.token)],
  )
  return shopper
}

it("forgets what was typed into carts that nobody came back to for 30 days", async () => {
  await using counter = await openCounter()
  const left = [await leave(counter, 31), await leave(counter, 40), await leave(counter, 31)]
  const kept = await leave(counter, 29)
  await counter.letTimePass()
  await releaseHolds({ ...counter, live })
  await expireCarts(counter, 2)
  for (const shopper of left)
    expect((await shopper.cart()).cart).toMatchObject({ state: "expired", details: {}, lines: [] })
  expect((await kept.cart()).cart).toMatchObject({
    state: "open",
    details: { email: "ada@example.com" },
    lines: [{ quantity: 1 }],
  })
})

it("lets somebody who comes back after all begin anew", async () => {
  await using counter = await openCounter()
  const shopper = await leave(counter, 31)
  await counter.letTimePass()
  await releaseHolds({ ...counter, live })
  await expireCarts(counter)
  const { rev } = (await shopper.cart()).cart
  expect(await shopper.set(firstOf(counter.shop).priceType.id, 2)).toMatchObject({
    outcome: "done",
  })
  const { cart, liveHolds } = await shopper.cart()
  expect(cart).toMatchObject({ state: "open", lines: [{ quantity: 2 }] })
  expect(cart.rev).toBeGreaterThan(rev)
  expect([...liveHolds.values()]).toEqual([2])
})

it("leaves a cart alone while something is set aside for it", async () => {
  await using counter = await openCounter()
  const shopper = await leave(counter, 31)
  await expireCarts(counter)
  expect((await shopper.cart()).cart).toMatchObject({ state: "open", lines: [{ quantity: 1 }] })
})
