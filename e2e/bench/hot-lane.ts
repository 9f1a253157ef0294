// A process that only writes: the stock lane, or a trivial commit of one row, asked by as many clients as it is told to serve.
import { randomUUID } from "node:crypto"
import { performance } from "node:perf_hooks"
import type { CartCommand } from "@foyer/server/core/cart-change.ts"
import { openStockLane } from "@foyer/server/flows/stock-lane.ts"
import { openPool } from "@foyer/server/store/db.ts"
import pg from "pg"

export type Race = {
  readonly databaseUrl: string
  readonly clients: number
  readonly forMs: number
  /** Absent: each client commits a row of its own. `isFresh`: each hold opens another cart; otherwise a client keeps changing its cart. */
  readonly hot?: {
    readonly isFresh: boolean
    readonly accountId: string
    readonly regionId: string
    readonly variantId: string
    readonly priceTypeId: string
  }
}

export type Raced = { readonly perSecond: number; readonly latenciesMs: readonly number[] }

process.once("message", (race: Race) => {
  void (race.hot ? lane(race, race.hot) : trivial(race)).then((raced) => {
    process.send?.(raced, () => process.disconnect())
  })
})

async function compete(race: Race, once: (client: number) => Promise<unknown>): Promise<Raced> {
  const latenciesMs: number[] = []
  const startedAt = performance.now()
  const run = async (client: number) => {
    while (performance.now() - startedAt < race.forMs) {
      const sentAt = performance.now()
      await once(client)
      latenciesMs.push(performance.now() - sentAt)
    }
  }
  await Promise.all(Array.from({ length: race.clients }, (_, client) => run(client)))
  return { perSecond: (latenciesMs.length / (performance.now() - startedAt)) * 1000, latenciesMs }
}

async function trivial(race: Race): Promise<Raced> {
  const pool = new pg.Pool({ connectionString: race.databaseUrl, max: race.clients })
  await pool.query("create table if not exists trivial (id int primary key, n int not null)")
  await pool.query(
    "insert into trivial select id, 0 from generate_series(0, $1) id on conflict do nothing",
    [race.clients],
  )
  const text = "update trivial set n = n + 1 where id = $1"
  const raced = await compete(race, (client) =>
    pool.query({ name: "trivial", text, values: [client] }),
  )
  await pool.end()
  return raced
}

/** All on one variant. */
async function lane(race: Race, hot: NonNullable<Race["hot"]>): Promise<Raced> {
  const pool = openPool({ url: race.databaseUrl, role: "foyer_app", report: console.error })
  await using writer = openStockLane({ pool })
  const carts = Array.from({ length: race.clients }, () => ({ token: newToken(), quantity: 0 }))
  const raced = await compete(race, async (client) => {
    const known = carts[client]
    const cart = known && !hot.isFresh ? known : { token: newToken(), quantity: 0 }
    cart.quantity = (cart.quantity % 8) + 1
    const { outcome } = await writer.submit(hold(hot, cart.token, cart.quantity))
    if (outcome !== "done") throw new Error(outcome)
  })
  await writer[Symbol.asyncDispose]()
  await pool.end()
  return raced
}

function newToken(): string {
  return (randomUUID() + randomUUID()).replaceAll("-", "")
}

function hold(
  { accountId, regionId, variantId, priceTypeId }: NonNullable<Race["hot"]>,
  tokenHash: string,
  quantity: number,
): CartCommand {
  const line = { variantId, priceTypeId, quantity }
  const wish = { variantId, quantity, title: "General admission", otherQuantity: 0 }
  return {
    op: randomUUID(),
    type: "set-quantity",
    requestHash: "00".repeat(32),
    accountId,
    tokenHash,
    opening: { regionId, locale: "en-CA", holdMinutes: 15 },
    variantIds: [variantId],
    isAboutAllLines: false,
    touches: [],
    change: () => ({
      patch: { lines: [line] },
      wish: { type: "hold", mode: "all", variants: [wish] },
    }),
  }
}
