import { type Bench, median } from "./figures.ts"
import { comeTo, type Server, type Shoppers, startFloor, startFoyer, usageOf } from "./processes.ts"

/** Enough shoppers that none meets the limits against floods. */
const shoppers = 2000
const underWay = 256
const rounds = 3
const forMs = 2500

/** Durable cart commands as fast as they go, the shoppers' process sharing the machine. */
export const throughput: Bench = {
  name: "throughput",
  about: `${underWay} commands always under way; floor: one durable statement each, not shared`,
  async run(place) {
    await using floor = await startFloor(await place.database("floor"))
    await using foyer = await startFoyer(await place.database("foyer"), 1_000_000)
    const who = { widget: foyer.hall.widget, count: shoppers, event: "gala" }
    await using there = await comeTo(floor, who)
    await using here = await comeTo(foyer, who)
    const run = (server: Server, crowd: Shoppers, ms: number) =>
      measure(server, crowd, foyer.prices, ms)
    await run(floor, there, 1000)
    await run(foyer, here, 1000)
    const floors: Round[] = []
    const ours: Round[] = []
    for (let round = 0; round < rounds; round++) {
      floors.push(await run(floor, there, forMs))
      ours.push(await run(foyer, here, forMs))
    }
    const of = (pick: (round: Round) => number) => ({
      floor: median(floors.map(pick)),
      ours: median(ours.map(pick)),
    })
    return [
      {
        what: "durable cart commands",
        unit: "/s",
        ...of(({ perSecond }) => perSecond),
        limit: { leastRatio: 0.53 },
      },
      { what: "processor time of the server a command", unit: "us", ...of(({ micros }) => micros) },
    ]
  },
}

type Round = { readonly perSecond: number; readonly micros: number }

async function measure(
  server: Server,
  crowd: Shoppers,
  prices: readonly string[],
  ms: number,
): Promise<Round> {
  const before = await usageOf(server.pid)
  const told = await crowd.tell({ do: "click", prices, underWay, forMs: ms })
  if (told.failed + told.refused > 0) throw new Error(JSON.stringify(told.reasons))
  const { cpuMs } = await usageOf(server.pid)
  return {
    perSecond: (told.accepted / told.elapsedMs) * 1000,
    micros: ((cpuMs - before.cpuMs) / told.accepted) * 1000,
  }
}
