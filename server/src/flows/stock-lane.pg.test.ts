import { expect, it } from "vitest"
import type { CartCommand } from "#core/cart-change.ts"
import type { PriceType, Variant } from "#core/storefront.ts"
import { laneFull, openStockLane } from "#flows/stock-lane.ts"
import { openPool, type Pool, withTx } from "#store/db.ts"
import { appRole } from "#store/migrations.ts"
import { writeBatch } from "#store/stock-commit.ts"
import { wanting } from "#testing/cart-world.ts"
import {
  anEvent,
  aPriceType,
  aProduct,
  aStorefront,
  aToken,
  aVariant,
  firstOf,
} from "#testing/fixtures.ts"
import { type Counter, openCounter } from "#testing/shopper.ts"
import { tapWire } from "#testing/wire-tap.ts"
import { newId } from "#store/ids.ts"
import { tokenHash } from "#store/carts.ts"

const done = (rev: number) => ({ outcome: "done", rev })

/** A click as the lane takes it: the price type's own checks aside. */
function click(
  counter: Counter,
  quantity: number,
  token = aToken(),
  { variant, priceType }: Room = firstOf(counter.shop),
): CartCommand {
  return wanting(tokenHash(token).toString("hex"), variant.id, quantity, {
    op: newId(),
    accountId: counter.shop.account.id,
    requestHash: "00",
    opening: { regionId: counter.shop.regions[0].id, locale: "en", holdMinutes: 15 },
    priceTypeId: priceType.id,
  })
}

type Room = { readonly variant: Variant; readonly priceType: PriceType }

function aRoom() {
  const priceType = aPriceType()
  const variant = aVariant({ priceTypes: [priceType] })
  return { product: aProduct({ variants: [variant] }), variant, priceType }
}

async function heldNow(counter: Counter): Promise<number> {
  const { rows } = await counter.database.owner.query<{ held: number }>(
    "select held from inv.variant where variant_id = $1",
    [firstOf(counter.shop).variant.id],
  )
  return rows[0]?.held ?? 0
}

it("gives 10 tickets to exactly 10 of 50 shoppers who click at once, in two processes' lanes", async () => {
  await using counter = await openCounter(aStorefront(), 10)
  await using otherPool = await anotherPool(counter.database.url)
  await using otherLane = openStockLane({ pool: otherPool.pool, batchSize: 3 })
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      (index % 2 === 0 ? counter.lane : otherLane).submit(click(counter, 1)),
    ),
  )
  expect(outcomes.filter((outcome) => outcome.outcome === "done")).toHaveLength(10)
  expect(outcomes.filter((outcome) => outcome.outcome === "refused")).toHaveLength(40)
  expect(await heldNow(counter)).toBe(10)
})

it("would oversell without the locks: 50 who read first and write then all get a ticket", async () => {
  await using counter = await openCounter(aStorefront(), 10)
  const { owner } = counter.database
  const { variant } = firstOf(counter.shop)
  await owner.query("alter table inv.variant disable trigger head_equals_stream")
  const read = async () => {
    const { rows } = await owner.query<{ capacity: number; held: number }>(
      "select capacity, held from inv.variant where variant_id = $1",
      [variant.id],
    )
    return rows[0]!
  }
  const seen = await Promise.all(Array.from({ length: 50 }, read))
  const told = await Promise.all(
    seen.map(async ({ capacity, held }) => {
      if (held >= capacity) return "sold-out"
      await owner.query("update inv.variant set held = $2 where variant_id = $1", [
        variant.id,
        held + 1,
      ])
      return "yours"
    }),
  )
  expect(told.filter((answer) => answer === "yours")).toHaveLength(50)
  await owner.query("update inv.variant set held = 0 where variant_id = $1", [variant.id])
})

it("opens one cart for one token, although two processes hear of it at once", async () => {
  await using counter = await openCounter()
  await using otherPool = await anotherPool(counter.database.url)
  await using otherLane = openStockLane({ pool: otherPool.pool })
  const token = aToken()
  const outcomes = await Promise.all(
    [counter.lane, otherLane].map((lane, index) => lane.submit(click(counter, index + 1, token))),
  )
  expect(outcomes.map((outcome) => outcome.outcome)).toEqual(["done", "done"])
  const { rows } = await counter.database.owner.query(
    "select count(*)::int as carts from sales.cart",
  )
  expect(rows).toEqual([{ carts: 1 }])
})

