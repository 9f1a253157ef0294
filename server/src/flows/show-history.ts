import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import type { Deps } from "#flows/deps.ts"
import { type AuditLine, listAudit } from "#store/audit.ts"

export type History = {
  readonly outcome: "history"
  readonly lines: readonly AuditLine[]
  /** Where the page after this one goes on; absent at the end. */
  readonly earlier?: number
}

const linesPerPage = 50

/** Who changed what, the newest first; of one `subject` (`event:friday-night`) or all. */
export async function showHistory(
  { pool }: Pick<Deps, "pool">,
  actor: Actor,
  wish: { readonly before?: number; readonly subject?: string } = {},
): Promise<History | Forbidden> {
  if (!may(actor, "see-history")) return forbidden("see-history")
  const found = await listAudit(pool.db, actor.accountId, { ...wish, limit: linesPerPage + 1 })
  const lines = found.slice(0, linesPerPage)
  const last = lines.at(-1)
  return {
    outcome: "history",
    lines,
    ...(found.length > linesPerPage && last && { earlier: last.pos }),
  }
}
