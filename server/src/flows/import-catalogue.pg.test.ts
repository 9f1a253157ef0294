import fc from "fast-check"
import { expect, it } from "vitest"
import type { Storefront } from "#core/storefront.ts"
import { findAccountId } from "#store/catalogue.ts"
import { listStock } from "#store/inventory.ts"
import { loadStorefront } from "#store/storefronts.ts"
import { assertBooks } from "#testing/books.ts"
import { aCatalogue, catalogueText, type LooseFile } from "#testing/catalogue-file.ts"
import { testDatabase, type TestDatabase } from "#testing/database.ts"
import { exportCatalogue } from "./export-catalogue.ts"
import { importCatalogue } from "./import-catalogue.ts"

const unchanged = { created: 0, changed: 0, archived: 0 }

async function imported(database: TestDatabase, change?: (file: LooseFile) => void) {
  const result = await importCatalogue(database, catalogueText(change))
  if (result.outcome === "refused") throw new Error(JSON.stringify(result.faults))
  return result
}

async function shopOf(database: TestDatabase, slug = "the-club"): Promise<Storefront> {
  const id = await findAccountId(database.pool.db, slug)
  const shop = id && (await loadStorefront(database.pool.db, id))
  if (!shop) throw new Error(`no account ${slug}`)
  return shop
}

const showOf = (shop: Storefront) => shop.events[0]!
const productOf = (shop: Storefront, slug: string) =>
  showOf(shop).products.find((product) => product.slug === slug)!

it("makes a storefront that says what the file says", async () => {
  await using database = await testDatabase()
  await imported(database)
  const shop = await shopOf(database)
  expect(shop).toMatchObject({
    rev: 1,
    account: { name: "The Club", holdMinutes: 15, locales: ["en-CA", "fr-CA"] },
    brand: { theme: "light", density: 0.85, colors: { bg: "#ffffff", ink: "#000000" } },
    regions: [
      { slug: "canada", currency: "cad", countries: ["CA"] },
      { slug: "japan", currency: "jpy" },
    ],
    taxIncluded: new Set(["jpy"]),
    taxRates: [{ country: "CA", subdivision: "ON", name: "HST", ratePpm: 130_000 }],
    widgets: [{ slug: "main", allowNullOrigin: false }],
    pixels: [{ destination: "ga4", target: "G-1" }],
    allowedOrigins: new Set(["https://club.example"]),
    questions: [{ label: "News?", kind: "checkbox", required: false }],
  })
  expect([...shop.fees.values()]).toMatchObject([
    { percentPpm: 40_000, bearer: "shopper", amounts: { cad: { fixedMinor: 50, capMinor: 600 } } },
  ])
  expect(shop.promotions.get("FIVE")).toMatchObject({
    kind: "amount",
    per: "order",
    amounts: { cad: { amountMinor: 500, minimumMinor: 2000 } },
  })
  await assertBooks(database.owner)
})

async function stockOf({ pool }: TestDatabase, accountId: string) {
  return new Map((await listStock(pool.db, accountId)).map((each) => [each.variantId, each]))
}

it("counts tickets for each showtime and merchandise for each choice", async () => {
  await using database = await testDatabase()
  const { accountId } = await imported(database)
  const shop = await shopOf(database)
  const stock = await stockOf(database, accountId)
  const show = showOf(shop)
  expect(show.showtimes.map(({ startsLocal, startsAt }) => [startsLocal, startsAt])).toEqual([
    ["2030-12-03T19:30:00", "2030-12-04T00:30:00.000Z"],
    ["2030-12-05T20:00:00", "2030-12-06T01:00:00.000Z"],
    ["2030-12-17T19:30:00", "2030-12-18T00:30:00.000Z"],
  ])
  const admission = productOf(shop, "admission").variants
  expect(admission.map(({ showtimeId }) => showtimeId)).toEqual(show.showtimes.map(({ id }) => id))
  expect(admission.map(({ id }) => stock.get(id)?.capacity)).toEqual([70, 5, 70])
  expect(admission[0]?.priceTypes).toMatchObject([
    {
      title: "Adult",
      kind: "fixed",
      prices: { cad: { unitMinor: 1200 }, jpy: { unitMinor: 1200 } },
    },
    {
      title: "Pay what you like",
      kind: "pay-what-you-like",
      prices: { cad: { unitMinor: 0, suggestedMinor: 1000 } },
    },
  ])
  const shirts = productOf(shop, "shirt")
  const [m, l] = shirts.options[0]!.values
  expect(shirts.variants.map(({ optionValueIds }) => optionValueIds)).toEqual([[m!.id], [l!.id]])
  expect(shirts.variants.map(({ id }) => stock.get(id)?.capacity)).toEqual([10, 2])
  expect(shirts.variants.map(({ priceTypes }) => priceTypes[0]?.prices["cad"]?.unitMinor)).toEqual([
    3200, 3400,
  ])
})

