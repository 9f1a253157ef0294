import { sql } from "drizzle-orm"
import type { Db } from "#store/db.ts"

/** Removes sessions and mailed links whose time is over; answers how many of both, at most twice the limit. */
export async function deleteOverdue(db: Db, limit: number): Promise<number> {
  let deleted = 0
  for (const table of [sql`auth.session`, sql`auth.verification`]) {
    const { rowCount } = await db.execute(sql`
      delete from ${table} where id in (select id from ${table} where expires_at < clock_timestamp() limit ${limit})`)
    deleted += rowCount ?? 0
  }
  return deleted
}