it("commits those who wait together: one transaction for many", async () => {
  await using counter = await openCounter(aStorefront(), 100)
  await Promise.all(Array.from({ length: 40 }, () => counter.lane.submit(click(counter, 1))))
  const { rows } = await counter.database.owner.query(
    "select count(distinct xid)::int as transactions from es.event where data->>'reason' = 'hold-placed'",
  )
  expect(rows).toEqual([{ transactions: 1 }])
})

it("runs everybody alone when a batch fails at COMMIT: only who broke it fails", async () => {
  await using counter = await openCounter(aStorefront(), 100)
  await counter.database.owner.query(`
    create function refuse_13() returns trigger language plpgsql as $$ begin raise exception 'no 13'; end $$;
    create constraint trigger refuse_13 after insert on sales.cart_line deferrable initially deferred
      for each row when (new.quantity = 13) execute function refuse_13()`)
  const outcomes = await Promise.allSettled(
    [1, 13, 2].map((quantity) => counter.lane.submit(click(counter, quantity))),
  )
  expect(outcomes[0]).toEqual({ status: "fulfilled", value: done(1) })
  expect(outcomes[1]).toMatchObject({ status: "rejected", reason: { message: "no 13" } })
  expect(outcomes[2]).toEqual({ status: "fulfilled", value: done(1) })
  expect(await heldNow(counter)).toBe(3)
})

it("fails only who has a bug", async () => {
  await using counter = await openCounter()
  const broken: CartCommand = {
    ...click(counter, 1),
    change: () => {
      throw new Error("a bug")
    },
  }
  const outcomes = await Promise.allSettled(
    [click(counter, 1), broken].map((command) => counter.lane.submit(command)),
  )
  expect(outcomes.map((outcome) => outcome.status)).toEqual(["fulfilled", "rejected"])
})

it("ends lapsed holds a few at a time, the oldest first, and never says sold out while some are left", async () => {
  await using counter = await openCounter(aStorefront(), 5)
  for (let each = 0; each < 5; each++) await counter.lane.submit(click(counter, 1))
  await counter.letTimePass()
  await using lane = openStockLane({ pool: counter.pool, mostLapsed: 2 })
  expect(await lane.submit(click(counter, 5))).toEqual(done(1))
  const { rows } = await counter.database.owner.query(
    "select count(*)::int as n from es.event where data->>'reason' = 'hold-expired' group by xid order by min(version)",
  )
  expect(rows).toEqual([{ n: 2 }, { n: 2 }, { n: 1 }])
  expect(await heldNow(counter)).toBe(5)
})

it("renews a cart's own lapsed hold although older ones fill the limit", async () => {
  await using counter = await openCounter(aStorefront(), 5)
  const token = aToken()
  for (const each of [aToken(), aToken(), token]) await counter.lane.submit(click(counter, 1, each))
  await counter.letTimePass()
  await counter.database.owner.query(
    "update inv.hold set expires_at = expires_at - interval '1 hour' where cart_id <> (select id from sales.cart where token_hash = $1)",
    [tokenHash(token)],
  )
  await using lane = openStockLane({ pool: counter.pool, mostLapsed: 1 })
  expect(await lane.submit(click(counter, 2, token))).toEqual(done(2))
  const { rows } = await counter.database.owner.query(
    "select h.state, h.qty from inv.hold h join sales.cart c on c.id = h.cart_id where c.token_hash = $1 order by h.state",
    [tokenHash(token)],
  )
  expect(rows).toEqual([
    { state: "expired", qty: 1 },
    { state: "held", qty: 2 },
  ])
})

it("reaps all that has lapsed, in as many transactions as it takes", async () => {
  await using counter = await openCounter(aStorefront(), 5)
  for (let each = 0; each < 5; each++) await counter.lane.submit(click(counter, 1))
  await counter.letTimePass()
  await using lane = openStockLane({ pool: counter.pool, mostLapsed: 2 })
  await lane.reap([firstOf(counter.shop).variant.id])
  expect(await heldNow(counter)).toBe(0)
})

