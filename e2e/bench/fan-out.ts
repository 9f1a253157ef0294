import { type Bench, median } from "./figures.ts"
import { comeTo, startFloor, startFoyer, usageOf } from "./processes.ts"

const watchers = 5000
const rounds = 3

/** A few tickets are left, one is taken, and everybody who looks at the event sees one less. */
export const fanOut: Bench = {
  name: "fan-out",
  about: `one change before ${watchers} open widgets; floor: socket.io sending ${watchers} times 2 kB to all at once`,
  async run(place) {
    await using floor = await startFloor(await place.database("floor"))
    await using foyer = await startFoyer(await place.database("foyer"), 12)
    const ours: number[] = []
    const floors: number[] = []
    const cpu: number[] = []
    {
      await using there = await comeTo(floor, { widget: "floor/main", count: watchers })
      await using clicker = await comeTo(floor, { widget: "floor/main", count: 1 })
      for (let round = 0; round < rounds; round++) {
        const watched = there.tell({ do: "watch", forMs: 5000 })
        floors.push(await lastAfter(() => clicker.tell({ do: "rush", price: "tell-all" }), watched))
      }
    }
    const who = { widget: foyer.hall.widget, event: "gala" }
    await using here = await comeTo(foyer, { ...who, count: watchers })
    await using clicker = await comeTo(foyer, { ...who, count: 1 })
    for (let round = 0; round < rounds; round++) {
      const before = await usageOf(foyer.pid)
      const watched = here.tell({ do: "watch", forMs: 5000 })
      ours.push(
        await lastAfter(() => clicker.tell({ do: "rush", price: foyer.prices[0] ?? "" }), watched),
      )
      cpu.push((await usageOf(foyer.pid)).cpuMs - before.cpuMs)
    }
    return [
      {
        what: "the last widget knows",
        unit: "ms",
        floor: median(floors),
        ours: median(ours),
        limit: { most: 500 },
      },
      {
        what: "processor time of the server a widget",
        unit: "us",
        ours: (median(cpu) / watchers) * 1000,
      },
    ]
  },
}

/** From the click to the frame of the last watcher; throws when somebody was not told. */
async function lastAfter(
  click: () => Promise<unknown>,
  watched: Promise<{ readonly framesAt: readonly number[] }>,
): Promise<number> {
  // The watchers' process must have been told first.
  await new Promise((ready) => setTimeout(ready, 300))
  const clickedAt = performance.timeOrigin + performance.now()
  await click()
  const { framesAt } = await watched
  if (framesAt.length < watchers)
    throw new Error(`only ${framesAt.length} of ${watchers} were told`)
  return Math.max(...framesAt) - clickedAt
}
