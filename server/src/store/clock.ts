import { sql } from "drizzle-orm"
import type { Db } from "#store/db.ts"

/** The database's clock, ISO 8601, as it is when asked: deadlines count from after the locks, not from the transaction's beginning. */
export async function readClock(db: Db): Promise<string> {
  const { rows } = await db.execute<{ now: string }>(sql`select clock_timestamp() as now`)
  const now = rows[0]?.now
  if (now === undefined) throw new Error("the database told no time")
  return new Date(now).toISOString()
}
