import type { Deps } from "#flows/deps.ts"
import { deleteOldCommands } from "#store/commands.ts"
import { deleteOverdue } from "#store/sessions.ts"

/**
 * Housekeeping: a command's outcome is kept for 30 days, far longer than any browser sends it again; sessions and mailed links go when their
 * time is over. `batchSize` of them at a time.
 */
export async function forgetCommands(deps: Pick<Deps, "pool">, batchSize = 1000): Promise<void> {
  while ((await deleteOldCommands(deps.pool.db, batchSize)) === batchSize);
  while ((await deleteOverdue(deps.pool.db, batchSize)) >= batchSize);
}
