import { and, desc, eq, lt } from "drizzle-orm"
import type { Db, Tx } from "#store/db.ts"
import { audits, people } from "#store/schema.ts"

/** Who changed what. `before` and `after` are told to everybody who may see the history: no secrets, no shopper's personal data. */
export type AuditEntry = {
  readonly accountId: string
  /** Absent: the system itself. */
  readonly personId?: string
  /** Subject and past tense: `event.changed`. */
  readonly action: string
  /** What it was done to: `event:friday-night`. */
  readonly subject: string
  readonly before?: unknown
  readonly after?: unknown
}

export type AuditLine = {
  readonly pos: number
  readonly at: string
  readonly who?: string
  readonly action: string
  readonly subject: string
  readonly before: unknown
  readonly after: unknown
}

/** In the transaction of the change itself: one is there exactly when the other is. It can never be changed or removed. */
export async function recordAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx.insert(audits).values({ ...entry, subject: entry.subject.slice(0, longestSubject) })
}

const longestSubject = 300

/** The newest first; `before`: the position that the page before ended with. */
export async function listAudit(
  db: Db,
  accountId: string,
  page: { readonly limit: number; readonly before?: number; readonly subject?: string },
): Promise<AuditLine[]> {
  const rows = await db
    .select({
      pos: audits.pos,
      at: audits.at,
      who: people.name,
      action: audits.action,
      subject: audits.subject,
      before: audits.before,
      after: audits.after,
    })
    .from(audits)
    .leftJoin(people, eq(people.id, audits.personId))
    .where(
      and(
        eq(audits.accountId, accountId),
        page.before === undefined ? undefined : lt(audits.pos, page.before),
        page.subject === undefined ? undefined : eq(audits.subject, page.subject),
      ),
    )
    .orderBy(desc(audits.pos))
    .limit(page.limit)
  return rows.map(({ who, ...row }) => ({ ...row, ...(who !== null && { who }) }))
}
