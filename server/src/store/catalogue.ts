import { createHash } from "node:crypto"
import { and, eq, getTableColumns, inArray, sql, type SQL } from "drizzle-orm"
import type { PgColumn, PgTable } from "drizzle-orm/pg-core"
import {
  type CatalogueChanges,
  type CatalogueTable,
  catalogueTableNames,
  catalogueTables,
  type Row,
} from "#core/catalogue-changes.ts"
import type { Db, Tx } from "#store/db.ts"
import * as schema from "#store/schema.ts"

const namespace = Buffer.from("5f0f6a3e0c1b5d0a9a4f3d2c1b0a9f8e", "hex")
/** Stays far below the 65,535 parameters of one statement. */
const rowsPerStatement = 1000

/** The id (UUIDv5) of what a path of slugs names: the same in every installation, so that an import may be repeated. */
export function catalogueId(...path: readonly string[]): string {
  const bytes = createHash("sha1")
    .update(namespace)
    .update(path.map(encodeURIComponent).join("/"))
    .digest()
    .subarray(0, 16)
  bytes.writeUInt8(((bytes[6] ?? 0) & 0x0f) | 0x50, 6)
  bytes.writeUInt8(((bytes[8] ?? 0) & 0x3f) | 0x80, 8)
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}

/** One import at a time of an account; ends with the transaction. */
export async function lockCatalogue(tx: Tx, accountId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('catalogue'), hashtext(${accountId}))`)
}

/** No import while it is read; many may read at once. Ends with the transaction. */
export async function shareCatalogue(tx: Tx, accountId: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock_shared(hashtext('catalogue'), hashtext(${accountId}))`,
  )
}

export async function findAccountId(db: Db, slug: string): Promise<string | undefined> {
  const { id, slug: column } = schema.accounts
  const rows = await db.select({ id }).from(schema.accounts).where(eq(column, slug))
  return rows[0]?.id
}

export async function findAccountSlug(db: Db, id: string): Promise<string | undefined> {
  const { id: column, slug } = schema.accounts
  const rows = await db.select({ slug }).from(schema.accounts).where(eq(column, id))
  return rows[0]?.slug
}

/**
 * Every catalogue row of an account, archived ones too. With `eventIds`, what is inside an event (its showtimes, its products and all below
 * them) is read of these only.
 */
export async function listCatalogue(
  db: Db,
  accountId: string,
  eventIds?: readonly string[],
): Promise<Record<CatalogueTable, Row[]>> {
  const rows: Partial<Record<CatalogueTable, Row[]>> = {}
  for (const name of catalogueTableNames) {
    const within = eventIds && insideEvents(name, eventIds)
    rows[name] = await db
      .select()
      .from(tables[name])
      .where(and(isOf(name, accountId), within))
  }
  return rows as Record<CatalogueTable, Row[]>
}

/** The way from a table up to its event. */
const parents: Partial<Record<CatalogueTable, readonly [column: string, parent: CatalogueTable]>> =
  {
    showtimes: ["eventId", "events"],
    products: ["eventId", "events"],
    options: ["productId", "products"],
    optionValues: ["optionId", "options"],
    variants: ["productId", "products"],
    variantOptions: ["variantId", "variants"],
    priceTypes: ["variantId", "variants"],
    prices: ["priceTypeId", "priceTypes"],
  }

function insideEvents(name: CatalogueTable, eventIds: readonly string[]): SQL | undefined {
  const [column, parent] = parents[name] ?? []
  if (column === undefined || parent === undefined) return undefined
  if (parent === "events") return inArray(columnOf(name, column), [...eventIds])
  const ids = sql`select ${columnOf(parent, "id")} from ${tables[parent]} where ${insideEvents(parent, eventIds)}`
  return sql`${columnOf(name, column)} in (${ids})`
}

/** Writes what an import changes; parents before their children, and what left after all that may replace it. */
export async function saveCatalogue(
  tx: Tx,
  accountId: string,
  changes: CatalogueChanges,
): Promise<void> {
  for (const name of catalogueTableNames) {
    const { created, changed } = changes[name]
    await upsert(tx, name, [...created, ...changed])
  }
  for (const name of catalogueTableNames.toReversed())
    await takeAway(tx, name, accountId, changes[name].left)
}

/** Raises the revision, which makes every process read the catalogue again. */
export async function raiseCatalogueRev(tx: Tx, accountId: string): Promise<void> {
  await tx
    .update(accounts)
    .set({ catalogueRev: sql`${accounts.catalogueRev} + 1` })
    .where(eq(accounts.id, accountId))
}

