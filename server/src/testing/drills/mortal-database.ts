import pg from "pg"
import { openPool } from "#store/db.ts"
import { appRole, migrate, readMigrations } from "#store/migrations.ts"
import type { TestDatabase } from "#testing/database.ts"
import { openMortalPostgres } from "#testing/drills/mortal-postgres.ts"

/** A migrated database on a server of its own, durable and crashing on demand. */
export type MortalDatabase = TestDatabase & { crash(): Promise<void> }

export async function mortalDatabase(): Promise<MortalDatabase> {
  const server = await openMortalPostgres()
  const { url } = server
  await migrate(url, await readMigrations())
  const reported: unknown[] = []
  const report = (error: unknown) => void reported.push(error)
  const pool = openPool({ url, role: appRole, report })
  const owner = new pg.Pool({ connectionString: url, max: 4 })
  owner.on("error", report)
  return {
    url,
    pool,
    owner,
    reported,
    crash: () => server.crash(),
    async [Symbol.asyncDispose]() {
      await Promise.all([pool.end(), owner.end()])
      await server[Symbol.asyncDispose]()
    },
  }
}
