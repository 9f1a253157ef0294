import { type PackedRow, unpacked } from "#core/packed-row.ts"
import type { RolledDay } from "#core/report.ts"
import type { StoredDimension } from "#core/report-dimensions.ts"
import type { Model } from "#core/report-fold.ts"
import type { Db } from "#store/db.ts"

export type RolledWish = {
  readonly accountId: string
  readonly model: Model
  readonly dimension: StoredDimension
  /** Event slug; empty for all together. */
  readonly event: string
  /** Days, both within. */
  readonly from: string
  readonly to: string
}

/** Rolled up days in their order. */
export async function readRollups(db: Db, wish: RolledWish): Promise<RolledDay[]> {
  const { rows } = await db.$client.query<{ day: string; currency: string; rows: PackedRow[] }>({
    name: "read-rollups",
    text: `select day::text, currency, rows from marketing.rollup
      where account_id = $1 and model = $2 and dimension = $3 and event_slug = $4 and day between $5 and $6 order by day, currency`,
    values: [wish.accountId, wish.model, wish.dimension, wish.event, wish.from, wish.to],
  })
  return rows.map((row) => ({ ...row, rows: row.rows.map(unpacked) }))
}

/** When the account's newest figures were counted, and whether there is news that they lack. */
export async function readFreshness(
  db: Db,
  accountId: string,
): Promise<{ readonly countedAt?: string; readonly isBehind: boolean }> {
  const { rows } = await db.$client.query<{ counted_at: Date | null; is_behind: boolean | null }>({
    name: "read-freshness",
    text: `select max(folded_at) as counted_at, bool_or(rev > folded_rev) as is_behind from marketing.report_day where account_id = $1`,
    values: [accountId],
  })
  const { counted_at: at, is_behind: isBehind } = rows[0] ?? {}
  return { isBehind: isBehind ?? false, ...(at && { countedAt: at.toISOString() }) }
}
