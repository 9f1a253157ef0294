import type { Deps } from "#flows/deps.ts"
import { expireIdleCarts } from "#store/carts.ts"
import { withTx } from "#store/db.ts"

/** How long an open cart keeps what its shopper typed after the last click. */
const idleDays = 30

/**
 * Housekeeping: a cart that was left forgets who left it, and its lines. Whoever comes back after all finds an empty one. `batchSize` carts in a
 * transaction.
 */
export async function expireCarts({ pool }: Pick<Deps, "pool">, batchSize = 500): Promise<void> {
  while ((await withTx(pool, (tx) => expireIdleCarts(tx, idleDays, batchSize))) === batchSize);
}
