// A process of its own that owns one embedded PostgreSQL. It outlives a killed parent just long enough to stop the server: the
// closed channel is the signal. Terminal signals do not reach it (it leads its own session), so that the parent can drain first.
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises"
import { once } from "node:events"
import { createServer } from "node:net"
import { join } from "node:path"
import pg from "pg"
import { findBinaries, findDataHome, findRunner, type Runner } from "#sandbox/postgres-binaries.ts"

/** What the parent asks for; `durable` false trades safety against power loss for speed and deletes the data at the end. */
export type ServerOrder = { readonly home: string; readonly durable: boolean }

/** What the parent is told, once. */
export type ServerNews =
  | { readonly state: "ready"; readonly url: string; readonly home: string }
  | { readonly state: "failed"; readonly reason: string }

type Cluster = {
  readonly home: string
  readonly data: string
  readonly port: number
  readonly password: string
}

const order = JSON.parse(process.argv[2] ?? "null") as ServerOrder
const parentGone = once(process, "disconnect")
process.on("SIGINT", () => {}).on("SIGTERM", () => {})

try {
  await serve()
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  process.send?.({ state: "failed", reason } satisfies ServerNews)
  process.exitCode = 1
}
if (process.connected) process.disconnect()

async function serve(): Promise<void> {
  const runner = findRunner()
  const binaries = await findBinaries(runner)
  const home = await findDataHome(order.home, runner)
  const cluster = await openCluster(home, runner, binaries.initdb)
  const server = spawn(binaries.postgres, serverArguments(cluster), {
    ...runner,
    cwd: cluster.data,
    stdio: ["ignore", "ignore", "pipe"],
  })
  const log = keepLog(server)
  await untilReady(server, log)
  const url = await openDatabase(cluster)
  process.send?.({ state: "ready", url, home } satisfies ServerNews)
  await Promise.race([parentGone, once(server, "exit")])
  if (process.connected) console.error(`foyer: PostgreSQL ended by itself: ${log().trim()}`)
  await stop(server)
  if (!order.durable) await rm(home, { recursive: true, force: true })
}

/** A cluster is born with the database `postgres` only. */
async function openDatabase({ port, password }: Cluster): Promise<string> {
  const address = `postgres://foyer:${password}@127.0.0.1:${port}`
  const client = new pg.Client({ connectionString: `${address}/postgres` })
  await client.connect()
  const found = await client.query("select from pg_database where datname = 'foyer'")
  if (found.rowCount === 0) await client.query("create database foyer")
  await client.end()
  return `${address}/foyer`
}

/** Finds the cluster in `home` or makes it; a server that a killed supervisor left behind is stopped first. */
async function openCluster(home: string, runner: Runner, initdb: string): Promise<Cluster> {
  const data = join(home, "data")
  const note = join(home, "cluster.json")
  await claim(home)
  await stopLeftover(data)
  const known = await readJson<{ port: number; password: string }>(note)
  const exists = await stat(join(data, "PG_VERSION")).catch(() => undefined)
  if (exists && !known) throw new Error(`${note} is missing: it holds the password of ${data}`)
  const password = known?.password ?? randomBytes(18).toString("base64url")
  const port = await freePort(known?.port)
  await writeFile(note, JSON.stringify({ port, password }), { mode: 0o600 })
  if (!exists) await makeCluster(home, runner, initdb, password)
  return { home, data, port, password }
}

/**
 * One supervisor per data directory: a second one says so instead of taking the first one's server away. A supervisor whose parent
 * is gone is about to end and is waited for.
 */
async function claim(home: string): Promise<void> {
  const file = join(home, "supervisor.pid")
  const [owner = 0, parent = 0] = (await readFile(file, "utf8").catch(() => ""))
    .split(" ")
    .map(Number)
  while (owner > 0 && owner !== process.pid && (await isRunning(owner, "postgres-server"))) {
    if (parent > 0 && (await isRunning(parent, "")))
      throw new Error(`another Foyer already uses ${home} (process ${parent}): stop it first`)
    await moment()
  }
  await writeFile(file, `${process.pid} ${process.ppid}`).catch((cause: unknown) => {
    throw new Error(`${home} cannot be written: start as its owner, or remove it`, { cause })
  })
}

