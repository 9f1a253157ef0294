import fc from "fast-check"
import { expect, it } from "vitest"
import { openPool, withTx } from "#store/db.ts"
import { loadStorefront } from "#store/storefronts.ts"
import { aCatalogue, catalogueText, type LooseFile } from "#testing/catalogue-file.ts"
import { testDatabase, type TestDatabase } from "#testing/database.ts"
import { allowOrigin } from "./allow-origin.ts"
import { importCatalogue } from "./import-catalogue.ts"
import { openStorefronts } from "./storefronts.ts"

const renamed = (name: string) => catalogueText((file) => (file.account.name = name))

/** Of one connection. */
function openSmallPool(url: string) {
  // The database may be dropped before the connection has heard that it ends.
  const pool = openPool({ url, max: 1, report: () => {} })
  return Object.assign(pool, { [Symbol.asyncDispose]: () => pool.end() })
}

/** Never looks by itself, so that the test decides when it does. */
const open = (database: TestDatabase) => openStorefronts({ pool: database.pool, checkEveryMs: 0 })

it("finds what an account sells by its slug, and its widgets by their name", async () => {
  await using database = await testDatabase()
  await importCatalogue(database, catalogueText())
  using storefronts = open(database)
  const shop = await storefronts.bySlug("the-club")
  expect(shop?.account.name).toBe("The Club")
  expect(await storefronts.widget("the-club/main")).toEqual({ shop, widget: shop?.widgets[0] })
  expect(await storefronts.bySlug("nobody")).toBeUndefined()
  expect(await storefronts.widget("the-club/none")).toBeUndefined()
  expect(await storefronts.widget("nobody/main")).toBeUndefined()
  expect(await storefronts.widget("the-club")).toBeUndefined()
})

it("reads a storefront once for all who ask", async () => {
  await using database = await testDatabase()
  await importCatalogue(database, catalogueText())
  using storefronts = open(database)
  const shops = await Promise.all(Array.from({ length: 20 }, () => storefronts.bySlug("the-club")))
  expect(new Set(shops).size).toBe(1)
  expect(await storefronts.bySlug("the-club")).toBe(shops[0])
})

it("sees an import of its own process at once", async () => {
  await using database = await testDatabase()
  using storefronts = open(database)
  const told: string[] = []
  const stop = storefronts.onChange((accountId) => told.push(accountId))
  const deps = { pool: database.pool, storefronts }
  await importCatalogue(deps, catalogueText())
  expect((await storefronts.bySlug("the-club"))?.account.name).toBe("The Club")
  await importCatalogue(deps, renamed("New Name"))
  expect((await storefronts.bySlug("the-club"))?.account.name).toBe("New Name")
  await importCatalogue(deps, renamed("New Name"))
  stop()
  await importCatalogue(deps, renamed("Newer Name"))
  const id = (await storefronts.bySlug("the-club"))?.account.id
  expect(told).toEqual([id, id])
})

it("prices a command with what another process imported meanwhile", async () => {
  await using database = await testDatabase()
  await importCatalogue(database, catalogueText())
  using storefronts = open(database)
  const old = await storefronts.bySlug("the-club")
  await importCatalogue(database, renamed("New Name"))
  expect(await storefronts.bySlug("the-club")).toBe(old)
  const id = old?.account.id ?? ""
  expect((await storefronts.fresh(database.pool.db, id)).account.name).toBe("New Name")
  expect((await storefronts.bySlug("the-club"))?.account.name).toBe("New Name")
})

it("waits for no connection but its own inside a transaction", async () => {
  await using database = await testDatabase()
  await importCatalogue(database, catalogueText())
  await using pool = openSmallPool(database.url)
  using storefronts = openStorefronts({ pool, checkEveryMs: 0 })
  const id = (await storefronts.bySlug("the-club"))?.account.id ?? ""
  await importCatalogue(database, renamed("New Name"))
  await storefronts.refresh()
  const { shown, fresh } = await withTx(pool, async (tx) => {
    const waiting = storefronts.bySlug("the-club")
    return { shown: { waiting }, fresh: await storefronts.fresh(tx, id) }
  })
  expect(fresh.account.name).toBe("New Name")
  expect(await shown.waiting).toBe(fresh)
})

it("learns by itself what another process imported", async () => {
  await using database = await testDatabase()
  await importCatalogue(database, catalogueText())
  using storefronts = openStorefronts({ pool: database.pool, checkEveryMs: 5 })
  const shop = await storefronts.bySlug("the-club")
  const told = new Promise((resolve) => storefronts.onChange(resolve))
  await importCatalogue(database, renamed("New Name"))
  expect(await told).toBe(shop?.account.id)
  expect((await storefronts.bySlug("the-club"))?.account.name).toBe("New Name")
})

