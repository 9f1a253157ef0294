import { canonicalJson } from "./canonical-json.ts"
import type { CatalogueRows } from "./catalogue-rows.ts"

/** The tables of a catalogue, parents before their children, and what becomes of a row that left the file. */
export const catalogueTables = {
  accounts: { key: ["id"], leaving: "stays" },
  allowedOrigins: { key: ["origin"], leaving: "is removed" },
  brands: { key: ["accountId"], leaving: "stays" },
  regions: { key: ["id"], leaving: "is archived" },
  priceLists: { key: ["currency"], leaving: "is removed" },
  taxClasses: { key: ["id"], leaving: "stays" },
  taxRates: { key: ["id"], leaving: "is archived" },
  serviceFees: { key: ["id"], leaving: "is archived" },
  serviceFeeAmounts: { key: ["feeId", "currency"], leaving: "is removed" },
  widgets: { key: ["id"], leaving: "is archived" },
  pixels: { key: ["destination"], leaving: "is removed" },
  events: { key: ["id"], leaving: "is archived" },
  showtimes: { key: ["id"], leaving: "is archived" },
  products: { key: ["id"], leaving: "is archived" },
  options: { key: ["id"], leaving: "is archived" },
  optionValues: { key: ["id"], leaving: "is archived" },
  variants: { key: ["id"], leaving: "is archived" },
  variantOptions: { key: ["variantId", "optionValueId"], leaving: "is removed" },
  priceTypes: { key: ["id"], leaving: "is archived" },
  prices: { key: ["priceTypeId", "currency"], leaving: "is removed" },
  questions: { key: ["id"], leaving: "is archived" },
  promotions: { key: ["id"], leaving: "is archived" },
  promotionAmounts: { key: ["promotionId", "currency"], leaving: "is removed" },
} as const satisfies Record<
  Exclude<keyof CatalogueRows, "capacities">,
  { key: readonly string[]; leaving: "stays" | "is archived" | "is removed" }
>

export type CatalogueTable = keyof typeof catalogueTables
export type Row = Readonly<Record<string, unknown>>

/** What a table needs to become as the file says. */
export type TableChanges = {
  readonly created: readonly Row[]
  readonly changed: readonly Row[]
  readonly left: readonly Row[]
  readonly unchanged: number
}

export type CatalogueChanges = Readonly<Record<CatalogueTable, TableChanges>>

/** How an import went, in numbers of rows. */
export type ImportSummary = {
  readonly created: number
  readonly changed: number
  readonly archived: number
  readonly unchanged: number
}

export const catalogueTableNames = Object.keys(catalogueTables) as CatalogueTable[]

/** The way from the rows there are to the rows wanted. A row with `archivedAt` counts as gone; wanted again, it changes. */
export function catalogueChanges(
  existing: Readonly<Record<CatalogueTable, readonly Row[]>>,
  wanted: Readonly<Record<CatalogueTable, readonly Row[]>>,
): CatalogueChanges {
  return Object.fromEntries(
    catalogueTableNames.map((table) => [
      table,
      tableChanges(catalogueTables[table].key, existing[table], wanted[table]),
    ]),
  ) as CatalogueChanges
}

function tableChanges(
  key: readonly string[],
  existing: readonly Row[],
  wanted: readonly Row[],
): TableChanges {
  const identity = (row: Row) => key.map((column) => String(row[column])).join(" ")
  const before = new Map(existing.map((row) => [identity(row), row]))
  const stays = new Set(wanted.map(identity))
  const isNew = (row: Row) => !before.has(identity(row))
  const isSame = (row: Row) => isEqual(row, before.get(identity(row)) ?? {})
  const known = wanted.filter((row) => !isNew(row))
  return {
    created: wanted.filter(isNew),
    changed: known.filter((row) => !isSame(row)),
    left: existing.filter((row) => !isGone(row) && !stays.has(identity(row))),
    unchanged: known.filter(isSame).length,
  }
}

function isGone(row: Row): boolean {
  return row["archivedAt"] !== undefined && row["archivedAt"] !== null
}

/** Whether the row there is says all that the wanted one says. PostgreSQL keeps objects, not the order of their keys. */
function isEqual(wanted: Row, existing: Row): boolean {
  return (
    !isGone(existing) &&
    Object.entries(wanted).every(
      ([column, value]) =>
        value === existing[column] || canonicalJson(value) === canonicalJson(existing[column]),
    )
  )
}

/** The numbers of an import. What cannot leave (an account, a tax class) is not counted as archived. */
export function summaryOf(changes: CatalogueChanges): ImportSummary {
  const count = (of: (changes: TableChanges) => number) =>
    catalogueTableNames.reduce((sum, table) => sum + of(changes[table]), 0)
  return {
    created: count(({ created }) => created.length),
    changed: count(({ changed }) => changed.length),
    archived: catalogueTableNames
      .filter((table) => catalogueTables[table].leaving !== "stays")
      .reduce((sum, table) => sum + changes[table].left.length, 0),
    unchanged: count(({ unchanged }) => unchanged),
  }
}

export function isChange({ created, changed, archived }: ImportSummary): boolean {
  return created + changed + archived > 0
}
