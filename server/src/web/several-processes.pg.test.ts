import { expect, it, vi } from "vitest"
import { openDatabaseBus } from "#store/change-bus.ts"
import { newId } from "#store/ids.ts"
import { testDatabase } from "#testing/database.ts"
import { startWebApp, htmlOf, openWebWorld } from "#testing/web-world.ts"
import { type PageCount } from "#web/peers.ts"
import { shareChanges } from "#web/share-changes.ts"

it("shows in every process what one of them sold, at once and without being asked", async () => {
  await using database = await testDatabase()
  await using here = await startWebApp(database.url, {})
  await using there = await startWebApp(database.url, {})
  await using one = await openWebWorld({}, { database, app: here })
  await using other = await openWebWorld({}, { database, app: there })
  const shop = await one.shop((file) => {
    file.events[0].showtimes = [{ at: "2030-12-05T20:00" }]
    file.events[0].products[0].capacity = 5
  })
  const at = { view: "event", event: shop.storefront.events[0]!.slug } as const
  const onlooker = await other.page(shop, { at })
  const buyer = await one.page(shop, { at })
  await buyer.send("set-quantity", { price: shop.price, quantity: 2 })
  const told = await onlooker.until((frame) => htmlOf(frame).includes("3 left"))
  expect(told.regions.length).toBeGreaterThan(0)

  // The same cart, open in another process.
  const tab = await other.page(shop, { token: buyer.token, at })
  await buyer.send("set-quantity", { price: shop.price, quantity: 1 })
  await tab.until((frame) => htmlOf(frame).includes("4 left"))
})

it("adds up the pages that are open at each process, until one of them goes", async () => {
  await using database = await testDatabase()
  const accountId = newId()
  const join = (pages: readonly PageCount[]) =>
    shareChanges(
      { touched: () => {}, pages: () => pages },
      (listener) => openDatabaseBus(database.url, database.pool, listener),
      (error) => expect(error).toBeUndefined(),
    )
  const many = Array.from({ length: 200 }, (_, index): PageCount => [newId(), `club/${index}`, 1])
  await using here = await join([[accountId, "club/main", 2]])
  const there = await join([...many, [accountId, "club/main", 3], [accountId, "club/side", 1]])
  const seen = () => Object.fromEntries(here.openPages(accountId))
  await vi.waitFor(() => expect(seen()).toEqual({ "club/main": 5, "club/side": 1 }), {
    timeout: 20_000,
  })
  await there[Symbol.asyncDispose]()
  await vi.waitFor(() => expect(seen()).toEqual({ "club/main": 2 }), { timeout: 20_000 })
})