it("knows the origins of all accounts, new ones too", async () => {
  await using database = await testDatabase()
  using storefronts = open(database)
  const deps = { pool: database.pool, storefronts }
  await importCatalogue(deps, catalogueText())
  expect(await storefronts.allowsOrigin("https://club.example")).toBe(true)
  expect(await storefronts.allowsOrigin("https://other.example")).toBe(false)
  const shop = await storefronts.bySlug("the-club")
  await allowOrigin(deps, shop?.account.id ?? "", "https://other.example")
  expect(await storefronts.allowsOrigin("https://other.example")).toBe(true)
  expect((await storefronts.bySlug("the-club"))?.allowedOrigins).toContain("https://other.example")
  const rev = (await storefronts.bySlug("the-club"))?.rev
  await allowOrigin(deps, shop?.account.id ?? "", "https://other.example")
  expect((await storefronts.bySlug("the-club"))?.rev).toBe(rev)
})

it("says that there is no such account", async () => {
  await using database = await testDatabase()
  using storefronts = open(database)
  const nobody = "00000000-0000-7000-8000-000000000000"
  await expect(storefronts.fresh(database.pool.db, nobody)).rejects.toThrow("there is no account")
})

it("tries again after the database was away", async () => {
  await using database = await testDatabase()
  await importCatalogue(database, catalogueText())
  using storefronts = open(database)
  await database.owner.query("alter table org.account rename to hidden")
  await expect(storefronts.bySlug("the-club")).rejects.toThrow()
  await database.owner.query("alter table org.hidden rename to account")
  expect((await storefronts.bySlug("the-club"))?.account.name).toBe("The Club")
})

/** What an organizer does to one of three shows. */
const edits: readonly ((event: LooseFile, file: LooseFile) => void)[] = [
  (event) => (event.title += "!"),
  (event) => event.showtimes.push({ at: `2031-01-${10 + event.showtimes.length}T20:00` }),
  (event) => event.showtimes.splice(1),
  (event) => (event.showtimes[0].differences = [{ product: "admission", capacity: 9 }]),
  (event) => (event.products[0].priceTypes[0].prices.cad = "19.00"),
  (event) => event.products[0].priceTypes.splice(1),
  (event) => event.products.splice(1),
  (event) => event.products[1]?.options[0].values.push({ slug: "xl", title: "XL" }),
  (event) => event.products.reverse(),
  (event) => (event.status = "paused"),
  (event) => (event.status = "draft"),
  (event, file) => file.events.splice(file.events.indexOf(event), 1),
  (_event, file) => file.events.reverse(),
  (_event, file) => file.promotions.pop(),
]

const threeShows = (file: LooseFile) => {
  const [event] = file.events
  file.events = ["one", "two", "three"].map((slug) => ({ ...structuredClone(event), slug }))
}

it("reads only the event that changed, and the others are the very same", async () => {
  await using database = await testDatabase()
  await importCatalogue(database, catalogueText(threeShows))
  using storefronts = open(database)
  const before = await storefronts.bySlug("the-club")
  await importCatalogue(
    database,
    catalogueText((file) => {
      threeShows(file)
      file.events[1].products[0].priceTypes[0].prices.cad = "19.00"
    }),
  )
  await storefronts.refresh()
  const after = await storefronts.bySlug("the-club")
  expect(after).not.toBe(before)
  expect(after?.events.map((event, index) => event === before?.events[index])).toEqual([
    true,
    false,
    true,
  ])
})

it("knows after any edits what reading all of it anew says", async () => {
  await using database = await testDatabase()
  using storefronts = open(database)
  const anyEdit = fc.record({ edit: fc.constantFrom(...edits), which: fc.nat(2) })
  const anySteps = fc.array(fc.array(anyEdit, { maxLength: 3 }), { minLength: 1, maxLength: 4 })
  const property = fc.asyncProperty(anySteps, async (steps) => {
    let file = aCatalogue(threeShows)
    for (const step of steps) {
      const edited = structuredClone(file)
      for (const { edit, which } of step) {
        const event = edited.events[which % Math.max(1, edited.events.length)]
        if (event) edit(event, edited)
      }
      const imported = await importCatalogue(database, JSON.stringify(edited))
      // Some edits do not go together.
      if (imported.outcome === "refused") continue
      file = edited
      const shop = await storefronts.fresh(database.pool.db, imported.accountId)
      expect(shop).toEqual(await loadStorefront(database.pool.db, imported.accountId))
    }
  })
  await fc.assert(property, { numRuns: 15 })
})