/** Lets a site embed the account's widgets; answers whether that is new. */
export async function saveAllowedOrigin(
  tx: Tx,
  accountId: string,
  origin: string,
): Promise<boolean> {
  const added = await tx
    .insert(schema.allowedOrigins)
    .values({ accountId, origin })
    .onConflictDoNothing()
    .returning()
  return added.length > 0
}

const { accounts, allowedOrigins, brands, regions, priceLists, taxClasses, taxRates } = schema
const { serviceFees, serviceFeeAmounts, widgets, pixels, events, showtimes, products } = schema
const { options, optionValues, variants, variantOptions, priceTypes, prices } = schema
const { questions, promotions, promotionAmounts } = schema

const tables: Readonly<Record<CatalogueTable, PgTable>> = {
  accounts,
  allowedOrigins,
  brands,
  regions,
  priceLists,
  taxClasses,
  taxRates,
  serviceFees,
  serviceFeeAmounts,
  widgets,
  pixels,
  events,
  showtimes,
  products,
  options,
  optionValues,
  variants,
  variantOptions,
  priceTypes,
  prices,
  questions,
  promotions,
  promotionAmounts,
}

function columnsOf(name: CatalogueTable): Record<string, PgColumn> {
  return getTableColumns(tables[name]) as Record<string, PgColumn>
}

function columnOf(name: CatalogueTable, column: string): PgColumn {
  const found = columnsOf(name)[column]
  if (!found) throw new Error(`${name} has no column ${column}`)
  return found
}

function isOf(name: CatalogueTable, accountId: string): SQL {
  return eq(columnOf(name, name === "accounts" ? "id" : "accountId"), accountId)
}

async function upsert(tx: Tx, name: CatalogueTable, rows: readonly Row[]): Promise<void> {
  const table = tables[name]
  const target = primaryKeyOf(name)
  for (const some of chunks(rows)) {
    const values = some.map((row) => withoutArchive(name, row))
    const insert = tx.insert(table).values(values)
    const set = replacements(name, Object.keys(values[0] ?? {}))
    await (Object.keys(set).length > 0
      ? insert.onConflictDoUpdate({ target, set })
      : insert.onConflictDoNothing())
  }
}

/** Origins, price lists and pixels are identified within their account. */
function primaryKeyOf(name: CatalogueTable): PgColumn[] {
  const key: readonly string[] = catalogueTables[name].key
  const isWithinAccount = ["allowedOrigins", "priceLists", "pixels"].includes(name)
  return [...(isWithinAccount ? ["accountId"] : []), ...key].map((each) => columnOf(name, each))
}

function withoutArchive(name: CatalogueTable, row: Row): Row {
  return catalogueTables[name].leaving === "is archived" ? { ...row, archivedAt: null } : row
}

function replacements(name: CatalogueTable, columns: readonly string[]): Record<string, SQL> {
  const key = new Set(primaryKeyOf(name))
  return Object.fromEntries(
    columns
      .filter((column) => !key.has(columnOf(name, column)))
      .map((column) => [column, sql.raw(`excluded.${inSnakeCase(column)}`)]),
  )
}

function inSnakeCase(column: string): string {
  return column.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

async function takeAway(
  tx: Tx,
  name: CatalogueTable,
  accountId: string,
  rows: readonly Row[],
): Promise<void> {
  const { key, leaving }: { key: readonly string[]; leaving: string } = catalogueTables[name]
  if (leaving === "stays" || rows.length === 0) return
  const columns = key.map((each) => columnOf(name, each))
  for (const some of chunks(rows)) {
    const tuples = some.map(
      (row) =>
        sql`(${sql.join(
          key.map((each) => sql`${row[each]}`),
          sql`, `,
        )})`,
    )
    const these = sql`(${sql.join(columns, sql`, `)}) in (${sql.join(tuples, sql`, `)})`
    const where = and(isOf(name, accountId), these)
    if (leaving === "is removed") await tx.delete(tables[name]).where(where)
    else
      await tx
        .update(tables[name])
        .set({ archivedAt: sql`clock_timestamp()` })
        .where(where)
  }
}

function chunks<T>(rows: readonly T[]): T[][] {
  const count = Math.ceil(rows.length / rowsPerStatement)
  return Array.from({ length: count }, (_, index) =>
    rows.slice(index * rowsPerStatement, (index + 1) * rowsPerStatement),
  )
}
