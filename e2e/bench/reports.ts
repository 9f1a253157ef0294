import type { ConsoleVisitor } from "@foyer/server/testing/console.ts"
import pg from "pg"
import { type Bench, type Figure, median } from "./figures.ts"
import { startServer } from "./processes.ts"
import { anOwner, seasonHome, seasonIn, until } from "./season.ts"

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
    const url = await seasonIn(place)
    const owner = new pg.Pool({ connectionString: url, max: 2 })
    try {
      await using server = await startServer(url)
      const visitor = await anOwner(server, owner)
      const floors = await measureFloors(owner)
      return await measurePages(visitor, floors)
    } finally {
      await owner.end()
    }
  },
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
      const seen = await visitor.get(`${seasonHome}/${path}`)
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