it("changes nothing the second time", async () => {
  await using database = await testDatabase()
  await imported(database)
  expect((await imported(database)).summary).toMatchObject(unchanged)
  expect((await shopOf(database)).rev).toBe(1)
})

it("archives what left the file, and brings it back with its stock", async () => {
  await using database = await testDatabase()
  await imported(database)
  const before = await shopOf(database)
  const removed = await imported(database, (file) => {
    file.events[0].products.pop()
    file.events[0].showtimes.pop()
    file.promotions.shift()
    file.pixels = []
  })
  expect(removed.summary).toMatchObject({ created: 0 })
  expect(removed.summary.archived).toBeGreaterThan(0)
  const without = await shopOf(database)
  expect(showOf(without).products.map(({ slug }) => slug)).toEqual(["admission"])
  expect(showOf(without).showtimes).toHaveLength(2)
  expect(without.promotions.has("LAUGH10")).toBe(false)
  expect(without.pixels).toEqual([])
  await imported(database)
  const after = await shopOf(database)
  expect({ ...after, rev: 1 }).toEqual(before)
  await assertBooks(database.owner)
})

it("records a new capacity as an event, and counts sold and held ones in", async () => {
  await using database = await testDatabase()
  const { accountId } = await imported(database)
  const variantId = productOf(await shopOf(database), "admission").variants[0]!.id
  await sellByHand(database, variantId, 3)
  const raised = await imported(database, (file) => (file.events[0].products[0].capacity = 80))
  expect(raised.summary).toMatchObject({ created: 0, changed: 2, archived: 0 })
  const stock = await stockOf(database, accountId)
  expect(stock.get(variantId)).toMatchObject({ capacity: 80, sold: 3, held: 0, version: 3 })
  const { rows } = await database.owner.query(
    `select data->>'reason' as reason, data->'after' as after, actor_type from es.event
     where stream = 'variant-' || $1 order by version desc limit 1`,
    [variantId],
  )
  expect(rows).toEqual([
    { reason: "adjusted", after: { capacity: 80, held: 0, sold: 3 }, actor_type: "catalogue" },
  ])
})

it("refuses a capacity below what is sold, and writes nothing of the file", async () => {
  await using database = await testDatabase()
  await imported(database)
  const before = await shopOf(database)
  const variantId = productOf(before, "admission").variants[0]!.id
  await sellByHand(database, variantId, 3)
  const refused = await importCatalogue(
    database,
    catalogueText((file) => {
      file.account.name = "Another Name"
      file.events[0].products[0].capacity = 2
    }),
  )
  expect(refused).toEqual({
    outcome: "refused",
    faults: [
      {
        path: "events[0].products[0].capacity",
        message: "2 is less than what is sold (3) and held (0) of admission 2030-12-03T19:30",
      },
    ],
  })
  expect(await shopOf(database)).toEqual(before)
})

it("refuses fewer uses of a code than orders have made of it", async () => {
  await using database = await testDatabase()
  await imported(database)
  await database.owner.query("update catalogue.promotion set used = 3")
  const limitedTo = (usageLimit: number) =>
    importCatalogue(
      database,
      catalogueText((file) => (file.promotions[0].usageLimit = usageLimit)),
    )
  expect(await limitedTo(2)).toMatchObject({
    outcome: "refused",
    faults: [
      {
        path: "promotions[0].usageLimit",
        message: expect.stringContaining("2 is less than the 3 orders"),
      },
    ],
  })
  expect(await limitedTo(3)).toMatchObject({ outcome: "imported" })
})

it("refuses a broken file with all its faults and leaves the account alone", async () => {
  await using database = await testDatabase()
  await imported(database)
  const before = await shopOf(database)
  const refused = await importCatalogue(
    database,
    catalogueText((file) => {
      file.account.name = "Another Name"
      file.events[0].products[0].taxClass = "none"
      file.promotions[1].code = "LAUGH10"
    }),
  )
  expect(refused).toMatchObject({
    outcome: "refused",
    faults: [{ path: "events[0].products[0].taxClass" }, { path: "promotions[1].code" }],
  })
  expect(await shopOf(database)).toEqual(before)
})

it("keeps organizers apart whose things have the same slugs", async () => {
  await using database = await testDatabase()
  await imported(database)
  const before = await shopOf(database)
  await imported(database, (file) => {
    file.account.slug = "other-club"
    file.events[0].title = "Another Show"
    file.events[0].products.pop()
    file.promotions = []
  })
  expect(await shopOf(database)).toEqual(before)
  const other = await shopOf(database, "other-club")
  expect(showOf(other).title).toBe("Another Show")
  const ids = idsIn(before)
  expect(idsIn(other).filter((id) => ids.includes(id))).toEqual([])
})

