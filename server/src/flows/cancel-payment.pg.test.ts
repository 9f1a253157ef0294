import { randomUUID } from "node:crypto"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { cancelPayment } from "#flows/cancel-payment.ts"
import { completeCart } from "#flows/complete-order.ts"
import { openIntentCall } from "#flows/submit-payment.ts"
import { withTx } from "#store/db.ts"
import { findPaymentOfOrder, lockPayment } from "#store/payments.ts"
import { closeCall } from "#store/provider-calls.ts"
import { assertBooks } from "#testing/books.ts"
import { aShopperCommand } from "#testing/fixtures.ts"
import {
  aBuyer,
  type Buyer,
  cartOf,
  clickPay,
  confirmWith,
  intentsOf,
  openPurchaseBench,
  ordersOf,
  planFault,
  type PurchaseBench,
  setQuantity,
} from "#testing/purchase.ts"

let bench: PurchaseBench
beforeAll(async () => {
  bench = await openPurchaseBench()
})
beforeEach(async () => {
  await bench.bench.admin("DELETE", "/sandbox/faults")
})
afterEach(() => assertBooks(bench.database.owner))
afterAll(() => bench[Symbol.asyncDispose]())

const back = ({ shop, token }: Buyer, op: string = randomUUID()) =>
  cancelPayment(bench.deps, aShopperCommand(shop, "back", {}, { token, op }))

const holdsOf = async (buyer: Buyer) => {
  const { rows } = await bench.database.owner.query<{ state: string; is_own: boolean }>(
    `select h.state, h.expires_at = c.holds_expire_at as is_own from inv.hold h join sales.cart c on c.id = h.cart_id where c.id = $1`,
    [(await cartOf(bench, buyer)).id],
  )
  return rows
}

it("opens the cart again with its holds, its own deadline and a new revision", async () => {
  const buyer = await aBuyer(bench)
  await clickPay(bench, buyer)
  expect(await holdsOf(buyer)).toEqual([{ state: "paying", is_own: false }])
  const { rev } = await cartOf(bench, buyer)
  expect(await back(buyer)).toEqual({ outcome: "done", rev: rev + 1 })
  expect(await cartOf(bench, buyer)).toMatchObject({ state: "open", rev: rev + 1 })
  expect(await holdsOf(buyer)).toEqual([{ state: "held", is_own: true }])
  expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "canceled", payment: "canceled" }])
  expect(await intentsOf(bench, buyer)).toEqual(["canceled"])
})

it("lets the changed cart be paid by another payment, once the old one is canceled", async () => {
  const buyer = await aBuyer(bench)
  await clickPay(bench, buyer)
  await back(buyer)
  expect(await setQuantity(bench.deps, buyer, 1)).toMatchObject({ outcome: "done" })
  const begun = await clickPay(bench, { ...buyer, totalMinor: 2000 })
  expect(begun.confirm?.amountMinor).toBe(2000)
  await confirmWith(bench, begun)
  const { shop, token } = buyer
  await completeCart(bench.deps, aShopperCommand(shop, "complete", {}, { token }))
  expect((await intentsOf(bench, buyer)).toSorted()).toEqual(["canceled", "succeeded"])
  expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "canceled" }, { state: "paid" }])
})

it("completes the order instead when the money has moved", async () => {
  const buyer = await aBuyer(bench)
  await confirmWith(bench, await clickPay(bench, buyer))
  expect(await back(buyer)).toMatchObject({ refusal: { reason: "cart-completed" } })
  expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "paid", tickets: 2 }])
})

it("cannot leave money that is on its way", async () => {
  const buyer = await aBuyer(bench)
  await confirmWith(bench, await clickPay(bench, buyer), "pm_card_bypassPending")
  expect(await back(buyer)).toMatchObject({ refusal: { reason: "payment-processing" } })
  expect(await cartOf(bench, buyer)).toMatchObject({ state: "frozen" })
  expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "processing" }])
})

it("can leave money that was on its way and has come to nothing", async () => {
  const buyer = await aBuyer(bench)
  await confirmWith(bench, await clickPay(bench, buyer), "pm_card_chargeCustomerFail")
  expect(await back(buyer)).toMatchObject({ refusal: { reason: "payment-processing" } })
  const [order] = await ordersOf(bench, buyer)
  await bench.bench.admin("POST", "/sandbox/settle", { id: order?.provider_id })
  expect(await back(buyer)).toMatchObject({ outcome: "done" })
  expect(await cartOf(bench, buyer)).toMatchObject({ state: "open" })
  expect(await intentsOf(bench, buyer)).toEqual(["canceled"])
})

