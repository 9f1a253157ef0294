import { randomBytes } from "node:crypto"
import pg from "pg"
import { openPool, type Pool } from "#store/db.ts"
import { appRole } from "#store/migrations.ts"
import { serverVariable, templateName } from "#testing/test-server.ts"

export type TestDatabase = AsyncDisposable & {
  /** The owner's connection string. */
  readonly url: string
  /** As the application sees it: role `foyer_app`, its session settings. */
  readonly pool: Pool
  /** As its owner sees it. */
  readonly owner: pg.Pool
  /** What connections reported that had no caller; a test that breaks connections on purpose reads it. */
  readonly reported: readonly unknown[]
}

/** A fresh, migrated database of its own, dropped when disposed of. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString("hex")}`
  await onServer(`create database ${name} template ${templateName}`)
  const address = new URL(serverUrl())
  address.pathname = name
  const url = address.href
  const reported: unknown[] = []
  const pool = openPool({ url, role: appRole, report: (error) => reported.push(error) })
  const owner = new pg.Pool({ connectionString: url, max: 4 })
  owner.on("error", (error) => reported.push(error))
  return {
    url,
    pool,
    owner,
    reported,
    async [Symbol.asyncDispose]() {
      await Promise.all([pool.end(), owner.end()])
      await onServer(`drop database ${name} with (force)`)
    },
  }
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function serverUrl(): string {
  const url = process.env[serverVariable]
  if (!url) throw new Error(`${serverVariable} is not set: run this through npm test or its config`)
  return url
}
