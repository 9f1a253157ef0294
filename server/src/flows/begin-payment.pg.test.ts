import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest"
import { completeCart } from "#flows/complete-order.ts"
import { assertBooks } from "#testing/books.ts"
import { aShopperCommand } from "#testing/fixtures.ts"
import {
  aBuyer,
  type Buyer,
  cartOf,
  clickPay,
  confirmWith,
  openPurchaseBench,
  ordersOf,
  type PurchaseBench,
} from "#testing/purchase.ts"

let bench: PurchaseBench
beforeAll(async () => {
  bench = await openPurchaseBench()
})
beforeEach(async () => {
  bench.alerts.length = 0
  await bench.bench.admin("DELETE", "/sandbox/faults")
})
afterEach(() => assertBooks(bench.database.owner))
afterAll(() => bench[Symbol.asyncDispose]())

const complete = ({ shop, token }: Buyer) =>
  completeCart(bench.deps, aShopperCommand(shop, "complete", {}, { token }))

it("sells two tickets for a card", async () => {
  const buyer = await aBuyer(bench)
  const begun = await clickPay(bench, buyer)
  expect(begun.outcome.outcome).toBe("done")
  expect(begun.confirm).toMatchObject({ amountMinor: 4000, currency: "cad" })
  expect(await cartOf(bench, buyer)).toMatchObject({ state: "frozen" })
  expect(await confirmWith(bench, begun)).toBe("succeeded")
  expect((await complete(buyer)).outcome).toBe("done")
  expect(await cartOf(bench, buyer)).toMatchObject({ state: "completed" })
  expect(await ordersOf(bench, buyer)).toMatchObject([
    { state: "paid", payment: "succeeded", tickets: 2 },
  ])
})
