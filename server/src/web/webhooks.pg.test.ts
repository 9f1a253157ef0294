import { randomUUID } from "node:crypto"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { applyWebhook } from "#flows/apply-webhook.ts"
import type { Arrival } from "#sandbox/payments/sandbox-harness.ts"
import { assertBooks } from "#testing/books.ts"
import {
  aBuyer,
  type Buyer,
  cartOf,
  clickPay,
  confirmWith,
  openPurchaseBench,
  ordersOf,
  planFault,
  type PurchaseBench,
} from "#testing/purchase.ts"
import { webhookRoutes } from "#web/webhooks.ts"

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

const post = (payload: string, signature: string) =>
  webhookRoutes(bench.deps).request("/webhooks/stripe", {
    method: "POST",
    body: payload,
    headers: { "stripe-signature": signature },
  })

/** Delivers it, and does what the job would do. */
async function deliver({ payload, signature, event }: Arrival): Promise<number> {
  const { status } = await post(payload, signature)
  await applyWebhook(bench.deps, { provider: "stripe", eventId: event.id })
  return status
}

/** The provider's events about the buyer's payment so far, once one of this type is there. */
async function eventsOf(buyer: Buyer, type: string): Promise<Arrival[]> {
  const [order] = await ordersOf(bench, buyer)
  const mine = (arrivals: readonly Arrival[]) =>
    arrivals.filter(
      ({ event }) =>
        event.type.startsWith("payment_intent.") &&
        JSON.stringify(event.data.object).includes(order?.id ?? "no order"),
    )
  const all = await bench.bench.webhooks.until((arrivals) =>
    mine(arrivals).some(({ event }) => event.type === type),
  )
  return mine(all)
}

const inbox = async (eventId: string) => {
  const { rows } = await bench.database.owner.query<{ state: string; deliveries: number }>(
    "select state, deliveries from pay.webhook_inbox where event_id = $1",
    [eventId],
  )
  return rows[0]
}

const paid = [{ state: "paid", payment: "succeeded", tickets: 2 }]

it("completes the order of a shopper who closed the tab", async () => {
  const buyer = await aBuyer(bench)
  await confirmWith(bench, await clickPay(bench, buyer))
  const events = await eventsOf(buyer, "payment_intent.succeeded")
  for (const event of events) expect(await deliver(event)).toBe(200)
  expect(await ordersOf(bench, buyer)).toMatchObject(paid)
  expect(await cartOf(bench, buyer)).toMatchObject({ state: "completed" })
  expect(bench.changes).toContainEqual({
    accountId: buyer.shop.account.id,
    cartId: (await cartOf(bench, buyer)).id,
  })
})

it("counts a repeated delivery and applies it once", async () => {
  const buyer = await aBuyer(bench)
  await confirmWith(bench, await clickPay(bench, buyer))
  const events = await eventsOf(buyer, "payment_intent.succeeded")
  const last = events.find(({ event }) => event.type === "payment_intent.succeeded")!
  await Promise.all([deliver(last), deliver(last), deliver(last)])
  expect(await inbox(last.event.id)).toEqual({ state: "applied", deliveries: 3 })
  expect(await ordersOf(bench, buyer)).toMatchObject(paid)
  const { rows } = await bench.database.owner.query(
    "select name from pgboss.job where data->>'eventId' = $1",
    [last.event.id],
  )
  expect(rows).toHaveLength(1)
})

it("takes events in any order", async () => {
  const buyer = await aBuyer(bench)
  const begun = await clickPay(bench, buyer)
  await confirmWith(bench, begun, "pm_card_visa_chargeDeclined")
  await confirmWith(bench, begun)
  const events = await eventsOf(buyer, "payment_intent.succeeded")
  expect(events.map(({ event }) => event.type)).toContain("payment_intent.payment_failed")
  for (const event of events.toReversed()) await deliver(event)
  expect(await ordersOf(bench, buyer)).toMatchObject(paid)
})

it("completes a payment that was processed slowly", async () => {
  const buyer = await aBuyer(bench)
  await confirmWith(bench, await clickPay(bench, buyer), "pm_card_bypassPending")
  for (const event of await eventsOf(buyer, "payment_intent.processing")) await deliver(event)
  const [order] = await ordersOf(bench, buyer)
  expect(order).toMatchObject({ state: "processing", payment: "processing" })
  await bench.bench.admin("POST", "/sandbox/settle", { id: order?.provider_id })
  for (const event of await eventsOf(buyer, "payment_intent.succeeded")) await deliver(event)
  expect(await ordersOf(bench, buyer)).toMatchObject(paid)
})

