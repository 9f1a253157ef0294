import { expect, it } from "vitest"
import { upcomingEvents } from "#core/availability.ts"
import { priceCart } from "#core/price-cart.ts"
import type { Storefront } from "#core/storefront.ts"
import { openStorefronts, type Storefronts } from "#flows/storefronts.ts"
import { ensureDemo } from "#sandbox/demo/ensure-demo.ts"
import { assertBooks } from "#testing/books.ts"
import { testDatabase, type TestDatabase } from "#testing/database.ts"

const now = "2026-11-20T15:00:00Z"
const demoOrigin = "http://localhost:4001"

async function load(database: TestDatabase, storefronts: Storefronts, parts = {}) {
  const warnings: string[] = []
  const warn = (message: string) => void warnings.push(message)
  await ensureDemo({ pool: database.pool, storefronts, demoOrigin, now, warn, ...parts })
  expect(warnings).toEqual([])
}

const open = ({ pool }: TestDatabase) => openStorefronts({ pool, checkEveryMs: 0 })

async function club(storefronts: Storefronts): Promise<Storefront> {
  const shop = await storefronts.bySlug("laughing-stock")
  if (!shop) throw new Error("the comedy club is not there")
  return shop
}

it("loads both organizers once, and lets their sites embed them", async () => {
  await using database = await testDatabase()
  using storefronts = open(database)
  await load(database, storefronts)
  const shop = await club(storefronts)
  expect(shop.events.length).toBeGreaterThan(8)
  expect((await storefronts.bySlug("lantern-hall"))?.events.length).toBeGreaterThan(8)
  expect(await storefronts.allowsOrigin(demoOrigin)).toBe(true)
  await load(database, storefronts)
  expect(await club(storefronts)).toBe(shop)
  await assertBooks(database.owner)
})

it("follows its sites to another port", async () => {
  await using database = await testDatabase()
  using storefronts = open(database)
  await load(database, storefronts)
  await load(database, storefronts, { demoOrigin: "http://localhost:5001" })
  const { allowedOrigins, events } = await club(storefronts)
  expect([...allowedOrigins].toSorted()).toEqual([demoOrigin, "http://localhost:5001"])
  expect(events[0]?.showtimes[0]?.startsLocal).toBe("2026-11-28T20:00:00")
})

it("moves to new dates when a show has none left", async () => {
  await using database = await testDatabase()
  using storefronts = open(database)
  await load(database, storefronts)
  const later = "2027-03-01T12:00:00Z"
  await load(database, storefronts, { now: later })
  const shop = await club(storefronts)
  const widget = shop.widgets.find(({ slug }) => slug === "main")
  expect(widget && upcomingEvents(shop.events, widget, later)).toHaveLength(shop.events.length)
  await assertBooks(database.owner)
})

it("costs what the design shows: two seats, nachos and LAUGH10 are $63.28", async () => {
  await using database = await testDatabase()
  using storefronts = open(database)
  await load(database, storefronts)
  const shop = await club(storefronts)
  const line = (product: string, quantity: number) => {
    const variant = shop.events[0]?.products.find(({ slug }) => slug === product)?.variants[0]
    const priceTypeId = variant?.priceTypes[0]?.id ?? ""
    return { variantId: variant?.id ?? "", priceTypeId, quantity }
  }
  const lines = [line("general-admission", 2), line("nachos", 1)]
  const context = { region: shop.regions[0], now, promotionUses: new Map() }
  expect(priceCart(shop, { lines }, context)).toMatchObject({
    subtotalMinor: 5800,
    feeMinor: 300,
    taxMinor: 793,
    totalMinor: 6893,
  })
  expect(priceCart(shop, { lines, promoCode: "LAUGH10" }, context)).toMatchObject({
    discountMinor: 500,
    feeMinor: 300,
    taxMinor: 728,
    totalMinor: 6328,
  })
  const front = priceCart(shop, { lines: [line("front-row", 1)] }, context)
  expect(front).toMatchObject({ subtotalMinor: 3800, feeMinor: 210 })
})
