import { afterAll, beforeAll, expect, it } from "vitest"
import { type ConsoleVisitor, newMember } from "#testing/console.ts"
import { openWebWorld, type WebShop, type WebWorld } from "#testing/web-world.ts"

let world: WebWorld
let shop: WebShop
let owner: ConsoleVisitor
beforeAll(async () => {
  world = await openWebWorld()
  shop = await world.shop()
  const place = { ...world, publicUrl: world.app.publicUrl }
  owner = (await newMember(place, shop.accountId, "owner")).visitor
})
afterAll(() => world[Symbol.asyncDispose]())

const noId = "------------------------------------"
const id = "00000000-0000-0000-0000-000000000000"

it.each([
  `orders?before=${noId}`,
  `orders?after=${"a".repeat(36)}`,
  "orders?from=0000-01-01&to=0001-01-01",
  "orders?from=9999-12-31&to=9999-12-31",
  "orders?q=%00",
  "orders?event=%00",
  "orders/%00",
  "reports?from=0000-01-01&to=0001-01-01",
  "reports?from=0001-01-01&to=0001-01-01&compare=year",
  "reports/sales?from=0000-01-01&to=0001-01-01",
  "reports/orders?from=0000-01-01&to=0000-01-02",
  "reports/orders.csv?from=0000-01-01&to=0000-01-02",
  `reports/orders?before=2026-02-30T00:00:00Z&beforeId=${id}`,
  `reports/orders?before=0000-01-01T00:00:00Z&beforeId=${id}`,
  `reports/orders?before=2026-01-01T00:00:00Z&beforeId=${noId}`,
  "settings/audit?subject=%00",
])("answers an address that nobody's link leads to: %s", async (path) => {
  const seen = await owner.get(`/console/${shop.slug}/${path}`)
  expect([200, 404]).toContain(seen.status)
})

it("knows no event with a NUL in its name", async () => {
  const answer = await fetch(`${world.url}/e/${shop.slug}/%00`)
  expect(answer.status).toBe(404)
})
