import type { Deps } from "#flows/deps.ts"
import { deleteOldCommands } from "#store/commands.ts"

/** Housekeeping: a command's outcome is kept for 30 days, far longer than any browser sends it again. `batchSize` of them at a time. */
export async function forgetCommands(deps: Pick<Deps, "pool">, batchSize = 1000): Promise<void> {
  while ((await deleteOldCommands(deps.pool.db, batchSize)) === batchSize);
}
