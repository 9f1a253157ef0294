import { type ExportedRows, exportedCatalogue } from "#core/catalogue-export.ts"
import { findAccountId, listCatalogue, lockCatalogue } from "#store/catalogue.ts"
import { type Pool, withTx } from "#store/db.ts"
import { listStock } from "#store/inventory.ts"

/** An account's catalogue as the text of a file that imports to no change; undefined without such an account. */
export async function exportCatalogue(
  { pool }: { readonly pool: Pool },
  accountSlug: string,
): Promise<string | undefined> {
  return withTx(pool, async (tx) => {
    const accountId = await findAccountId(tx, accountSlug)
    if (accountId === undefined) return undefined
    await lockCatalogue(tx, accountId)
    const tables = await listCatalogue(tx, accountId)
    const present = Object.entries(tables).map(([name, rows]) => [
      name,
      rows.filter((row) => row["archivedAt"] === undefined || row["archivedAt"] === null),
    ])
    const stock = await listStock(tx, accountId)
    const capacities = new Map(stock.map(({ variantId, capacity }) => [variantId, capacity]))
    const rows = { ...Object.fromEntries(present), capacities } as ExportedRows
    return `${JSON.stringify(exportedCatalogue(rows), null, 2)}\n`
  })
}
