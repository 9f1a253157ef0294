import { fork } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterEach, beforeEach, expect, it } from "vitest"
import { startPostgres } from "#sandbox/postgres.ts"

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "foyer-embedded-"))
})
afterEach(() => rm(home, { recursive: true, force: true }))

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

it("keeps its data, its port and its safety over a restart", async () => {
  const safety = `select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
    current_setting('synchronous_commit') as commit, current_setting('server_version_num')::int / 10000 as major`
  const first = await startPostgres({ home, durable: true })
  await ask(first.url, "create table kept as select 7 as seven")
  expect(await ask(first.url, safety)).toEqual([
    { fsync: "on", pages: "on", commit: "on", major: 18 },
  ])
  await first[Symbol.asyncDispose]()
  await using second = await startPostgres({ home, durable: true })
  expect(second.url).toBe(first.url)
  expect(await ask(second.url, "select seven from kept")).toEqual([{ seven: 7 }])
})

it("refuses a second Foyer on the same data, and leaves the first alone", async () => {
  await using first = await startPostgres({ home, durable: true })
  await expect(startPostgres({ home, durable: true })).rejects.toThrow("another Foyer already uses")
  expect(await ask(first.url, "select 1 as one")).toEqual([{ one: 1 }])
})

it("stops when its parent is killed, and starts again on what it left", async () => {
  const parent = fork(new URL("../testing/postgres-parent.ts", import.meta.url), [home], {
    execArgv: [],
  })
  const [url] = (await once(parent, "message")) as [string]
  await ask(url, "create table kept as select 8 as eight")
  parent.kill("SIGKILL")
  await once(parent, "exit")
  await using again = await startPostgres({ home, durable: true })
  expect(await ask(again.url, "select eight from kept")).toEqual([{ eight: 8 }])
})

it("takes over from a server whose supervisor was killed too", async () => {
  const parent = fork(new URL("../testing/postgres-parent.ts", import.meta.url), [home], {
    execArgv: [],
  })
  const [url] = (await once(parent, "message")) as [string]
  await ask(url, "create table kept as select 9 as nine")
  const supervisor = Number((await readFile(join(home, "supervisor.pid"), "utf8")).split(" ")[0])
  process.kill(supervisor, "SIGKILL")
  await once(parent, "exit")
  await using again = await startPostgres({ home, durable: true })
  expect(await ask(again.url, "select nine from kept")).toEqual([{ nine: 9 }])
})

it("says that it is lost when it ends by itself", async () => {
  await using server = await startPostgres({ home, durable: true })
  const [pid] = (await readFile(join(home, "data", "postmaster.pid"), "utf8")).split("\n")
  process.kill(Number(pid), "SIGINT")
  await server.lost
})
