import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startPostgres } from "@foyer/server/sandbox/postgres.ts"
import pg from "pg"
import type { Place } from "./figures.ts"

/** A PostgreSQL with fsync, full_page_writes and synchronous_commit on, as production has it; its data is removed at the end. */
export async function openPlace(): Promise<Place & AsyncDisposable> {
  const home = await mkdtemp(join(tmpdir(), "foyer-bench-"))
  const server = await startPostgres({ home, durable: true })
  let count = 0
  return {
    async database(purpose) {
      const name = `${purpose}_${(count += 1)}`
      const client = new pg.Client({ connectionString: server.url })
      await client.connect()
      await client.query(`create database ${name}`)
      await client.end()
      const url = new URL(server.url)
      url.pathname = name
      return url.href
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await rm(server.home, { recursive: true, force: true })
      await rm(home, { recursive: true, force: true })
    },
  }
}
