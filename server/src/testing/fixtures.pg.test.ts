import { expect, it } from "vitest"
import { testDatabase } from "#testing/database.ts"
import { aStorefront, firstOf, insertStorefront } from "#testing/fixtures.ts"

it("writes a storefront whose heads have their events", async () => {
  await using database = await testDatabase()
  const shop = await insertStorefront(database.owner, aStorefront(), 7)
  const { rows } = await database.owner.query(
    "select capacity, version from inv.variant where variant_id = $1",
    [firstOf(shop).variant.id],
  )
  expect(rows).toEqual([{ capacity: 7, version: 1 }])
})
