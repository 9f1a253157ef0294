import { type ChildProcess, fork, spawn } from "node:child_process"
import { once } from "node:events"
import { readFile } from "node:fs/promises"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { loadCatalogue } from "@foyer/server/testing/load-catalogue.ts"
import { openPool } from "@foyer/server/store/db.ts"
import { appRole, migrate, readMigrations } from "@foyer/server/store/migrations.ts"
import pg from "pg"
import { aHall, type Hall } from "./hall.ts"
import type { Crowd, Order, Told } from "./shoppers.ts"

/** The bundled server, as production runs it. */
export const serverFile = fileURLToPath(new URL("../../server/dist/main.js", import.meta.url))

/** The page that embeds; nobody listens there. */
export const hostOrigin = "http://shop.localhost"

export type Server = AsyncDisposable & { readonly url: string; readonly pid: number }

/** Foyer on a database of its own, with a catalogue. Clients say by a header who they are, as behind a proxy. */
export type Foyer = Server & {
  readonly hall: Hall
  readonly databaseUrl: string
  /** Price type ids, two for each event, in the catalogue's order. */
  readonly prices: readonly string[]
}

/** Flags of Node with which a server can be asked to collect its garbage: see `collectGarbage`. */
export const withCollector = [
  "--expose-gc",
  `--import=data:text/javascript,process.on("SIGUSR2",()=>gc({type:"major",execution:"sync",flavor:"last-resort"}))`,
]

/** Of a server that was started `withCollector`. */
export async function collectGarbage({ pid }: Server): Promise<void> {
  process.kill(pid, "SIGUSR2")
  await new Promise((done) => setTimeout(done, 1500))
}

/** Starts the floor server on an empty database. */
export async function startFloor(
  databaseUrl: string,
  nodeFlags: readonly string[] = [],
): Promise<Server> {
  const child = fork(new URL("floor-server.ts", import.meta.url), { execArgv: [...nodeFlags] })
  child.send({ databaseUrl })
  const [{ port }] = (await once(child, "message")) as [{ port: number }]
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    [Symbol.asyncDispose]: () => end(child),
  }
}

/** Fills an empty database and starts Foyer on it. Each event has so many `seats`; `origin` may embed its widget. */
export async function startFoyer(
  databaseUrl: string,
  seats: number,
  origin = hostOrigin,
  nodeFlags: readonly string[] = [],
): Promise<Foyer> {
  const hall = aHall(seats, origin)
  await migrate(databaseUrl, await readMigrations())
  const pool = openPool({ url: databaseUrl, role: appRole, report: console.error })
  await loadCatalogue(pool, hall.text)
  await pool.end()
  const server = await startServer(databaseUrl, nodeFlags)
  return { ...server, hall, databaseUrl, prices: await pricesOf(databaseUrl) }
}

/** Starts Foyer on a database as it is. */
export async function startServer(
  databaseUrl: string,
  nodeFlags: readonly string[] = [],
): Promise<Server> {
  // For a profile: BENCH_NODE_FLAGS=--cpu-prof
  const flags = (process.env["BENCH_NODE_FLAGS"] ?? "").split(" ").filter(Boolean)
  const child = spawn(process.execPath, [...nodeFlags, ...flags, serverFile], {
    env: { ...process.env, ...environment(databaseUrl) },
    // The channel ends the server with this process, however that ends.
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  })
  const url = await readyAt(child)
  return {
    url,
    pid: child.pid ?? 0,
    [Symbol.asyncDispose]: () => end(child),
  }
}

/** Production's settings but for the address: on loopback, with the payment sandbox. */
function environment(databaseUrl: string) {
  return { DATABASE_URL: databaseUrl, PORT: "0", LOG_LEVEL: "warn", TRUST_PROXY: "127.0.0.0/8" }
}

async function readyAt(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("the server has no output")
  for await (const text of createInterface({ input: child.stdout })) {
    const [, url] = /ready at (\S+)/.exec(text) ?? []
    if (url) return url.replace("localhost", "127.0.0.1")
  }
  throw new Error("the server did not start")
}

async function pricesOf(databaseUrl: string): Promise<string[]> {
  return query<{ id: string }>(
    databaseUrl,
    `select t.id from catalogue.price_type t join catalogue.variant v on v.id = t.variant_id
       join catalogue.product p on p.id = v.product_id join org.account a on a.id = p.account_id
     where a.slug = 'hall' and p.kind = 'ticket' order by v.id, t.id`,
  ).then((rows) => rows.map(({ id }) => id))
}

/** Asks a database as its owner. */
export async function query<Row extends pg.QueryResultRow>(
  databaseUrl: string,
  text: string,
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<Row>(text)
  await client.end()
  return rows
}

/** A process of shoppers. */
export type Shoppers = AsyncDisposable & { tell(order: Order): Promise<Told> }

let seed = 0

/** No two crowds share an address. */
export async function comeTo(
  server: Server,
  who: Omit<Crowd, "url" | "origin" | "seed"> & { readonly origin?: string },
): Promise<Shoppers> {
  const child = fork(new URL("shoppers.ts", import.meta.url))
  const tell = async (order: Order) => {
    child.send(order)
    const [answer] = (await once(child, "message")) as [{ told?: Told; error?: string }]
    if (!answer.told) throw new Error(answer.error)
    return answer.told
  }
  const crowd = { origin: hostOrigin, ...who, url: server.url, seed: (seed += 1) }
  await tell({ do: "come", crowd })
  return { tell, [Symbol.asyncDispose]: () => end(child) }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, "exit")
  child.kill("SIGTERM")
  await gone
}

/** What a process has used until now. */
export async function usageOf(
  pid: number,
): Promise<{ readonly cpuMs: number; readonly rssMB: number }> {
  const [stat, status] = await Promise.all(
    ["stat", "status"].map((file) => readFile(`/proc/${pid}/${file}`, "utf8")),
  )
  const [user = 0, system = 0] =
    (stat ?? "").split(") ")[1]?.split(" ").slice(11, 13).map(Number) ?? []
  const rss = /VmRSS:\s+(\d+)/.exec(status ?? "")?.[1]
  return { cpuMs: (user + system) * 10, rssMB: Number(rss) / 1000 }
}
