import { readFile } from "node:fs/promises"
import { type Bench, type Figure, percentile, warmUpMs } from "./figures.ts"
import {
  collectGarbage,
  comeTo,
  hostOrigin,
  type Server,
  type Shoppers,
  startFloor,
  startFoyer,
  usageOf,
  withCollector,
} from "./processes.ts"

const crowds = [2000, 9900] as const
const perSecond = 500

/** What a connection costs that does nothing, and what the others feel of thousands of them. */
export const idle: Bench = {
  name: "idle",
  about: `memory of an idle connection at ${crowds.join(" and ")}; floor: socket.io itself, asked the same`,
  async run(place) {
    const figures: Figure[] = []
    const most = await openFilesLimit()
    for (const count of crowds) {
      if (count + 100 > most) {
        console.log(
          `  ${count} connections need as many open files, and this shell allows ${most}: not measured`,
        )
        continue
      }
      await using floor = await startFloor(await place.database("floor"), withCollector)
      const bare = await connected(floor, { widget: "floor/main", count })
      await bare.crowd[Symbol.asyncDispose]()
      const database = await place.database("foyer")
      await using foyer = await startFoyer(database, 1_000_000, hostOrigin, withCollector)
      const { crowd, ...full } = await connected(foyer, { widget: foyer.hall.widget, count })
      figures.push(
        {
          what: `memory of each of ${count} idle connections`,
          unit: "kB",
          floor: bare.naturalKB,
          ours: full.naturalKB,
          // Of fewer, most is what connecting left behind: see the next figure.
          ...(count > 5000 && { limit: { most: 30 } }),
        },
        {
          what: "the same without garbage",
          unit: "kB",
          floor: bare.keptKB,
          ours: full.keptKB,
          limit: { most: 30 },
        },
      )
      if (count > 5000) figures.push(...(await busy(foyer, crowd, foyer.prices)))
      await crowd[Symbol.asyncDispose]()
    }
    return figures
  },
}

type Connected = {
  readonly naturalKB: number
  readonly keptKB: number
  readonly crowd: Shoppers
}

/** `naturalKB`: nobody asks for a garbage collection, but it is given time for its own. `keptKB`: what is left after one that was asked for. */
async function connected(
  server: Server,
  who: { readonly widget: string; readonly count: number },
): Promise<Connected> {
  await collectGarbage(server)
  const before = await usageOf(server.pid)
  const crowd = await comeTo(server, who)
  await new Promise((rest) => setTimeout(rest, 3000))
  const natural = await usageOf(server.pid)
  await collectGarbage(server)
  const kept = await usageOf(server.pid)
  const each = ({ rssMB }: { readonly rssMB: number }) =>
    ((rssMB - before.rssMB) * 1000) / who.count
  return { naturalKB: each(natural), keptKB: each(kept), crowd }
}

/** Some of the thousands click; then all connections break at once. */
async function busy(foyer: Server, crowd: Shoppers, prices: readonly string[]): Promise<Figure[]> {
  const order = { do: "click", prices, perSecond } as const
  await crowd.tell({ ...order, forMs: warmUpMs })
  const told = await crowd.tell({ ...order, forMs: 4000 })
  const { rssMB } = await usageOf(foyer.pid)
  const back = await crowd.tell({ do: "return" })
  return [
    {
      what: `click to answer at ${perSecond}/s beside them, p50`,
      unit: "ms",
      ours: percentile(told.latenciesMs, 50),
      limit: { most: 2.5 },
    },
    {
      what: `click to answer at ${perSecond}/s beside them, p99`,
      unit: "ms",
      ours: percentile(told.latenciesMs, 99),
      limit: { most: 15 },
    },
    { what: "memory of the server then", unit: "MB", ours: rssMB, limit: { most: 450 } },
    {
      what: "all connections broken: everybody is back",
      unit: "s",
      ours: back.elapsedMs / 1000,
      limit: { most: 8 },
    },
  ]
}

async function openFilesLimit(): Promise<number> {
  const limits = await readFile("/proc/self/limits", "utf8")
  return Number(/Max open files\s+(\d+)/.exec(limits)?.[1] ?? 0)
}
