import { openDayFold, type Slice } from "#core/report-fold.ts"
import { type Pool, withTx } from "#store/db.ts"
import { readEvents } from "#store/events.ts"
import {
  listMovedZones,
  listStaleDays,
  moveZone,
  noteOrders,
  settleDay,
  type StaleDay,
} from "#store/report-days.ts"
import {
  readCarts,
  readShowSales,
  readSoldOrders,
  readVisits,
  replaceRollups,
  replaceShowSales,
} from "#store/rollups.ts"

export type FoldDeps = {
  readonly pool: Pool
  /** Reads what is counted; may be a pool of its own, so that a long day takes no connection from shoppers. */
  readonly reports: Pool
}

const subscription = "reports"
const eventsAtOnce = 5000
const zonesAtOnce = 50
const daysAtOnce = 20
/** A run ends soon after this; what is left waits for the next. */
const longestRunMs = 60_000
/** Folding a busy day takes no more than a twentieth of the time. */
const usualPatience = 20

/**
 * Brings the rollups up to date: follows what happened to orders, then counts each day that has news from its rows anew. A day is replaced as a
 * whole, so that a run may stop anywhere, run twice, or run in two processes at once. With a `patience` of 0 nothing is left for the next run.
 */
export async function foldReports(deps: FoldDeps, patience = usualPatience): Promise<void> {
  const endsAtMs = performance.now() + longestRunMs
  await followZones(deps)
  await followOrders(deps, endsAtMs)
  for (;;) {
    const days = await listStaleDays(deps.pool.db, daysAtOnce, patience)
    for (const day of days) {
      if (performance.now() > endsAtMs) return
      await foldDay(deps, day)
    }
    if (days.length < daysAtOnce) return
  }
}

async function followZones({ pool }: FoldDeps): Promise<void> {
  for (;;) {
    const moved = await listMovedZones(pool.db, zonesAtOnce)
    for (const accountId of moved) await withTx(pool, (tx) => moveZone(tx, accountId))
    if (moved.length < zonesAtOnce) return
  }
}

/** Any event of an order may change what it counts for: its days are marked, once for a page of events. */
async function followOrders({ pool }: FoldDeps, endsAtMs: number): Promise<void> {
  while (performance.now() < endsAtMs) {
    const isLast = await withTx(pool, async (tx) => {
      const page = await readEvents(tx, subscription, "order-", eventsAtOnce)
      const ids = page.events.map(({ stream }) => stream.slice("order-".length))
      await noteOrders(tx, [...new Set(ids)])
      return page.isLast
    })
    if (isLast) return
  }
}

async function foldDay({ pool, reports }: FoldDeps, day: StaleDay): Promise<void> {
  const beganAtMs = performance.now()
  const slices = await countDay(reports, day)
  const shows = await readShowSales(reports.db, day)
  await withTx(pool, async (tx) => {
    const isNewest = await settleDay(tx, day, performance.now() - beganAtMs)
    if (!isNewest) return
    await replaceRollups(tx, day.accountId, day.day, slices)
    await replaceShowSales(tx, day.accountId, day.day, shows)
  })
}

/** Everything that happened on a day, counted from the rows. */
export async function countDay(
  { db }: Pool,
  day: Pick<StaleDay, "accountId" | "day" | "from" | "to">,
): Promise<Slice[]> {
  const fold = openDayFold()
  for (const visits of await readVisits(db, day)) fold.visits(visits)
  for await (const cart of readCarts(db, day)) fold.cart(cart)
  for await (const order of readSoldOrders(db, day)) fold.order(order)
  return fold.end()
}
