import { afterAll, beforeAll, expect, it } from "vitest"
import type { CommandData } from "@foyer/shared/protocol"
import { ackConversions } from "#flows/ack-conversions.ts"
import { completeCart } from "#flows/complete-order.ts"
import { findPublicOrder } from "#flows/find-order.ts"
import { claimConversions } from "#store/conversions.ts"
import { findOrder } from "#store/orders.ts"
import { aShopperCommand, aStorefront, insertStorefront } from "#testing/fixtures.ts"
import {
  aBuyer,
  type Buyer,
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
afterAll(() => bench[Symbol.asyncDispose]())

async function aPurchase(): Promise<{ buyer: Buyer; orderId: string }> {
  const shop = await insertStorefront(bench.database.owner, aStorefront())
  await bench.database.owner.query(
    "insert into org.pixel values ($1, 'meta', '1'), ($1, 'ga4', 'G-1')",
    [shop.account.id],
  )
  const buyer = await aBuyer(bench, { shop })
  await confirmWith(bench, await clickPay(bench, buyer))
  const { token } = buyer
  await completeCart(bench.deps, aShopperCommand(shop, "complete", {}, { token }))
  const [order] = await ordersOf(bench, buyer)
  return { buyer, orderId: order!.id }
}

const acknowledge = (
  { shop, token }: Buyer,
  order: string,
  outcomes: CommandData<"ack-conversions">["outcomes"],
) =>
  ackConversions(
    bench.deps,
    aShopperCommand(shop, "ack-conversions", { order, outcomes }, { token }),
  )

const claim = async (orderId: string) =>
  (await claimConversions(bench.deps.pool.db, orderId)).toSorted()

const rowsOf = async (orderId: string) => {
  const { rows } = await bench.database.owner.query(
    "select destination, state, outcome from marketing.conversion where order_id = $1 order by destination",
    [orderId],
  )
  return rows
}

it("hands each destination to one of two tabs", async () => {
  const { orderId } = await aPurchase()
  const tabs = await Promise.all([claim(orderId), claim(orderId), claim(orderId)])
  expect(tabs.filter((tab) => tab.length > 0)).toEqual([["ga4", "meta"]])
})

it("hands them out again when the page that had them is gone", async () => {
  const { orderId } = await aPurchase()
  await claim(orderId)
  await bench.database.owner.query(
    "update marketing.conversion set handed_out_at = handed_out_at - interval '31 seconds' where order_id = $1",
    [orderId],
  )
  expect(await claim(orderId)).toEqual(["ga4", "meta"])
})

it("never hands out again what was fired or could not be", async () => {
  const { buyer, orderId } = await aPurchase()
  await claim(orderId)
  await acknowledge(buyer, orderId, [
    { destination: "meta", outcome: "fired" },
    { destination: "ga4", outcome: "missing-library" },
  ])
  await bench.database.owner.query(
    "update marketing.conversion set handed_out_at = handed_out_at - interval '1 hour' where order_id = $1",
    [orderId],
  )
  expect(await claim(orderId)).toEqual([])
  expect(await rowsOf(orderId)).toEqual([
    { destination: "ga4", state: "skipped", outcome: "missing-library" },
    { destination: "meta", state: "acknowledged", outcome: "fired" },
  ])
})

it("takes an acknowledgement twice, and keeps what was fired", async () => {
  const { buyer, orderId } = await aPurchase()
  await claim(orderId)
  await acknowledge(buyer, orderId, [{ destination: "meta", outcome: "fired" }])
  await acknowledge(buyer, orderId, [{ destination: "meta", outcome: "no-consent" }])
  expect(await rowsOf(orderId)).toContainEqual({
    destination: "meta",
    state: "acknowledged",
    outcome: "fired",
  })
})

it("leaves other people's orders alone", async () => {
  const mine = await aPurchase()
  const theirs = await aPurchase()
  await acknowledge(mine.buyer, theirs.orderId, [{ destination: "meta", outcome: "fired" }])
  expect(await rowsOf(theirs.orderId)).toMatchObject([{ state: "pending" }, { state: "pending" }])
})

it("finds an order by its link, whole, and by nothing else", async () => {
  const { buyer, orderId } = await aPurchase()
  const order = await findOrder(bench.deps.pool.db, buyer.shop.account.id, orderId)
  const found = await findPublicOrder(bench.deps, order!.publicToken)
  expect(found).toMatchObject({
    account: { name: "Laughing Stock" },
    order: { id: orderId, totalMinor: 4000, lines: [{ quantity: 2 }] },
  })
  expect(found?.order.tickets.map(({ code }) => code)).toEqual([
    expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{10}$/),
    expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{10}$/),
  ])
  expect(await findPublicOrder(bench.deps, orderId)).toBeUndefined()
})
