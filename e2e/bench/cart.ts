import { type Bench, type Figure, median, percentile, warmUpMs } from "./figures.ts"
import { comeTo, type Server, startFloor, startFoyer, usageOf } from "./processes.ts"
import type { Told } from "./shoppers.ts"

const shoppers = 500
const perSecond = 1000
const rounds = 3
const forMs = 3000

/** Cart commands at a steady pace: validated, priced, held, evented, rendered, and answered once durable. */
export const cart: Bench = {
  name: "cart",
  about: `${shoppers} shoppers, ${perSecond} commands a second; floor: one durable statement and 2 kB of HTML`,
  async run(place) {
    await using floor = await startFloor(await place.database("floor"))
    await using foyer = await startFoyer(await place.database("foyer"), 1_000_000)
    const who = { widget: foyer.hall.widget, count: shoppers, event: "gala" }
    await using there = await comeTo(floor, who)
    await using here = await comeTo(foyer, who)
    const order = { do: "click", prices: foyer.prices, perSecond } as const
    const warmUp = { ...order, forMs: warmUpMs }
    await there.tell(warmUp)
    await here.tell(warmUp)
    const floors: Round[] = []
    const ours: Round[] = []
    for (let round = 0; round < rounds; round++) {
      floors.push(await timed(floor, () => there.tell({ ...order, forMs })))
      ours.push(await timed(foyer, () => here.tell({ ...order, forMs })))
    }
    return figures(floors, ours)
  },
}

type Round = { readonly p50: number; readonly p99: number; readonly cpuMicros: number }

async function timed(server: Server, run: () => Promise<Told>): Promise<Round> {
  const before = await usageOf(server.pid)
  const told = await run()
  if (told.failed + told.refused > 0) throw new Error(JSON.stringify(told.reasons))
  const { cpuMs } = await usageOf(server.pid)
  return {
    p50: percentile(told.latenciesMs, 50),
    p99: percentile(told.latenciesMs, 99),
    cpuMicros: ((cpuMs - before.cpuMs) / told.accepted) * 1000,
  }
}

function figures(floors: readonly Round[], ours: readonly Round[]): Figure[] {
  const of = (pick: (round: Round) => number) => ({
    floor: median(floors.map(pick)),
    ours: median(ours.map(pick)),
  })
  return [
    { what: "click to answer, p50", unit: "ms", ...of(({ p50 }) => p50), limit: { mostRatio: 2 } },
    { what: "click to answer, p99", unit: "ms", ...of(({ p99 }) => p99), limit: { mostRatio: 3 } },
    {
      what: "processor time of the server a command",
      unit: "us",
      ...of(({ cpuMicros }) => cpuMicros),
    },
  ]
}