it("runs again when its backend is killed in the middle", async () => {
  await using counter = await openCounter()
  const { owner } = counter.database
  const token = aToken()
  await counter.lane.submit(click(counter, 1, token))
  const blocker = await owner.connect()
  await blocker.query("begin")
  await blocker.query("select from sales.cart for update")
  const outcomes = Promise.all(
    [2, 3].map((each) => counter.lane.submit(click(counter, each, token))),
  )
  await killWhoeverWaits(counter)
  await blocker.query("rollback")
  blocker.release()
  expect(await outcomes).toEqual([done(2), done(3)])
  expect(await heldNow(counter)).toBe(3)
})

it.each(["before", "after-answer"] as const)(
  "does a command once when the connection breaks at COMMIT, %s the server has done it",
  async (when) => {
    await using counter = await openCounter()
    await using tap = await tapWire(counter.database.url)
    await using tapped = await anotherPool(tap.url)
    await using lane = openStockLane({ pool: tapped.pool })
    let connections = 0
    tapped.pool.on("connect", () => {
      if (++connections > 1) tap.mend()
    })
    tap.cut("commit", when)
    expect(await lane.submit(click(counter, 2))).toEqual(done(1))
    expect(connections).toBe(2)
    expect(await heldNow(counter)).toBe(2)
    const { rows } = await counter.database.owner.query(
      "select count(*)::int as n from ops.command",
    )
    expect(rows).toEqual([{ n: 1 }])
  },
)

it("keeps nobody waiting for a batch that waits for somebody else's stock", async () => {
  const [busy, quiet] = [aRoom(), aRoom()]
  const shop = aStorefront({ events: [anEvent({ products: [busy.product, quiet.product] })] })
  await using counter = await openCounter(shop)
  const blocker = await counter.database.owner.connect()
  await blocker.query("begin")
  await blocker.query("select from inv.variant where variant_id = $1 for update", [busy.variant.id])
  const token = aToken()
  const kept = counter.lane.submit(click(counter, 1, token, busy))
  await untilSomebodyWaits(counter)
  // Of the cart that waits, and of another in another room.
  const next = counter.lane.submit(click(counter, 2, token, busy))
  expect(await counter.lane.submit(click(counter, 3, aToken(), quiet))).toEqual(done(1))
  await blocker.query("rollback")
  blocker.release()
  expect(await Promise.all([kept, next])).toEqual([done(1), done(2)])
  expect(await heldNow(counter)).toBe(2)
})

it("builds on nothing that never arrived, although another process made as many events meanwhile", async () => {
  await using counter = await openCounter(aStorefront(), 100)
  const [first, second] = [aToken(), aToken()]
  for (const token of [first, second]) await counter.lane.submit(click(counter, 1, token))
  const blocker = await counter.database.owner.connect()
  await blocker.query("begin")
  await blocker.query("select from sales.cart for update")
  const lost = counter.lane.submit(click(counter, 3, first))
  const [pid] = await untilWaiting(counter, 1)
  // Decided from the stock that the first one will have left.
  const next = counter.lane.submit(click(counter, 2, second))
  await untilWaiting(counter, 2)
  await using otherPool = await anotherPool(counter.database.url)
  await using otherLane = openStockLane({ pool: otherPool.pool })
  await otherLane.submit(click(counter, 7))
  await counter.database.owner.query("select pg_terminate_backend($1)", [pid])
  await blocker.query("rollback")
  blocker.release()
  expect(await Promise.all([lost, next])).toEqual([done(2), done(2)])
  expect(await heldNow(counter)).toBe(12)
})

it("keeps each cart's commands in their order, however the batches overlap", async () => {
  await using counter = await openCounter(aStorefront(), 100)
  await using lane = openStockLane({ pool: counter.pool, batchSize: 2 })
  const tokens = Array.from({ length: 5 }, () => aToken())
  const outcomes = await Promise.all(
    [1, 2, 3, 4].flatMap((quantity) =>
      tokens.map((token) => lane.submit(click(counter, quantity, token))),
    ),
  )
  expect(outcomes).toEqual([1, 2, 3, 4].flatMap((rev) => tokens.map(() => done(rev))))
  expect(await heldNow(counter)).toBe(20)
})

