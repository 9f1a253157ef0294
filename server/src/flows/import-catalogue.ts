import type { ImportSummary } from "#core/catalogue-changes.ts"
import type { CatalogueFile } from "#core/catalogue-file.ts"
import { accountIdOf } from "#core/catalogue-rows.ts"
import type { Fault } from "#core/json-schema.ts"
import { readCatalogue } from "#core/read-catalogue.ts"
import { applyCatalogue } from "#flows/apply-catalogue.ts"
import { loadCatalogue } from "#flows/load-catalogue.ts"
import { catalogueId, lockCatalogue } from "#store/catalogue.ts"
import { type Pool, type Tx, withTx } from "#store/db.ts"
import type { Storefronts } from "./storefronts.ts"

export type ImportDeps = {
  readonly pool: Pool
  /** Told at once of the change; other processes see the new revision. */
  readonly storefronts?: Pick<Storefronts, "refresh">
}

export type Imported =
  | {
      readonly outcome: "imported"
      readonly account: string
      readonly accountId: string
      readonly summary: ImportSummary
    }
  | { readonly outcome: "refused"; readonly faults: readonly Fault[] }

/**
 * Makes an account as the text of a catalogue file says: all of it in one transaction, or nothing and every fault. Safe to repeat;
 * what left the file is archived.
 */
export async function importCatalogue(deps: ImportDeps, text: string): Promise<Imported> {
  const read = readCatalogue(text)
  if (!read.ok) return { outcome: "refused", faults: read.faults }
  const imported = await withTx(deps.pool, (tx) => importFile(tx, read.file))
  if (imported.outcome === "imported") await deps.storefronts?.refresh()
  return imported
}

async function importFile(tx: Tx, file: CatalogueFile): Promise<Imported> {
  const { slug } = file.account
  const accountId = accountIdOf(file, catalogueId)
  await lockCatalogue(tx, accountId)
  const known = await loadCatalogue(tx, { id: accountId, slug })
  const applied = await applyCatalogue(tx, file, known)
  return applied.ok
    ? { outcome: "imported", account: slug, accountId, summary: applied.summary }
    : { outcome: "refused", faults: applied.faults }
}
