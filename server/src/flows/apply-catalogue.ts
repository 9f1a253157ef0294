import {
  catalogueChanges,
  type CatalogueChanges,
  type ImportSummary,
  isChange,
  type Row,
  summaryOf,
} from "#core/catalogue-changes.ts"
import type { CatalogueFile } from "#core/catalogue-file.ts"
import { accountIdOf, type CatalogueRows, catalogueRows } from "#core/catalogue-rows.ts"
import { noStock, type Stock } from "#core/inventory.ts"
import type { Fault } from "#core/json-schema.ts"
import { byVariant, type KnownCatalogue } from "#flows/load-catalogue.ts"
import { wantWallets } from "#flows/register-domain.ts"
import { catalogueId, raiseCatalogueRev, saveCatalogue } from "#store/catalogue.ts"
import type { Tx } from "#store/db.ts"
import { insertHeads, lockHeads } from "#store/inventory.ts"
import { applyStock } from "#store/stock-commit.ts"

export type Applied =
  | { readonly ok: true; readonly summary: ImportSummary }
  | { readonly ok: false; readonly faults: readonly Fault[] }

type Capacity = CatalogueRows["capacities"][number]

/**
 * Makes what is known of a catalogue become what a faultless file says, or nothing and every fault: a capacity below what is sold and held,
 * a limit below what was used. The account's catalogue must be locked.
 */
export async function applyCatalogue(
  tx: Tx,
  file: CatalogueFile,
  known: KnownCatalogue,
): Promise<Applied> {
  const accountId = accountIdOf(file, catalogueId)
  const rows = catalogueRows(file, catalogueId)
  const stock = await lockDifferent(tx, rows.capacities, known.stock)
  const faults = [
    ...capacityFaults(rows.capacities, stock),
    ...limitFaults(file, known.existing.promotions),
  ]
  if (faults.length > 0) return { ok: false, faults }
  const changes = catalogueChanges(known.existing, rows)
  const adjusted = rows.capacities.filter((each) => isDifferent(each, stock))
  const summary = withStock(summaryOf(changes), changes, adjusted)
  if (isChange(summary)) {
    await saveCatalogue(tx, accountId, changes)
    await setCapacities(tx, accountId, adjusted, stock)
    await wantWallets(
      tx,
      changes.allowedOrigins.created.map((row) => String(row["origin"])),
    )
    if (changes.accounts.created.length === 0) await raiseCatalogueRev(tx, accountId)
  }
  return { ok: true, summary }
}

/** Locks only the stock that changes, so that an import hardly stands in the way of sales. */
async function lockDifferent(
  tx: Tx,
  capacities: readonly Capacity[],
  stock: ReadonlyMap<string, Stock>,
): Promise<Map<string, Stock>> {
  const different = capacities.filter((each) => isDifferent(each, stock))
  return new Map([...stock, ...(await lockStock(tx, different))])
}

async function lockStock(tx: Tx, capacities: readonly Capacity[]): Promise<Map<string, Stock>> {
  return byVariant(
    await lockHeads(
      tx,
      capacities.map(({ variantId }) => variantId),
    ),
  )
}

function isDifferent({ variantId, capacity }: Capacity, stock: ReadonlyMap<string, Stock>) {
  return stock.get(variantId)?.capacity !== capacity
}

function capacityFaults(
  capacities: readonly Capacity[],
  stock: ReadonlyMap<string, Stock>,
): Fault[] {
  return capacities.flatMap(({ variantId, capacity, path, name }) => {
    const { sold, held } = stock.get(variantId) ?? noStock(variantId)
    if (capacity >= sold + held) return []
    const message = `${capacity} is less than what is sold (${sold}) and held (${held}) of ${name}`
    return [{ path, message }]
  })
}

function limitFaults({ promotions = [] }: CatalogueFile, existing: readonly Row[]): Fault[] {
  const usesOf = new Map(existing.map((row) => [row["code"], Number(row["used"])]))
  return promotions.flatMap(({ code, usageLimit }, i) => {
    const uses = usesOf.get(code) ?? 0
    if (usageLimit === undefined || usageLimit >= uses) return []
    const message = `${usageLimit} is less than the ${uses} orders that have used ${code}`
    return [{ path: `promotions[${i}].usageLimit`, message }]
  })
}

/** A variant whose row stays but whose capacity changes counts as changed. */
function withStock(
  summary: ImportSummary,
  { variants }: CatalogueChanges,
  adjusted: readonly Capacity[],
): ImportSummary {
  const counted = new Set([...variants.created, ...variants.changed].map((row) => row["id"]))
  const more = adjusted.filter(({ variantId }) => !counted.has(variantId)).length
  return {
    ...summary,
    changed: summary.changed + more,
    unchanged: summary.unchanged - more,
  }
}

async function setCapacities(
  tx: Tx,
  accountId: string,
  capacities: readonly Capacity[],
  known: ReadonlyMap<string, Stock>,
): Promise<void> {
  const isNew = ({ variantId }: Capacity) => !known.has(variantId)
  await insertHeads(tx, accountId, capacities.filter(isNew))
  let stock = known
  let due = capacities
  // Lapsed holds are reaped on the way, and what they held is left to sell again: then the capacity is set once more.
  while (due.length > 0) {
    const commands = due.map((each) => capacityCommand(each, stock.get(each.variantId)))
    const applied = await applyStock(tx, commands, { actor: { type: "catalogue" } })
    if (!applied.ok) throw new Error(`a capacity was refused: ${applied.refusal.reason}`)
    stock = await lockStock(tx, due)
    due = due.filter((each) => isDifferent(each, stock))
  }
}

function capacityCommand({ variantId, capacity }: Capacity, stock: Stock | undefined) {
  if (!stock) return { type: "RecordVariantCreated" as const, variantId, remaining: capacity }
  const remaining = capacity - stock.held - stock.sold
  return { type: "RecordAdminAdjustment" as const, variantId, remaining }
}
