import { asc, eq, inArray, sql } from "drizzle-orm"
import type { Stock } from "#core/inventory.ts"
import type { Db, Tx } from "#store/db.ts"
import { stock } from "#store/schema.ts"

const { variantId, capacity, held, sold, version } = stock
const head = { variantId, capacity, held, sold, version }

/** The stock of every counted variant of the account. */
export async function listStock(db: Db, accountId: string): Promise<Stock[]> {
  return db.select(head).from(stock).where(eq(stock.accountId, accountId))
}

/** Stock of these variants, as it is now. */
export async function listStockOf(db: Db, variantIds: readonly string[]): Promise<Stock[]> {
  return db
    .select(head)
    .from(stock)
    .where(sql`${variantId} = any(${sql.param([...variantIds])}::uuid[])`)
}

/** Stock of these variants as it stays until the transaction ends: locked in the order of their ids, as everywhere. */
export async function lockHeads(tx: Tx, variantIds: readonly string[]): Promise<Stock[]> {
  if (variantIds.length === 0) return []
  return tx
    .select(head)
    .from(stock)
    .where(inArray(variantId, [...variantIds]))
    .orderBy(asc(variantId))
    .for("no key update")
}

/** Stays far below the 65,535 parameters of one statement. */
const rowsPerStatement = 1000

/** Heads of variants that are counted from now on; `RecordVariantCreated` must follow in the same transaction. */
export async function insertHeads(
  tx: Tx,
  accountId: string,
  variants: readonly { readonly variantId: string; readonly productId: string }[],
): Promise<void> {
  for (let from = 0; from < variants.length; from += rowsPerStatement) {
    const some = variants.slice(from, from + rowsPerStatement)
    await tx
      .insert(stock)
      .values(
        some.map(({ variantId, productId }) => ({ variantId, productId, accountId, capacity: 0 })),
      )
  }
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
