import { and, eq, isNull, sql } from "drizzle-orm"
import type { Outcome } from "#core/outcome.ts"
import type { Db, Tx } from "#store/db.ts"
import { commands } from "#store/schema.ts"

/** A command as it was noted. Without an outcome it is still at work: a flow with a provider's call is between its two transactions. */
export type NotedCommand = { readonly isSameRequest: boolean; readonly outcome?: Outcome }

/** What names a command: who may repeat it (`cart:<id>`, `user:<id>`, `job:<name>`) and the id that the caller made. */
export type CommandKey = { readonly scope: string; readonly commandId: string }

export function cartScope(cartId: string): string {
  return `cart:${cartId}`
}

/** What became of a command that was noted before; `requestHash` tells whether it had the same body. */
export async function findCommand(
  db: Db,
  { scope, commandId }: CommandKey,
  requestHash: Uint8Array,
): Promise<NotedCommand | undefined> {
  const [row] = await db
    .select({ requestHash: commands.requestHash, outcome: commands.outcome })
    .from(commands)
    .where(and(eq(commands.scope, scope), eq(commands.commandId, commandId)))
  if (!row) return undefined
  return {
    isSameRequest: Buffer.from(row.requestHash).equals(requestHash),
    ...(row.outcome !== null && { outcome: row.outcome as Outcome }),
  }
}

/** Notes a command in its own transaction. The same id a second time is a unique violation: look first, under the cart's lock. */
export async function insertCommand(
  tx: Tx,
  key: CommandKey,
  command: { readonly kind: string; readonly requestHash: Uint8Array; readonly outcome?: Outcome },
): Promise<void> {
  await tx.insert(commands).values({ ...key, ...command })
}

/** Ends a command that was noted without an outcome. */
export async function finishCommand(
  tx: Tx,
  { scope, commandId }: CommandKey,
  outcome: Outcome,
): Promise<void> {
  await tx
    .update(commands)
    .set({ outcome })
    .where(
      and(eq(commands.scope, scope), eq(commands.commandId, commandId), isNull(commands.outcome)),
    )
}

/** Forgets commands older than 30 days, at most `limit`; answers how many. */
export async function deleteOldCommands(db: Db, limit: number): Promise<number> {
  const old = sql`(select scope, command_id from ops.command where at < clock_timestamp() - interval '30 days' limit ${limit})`
  const result = await db
    .delete(commands)
    .where(sql`(${commands.scope}, ${commands.commandId}) in ${old}`)
  return result.rowCount ?? 0
}
