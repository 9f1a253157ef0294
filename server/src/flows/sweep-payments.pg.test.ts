import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { applyWebhook, receiveWebhook } from "#flows/apply-webhook.ts"
import { completeOrder } from "#flows/complete-order.ts"
import { refundPayment } from "#flows/refund-payment.ts"
import { sweepPayments } from "#flows/sweep-payments.ts"
import { countParked, findPaymentOfOrder, listDuePayments } from "#store/payments.ts"
import { listOpenRefunds } from "#store/refunds.ts"
import { assertBooks } from "#testing/books.ts"
import {
  aBuyer,
  type Buyer,
  cartOf,
  clickPay,
  confirmWith,
  expireHolds,
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
  bench.alerts.length = 0
  await bench.bench.admin("DELETE", "/sandbox/faults")
})
afterEach(() => assertBooks(bench.database.owner))
afterAll(() => bench[Symbol.asyncDispose]())

const sweep = () => sweepPayments(bench.deps, { silentSeconds: 0, forgottenSeconds: 0, limit: 100 })

/** Asks for payments only: refunds are left to their jobs. */
const learn = () =>
  sweepPayments(bench.deps, { silentSeconds: 0, forgottenSeconds: 3600, limit: 100 })

const query = (sql: string, values: unknown[]) => bench.database.owner.query(sql, values)

async function letOrderExpire(buyer: Buyer): Promise<void> {
  await query(
    "update sales.orders set expires_at = clock_timestamp() - interval '1 second' where cart_id = $1",
    [(await cartOf(bench, buyer)).id],
  )
}

const refundsOf = async (buyer: Buyer) => {
  const { rows } = await query(
    `select r.id, r.state, r.amount_minor as amount from pay.refund r join pay.payment p on p.id = r.payment_id
       join sales.orders o on o.id = p.order_id where o.cart_id = $1`,
    [(await cartOf(bench, buyer)).id],
  )
  return rows as { id: string; state: string; amount: number }[]
}

const refundAtProvider = async (refundId: string) => {
  const { body } = await bench.bench.admin("GET", "/sandbox/objects?kind=refund&limit=1000")
  return (body.data ?? []).filter(
    (each) => (each["metadata"] as { refund_id?: string }).refund_id === refundId,
  )
}

it("completes an order of which nobody brought news", async () => {
  const buyer = await aBuyer(bench)
  await confirmWith(bench, await clickPay(bench, buyer))
  await sweep()
  expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "paid", tickets: 2 }])
})

it("gives up an order that nobody paid in time: canceled at the provider first", async () => {
  const buyer = await aBuyer(bench)
  await clickPay(bench, buyer)
  await expireHolds(bench, buyer)
  await letOrderExpire(buyer)
  await sweep()
  expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "expired", payment: "canceled" }])
  expect(await intentsOf(bench, buyer)).toEqual(["canceled"])
  expect(await cartOf(bench, buyer)).toMatchObject({ state: "open" })
})

it("does not give up an order that was paid in the last moment", async () => {
  const buyer = await aBuyer(bench)
  await confirmWith(bench, await clickPay(bench, buyer))
  await letOrderExpire(buyer)
  await sweep()
  expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "paid", tickets: 2 }])
})

it("goes on with the others when one cannot be asked for", async () => {
  const [one, two] = [await aBuyer(bench), await aBuyer(bench)]
  for (const buyer of [one, two]) await confirmWith(bench, await clickPay(bench, buyer))
  await planFault(bench, { method: "GET", path: "/v1/payment_intents/*", action: "500" })
  await sweep()
  const states = [...(await ordersOf(bench, one)), ...(await ordersOf(bench, two))]
  expect(states.map(({ state }) => state).toSorted()).toEqual(["awaiting_payment", "paid"])
  await sweep()
  expect(await ordersOf(bench, one)).toMatchObject([{ state: "paid" }])
  expect(await ordersOf(bench, two)).toMatchObject([{ state: "paid" }])
})

it("begins nothing once its time is spent, and the next sweep does it", async () => {
  const buyer = await aBuyer(bench)
  await confirmWith(bench, await clickPay(bench, buyer))
  await sweepPayments(bench.deps, { silentSeconds: 0, budgetSeconds: 0 })
  expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "awaiting_payment" }])
  await sweep()
  expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "paid" }])
})

