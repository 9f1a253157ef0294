import type { StockLane } from "#flows/stock-lane.ts"
import type { Pool } from "#store/db.ts"
import { listDueVariants } from "#store/holds.ts"

/**
 * Housekeeping: gives back what holds set aside whose time is over, `batchSize` variants in a transaction. Carts are left alone: they see
 * the state of their holds when they are shown. Whoever needs the stock sooner reaps it in passing. Answers how many variants it looked at.
 */
export async function releaseHolds(
  deps: { readonly pool: Pool; readonly lane: StockLane },
  batchSize = 100,
): Promise<number> {
  let released = 0
  for (;;) {
    const due = await listDueVariants(deps.pool.db, batchSize)
    if (due.length > 0) await deps.lane.reap(due)
    released += due.length
    if (due.length < batchSize) return released
  }
}
