import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { type EmbeddedPostgres, startPostgres } from "#sandbox/postgres.ts"

/** A durable PostgreSQL (fsync, full page writes and synchronous commit on) that can be made to crash, and comes back under the same address. */
export type MortalPostgres = AsyncDisposable & {
  readonly url: string
  /** Ends one of the application's connections, a busy one where there is one; answers whether there was any. */
  killBackend(): Promise<boolean>
  /** Every process of the server dies of SIGKILL at once: what was not written is lost. Resolves when it has recovered. */
  crash(): Promise<void>
}

export async function openMortalPostgres(): Promise<MortalPostgres> {
  const home = await mkdtemp(join(tmpdir(), "foyer-mortal-"))
  let server: EmbeddedPostgres = await startPostgres({ home, durable: true })
  const { url } = server
  return {
    url,
    async killBackend() {
      const rows = await ask(
        url,
        `select pg_terminate_backend(pid) from (select pid from pg_stat_activity where application_name = 'foyer'
           order by state <> 'idle' desc, random() limit 1) victim`,
      )
      return rows.length > 0
    },
    async crash() {
      for (const pid of await processes(server)) kill(pid)
      await server.lost
      server = await startPostgres({ home, durable: true })
      if (server.url !== url) throw new Error("the database came back under another address")
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** The postmaster first, so that it starts nobody anew. */
async function processes({ home, url }: EmbeddedPostgres): Promise<number[]> {
  const [postmaster] = (await readFile(join(home, "data", "postmaster.pid"), "utf8")).split("\n")
  const rows = await ask(url, "select pid from pg_stat_activity")
  return [Number(postmaster), ...rows.map((row) => Number(row["pid"]))]
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL")
  } catch {
    // It ended by itself in the meantime.
  }
}

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