it("asks for the next while a slow answer is waited for", async () => {
  const buyers = [await aBuyer(bench), await aBuyer(bench)]
  for (const buyer of buyers) await confirmWith(bench, await clickPay(bench, buyer))
  const both = Promise.withResolvers<void>()
  let asked = 0
  const payments: typeof bench.deps.payments = {
    ...bench.deps.payments,
    async retrieveIntent(id) {
      if (++asked === 2) both.resolve()
      await both.promise
      return bench.deps.payments.retrieveIntent(id)
    },
  }
  await sweepPayments({ ...bench.deps, payments }, { silentSeconds: 0, atATime: 2 })
  for (const buyer of buyers)
    expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "paid" }])
})

it("asks less often for what nobody has heard of for long", async () => {
  const buyer = await aBuyer(bench)
  await clickPay(bench, buyer)
  const [order] = await ordersOf(bench, buyer)
  const isDue = async (ageMinutes: number, silentSeconds: number) => {
    await query(
      `update pay.payment set created_at = clock_timestamp() - $2 * interval '1 minute',
         provider_seen_at = clock_timestamp() - $3 * interval '1 second' where order_id = $1`,
      [order!.id, ageMinutes, silentSeconds],
    )
    const due = await listDuePayments(bench.database.pool.db, 10, 1000)
    return due.some((payment) => payment.orderId === order!.id)
  }
  expect(await isDue(1, 11)).toBe(true)
  expect(await isDue(20, 60)).toBe(false)
  expect(await isDue(20, 101)).toBe(true)
  expect(await isDue(100_000, 590)).toBe(false)
  expect(await isDue(100_000, 601)).toBe(true)
})

it("writes an end to a call whose caller died, when a webhook told what came of it", async () => {
  const buyer = await aBuyer(bench)
  await confirmWith(bench, await clickPay(bench, buyer))
  const [order] = await ordersOf(bench, buyer)
  const lose = (agoSeconds: number) =>
    query(
      `update pay.provider_call set outcome = null, finished_at = null, started_at = clock_timestamp() - $2 * interval '1 second'
        where subject_id = (select id from pay.payment where order_id = $1)`,
      [order!.id, agoSeconds],
    )
  await lose(1)
  await completeOrder(bench.deps, { providerId: order!.provider_id ?? "" }, "webhook")
  const outcomes = `select c.outcome from pay.provider_call c join pay.payment p on p.id = c.subject_id where p.order_id = $1`
  await sweep()
  expect((await query(outcomes, [order!.id])).rows).toEqual([{ outcome: null }])
  await lose(21)
  await sweep()
  expect((await query(outcomes, [order!.id])).rows).toEqual([{ outcome: "unknown" }])
})

it("takes up a webhook whose job is gone, once", async () => {
  const event = { id: "evt_forgotten", type: "charge.succeeded", objectId: "ch_1", livemode: false }
  await receiveWebhook(bench.deps, { ...event, createdAt: "2026-11-20T12:00:00Z" })
  await query("delete from pgboss.job where data->>'eventId' = $1", [event.id])
  await sweep()
  await sweep()
  const { rows } = await query("select from pgboss.job where data->>'eventId' = $1", [event.id])
  expect(rows).toHaveLength(1)
  await applyWebhook(bench.deps, { provider: "stripe", eventId: event.id })
})

it("makes no more work of a webhook that cannot be applied yet", async () => {
  const buyer = await aBuyer(bench)
  await clickPay(bench, buyer)
  const [order] = await ordersOf(bench, buyer)
  const event = { id: "evt_patient", type: "payment_intent.created", livemode: false }
  const objectId = order!.provider_id ?? ""
  await receiveWebhook(bench.deps, { ...event, objectId, createdAt: "2026-11-20T12:00:00Z" })
  await planFault(bench, { method: "GET", path: "/v1/payment_intents/*", action: "500", times: 9 })
  await sweep()
  await sweep()
  const jobs = "select from pgboss.job where data->>'eventId' = $1"
  expect((await query(jobs, [event.id])).rows).toHaveLength(1)
  const { rows } = await query("select state from pay.webhook_inbox where event_id = $1", [
    event.id,
  ])
  expect(rows).toEqual([{ state: "received" }])
  await bench.bench.admin("DELETE", "/sandbox/faults")
  await applyWebhook(bench.deps, { provider: "stripe", eventId: event.id })
})

