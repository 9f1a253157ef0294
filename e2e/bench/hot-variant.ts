import { fork } from "node:child_process"
import { once } from "node:events"
import { type Bench, median, percentile } from "./figures.ts"
import type { Race, Raced } from "./hot-lane.ts"
import { query, startFoyer } from "./processes.ts"

const clients = 64
const rounds = 3
const forMs = 2000

/** One room that everybody wants: its row is locked once for all who wait, not once for each. */
export const hotVariant: Bench = {
  name: "hot-variant",
  about: `holds of one variant by ${clients} clients, in their own carts or in a new one each time; floor: as many clients that commit a row of their own`,
  async run(place) {
    const databaseUrl = await place.database("foyer")
    // Only its database is wanted.
    await (await startFoyer(databaseUrl, 1_000_000))[Symbol.asyncDispose]()
    const [hot] = await query<Omit<NonNullable<Race["hot"]>, "isFresh">>(databaseUrl, hotVariantOf)
    if (!hot) throw new Error("the hall has no room")
    const race = { databaseUrl, clients, forMs }
    const floors: Raced[] = []
    const ours: Raced[] = []
    const fresh: Raced[] = []
    for (let round = 0; round < rounds; round++) {
      floors.push(await run(race))
      ours.push(await run({ ...race, hot: { ...hot, isFresh: false } }))
      fresh.push(await run({ ...race, hot: { ...hot, isFresh: true } }))
    }
    const of = (pick: (raced: Raced) => number) => ({
      floor: median(floors.map(pick)),
      ours: median(ours.map(pick)),
    })
    return [
      {
        what: "holds of one variant",
        unit: "/s",
        ...of((raced) => raced.perSecond),
        limit: { leastRatio: 1 },
      },
      {
        what: "a hold, p99",
        unit: "ms",
        ...of((raced) => percentile(raced.latenciesMs, 99)),
        limit: { mostRatio: 2 },
      },
      {
        what: "holds of one variant, a new cart each",
        unit: "/s",
        floor: median(floors.map(({ perSecond }) => perSecond)),
        ours: median(fresh.map(({ perSecond }) => perSecond)),
      },
    ]
  },
}

const hotVariantOf = `select v.account_id as "accountId", v.variant_id as "variantId", t.id as "priceTypeId",
    (select id from org.region r where r.account_id = v.account_id limit 1) as "regionId"
  from inv.variant v join catalogue.price_type t on t.variant_id = v.variant_id join org.account a on a.id = v.account_id
  where a.slug = 'hall' and v.capacity > 0 limit 1`

async function run(race: Race): Promise<Raced> {
  const child = fork(new URL("hot-lane.ts", import.meta.url))
  child.send(race)
  const gone = once(child, "exit")
  const [raced] = (await Promise.race([once(child, "message"), gone])) as [Raced | number]
  await gone
  if (typeof raced === "number") throw new Error(`the race ended with ${raced}`)
  return raced
}
