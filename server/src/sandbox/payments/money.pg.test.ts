import { afterAll, beforeAll, expect, it } from "vitest"
import { serverVariable } from "#testing/test-server.ts"
import { idOf } from "./objects.ts"
import { type Bench, errorOf, openBench } from "./sandbox-harness.ts"

let bench: Bench
beforeAll(async () => {
  bench = await openBench(process.env[serverVariable])
})
afterAll(() => bench[Symbol.asyncDispose]())

const paid = (amount: number, currency = "usd", payment_method = "pm_card_visa") =>
  bench.stripe.paymentIntents.create({
    amount,
    currency,
    payment_method,
    confirm: true,
    return_url: "https://shop.example/back",
  })

it("refunds in parts, never more than was paid", async () => {
  const intent = await paid(1000)
  const refund = await bench.stripe.refunds.create({
    payment_intent: intent.id,
    amount: 400,
    reason: "requested_by_customer",
    metadata: { refund: "r-1" },
  })
  expect(refund).toMatchObject({
    status: "succeeded",
    amount: 400,
    charge: intent.latest_charge,
    metadata: { refund: "r-1" },
  })
  const tooMuch = await errorOf(
    bench.stripe.refunds.create({ payment_intent: intent.id, amount: 601 }),
  )
  expect(tooMuch.message).toBe(
    "Refund amount ($6.01) is greater than unrefunded amount on charge ($6.00)",
  )
  expect(await bench.stripe.refunds.create({ payment_intent: intent.id })).toMatchObject({
    amount: 600,
  })
  const again = await errorOf(bench.stripe.refunds.create({ payment_intent: intent.id }))
  expect(again).toMatchObject({ statusCode: 400, code: "charge_already_refunded" })
  expect(await bench.stripe.charges.retrieve(idOf(intent.latest_charge))).toMatchObject({
    amount_refunded: 1000,
    refunded: true,
  })
  const { data } = await bench.stripe.refunds.list({ payment_intent: intent.id })
  expect(data.map(({ amount }) => amount)).toEqual([600, 400])
  expect(await bench.stripe.refunds.retrieve(refund.id)).toMatchObject({ id: refund.id })
})

it("lets only one of many concurrent refunds have the money", async () => {
  const intent = await paid(1000)
  const outcomes = await Promise.allSettled(
    Array.from({ length: 6 }, () =>
      bench.stripe.refunds.create({ payment_intent: intent.id, amount: 600 }),
    ),
  )
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1)
})

it("refunds nothing that was not paid", async () => {
  const intent = await bench.stripe.paymentIntents.create({ amount: 500, currency: "usd" })
  expect(await errorOf(bench.stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({
    statusCode: 400,
  })
  expect(await errorOf(bench.stripe.refunds.create({ payment_intent: "pi_none" }))).toMatchObject({
    statusCode: 404,
  })
})

it.each([
  { token: "pm_card_pendingRefund", status: "succeeded", left: 500 },
  { token: "pm_card_refundFail", status: "failed", left: 0 },
])("settles a pending refund: $status", async ({ token, status, left }) => {
  const intent = await paid(500, "usd", token)
  const refund = await bench.stripe.refunds.create({ payment_intent: intent.id })
  expect(refund.status).toBe("pending")
  await bench.admin("POST", "/sandbox/settle", { id: refund.id })
  expect(await bench.stripe.refunds.retrieve(refund.id)).toMatchObject({ status })
  expect(await bench.stripe.charges.retrieve(idOf(intent.latest_charge))).toMatchObject({
    amount_refunded: left,
  })
})

it("transfers what there is, and no more", async () => {
  await paid(2000, "sek")
  const account = await bench.stripe.accounts.create({ country: "SE", email: "club@example.com" })
  const before = await bench.stripe.balance.retrieve()
  expect(before.available).toContainEqual({
    amount: 2000,
    currency: "sek",
    source_types: { card: 2000 },
  })
  const transfer = await bench.stripe.transfers.create({
    amount: 1500,
    currency: "sek",
    destination: account.id,
    transfer_group: "payout-1",
    metadata: { payout: "p-1" },
  })
  expect(transfer).toMatchObject({
    amount: 1500,
    destination: account.id,
    reversed: false,
    metadata: { payout: "p-1" },
  })
  const more = { amount: 501, currency: "sek", destination: account.id }
  expect(await errorOf(bench.stripe.transfers.create(more))).toMatchObject({
    code: "balance_insufficient",
  })
  const nowhere = { amount: 1, currency: "sek", destination: "acct_none" }
  expect(await errorOf(bench.stripe.transfers.create(nowhere))).toMatchObject({
    code: "resource_missing",
    param: "destination",
  })
  const { data } = await bench.stripe.transfers.list({ transfer_group: "payout-1" })
  expect(data.map(({ id }) => id)).toEqual([transfer.id])
})

it("registers a domain once, and says whether wallets can be shown there", async () => {
  const domain = await bench.stripe.paymentMethodDomains.create({ domain_name: "club.example" })
  expect(domain).toMatchObject({
    enabled: true,
    apple_pay: { status: "active" },
    google_pay: { status: "active" },
  })
  const again = await bench.stripe.paymentMethodDomains.create({ domain_name: "club.example" })
  expect(again.id).toBe(domain.id)
  const local = await bench.stripe.paymentMethodDomains.create({ domain_name: "localhost" })
  expect(local.apple_pay).toMatchObject({
    status: "inactive",
    status_details: { error_message: expect.any(String) },
  })
  expect(await bench.stripe.paymentMethodDomains.validate(local.id)).toMatchObject({ id: local.id })
  const { data } = await bench.stripe.paymentMethodDomains.list({ domain_name: "club.example" })
  expect(data.map(({ id }) => id)).toEqual([domain.id])
  const wrong = bench.stripe.paymentMethodDomains.create({ domain_name: "https://club.example/" })
  expect(await errorOf(wrong)).toMatchObject({ param: "domain_name" })
})
