import { eq } from "drizzle-orm"
import type { Stock } from "#core/inventory.ts"
import type { Db } from "#store/db.ts"
import { stock } from "#store/schema.ts"

/** The stock of every counted variant of the account. */
export async function listStock(db: Db, accountId: string): Promise<Stock[]> {
  const { variantId, capacity, held, sold, version } = stock
  return db
    .select({ variantId, capacity, held, sold, version })
    .from(stock)
    .where(eq(stock.accountId, accountId))
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
