import { afterEach, expect, it } from "vitest"
import { generate, GenerateRefused } from "#sandbox/generate/generate.ts"
import { type TestDatabase, testDatabase } from "#testing/database.ts"

let databases: TestDatabase[] = []
afterEach(async () => {
  await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()))
  databases = []
})

const season = { orders: 300, events: 6, touches: 900, seed: 7, until: "2026-11-20" }

async function aSeason(seed: number): Promise<TestDatabase> {
  const database = await testDatabase()
  databases.push(database)
  await generate(database.url, { season: { ...season, seed }, say: () => {} })
  return database
}

/** What was made, row by row, without the accounts' and the clock's own. */
async function madeIn({ owner }: TestDatabase) {
  const { rows } = await owner.query(`
    select (select md5(string_agg(format('%s %s %s %s', number, state, total_minor, placed_at), ',' order by number)) from sales.orders) as orders,
      (select count(*) from marketing.touch) as touches, (select count(*) from marketing.visit where event_slug = '') as visits,
      (select md5(string_agg(format('%s %s %s', seq, source, at), ',' order by cart_id, seq)) from marketing.touch) as paths,
      (select md5(string_agg(format('%s %s %s %s %s %s', day, currency, model, dimension, event_slug, rows), ',' order by day, currency, model, dimension, event_slug)) from marketing.rollup) as rollups`)
  return rows[0] as Record<string, unknown>
}

it("makes the same season from the same seed, another from another, with everything counted", async () => {
  const [one, same, other] = [await aSeason(7), await aSeason(7), await aSeason(8)]
  const made = await madeIn(one)
  expect(await madeIn(same)).toEqual(made)
  expect((await madeIn(other))["orders"]).not.toBe(made["orders"])
  expect(made["visits"]).toBe(900)
  expect(Number(made["touches"])).toBeGreaterThan(800)
  const { rows } = await one.owner.query(`
    select (select count(*) from sales.orders) as orders, (select sum((r ->> 6)::bigint) / 1000000 from marketing.rollup, jsonb_array_elements(rows) r
      where model = 'linear' and dimension = 'campaign' and event_slug = '') as counted`)
  expect(rows).toEqual([{ orders: 300, counted: "300.0000000000000000" }])
  const { rows: stories } = await one.owner.query(`
    select distinct o.state, array_agg(e.type order by e.version) as story
    from sales.orders o join es.event e on e.stream = 'order-' || o.id group by o.id, o.state order by o.state`)
  expect(stories).toEqual([
    { state: "paid", story: ["OrderPlaced", "OrderPaid"] },
    { state: "refunded", story: ["OrderPlaced", "OrderPaid", "OrderRefunded"] },
  ])
})

it("refuses to make a second one beside the first", async () => {
  const database = await aSeason(7)
  await expect(generate(database.url, { season, say: () => {} })).rejects.toThrow(GenerateRefused)
})