it("does not leave a payment that somebody sends in the same moment", async () => {
  const buyer = await aBuyer(bench)
  await planFault(bench, { method: "POST", path: "/v1/payment_intents", action: "401" })
  await clickPay(bench, buyer)
  const { pool, owner } = bench.database
  const [order] = await ordersOf(bench, buyer)
  expect(order).toMatchObject({ payment: "created" })
  const payment = await findPaymentOfOrder(pool.db, buyer.shop.account.id, order!.id)
  const { leaving, call } = await withTx(pool, async (tx) => {
    await lockPayment(tx, payment!.id)
    const call = await openIntentCall(tx, payment!, "C-1")
    const begun = { leaving: back(buyer), call }
    const waiting = "datname = current_database() and wait_event_type = 'Lock'"
    const look = () => owner.query(`select from pg_stat_activity where ${waiting}`)
    await vi.waitFor(async () => expect((await look()).rows).toHaveLength(1), { timeout: 20_000 })
    return begun
  })
  expect(await leaving).toMatchObject({ refusal: { reason: "cart-busy-paying" } })
  expect(await ordersOf(bench, buyer)).toMatchObject([
    { state: "awaiting_payment", payment: "submitting" },
  ])
  expect(await cartOf(bench, buyer)).toMatchObject({ state: "frozen" })
  if (call !== "busy") await withTx(pool, (tx) => closeCall(tx, call.id, { outcome: "retry" }))
})

it("ends in one of two ways when it races the card, and in the same way for everybody", async () => {
  for (let round = 0; round < 6; round++) {
    const buyer = await aBuyer(bench)
    const begun = await clickPay(bench, buyer)
    const { shop, token } = buyer
    const [card, left] = await Promise.all([
      confirmWith(bench, begun),
      back(buyer),
      completeCart(bench.deps, aShopperCommand(shop, "complete", {}, { token })),
    ])
    await completeCart(bench.deps, aShopperCommand(shop, "complete", {}, { token }))
    const [order] = await ordersOf(bench, buyer)
    const [intent] = await intentsOf(bench, buyer)
    expect([order?.state, intent]).toEqual(
      card === "succeeded" ? ["paid", "succeeded"] : ["canceled", "canceled"],
    )
    expect(left.outcome).toBe(card === "succeeded" ? "refused" : "done")
  }
})

describe("when the provider's answer is lost", () => {
  const canceling = { method: "POST", path: "/v1/payment_intents/*/cancel" }

  it.each([
    ["after the cancellation", { ...canceling, action: "drop-response", times: 2 }],
    ["before the cancellation", { ...canceling, action: "drop-request", times: 2 }],
    ["with a failure after it", { ...canceling, action: "500-after-effect" }],
    ["with a failure before it", { ...canceling, action: "500" }],
  ])("%s, the cart is open all the same", async (_, fault) => {
    const buyer = await aBuyer(bench)
    await clickPay(bench, buyer)
    await planFault(bench, fault)
    expect(await back(buyer)).toMatchObject({ outcome: "done" })
    expect(await intentsOf(bench, buyer)).toEqual(["canceled"])
    expect(await cartOf(bench, buyer)).toMatchObject({ state: "open" })
  })

  it("and stays lost, the cart stays frozen", async () => {
    const buyer = await aBuyer(bench)
    await clickPay(bench, buyer)
    await planFault(bench, { ...canceling, action: "drop-request", times: 10 })
    expect(await back(buyer)).toMatchObject({ refusal: { reason: "cart-busy-paying" } })
    expect(await cartOf(bench, buyer)).toMatchObject({ state: "frozen" })
  })
})

it("does not leave a payment that was begun after it, when it arrives late", async () => {
  const buyer = await aBuyer(bench)
  await clickPay(bench, buyer)
  const op = randomUUID()
  await back(buyer, op)
  await clickPay(bench, buyer)
  expect(await back(buyer, op)).toMatchObject({ outcome: "done" })
  expect(await cartOf(bench, buyer)).toMatchObject({ state: "frozen" })
})

it("does nothing to a cart that nobody pays", async () => {
  const buyer = await aBuyer(bench)
  const { rev } = await cartOf(bench, buyer)
  expect(await back(buyer)).toEqual({ outcome: "done", rev })
})
