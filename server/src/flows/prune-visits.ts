import type { Deps } from "#flows/deps.ts"
import { type Pool, withTx } from "#store/db.ts"
import { countOldVisits, listOldVisitors } from "#store/visits.ts"

/** Two years beside each other and a month to spare. Younger visits are counted anew when an account's time zone moves, older ones keep their day. */
const keptMs = 760 * 24 * 60 * 60 * 1000
/** A run ends soon after this; what is left waits for the next. */
const longestRunMs = 60_000
const accountsAtOnce = 50

/**
 * Housekeeping: visits of long ago are kept as counts. No report changes by it, also when its day is counted anew. `batchSize` visits in a
 * transaction.
 */
export async function pruneVisits(
  { pool, now }: Pick<Deps, "now"> & { readonly pool: Pool },
  batchSize = 5000,
): Promise<void> {
  const endsAtMs = performance.now() + longestRunMs
  const before = new Date(now().getTime() - keptMs).toISOString()
  for (;;) {
    const accounts = await listOldVisitors(pool.db, before, accountsAtOnce)
    for (const accountId of accounts) {
      let counted = batchSize
      while (counted === batchSize) {
        if (performance.now() > endsAtMs) return
        counted = await withTx(pool, (tx) => countOldVisits(tx, accountId, before, batchSize))
      }
    }
    if (accounts.length < accountsAtOnce) return
  }
}
