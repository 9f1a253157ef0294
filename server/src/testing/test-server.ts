import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { startPostgres } from "#sandbox/postgres.ts"
import { migrate, readMigrations } from "#store/migrations.ts"

/** Tells the test processes where the run's server is: its URL as owner, ending in the maintenance database. */
export const serverVariable = "FOYER_TEST_POSTGRES"

/** Every test database is a copy of this one. */
export const templateName = "foyer_template"

/**
 * One PostgreSQL for a whole test run, without fsync but with synchronous commit, and with a migrated template database.
 * Sets the variable that `testDatabase` reads; to be called in the process that starts the test processes.
 */
export async function startTestServer(): Promise<AsyncDisposable> {
  const home = await mkdtemp(join(tmpdir(), "foyer-test-"))
  const server = await startPostgres({ home, durable: false })
  await makeTemplate(server.url)
  process.env[serverVariable] = server.url
  return {
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await rm(home, { recursive: true, force: true })
    },
  }
}

async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create database ${templateName}`)
  await client.end()
  const template = new URL(url)
  template.pathname = templateName
  await migrate(template.href, await readMigrations())
}
