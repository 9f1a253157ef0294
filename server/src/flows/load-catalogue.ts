import { type ExportedRows, exportedCatalogue } from "#core/catalogue-export.ts"
import type { CatalogueTable, Row } from "#core/catalogue-changes.ts"
import type { CatalogueFile } from "#core/catalogue-file.ts"
import type { Stock } from "#core/inventory.ts"
import { catalogueId, listCatalogue } from "#store/catalogue.ts"
import type { Db } from "#store/db.ts"
import { listStock, listStockOf } from "#store/inventory.ts"

/** What an account's catalogue is, archived rows too, and the stock of its counted variants. */
export type KnownCatalogue = {
  readonly existing: Readonly<Record<CatalogueTable, readonly Row[]>>
  readonly stock: ReadonlyMap<string, Stock>
}

/**
 * Reads the catalogue. With the slugs of events, what is inside of the others (showtimes, products and all below them) is left out: an
 * account has hundreds of events, and an edit is mostly about one.
 */
export async function loadCatalogue(
  db: Db,
  account: { readonly id: string; readonly slug: string },
  events?: readonly string[],
): Promise<KnownCatalogue> {
  const eventIds = events?.map((slug) => catalogueId("account", account.slug, "event", slug))
  const existing = await listCatalogue(db, account.id, eventIds)
  const stock = eventIds
    ? await listStockOf(
        db,
        existing.variants.map((row) => String(row["id"])),
      )
    : await listStock(db, account.id)
  return { existing, stock: byVariant(stock) }
}

/** The file that imports to no change. Of events that were not read it says only what stands at the event itself. */
export function fileOf({ existing, stock }: KnownCatalogue): CatalogueFile {
  const present = Object.entries(existing).map(([name, rows]) => [
    name,
    rows.filter((row) => row["archivedAt"] === undefined || row["archivedAt"] === null),
  ])
  const capacities = new Map([...stock].map(([variantId, { capacity }]) => [variantId, capacity]))
  return exportedCatalogue({ ...Object.fromEntries(present), capacities } as ExportedRows)
}

export function byVariant(stocks: readonly Stock[]): Map<string, Stock> {
  return new Map(stocks.map((stock) => [stock.variantId, stock]))
}