async function stopLeftover(data: string): Promise<void> {
  const file = join(data, "postmaster.pid")
  const pid = Number((await readFile(file, "utf8").catch(() => "")).split("\n")[0])
  if (!pid) return
  if (await isRunning(pid, "postgres")) {
    process.kill(pid, "SIGINT")
    while (await isRunning(pid, "postgres")) await moment()
  }
  // After a crash the number may belong to a stranger, and PostgreSQL would refuse to start because of it.
  await rm(file, { force: true })
}

/** Whether process `pid` runs and, where the system can tell, is what its name says. */
async function isRunning(pid: number, name: string): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined)
  return command === undefined || command.includes(name)
}

function moment(): Promise<void> {
  return new Promise((wake) => setTimeout(wake, 20))
}

async function makeCluster(
  home: string,
  runner: Runner,
  initdb: string,
  password: string,
): Promise<void> {
  const [fresh, data] = [join(home, "data.new"), join(home, "data")]
  const passwordFile = join(home, "password")
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if ("uid" in runner) {
    await chown(fresh, runner.uid, runner.gid)
    await chown(passwordFile, runner.uid, runner.gid)
  }
  const made = spawnSync(initdb, initArguments(fresh, passwordFile), {
    ...runner,
    cwd: fresh,
    encoding: "utf8",
  })
  await rm(passwordFile)
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr.trim()}`)
  await rename(fresh, data)
}

function initArguments(data: string, passwordFile: string): string[] {
  const language = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
  return [
    `--pgdata=${data}`,
    "--username=foyer",
    "--auth=scram-sha-256",
    `--pwfile=${passwordFile}`,
    "--builtin-locale=C.UTF-8",
    ...language,
    ...(order.durable ? [] : ["--no-sync"]),
  ]
}

/** No Unix socket: its default place, /tmp, is shared with other users and other servers. */
function serverArguments(cluster: Cluster): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    synchronous_commit: "on",
    fsync: order.durable ? "on" : "off",
    full_page_writes: order.durable ? "on" : "off",
    lc_messages: "C",
    timezone: "UTC",
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])
  return ["-D", cluster.data, "-p", String(cluster.port), ...flags]
}

/** What the server said last. */
function keepLog(server: ChildProcess): () => string {
  let said = ""
  server.stderr?.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000)
  })
  return () => said
}

async function untilReady(server: ChildProcess, log: () => string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.stderr?.on("data", () => {
      if (log().includes("database system is ready to accept connections")) resolve()
    })
    server.once("error", reject)
    server.once("exit", () => reject(new Error(`PostgreSQL did not start: ${log().trim()}`)))
  })
}

/** Durable: a fast shutdown (sessions end, a checkpoint is written). Otherwise the data goes anyway. */
async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const gone = once(server, "exit")
  server.kill(order.durable ? "SIGINT" : "SIGQUIT")
  const late = setTimeout(() => server.kill("SIGQUIT"), 15_000)
  await gone
  clearTimeout(late)
}

/** `wanted` when nobody listens there, else one that the system chooses. */
async function freePort(wanted = 0): Promise<number> {
  const probe = createServer()
  const chosen = await new Promise<number | undefined>((resolve) => {
    probe.once("error", () => resolve(undefined))
    probe.listen(wanted, "127.0.0.1", () => {
      const address = probe.address()
      resolve(address && typeof address === "object" ? address.port : undefined)
    })
  })
  await new Promise((closed) => probe.close(closed))
  return chosen ?? freePort()
}

async function readJson<T>(file: string): Promise<T | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as T)
}
