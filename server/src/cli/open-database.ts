import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import pg from "pg"
import type { Config } from "#config.ts"
import { findDataHome, findRunner } from "#sandbox/postgres-binaries.ts"
import { startPostgres } from "#sandbox/postgres.ts"

export type OpenDatabase = AsyncDisposable & { readonly url: string }

/** The operator's database; otherwise the embedded one, which may be running for a server or is started for this command alone. */
export async function openDatabase({ secrets }: Config): Promise<OpenDatabase> {
  if (secrets.databaseUrl) return { url: secrets.databaseUrl, async [Symbol.asyncDispose]() {} }
  const home = fileURLToPath(new URL("../../../.data/postgres", import.meta.url))
  const url = await findRunning(home)
  return url ? { url, async [Symbol.asyncDispose]() {} } : startPostgres({ home, durable: true })
}

async function findRunning(home: string): Promise<string | undefined> {
  const note = join(await findDataHome(home, findRunner()), "cluster.json")
  const text = await readFile(note, "utf8").catch(() => undefined)
  if (text === undefined) return undefined
  const { port, password } = JSON.parse(text) as { port: number; password: string }
  const url = `postgres://foyer:${password}@127.0.0.1:${port}/foyer`
  return (await answers(url)) ? url : undefined
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on("error", () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