it("is not held up by an order that only a person can end", async () => {
  const [parked, other] = [await aBuyer(bench), await aBuyer(bench)]
  for (const buyer of [parked, other]) {
    await clickPay(bench, buyer)
    await letOrderExpire(buyer)
  }
  const [order] = await ordersOf(bench, parked)
  await query("update pay.payment set parked_reason = 'looked at' where order_id = $1", [order!.id])
  await sweepPayments(bench.deps, { silentSeconds: 3600, forgottenSeconds: 3600, limit: 1 })
  expect(await ordersOf(bench, parked)).toMatchObject([{ state: "awaiting_payment" }])
  expect(await countParked(bench.database.pool.db)).toBe(1)
  expect(await ordersOf(bench, other)).toMatchObject([{ state: "expired" }])
})

describe("money that comes after the holds ended", () => {
  async function payLate(buyer: Buyer): Promise<string> {
    const begun = await clickPay(bench, buyer)
    await expireHolds(bench, buyer, "reaped")
    return confirmWith(bench, begun)
  }

  it("buys what is still there", async () => {
    const buyer = await aBuyer(bench, { capacity: 3 })
    await payLate(buyer)
    await learn()
    expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "paid", tickets: 2 }])
  })

  it("goes back whole when the stock is gone, and the cart is the shopper's again", async () => {
    const buyer = await aBuyer(bench, { capacity: 3 })
    await payLate(buyer)
    const { shop } = buyer
    const quicker = await aBuyer(bench, { shop })
    await learn()
    expect(await ordersOf(bench, buyer)).toMatchObject([
      { state: "payment_unfulfillable", payment: "succeeded", tickets: 0 },
    ])
    expect(await cartOf(bench, buyer)).toMatchObject({ state: "open" })
    const [refund] = await refundsOf(buyer)
    expect(refund).toMatchObject({ state: "pending", amount: 4000 })
    await refundPayment(bench.deps, { refundId: refund!.id })
    await refundPayment(bench.deps, { refundId: refund!.id })
    expect(await refundsOf(buyer)).toMatchObject([{ state: "succeeded" }])
    expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "refunded" }])
    expect(await refundAtProvider(refund!.id)).toHaveLength(1)
    expect(await setQuantity(bench.deps, quicker, 3)).toMatchObject({ outcome: "done" })
  })

  it("is decided once, however many learn of it at the same time", async () => {
    const buyer = await aBuyer(bench, { capacity: 3 })
    await payLate(buyer)
    await aBuyer(bench, { shop: buyer.shop })
    const [order] = await ordersOf(bench, buyer)
    const payment = await findPaymentOfOrder(
      bench.database.pool.db,
      buyer.shop.account.id,
      order!.id,
    )
    await Promise.all(
      (["webhook", "sweeper", "socket", "job"] as const).map((source) =>
        completeOrder(bench.deps, { paymentId: payment!.id }, source),
      ),
    )
    expect(await refundsOf(buyer)).toHaveLength(1)
  })

  it.each([
    ["the answer is lost", { action: "drop-response", times: 2 }],
    ["the provider breaks down after it", { action: "500-after-effect" }],
    ["the provider breaks down before it", { action: "500" }],
    ["the provider has no time", { action: "429" }],
  ])("goes back once although %s", async (_, fault) => {
    const buyer = await aBuyer(bench, { capacity: 3 })
    await payLate(buyer)
    await aBuyer(bench, { shop: buyer.shop })
    await learn()
    const [refund] = await refundsOf(buyer)
    await planFault(bench, { method: "POST", path: "/v1/refunds", ...fault })
    await expect(refundPayment(bench.deps, { refundId: refund!.id })).rejects.toThrow(
      "not sent yet",
    )
    // As the job does: again and again.
    for (let tries = 0; tries < 3; tries++)
      await refundPayment(bench.deps, { refundId: refund!.id }).catch(() => {})
    expect(await refundsOf(buyer)).toMatchObject([{ state: "succeeded" }])
    expect(await refundAtProvider(refund!.id)).toHaveLength(1)
  })

  it("waits while the balance at the provider is too small, and goes back under a key that was not refused", async () => {
    const buyer = await aBuyer(bench, { capacity: 3 })
    await payLate(buyer)
    await aBuyer(bench, { shop: buyer.shop })
    await learn()
    const [refund] = await refundsOf(buyer)
    const keys: string[] = []
    const payments: typeof bench.deps.payments = {
      ...bench.deps.payments,
      async createRefund(wish, key) {
        keys.push(key)
        return keys.length === 1
          ? { result: "rejected", code: "balance_insufficient", status: 400 }
          : bench.deps.payments.createRefund(wish, key)
      },
    }
    const deps = { ...bench.deps, payments }
    await expect(refundPayment(deps, { refundId: refund!.id })).rejects.toThrow("not sent yet")
    expect(await refundsOf(buyer)).toMatchObject([{ state: "pending" }])
    expect(bench.alerts).toContain("a refund waits for money in the balance at the provider")
    await refundPayment(deps, { refundId: refund!.id })
    await refundPayment(deps, { refundId: refund!.id })
    expect(await refundsOf(buyer)).toMatchObject([{ state: "succeeded" }])
    expect(new Set(keys).size).toBe(2)
    expect(await refundAtProvider(refund!.id)).toHaveLength(1)
  })

  it("is on its way back until the shopper's bank has it", async () => {
    const buyer = await aBuyer(bench, { capacity: 3 })
    const begun = await clickPay(bench, buyer)
    await expireHolds(bench, buyer, "reaped")
    await confirmWith(bench, begun, "pm_card_pendingRefund")
    await aBuyer(bench, { shop: buyer.shop })
    await learn()
    const [refund] = await refundsOf(buyer)
    await refundPayment(bench.deps, { refundId: refund!.id })
    expect(await refundsOf(buyer)).toMatchObject([{ state: "submitting" }])
    expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "payment_unfulfillable" }])
    const [at] = await refundAtProvider(refund!.id)
    await bench.bench.admin("POST", "/sandbox/settle", { id: at?.["id"] })
    await sweep()
    expect(await refundsOf(buyer)).toMatchObject([{ state: "succeeded" }])
    expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "refunded" }])
  })

  it("is asked for less often while a bank takes its time", async () => {
    const buyer = await aBuyer(bench, { capacity: 3 })
    const begun = await clickPay(bench, buyer)
    await expireHolds(bench, buyer, "reaped")
    await confirmWith(bench, begun, "pm_card_pendingRefund")
    await aBuyer(bench, { shop: buyer.shop })
    await learn()
    const [refund] = await refundsOf(buyer)
    const isDue = async (ageMinutes: number, silentSeconds: number) => {
      await query(
        `update pay.refund set created_at = clock_timestamp() - $2 * interval '1 minute',
           asked_at = clock_timestamp() - $3 * interval '1 second' where id = $1`,
        [refund!.id, ageMinutes, silentSeconds],
      )
      const due = await listOpenRefunds(bench.database.pool.db, 10, 1000)
      return due.some(({ id }) => id === refund!.id)
    }
    expect(await isDue(1, 11)).toBe(true)
    expect(await isDue(20, 60)).toBe(false)
    expect(await isDue(20, 101)).toBe(true)
    await refundPayment(bench.deps, { refundId: refund!.id })
    expect(await listOpenRefunds(bench.database.pool.db, 10, 1000)).toEqual([])
    expect(await listOpenRefunds(bench.database.pool.db, 0, 1000)).toHaveLength(1)
  })

  it("is looked at by somebody when it comes back from the bank that had it", async () => {
    const buyer = await aBuyer(bench, { capacity: 3 })
    const begun = await clickPay(bench, buyer)
    await expireHolds(bench, buyer, "reaped")
    await confirmWith(bench, begun, "pm_card_refundFail")
    await aBuyer(bench, { shop: buyer.shop })
    await learn()
    const [refund] = await refundsOf(buyer)
    await refundPayment(bench.deps, { refundId: refund!.id })
    await query("update pay.refund set state = 'succeeded' where id = $1", [refund!.id])
    const [at] = await refundAtProvider(refund!.id)
    const id = String(at?.["id"])
    await bench.bench.admin("POST", "/sandbox/settle", { id })
    const event = { id: "evt_came_back", type: "refund.failed", objectId: id, livemode: false }
    await receiveWebhook(bench.deps, { ...event, createdAt: "2026-11-20T12:00:00Z" })
    await applyWebhook(bench.deps, { provider: "stripe", eventId: event.id })
    expect(await refundsOf(buyer)).toMatchObject([{ state: "failed" }])
    expect(bench.alerts).toContain("a refund failed at the bank: look at it")
  })
})