it("answers what is committed although who watches the stock throws", async () => {
  await using counter = await openCounter()
  const reported: unknown[] = []
  let told = 0
  const onMoved = () => {
    told += 1
    throw new Error("a watcher's bug")
  }
  const report = (error: unknown) => void reported.push(error)
  await using lane = openStockLane({ pool: counter.pool, onMoved, report })
  expect(await lane.submit(click(counter, 2))).toEqual(done(1))
  expect(told).toBe(1)
  expect(reported).toEqual([new Error("a watcher's bug")])
})

it("takes no more than it can bear to wait, and what it refuses was not done", async () => {
  await using counter = await openCounter()
  await using lane = openStockLane({ pool: counter.pool, mostWaiting: 2 })
  const refused = click(counter, 4)
  const outcomes = await Promise.allSettled(
    [click(counter, 1), click(counter, 2), refused].map((command) => lane.submit(command)),
  )
  expect(outcomes.map((outcome) => outcome.status)).toEqual(["fulfilled", "fulfilled", "rejected"])
  expect(outcomes[2]).toMatchObject({ reason: laneFull })
  expect(await heldNow(counter)).toBe(3)
  expect(await lane.submit(refused)).toEqual(done(1))
})

it("says so when there is no database, to everybody at once", async () => {
  const pool = openPool({ url: "postgres://nobody@127.0.0.1:1/none", report: () => {} })
  await using lane = openStockLane({ pool })
  await using counter = await openCounter()
  const outcomes = await Promise.allSettled(
    [1, 2, 3].map((quantity) => lane.submit(click(counter, quantity))),
  )
  expect(outcomes.map((outcome) => outcome.status)).toEqual(["rejected", "rejected", "rejected"])
  await pool.end()
})

it("finishes what was submitted before it closes, and takes nothing after", async () => {
  await using counter = await openCounter()
  const lane = openStockLane({ pool: counter.pool })
  const submitted = lane.submit(click(counter, 1))
  await lane[Symbol.asyncDispose]()
  expect(await submitted).toEqual(done(1))
  await expect(lane.submit(click(counter, 1))).rejects.toThrow("closed")
})

it("has a database that refuses a head without its event", async () => {
  await using counter = await openCounter()
  const { variant } = firstOf(counter.shop)
  const stock = { variantId: variant.id, capacity: 10, held: 1, sold: 0, version: 1 }
  const nothing = { outcomes: [], shown: [], carts: [], holds: [], events: [], commands: [] }
  await expect(
    withTx(counter.pool, (tx) => writeBatch(tx, { ...nothing, stocks: [stock] })),
  ).rejects.toMatchObject({ constraint: "head_equals_stream" })
})

it("has a database that refuses to oversell, whatever the code says", async () => {
  await using counter = await openCounter(aStorefront(), 10)
  await expect(
    counter.pool.query("update inv.variant set held = 8, sold = 3 where variant_id = $1", [
      firstOf(counter.shop).variant.id,
    ]),
  ).rejects.toMatchObject({ constraint: "never_oversold" })
})

async function anotherPool(url: string): Promise<AsyncDisposable & { pool: Pool }> {
  const pool = openPool({ url, role: appRole, report: () => {} })
  return { pool, [Symbol.asyncDispose]: () => pool.end() }
}

const untilSomebodyWaits = (counter: Counter) => untilWaiting(counter, 1)

/** Asks until so many backends wait for a lock; their pids, the longest-waiting first. */
async function untilWaiting(counter: Counter, many: number): Promise<number[]> {
  for (;;) {
    const { rows } = await counter.database.owner.query<{ pid: number }>(
      "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' order by query_start",
    )
    if (rows.length >= many) return rows.map(({ pid }) => pid)
  }
}

/** Asks until the lane's backend waits for a lock, and ends it. */
async function killWhoeverWaits(counter: Counter): Promise<void> {
  for (;;) {
    const { rowCount } = await counter.database.owner.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
    if (rowCount) return
  }
}
