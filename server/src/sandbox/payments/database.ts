import { Client, Pool, type PoolClient } from "pg"
import { schemaSql } from "./schema.ts"

/** The statements a handler may send: the open transaction of one request. */
export type Tx = Pick<PoolClient, "query">

/** Opens the sandbox's own database beside the given one, making it and its tables when they are not there. */
export async function openDatabase(databaseUrl: string, databaseName: string): Promise<Pool> {
  await createDatabase(databaseUrl, databaseName)
  const pool = new Pool({ connectionString: urlOf(databaseUrl, databaseName), max: 8 })
  // A backend that dies while idle is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => {})
  await inTransaction(pool, async (tx) => {
    await tx.query("select pg_advisory_xact_lock(7239001)")
    await tx.query(schemaSql)
  })
  return pool
}

async function createDatabase(databaseUrl: string, databaseName: string): Promise<void> {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(databaseName)) {
    throw new Error(`the sandbox's database name must be lower-case letters: ${databaseName}`)
  }
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [
      databaseName,
    ])
    if (rowCount === 0) await client.query(`create database ${databaseName}`)
  } catch (cause) {
    // Two processes may make it at once; the second finds it there.
    if (!isDuplicateDatabase(cause)) throw cause
  } finally {
    await client.end()
  }
}

function isDuplicateDatabase(cause: unknown): boolean {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined
  return code === "42P04" || code === "23505"
}

function urlOf(databaseUrl: string, databaseName: string): string {
  const url = new URL(databaseUrl)
  url.pathname = `/${databaseName}`
  return url.href
}

/** Runs the work in one transaction; a throw rolls back. */
export async function inTransaction<T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const onError = (cause: Error) => {
    broken = cause
  }
  client.on("error", onError)
  try {
    await client.query("begin")
    const result = await work(client)
    await client.query("commit")
    return result
  } catch (cause) {
    await client.query("rollback").catch((failure: Error) => {
      broken = failure
    })
    throw cause
  } finally {
    client.off("error", onError)
    client.release(broken)
  }
}
