import pg from "pg"
import { foldReports } from "#flows/fold-reports.ts"
import { openPool } from "#store/db.ts"
import { appRole, migrate, readMigrations, reportRole } from "#store/migrations.ts"
import { checkSeason } from "#sandbox/generate/check-season.ts"
import { seasonFile, seasonSlug } from "#sandbox/generate/season-file.ts"
import { type Season, seasonStatements } from "#sandbox/generate/season-sql.ts"
import { loadCatalogue } from "#testing/load-catalogue.ts"

export type GenerateOptions = {
  readonly season: Season
  /** False leaves it to a server's own job to count the season into the reports. */
  readonly isCounted?: boolean
  /** Told what is done and how long it took. */
  readonly say: (line: string) => void
}

/** A reason that the operator can act on. */
export class GenerateRefused extends Error {
  override readonly name = "GenerateRefused"
}

/**
 * Fills a database with an organizer who has sold for a year: the same rows for the same season, written by the database itself with triggers off,
 * checked by what they would have refused, and counted into the reports. Needs a superuser's connection. Refuses a database that has this organizer already.
 */
export async function generate(
  url: string,
  { season, isCounted = true, say }: GenerateOptions,
): Promise<void> {
  await migrate(url, await readMigrations())
  const owner = new pg.Pool({ connectionString: url, max: 2 })
  try {
    await refuseSecond(owner)
    const report = (error: unknown) => say(String(error))
    const pool = openPool({ url, role: appRole, max: 4, report })
    const reports = openPool({ url, role: reportRole, max: 2, report })
    try {
      await timed(say, "catalogue", () =>
        loadCatalogue(pool, seasonFile(season.events, season.until)),
      )
      await writeRows(owner, season, say)
      await timed(say, "tables measured", () => owner.query("vacuum (analyze)"))
      await timed(say, "checks", () => checkSeason(owner))
      if (isCounted) await timed(say, "rollups", () => countAll(owner, { pool, reports }))
    } finally {
      await Promise.all([pool.end(), reports.end()])
    }
  } finally {
    await owner.end()
  }
}

async function refuseSecond(owner: pg.Pool): Promise<void> {
  const { rows } = await owner.query("select from org.account where slug = $1", [seasonSlug])
  if (rows.length > 0)
    throw new GenerateRefused(`this database has an organizer "${seasonSlug}" already`)
}

async function writeRows(
  owner: pg.Pool,
  season: Season,
  say: GenerateOptions["say"],
): Promise<void> {
  const client = await owner.connect()
  try {
    await client.query("begin")
    await client.query("set local work_mem = '256MB'")
    // Row by row each would ask what the checks ask once at the end.
    await client.query("set local session_replication_role = replica")
    await client.query("set local maintenance_work_mem = '512MB'")
    const indexes = await dropIndexes(client)
    for (const { what, sql } of seasonStatements(season))
      await timed(say, what, () => client.query(sql))
    await timed(say, "indexes", () => client.query(indexes.join(";")))
    await client.query("commit")
  } catch (error) {
    await client.query("rollback")
    throw error
  } finally {
    client.release()
  }
}

/** Indexes that only find rows are built once at the end, which is many times faster; answers the statements that do. */
async function dropIndexes(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     where not i.indisunique and i.indrelid = any ($1::regclass[])`,
    [filledTables],
  )
  if (rows.length > 0) await client.query(`drop index ${rows.map(({ name }) => name).join(", ")}`)
  return rows.map(({ definition }) => definition)
}

const filledTables = [
  "sales.cart",
  "sales.orders",
  "sales.order_line",
  "sales.ticket",
  "pay.payment",
  "pay.refund",
  "es.event",
  "marketing.touch",
  "marketing.visit",
  "marketing.step",
  "marketing.conversion",
]

/** A run of the reports' job leaves off after a minute: it is asked until nothing is left. */
async function countAll(owner: pg.Pool, deps: Parameters<typeof foldReports>[0]): Promise<void> {
  await skipToNow(owner)
  for (;;) {
    await foldReports(deps, 0)
    const { rows } = await owner.query(
      "select from marketing.report_day where rev > folded_rev limit 1",
    )
    if (rows.length === 0) return
  }
}

/** What the generated events would tell the reports was written with them. */
async function skipToNow(owner: pg.Pool): Promise<void> {
  await owner.query(
    `insert into es.subscription (name, last_xid, last_pos)
     select 'reports', xid, pos from es.event order by xid desc, pos desc limit 1
     on conflict (name) do update set last_xid = excluded.last_xid, last_pos = excluded.last_pos`,
  )
}

async function timed(
  say: GenerateOptions["say"],
  what: string,
  work: () => Promise<unknown>,
): Promise<void> {
  const beganAtMs = performance.now()
  await work()
  say(`${what}: ${((performance.now() - beganAtMs) / 1000).toFixed(1)} s`)
}
