import { createHash } from "node:crypto"
import { readdir, readFile } from "node:fs/promises"
import pg from "pg"

export type Migration = {
  readonly number: number
  readonly name: string
  readonly sql: string
  /** SHA-256 of the text, in hex: a landed migration never changes. */
  readonly hash: string
}

type Applied = { readonly number: number; readonly name: string; readonly hash: string }

/** The roles of the application: it writes, reports read. The owner is whoever `DATABASE_URL` names. */
export const appRole = "foyer_app"
/** Reads everything and writes nothing. */
export const reportRole = "foyer_report"
const roles = [appRole, reportRole] as const

/** The folder that holds `NNNN_what.sql`. */
export const migrationsFolder = new URL("../../migrations/", import.meta.url)

// Any constant will do; it only has to be the same in every process that migrates one database.
const migrationLock = 4_706_021_997

/** A reason that the operator can act on; the process stops with its message. */
export class MigrationRefused extends Error {
  override readonly name = "MigrationRefused"
}

/** All migrations of `folder` in order. Refuses names that do not match, and gaps in the numbers. */
export async function readMigrations(folder: URL = migrationsFolder): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort()
  const migrations = await Promise.all(names.map((name) => readMigration(folder, name)))
  migrations.forEach(({ number, name }, index) => {
    if (number !== index + 1) throw new MigrationRefused(`${name} should be number ${index + 1}`)
  })
  return migrations
}

async function readMigration(folder: URL, name: string): Promise<Migration> {
  const match = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)
  if (!match) throw new MigrationRefused(`${name} is not named like 0001_what_it_adds.sql`)
  const sql = await readFile(new URL(name, folder), "utf8")
  return {
    number: Number(match[1]),
    name,
    sql,
    hash: createHash("sha256").update(sql).digest("hex"),
  }
}

/**
 * Brings the database up to date as its owner, each migration in a transaction of its own; safe when several processes start at
 * once. Answers the names of what it applied. Refuses a landed migration that changed, a database newer than this code, missing
 * roles that the owner may not create, and `synchronous_commit = off`.
 */
export async function migrate(url: string, migrations: readonly Migration[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: "foyer migrations" })
  client.on("error", () => {})
  await client.connect().catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new MigrationRefused(`the database cannot be reached: ${reason}`, { cause })
  })
  try {
    await refuseOldServer(client)
    await client.query("select pg_advisory_lock($1)", [migrationLock])
    await refuseAsynchronousCommit(client)
    await ensureRoles(client)
    await ensureRecord(client)
    return await applyMissing(client, migrations)
  } finally {
    await client.end()
  }
}

/** Roles are granted as PostgreSQL 16 and later understand it. */
async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string; major: number }>(
    "select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as major",
  )
  if (rows[0] && rows[0].major < 16)
    throw new MigrationRefused(`PostgreSQL 16 or later is needed, this is ${rows[0].version}`)
}

/** It loses reservations that shoppers were told they have. */
async function refuseAsynchronousCommit(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ synchronous_commit: string }>("show synchronous_commit")
  if (rows[0]?.synchronous_commit === "off")
    throw new MigrationRefused(
      "the database has synchronous_commit = off, which loses acknowledged orders in a crash: " +
        "run ALTER DATABASE ... SET synchronous_commit = on, or set it in postgresql.conf",
    )
}

/** Creates the roles and lets the owner take them. */
async function ensureRoles(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ role: string; exists: boolean; usable: boolean }>(
    `select wanted.role, r.oid is not null as exists,
       r.oid is not null and pg_has_role(current_user, r.oid, 'SET') as usable
     from unnest($1::text[]) as wanted (role) left join pg_roles r on r.rolname = wanted.role`,
    [roles],
  )
  const statements = rows.flatMap(({ role, exists, usable }) => [
    ...(exists ? [] : [`create role ${role} nologin`]),
    ...(usable ? [] : [`grant ${role} to current_user`]),
  ])
  for (const statement of statements) await runOrExplain(client, statement, statements)
}

async function runOrExplain(client: pg.Client, statement: string, all: readonly string[]) {
  try {
    await client.query(statement)
  } catch (error) {
    const code = error instanceof pg.DatabaseError ? error.code : undefined
    // Another database of the same server may have made the role in this very moment.
    if (code === "42710" || code === "23505") return
    if (code !== "42501") throw error
    const { rows } = await client.query<{ name: string }>("select quote_ident(current_user) name")
    const owner = rows[0]?.name ?? "the_owner"
    const script = all.map((line) => `  ${line.replace("current_user", owner)};`).join("\n")
    throw new MigrationRefused(
      `the database's owner may not create roles; as a superuser run\n${script}`,
    )
  }
}

/** The record lives in a schema of its own, so that no migration depends on it. */
async function ensureRecord(client: pg.Client): Promise<void> {
  await client.query(`
    create schema if not exists migrations;
    create table if not exists migrations.applied (
      number int primary key,
      name text not null,
      hash text not null,
      applied_at timestamptz not null default clock_timestamp()
    );
    grant usage on schema migrations to ${roles.join(", ")};
    grant select on migrations.applied to ${roles.join(", ")};
  `)
}

async function applyMissing(client: pg.Client, migrations: readonly Migration[]) {
  const { rows } = await client.query<Applied>(
    "select number, name, hash from migrations.applied order by number",
  )
  refuseDrift(rows, migrations)
  const missing = migrations.slice(rows.length)
  for (const migration of missing) await apply(client, migration)
  return missing.map(({ name }) => name)
}

function refuseDrift(applied: readonly Applied[], migrations: readonly Migration[]): void {
  for (const [index, row] of applied.entries()) {
    const file = migrations[index]
    if (!file)
      throw new MigrationRefused(
        `the database is newer than this version: it already has ${row.name}`,
      )
    if (file.name !== row.name || file.hash !== row.hash)
      throw new MigrationRefused(
        `${row.name} was applied to this database with another content: landed migrations never change, add a new one`,
      )
  }
}

async function apply(client: pg.Client, { number, name, sql, hash }: Migration): Promise<void> {
  try {
    await client.query("begin")
    await client.query(sql)
    await client.query("insert into migrations.applied (number, name, hash) values ($1, $2, $3)", [
      number,
      name,
      hash,
    ])
    await client.query("commit")
  } catch (cause) {
    await client.query("rollback").catch(() => {})
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`migration ${name} failed: ${reason}`, { cause })
  }
}

/** Whether the database answers and has exactly the migrations that this code knows. */
export async function isMigrated(
  database: Pick<pg.ClientBase, "query">,
  migrations: readonly Migration[],
): Promise<boolean> {
  const { rows } = await database.query<Applied>(
    "select number, name, hash from migrations.applied order by number",
  )
  return (
    rows.length === migrations.length &&
    rows.every(({ hash }, index) => hash === migrations[index]?.hash)
  )
}
