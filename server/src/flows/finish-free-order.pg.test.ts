import { randomUUID } from "node:crypto"
import { afterAll, afterEach, beforeAll, expect, it } from "vitest"
import { finishFreeOrder } from "#flows/finish-free-order.ts"
import { assertBooks } from "#testing/books.ts"
import {
  anEvent,
  aPriceType,
  aProduct,
  aShopperCommand,
  aStorefront,
  aVariant,
  insertStorefront,
} from "#testing/fixtures.ts"
import {
  aBuyer,
  type Buyer,
  cartOf,
  openPurchaseBench,
  ordersOf,
  type PurchaseBench,
} from "#testing/purchase.ts"

let bench: PurchaseBench
beforeAll(async () => {
  bench = await openPurchaseBench()
})
afterEach(() => assertBooks(bench.database.owner))
afterAll(() => bench[Symbol.asyncDispose]())

/** Somebody with two tickets that cost `unitMinor` each, the form filled in. */
async function buyerAt(unitMinor: number): Promise<Buyer> {
  const priceTypes = [aPriceType({ prices: { cad: { unitMinor } } })]
  const product = aProduct({ variants: [aVariant({ priceTypes })] })
  const shop = aStorefront({ events: [anEvent({ products: [product] })] })
  return aBuyer(bench, { shop: await insertStorefront(bench.database.owner, shop, 10) })
}

async function finish(
  buyer: Buyer,
  { op = randomUUID(), base }: { op?: string; base?: number } = {},
) {
  const { shop, token } = buyer
  const command = aShopperCommand(shop, "submit-details", { values: {} }, { op, token })
  return finishFreeOrder(bench.deps, command, base ?? (await cartOf(bench, buyer)).rev)
}

it("makes an order of a free cart, and the same one when the form comes again", async () => {
  const buyer = await buyerAt(0)
  const op = randomUUID()
  const { rev } = await cartOf(bench, buyer)
  const first = await finish(buyer, { op, base: rev })
  expect(first).toMatchObject({ outcome: "done" })
  expect(await finish(buyer, { op, base: rev })).toEqual(first)
  expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "paid", payment: null, tickets: 2 }])
})

it("makes no order of what somebody has changed since the form was sent", async () => {
  const buyer = await buyerAt(0)
  const { rev } = await cartOf(bench, buyer)
  expect(await finish(buyer, { base: rev - 1 })).toMatchObject({
    outcome: "refused",
    refusal: { reason: "price-changed" },
  })
  expect(await ordersOf(bench, buyer)).toEqual([])
})

it("leaves alone what costs something", async () => {
  const buyer = await buyerAt(2000)
  expect(await finish(buyer)).toBeUndefined()
  expect(await ordersOf(bench, buyer)).toEqual([])
})
