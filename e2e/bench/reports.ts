import { generate } from "@foyer/server/sandbox/generate/generate.ts"
import { seasonSlug } from "@foyer/server/sandbox/generate/season-file.ts"
import { type ConsoleVisitor, newPerson } from "@foyer/server/testing/console.ts"
import { readFile } from "node:fs/promises"
import pg from "pg"
import { type Bench, type Figure, median, type Place } from "./figures.ts"
import { startServer, type Server } from "./processes.ts"

const until = "2026-11-20"
const season = { orders: 1_000_000, events: 200, touches: 3_000_000, seed: 1, until }
const rounds = 15

/** Pages of the reports, each with what it reads. */
const pages = [
  ["attribution, 30 days", `reports?from=2026-10-22&to=${until}`],
  ["attribution, a year", `reports?from=2025-11-21&to=${until}`],
  ["attribution, a year, linear", `reports?from=2025-11-21&to=${until}&model=linear`],
  ["attribution, a year, landing pages", `reports?from=2025-11-21&to=${until}&by=landing`],
  ["attribution, a year, one event", `reports?from=2025-11-21&to=${until}&event=event-20`],
  [
    "orders behind a figure",
    `reports/orders?from=2025-11-21&to=${until}&currency=usd&value=november-lineup`,
  ],
  ["sales history, a year", `reports/sales?from=2025-11-21&to=${until}`],
  ["sales of one event, show by show", `reports/sales?from=2025-11-21&to=${until}&event=event-20`],
  ["pixel health, 7 days", "reports/pixels?days=7"],
  ["today", "today"],
  ["orders", "orders"],
  ["orders found by a name", "orders?q=chen"],
  ["events", "events"],
  ["promotions", "promotions"],
] as const

/** An attribution report of a year, and any other page of the console, on an idle machine. */
const mostMs = { report: 500, page: 150 }

export const reports: Bench = {
  name: "reports",
  about:
    "the console with a million orders: each page at the server, against a lookup by primary key; a year's report, against a scan of the orders, too",
  async run(place) {
    const { url, isOwn } = await seasonIn(place)
    const owner = new pg.Pool({ connectionString: url, max: 2 })
    try {
      await using server = await startServer(url)
      const visitor = await anOwner(server, owner)
      const floors = await measureFloors(owner)
      const figures = await measurePages(visitor, floors)
      return [...figures, ...(await measureFile(visitor, server))]
    } finally {
      await owner.end()
      if (!isOwn) console.log("  (the database was given)")
    }
  },
}

/** Made here, which takes a while; or one that was made before, by `BENCH_SEASON_URL`. */
async function seasonIn(place: Place): Promise<{ readonly url: string; readonly isOwn: boolean }> {
  const given = process.env["BENCH_SEASON_URL"]
  if (given) return { url: given, isOwn: false }
  const url = await place.database("reports")
  await generate(url, { season, say: (line) => console.log(`  (${line})`) })
  return { url, isOwn: true }
}

/** Somebody new, who may see everything. */
async function anOwner({ url }: Server, owner: pg.Pool): Promise<ConsoleVisitor> {
  const publicUrl = url.replace("127.0.0.1", "localhost")
  const { visitor, email } = await newPerson({ url, publicUrl })
  await owner.query(
    `insert into org.member (account_id, person_id, role)
     select a.id, p.id, 'owner' from org.account a cross join auth.person p where a.slug = $1 and p.email = $2`,
    [seasonSlug, email],
  )
  return visitor
}

type Floors = { readonly keyMs: number; readonly scanMs: number }

/** What the database takes for one order by its key, and for all orders read in a row, asked as the server asks. */
async function measureFloors(owner: pg.Pool): Promise<Floors> {
  const { rows } = await owner.query<{ id: string }>("select id from sales.orders limit 1")
  const id = rows[0]?.id
  const keyMs = await timed(100, () =>
    owner.query({ name: "by-key", text: "select * from sales.orders where id = $1", values: [id] }),
  )
  const scanMs = await timed(5, () =>
    owner.query("select count(*), sum(total_minor), min(email) from sales.orders"),
  )
  return { keyMs, scanMs }
}

async function timed(times: number, work: () => Promise<unknown>): Promise<number> {
  const took: number[] = []
  for (let time = 0; time < times; time += 1) {
    const beganAtMs = performance.now()
    await work()
    took.push(performance.now() - beganAtMs)
  }
  return median(took)
}

async function measurePages(visitor: ConsoleVisitor, floors: Floors): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [what, path] of pages) {
    const ask = async () => {
      const seen = await visitor.get(`/console/${seasonSlug}/${path}`)
      if (seen.status !== 200) throw new Error(`${path}: ${seen.status}`)
    }
    await ask()
    const ours = await timed(rounds, ask)
    const isReport = path.startsWith("reports")
    const limit = { most: isReport ? mostMs.report : mostMs.page }
    figures.push({ what, unit: "ms", ours, floor: floors.keyMs, limit })
    if (isReport)
      figures.push({ what: `${what}, against a scan`, unit: "ms", ours, floor: floors.scanMs })
  }
  return figures
}

/** A file of every order of the year, and what the server's memory does meanwhile. */
async function measureFile(visitor: ConsoleVisitor, { url, pid }: Server): Promise<Figure[]> {
  const path = `/console/${seasonSlug}/reports/orders.csv?from=2025-01-01&to=${until}&currency=usd`
  const beforeMb = await memoryMb(pid)
  let [mostMb, lines, bytes] = [beforeMb, 0, 0]
  const beganAtMs = performance.now()
  const response = await fetch(`${url}${path}`, { headers: { cookie: visitor.cookie() } })
  if (!response.ok || !response.body) throw new Error(`${path}: ${response.status}`)
  for await (const chunk of response.body) {
    bytes += chunk.length
    for (const byte of chunk) if (byte === 10) lines += 1
    if (lines % 50 === 0) mostMb = Math.max(mostMb, await memoryMb(pid))
  }
  const seconds = (performance.now() - beganAtMs) / 1000
  return [
    { what: "file of all orders: lines", unit: "lines", ours: lines },
    { what: "file of all orders: size", unit: "MB", ours: bytes / 1e6 },
    { what: "file of all orders: time", unit: "s", ours: seconds },
    {
      what: "file of all orders: memory above before",
      unit: "MB",
      ours: mostMb - beforeMb,
      limit: { most: 150 },
    },
  ]
}

async function memoryMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "")
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}
