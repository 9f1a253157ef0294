import { eq, sql } from "drizzle-orm"
import type { Stock } from "#core/inventory.ts"
import type { Db } from "#store/db.ts"
import { stock } from "#store/schema.ts"

/** Left to sell by variant id, of every counted variant of the account. */
export async function listRemaining(
  db: Db,
  accountId: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .select({
      variantId: stock.variantId,
      remaining: sql<number>`${stock.capacity} - ${stock.held} - ${stock.sold}`,
    })
    .from(stock)
    .where(eq(stock.accountId, accountId))
  return new Map(rows.map((row) => [row.variantId, row.remaining]))
}

/** `inv.variant` as JSON. */
export type StockRow = {
  readonly variant_id: string
  readonly capacity: number
  readonly held: number
  readonly sold: number
  readonly version: number
}

export function stockOf(row: StockRow): Stock {
  return {
    variantId: row.variant_id,
    capacity: row.capacity,
    held: row.held,
    sold: row.sold,
    version: row.version,
  }
}
