import { sql } from "drizzle-orm"
import type { Db } from "#store/db.ts"

/** Whether anybody has ever bought of the account. */
export async function hasSold(db: Db, accountId: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select 1 from sales.orders where account_id = ${accountId} and state in ('paid', 'partially_refunded', 'refunded', 'disputed') limit 1`)
  return rows.length > 0
}
