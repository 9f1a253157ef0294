import { expect, it } from "vitest"
import { changeCart } from "#flows/change-cart.ts"
import { openStockLane } from "#flows/stock-lane.ts"
import { findCart, tokenHash } from "#store/carts.ts"
import { testDatabase } from "#testing/database.ts"
import {
  aShopperCommand,
  aStorefront,
  aToken,
  firstOf,
  insertStorefront,
} from "#testing/fixtures.ts"

it("opens the cart with its first tickets and holds them", async () => {
  await using database = await testDatabase()
  const shop = await insertStorefront(database.owner, aStorefront(), 10)
  await using lane = openStockLane({ pool: database.pool })
  const { priceType, variant } = firstOf(shop)
  const token = aToken()
  const command = aShopperCommand(
    shop,
    "set-quantity",
    { price: priceType.id, quantity: 2 },
    { token },
  )
  expect(await changeCart({ lane }, command)).toEqual({ outcome: "done", rev: 1 })
  const shown = await findCart(database.pool.db, shop.account.id, tokenHash(token))
  expect(shown?.cart.lines).toEqual([
    { variantId: variant.id, priceTypeId: priceType.id, quantity: 2 },
  ])
  expect(shown?.liveHolds).toEqual(new Map([[variant.id, 2]]))
})
