import { type Bench, median } from "./figures.ts"
import { comeTo, query, type Shoppers, startFloor, startFoyer, usageOf } from "./processes.ts"

const watchers = 5000
const rounds = 3

/** A few tickets are left, one is taken, and everybody who looks at the event sees one less. */
export const fanOut: Bench = {
  name: "fan-out",
  about: `one change before ${watchers} open widgets; floor: socket.io sending ${watchers} times 2 kB to all at once`,
  async run(place) {
    await using floor = await startFloor(await place.database("floor"))
    await using foyer = await startFoyer(await place.database("foyer"), 12)
    const gala = await galaPrice(foyer.databaseUrl)
    const ours: number[] = []
    const floors: number[] = []
    const cpu: number[] = []
    {
      await using there = await comeTo(floor, { widget: "floor/main", count: watchers })
      await using clicker = await comeTo(floor, { widget: "floor/main", count: 1 })
      for (let round = 0; round < rounds; round++) {
        floors.push(await lastAfter(there, clicker, "tell-all"))
      }
    }
    const who = { widget: foyer.hall.widget, event: "gala" }
    await using here = await comeTo(foyer, { ...who, count: watchers })
    await using clicker = await comeTo(foyer, { ...who, count: 1 })
    for (let round = 0; round < rounds; round++) {
      const before = await usageOf(foyer.pid)
      ours.push(await lastAfter(here, clicker, gala))
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
async function lastAfter(watching: Shoppers, clicker: Shoppers, price: string): Promise<number> {
  await watching.tell({ do: "forget" })
  const clickedAt = performance.timeOrigin + performance.now()
  await clicker.tell({ do: "rush", price })
  const { framesAt } = await watching.tell({ do: "watch", forMs: 10_000 })
  if (framesAt.length < watchers)
    throw new Error(`only ${framesAt.length} of ${watchers} were told`)
  return Math.max(...framesAt) - clickedAt
}

async function galaPrice(databaseUrl: string): Promise<string> {
  const rows = await query<{ id: string }>(
    databaseUrl,
    `select t.id from catalogue.price_type t join catalogue.variant v on v.id = t.variant_id join catalogue.product p on p.id = v.product_id
       join catalogue.event e on e.id = p.event_id join org.account a on a.id = p.account_id
     where a.slug = 'hall' and e.slug = 'gala' and p.kind = 'ticket' limit 1`,
  )
  return rows[0]?.id ?? ""
}
