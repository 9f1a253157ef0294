import { readFile } from "node:fs/promises"
import { is } from "drizzle-orm"
import { CasingCache } from "drizzle-orm/casing"
import { getTableConfig, PgTable } from "drizzle-orm/pg-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import * as schema from "#store/schema.ts"
import { type TestDatabase, testDatabase } from "#testing/database.ts"
import { snapshotFile } from "#testing/schema-snapshot.ts"
import { describeSchema } from "#testing/schema-text.ts"

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

it("is what the committed snapshot says (npm run schema:snapshot writes it anew)", async () => {
  const real = (await describeSchema(database.owner)).split("\n")
  const committed = (await readFile(snapshotFile, "utf8")).split("\n")
  expect({ added: without(real, committed), gone: without(committed, real) }).toEqual(same)
  expect(real).toEqual(committed)
})

it("is described to drizzle column by column: names, types, nullability", async () => {
  const [described, real] = [describedColumns(), await realColumns()]
  expect({ added: without(real, described), gone: without(described, real) }).toEqual(same)
})

it("finds one tenant's catalogue and stock by an index, in every table", async () => {
  const { rows } = await database.owner.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
    where a.attname = 'account_id' and (c.relnamespace in ('org'::regnamespace, 'catalogue'::regnamespace)
        or c.oid in ('inv.variant'::regclass, 'pay.payment'::regclass))
      and not exists (select from pg_index i where i.indrelid = c.oid and i.indkey[0] = a.attnum and i.indpred is null)`)
  expect(rows).toEqual([])
})

it("finds an order's payment, canceled or not, by an index", async () => {
  const { rows } = await database.owner.query(`
    select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indrelid = 'pay.payment'::regclass and a.attname = 'order_id' and i.indpred is null`)
  expect(rows).toHaveLength(1)
})

const same = { added: [], gone: [] }

function without(lines: readonly string[], known: readonly string[]): string[] {
  return lines.filter((line) => !known.includes(line))
}

/** `schema.table.column type [not null]`, sorted, as drizzle believes. */
function describedColumns(): string[] {
  const casing = new CasingCache("snake_case")
  const tables = Object.values(schema).filter((value) => is(value, PgTable))
  return tables
    .map(getTableConfig)
    .flatMap(({ schema: home = "public", name, columns }) =>
      columns.map((column) => {
        const type = inFull(column.getSQLType())
        return `${home}.${name}.${casing.getColumnCasing(column)} ${type}${column.notNull ? " not null" : ""}`
      }),
    )
    .sort()
}

/** PostgreSQL's long names for what drizzle abbreviates. */
function inFull(type: string): string {
  return type
    .replace(/^char\b/, "character")
    .replace(/^varchar\b/, "character varying")
    .replace(/, /g, ",")
}

/** The same from the catalogue, domains by what they stand for; the job library's and the migrations' own tables aside. */
async function realColumns(): Promise<string[]> {
  const { rows } = await database.owner.query<{ line: string }>(`
    select concat_ws(' ', concat_ws('.', i.table_schema, i.table_name, i.column_name),
      case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) else format_type(a.atttypid, a.atttypmod) end,
      case i.is_nullable when 'NO' then 'not null' end) as line
    from information_schema.columns i
    join pg_attribute a on a.attrelid = format('%I.%I', i.table_schema, i.table_name)::regclass and a.attname = i.column_name
    join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
    join pg_type t on t.oid = a.atttypid
    where i.table_schema not in ('information_schema', 'pg_catalog', 'migrations', 'pgboss')`)
  return rows.map(({ line }) => line).sort()
}
