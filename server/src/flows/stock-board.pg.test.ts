import { expect, it } from "vitest"
import { mostHeldPerCart } from "#core/hold.ts"
import { changeCart } from "#flows/change-cart.ts"
import { openStockBoard } from "#flows/stock-board.ts"
import { openStockLane } from "#flows/stock-lane.ts"
import { listStock } from "#store/inventory.ts"
import { aShopperCommand, aStorefront, aToken, firstOf } from "#testing/fixtures.ts"
import { type Counter, openCounter } from "#testing/shopper.ts"

/** The counter's lane does not know the board: what it sells is another process's. */
function boardOf({ pool, shop }: Counter) {
  const clock = { ms: 0 }
  const board = openStockBoard(pool, () => clock.ms)
  const { variant, priceType } = firstOf(shop)
  const left = async () => (await board.remaining(shop.account.id)).get(variant.id)
  return { board, clock, left, variant, priceType, accountId: shop.account.id }
}

it("reads again after a second, or once somebody says that it is wrong", async () => {
  await using counter = await openCounter()
  const { board, clock, left, priceType, accountId } = boardOf(counter)
  expect(board.revOf(accountId)).toBe(0)
  expect(await left()).toBe(10)
  await counter.shopper().set(priceType.id, 2)
  expect(await left()).toBe(10)
  clock.ms = 1000
  expect(await left()).toBe(8)
  await counter.shopper().set(priceType.id, 3)
  board.forget(accountId)
  expect(await left()).toBe(5)
})

it("knows at once what its own process committed, and never goes back to what was read before", async () => {
  await using counter = await openCounter()
  const { board, clock, left, priceType, accountId } = boardOf(counter)
  await left()
  const before = await listStock(counter.pool.db, accountId)
  const told = board.revOf(accountId)
  await using lane = openStockLane({ pool: counter.pool, onMoved: (stocks) => board.learn(stocks) })
  const data = { price: priceType.id, quantity: 4 }
  await changeCart(
    { lane },
    aShopperCommand(counter.shop, "set-quantity", data, { token: aToken() }),
  )
  expect(await left()).toBe(6)
  expect(board.revOf(accountId)).toBe(told + 1)
  board.learn(before)
  clock.ms = 500
  expect(await left()).toBe(6)
})

it("keeps its numbers, and the object that holds them, while nothing that a screen shows has changed", async () => {
  await using counter = await openCounter(aStorefront(), mostHeldPerCart + 50)
  const { board, clock, priceType, variant, accountId } = boardOf(counter)
  const first = await board.remaining(accountId)
  expect(first.get(variant.id)).toBe(mostHeldPerCart)
  await counter.shopper().set(priceType.id, 5)
  clock.ms = 1000
  expect(await board.remaining(accountId)).toBe(first)
  expect(board.revOf(accountId)).toBe(1)
})
