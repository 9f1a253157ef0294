import { testDatabase } from "@foyer/server/testing/database.ts"
import { bundle, openProcessWorld } from "#support/process-world.ts"
import { arrive, choose, expectOneOrder, pay } from "#support/purchase-story.ts"
import { test } from "@playwright/test"

test("the server that is built for production sells a ticket", async ({ page }) => {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await testDatabase())
  const foyer = await openProcessWorld(stack, database, { NODE_ENV: "production" }, bundle)
  const { club, shopper } = await arrive(page, foyer)
  await choose(shopper)
  await pay(shopper)
  await expectOneOrder(foyer, shopper, club)
})
