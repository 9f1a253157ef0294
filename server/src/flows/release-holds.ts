import type { Deps } from "#flows/deps.ts"
import { listDueVariants } from "#store/holds.ts"

/**
 * Housekeeping: gives back what holds set aside whose time is over, `batchSize` variants in a transaction. Carts are left alone: they see
 * the state of their holds when they are shown. Whoever needs the stock sooner reaps it in passing. Who looks at the events sees them free
 * again. Answers how many variants it looked at.
 */
export async function releaseHolds(
  deps: Pick<Deps, "pool" | "lane" | "live">,
  batchSize = 100,
): Promise<number> {
  let released = 0
  for (;;) {
    const due = await listDueVariants(deps.pool.db, batchSize)
    if (due.length > 0) await deps.lane.reap(due.map(({ variantId }) => variantId))
    for (const accountId of new Set(due.map((each) => each.accountId)))
      deps.live.touched({ accountId })
    released += due.length
    if (due.length < batchSize) return released
  }
}