it("exports a file that imports to no change, whatever was in it", async () => {
  await using database = await testDatabase()
  await fc.assert(
    fc.asyncProperty(anyChanges, async (changes) => {
      await imported(database, (file) => changes.forEach((change) => change(file)))
      const before = await shopOf(database)
      const file = (await exportCatalogue(database, "the-club"))!
      const again = await importCatalogue(database, file)
      expect(again).toMatchObject({ outcome: "imported", summary: unchanged })
      expect(await exportCatalogue(database, "the-club")).toBe(file)
      expect(await shopOf(database)).toEqual(before)
    }),
    { numRuns: 25 },
  )
  expect(await exportCatalogue(database, "nobody")).toBeUndefined()
})

it("gives the plain file its own text back", async () => {
  await using database = await testDatabase()
  await imported(database)
  const file = JSON.parse((await exportCatalogue(database, "the-club"))!) as LooseFile
  const plain = aCatalogue()
  expect(file.events[0].products[1].variants).toEqual(plain.events[0].products[1].variants)
  expect(file.events[0].showtimes[1].differences).toEqual(plain.events[0].showtimes[1].differences)
  expect(file.promotions).toMatchObject([
    { code: "FIVE", amountOff: { cad: "5.00" }, minimum: { cad: "20.00" } },
    { code: "LAUGH10", percentOff: "10" },
  ])
})

it("lets two imports of one account at once come to one whole", async () => {
  await using database = await testDatabase()
  const first = catalogueText((file) => (file.events[0].title = "First"))
  const second = catalogueText((file) => (file.events[0].title = "Second"))
  const results = await Promise.all(
    [first, second, first, second].map((text) => importCatalogue(database, text)),
  )
  expect(results.map(({ outcome }) => outcome)).toEqual(Array(4).fill("imported"))
  const created = results.map((result) => result.outcome === "imported" && result.summary.created)
  expect(created.filter((count) => count !== 0)).toHaveLength(1)
  await assertBooks(database.owner)
})

/** Ways an organizer's next file may differ, alone or together. */
const anyChanges = fc
  .subarray<(file: LooseFile) => void>([
    (file) => (file.events[0].showtimes = []),
    (file) => (file.events[0].products[0].capacity = null),
    (file) => (file.events[0].products[1].perShowtime = true),
    (file) => (file.events[0].products[1].variants[0].notSold = true),
    (file) => (file.events[0].products[0].perShowtime = false),
    (file) => (file.events[0].showtimes = file.events[0].showtimes.slice(0, 1)),
    (file) => (file.events[0].timeZone = "Asia/Tokyo"),
    (file) => (file.events[0].salesOpen = "2030-01-01T10:00"),
    (file) => file.events.push({ ...structuredClone(file.events[0]), slug: "second" }),
    (file) => (file.events[0].products[0].priceTypes[1].maxPerOrder = 2),
    (file) => (file.events[0].products[1].variants = []),
    (file) => delete file.account.brand,
    (file) => (file.questions[0].event = "show"),
    (file) => (file.promotions[1].events = ["show"]),
    (file) => (file.promotions[0].starts = "2030-01-01T10:00"),
    (file) => (file.widgets[0].events = ["show"]),
  ])
  .map((changes) => changes.map((change) => tolerant(change)))

/** A change may find nothing left to change. A product counted once cannot differ at a showtime. */
function tolerant(change: (file: LooseFile) => void): (file: LooseFile) => void {
  return (file) => {
    change(file)
    for (const { products, showtimes } of file.events)
      for (const { differences = [] } of showtimes)
        if (products[0].perShowtime === false) differences.length = 0
  }
}

/** A sale as the box office makes it, without the order that the test has no need of. */
async function sellByHand(database: TestDatabase, variantId: string, quantity: number) {
  const client = await database.owner.connect()
  try {
    await client.query("begin")
    await client.query(
      `insert into es.event (stream, version, event_id, type, data, actor_type)
       select 'variant-' || variant_id, version + 1, gen_random_uuid(), 'InventoryChanged', jsonb_build_object(
         'type', 'InventoryChanged', 'reason', 'sold', 'wasSoldOut', false, 'isSoldOut', false,
         'before', jsonb_build_object('capacity', capacity, 'held', held, 'sold', sold),
         'after', jsonb_build_object('capacity', capacity, 'held', held, 'sold', sold + $2::int)), 'test'
       from inv.variant where variant_id = $1`,
      [variantId, quantity],
    )
    await client.query(
      "update inv.variant set sold = sold + $2, version = version + 1 where variant_id = $1",
      [variantId, quantity],
    )
    await client.query("commit")
  } finally {
    client.release()
  }
}

function idsIn(shop: Storefront): string[] {
  const text = JSON.stringify(shop, (_, value: unknown) =>
    value instanceof Map ? [...value.values()] : value instanceof Set ? [...value] : value,
  )
  return text.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? []
}