it("lets the shopper try again when the bank declines after all", async () => {
  const buyer = await aBuyer(bench)
  await confirmWith(bench, await clickPay(bench, buyer), "pm_card_chargeCustomerFail")
  for (const event of await eventsOf(buyer, "payment_intent.processing")) await deliver(event)
  const [order] = await ordersOf(bench, buyer)
  await bench.bench.admin("POST", "/sandbox/settle", { id: order?.provider_id })
  for (const event of await eventsOf(buyer, "payment_intent.payment_failed")) await deliver(event)
  expect(await ordersOf(bench, buyer)).toMatchObject([
    { state: "awaiting_payment", payment: "failed" },
  ])
  expect((await clickPay(bench, buyer)).confirm).toBeDefined()
})

it("may be faster than our own note of the answer", async () => {
  const buyer = await aBuyer(bench)
  await planFault(bench, {
    method: "POST",
    path: "/v1/payment_intents",
    action: "drop-response",
    times: 6,
  })
  await planFault(bench, {
    method: "GET",
    path: "/v1/payment_intents",
    action: "drop-request",
    times: 6,
  })
  expect((await clickPay(bench, buyer)).outcome.outcome).toBe("working")
  await bench.bench.admin("DELETE", "/sandbox/faults")
  const [created] = await eventsOf(buyer, "payment_intent.created")
  await deliver(created!)
  expect(await ordersOf(bench, buyer)).toMatchObject([{ payment: "requires_action" }])
  await confirmWith(bench, await clickPay(bench, buyer))
  for (const event of await eventsOf(buyer, "payment_intent.succeeded")) await deliver(event)
  expect(await ordersOf(bench, buyer)).toMatchObject(paid)
})

describe("what is not the provider's word about our money", () => {
  it("a forged or altered body is refused and not kept", async () => {
    const buyer = await aBuyer(bench)
    await confirmWith(bench, await clickPay(bench, buyer))
    const [{ payload, signature, event } = { payload: "", signature: "", event: { id: "" } }] =
      await eventsOf(buyer, "payment_intent.succeeded")
    expect((await post(payload, "t=1,v1=00")).status).toBe(400)
    expect((await post(payload, "")).status).toBe(400)
    expect((await post(`${payload} `, signature)).status).toBe(400)
    expect((await post("not json", signature)).status).toBe(400)
    expect(await inbox(event.id)).toBeUndefined()
    expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "awaiting_payment" }])
  })

  it("a body that is too large is refused", async () => {
    expect((await post("x".repeat(600 * 1024), "t=1,v1=00")).status).toBe(413)
  })

  it("an event about something unknown is ignored", async () => {
    const { stripe, webhooks } = bench.bench
    const { id } = await stripe.paymentIntents.create({
      amount: 500,
      currency: "usd",
      metadata: { payment_id: randomUUID() },
    })
    const arrivals = await webhooks.until((all) =>
      all.some(({ event }) => JSON.stringify(event.data.object).includes(id)),
    )
    const arrival = arrivals.find(({ event }) => JSON.stringify(event.data.object).includes(id))!
    expect(await deliver(arrival)).toBe(200)
    expect(await inbox(arrival.event.id)).toMatchObject({ state: "ignored" })
  })

  it("money of another amount is parked, alerted and never fulfilled", async () => {
    const buyer = await aBuyer(bench)
    const begun = await clickPay(bench, buyer)
    const [{ provider_id: id } = { provider_id: "" }] = await ordersOf(bench, buyer)
    await bench.bench.stripe.paymentIntents.update(id ?? "", { amount: 100 })
    await confirmWith(bench, begun)
    for (const event of await eventsOf(buyer, "payment_intent.succeeded")) await deliver(event)
    expect(await ordersOf(bench, buyer)).toMatchObject([
      { state: "awaiting_payment", tickets: 0, parked: expect.stringContaining("100 cad") },
    ])
    expect(bench.alerts).toEqual(["a payment was parked: look at it"])
  })

  it("an event that cannot be checked now is kept for the next try", async () => {
    const buyer = await aBuyer(bench)
    await confirmWith(bench, await clickPay(bench, buyer))
    const events = await eventsOf(buyer, "payment_intent.succeeded")
    const last = events.find(({ event }) => event.type === "payment_intent.succeeded")!
    await planFault(bench, { method: "GET", path: "/v1/payment_intents/*", action: "500" })
    await expect(deliver(last)).rejects.toThrow("could not be read")
    expect(await inbox(last.event.id)).toMatchObject({ state: "received" })
    await deliver(last)
    expect(await ordersOf(bench, buyer)).toMatchObject(paid)
  })
})
