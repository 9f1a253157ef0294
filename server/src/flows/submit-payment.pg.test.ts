import { randomUUID } from "node:crypto"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import type { PaymentProvider } from "#gateways/payment-provider.ts"
import { completeCart, completeOrder } from "#flows/complete-order.ts"
import { sweepPayments } from "#flows/sweep-payments.ts"
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
  providerAt,
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

const creating = { method: "POST", path: "/v1/payment_intents" }
const one = ["requires_payment_method"]
const everything = { silentSeconds: 0, forgottenSeconds: 0, limit: 100 }

const callsOf = async (buyer: Buyer) => {
  const { rows } = await bench.database.owner.query<{ outcome: string; key: string }>(
    `select c.outcome, c.idempotency_key as key from pay.provider_call c join pay.payment p on p.id = c.subject_id
       join sales.orders o on o.id = p.order_id where o.cart_id = $1 order by c.id`,
    [(await cartOf(bench, buyer)).id],
  )
  return rows
}

/** The purchase goes on to its end, whatever happened at its beginning. */
async function finish(buyer: Buyer): Promise<void> {
  const begun = await clickPay(bench, buyer)
  await confirmWith(bench, begun)
  const { shop, token } = buyer
  await completeCart(bench.deps, aShopperCommand(shop, "complete", {}, { token }))
  expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "paid", tickets: 2 }])
  expect(await intentsOf(bench, buyer)).toEqual(["succeeded"])
}

describe("exactly one payment is at the provider", () => {
  // The SDK itself repeats a request once when its connection is closed: two faults reach us as one.
  it.each([
    ["the answer was lost", { ...creating, action: "drop-response", times: 2 }],
    ["the request was lost", { ...creating, action: "drop-request", times: 2 }],
    ["the provider broke down after it", { ...creating, action: "500-after-effect" }],
    ["the provider broke down before it", { ...creating, action: "500" }],
    ["the provider had no time", { ...creating, action: "429" }],
    ["the key was in use", { ...creating, action: "409" }],
  ])("when %s, and the shopper goes on", async (_, fault) => {
    await planFault(bench, fault)
    const buyer = await aBuyer(bench)
    const begun = await clickPay(bench, buyer)
    expect(begun.outcome.outcome).toBe("done")
    expect(await intentsOf(bench, buyer)).toEqual(one)
    await finish(buyer)
  })

  it("when the request took longer than anybody waited", async () => {
    await planFault(bench, { ...creating, action: "delay", delayMs: 2500 })
    const buyer = await aBuyer(bench)
    const deps = { ...bench.deps, payments: providerAt(bench.bench, 700) }
    expect((await clickPay({ ...bench, deps }, buyer)).outcome.outcome).toBe("working")
    expect(await ordersOf(bench, buyer)).toMatchObject([{ payment: "unknown" }])
    await vi.waitFor(async () => expect(await intentsOf(bench, buyer)).toEqual(one), {
      timeout: 20_000,
    })
    await sweepPayments(bench.deps, everything)
    await finish(buyer)
  })

  it("when the provider is away for longer: the shopper waits, the sweeper goes on", async () => {
    const buyer = await aBuyer(bench)
    await planFault(bench, { ...creating, action: "drop-response", times: 6 })
    await planFault(bench, {
      method: "GET",
      path: "/v1/payment_intents",
      action: "drop-request",
      times: 6,
    })
    const { outcome } = await clickPay(bench, buyer)
    expect(outcome.outcome).toBe("working")
    expect(await ordersOf(bench, buyer)).toMatchObject([{ payment: "unknown" }])
    await bench.bench.admin("DELETE", "/sandbox/faults")
    await sweepPayments(bench.deps, everything)
    expect(await ordersOf(bench, buyer)).toMatchObject([{ payment: "requires_action" }])
    expect(await intentsOf(bench, buyer)).toEqual(one)
    await finish(buyer)
  })

  it("when the server died after it had sent: the call is looked up", async () => {
    const buyer = await aBuyer(bench)
    await clickPay(bench, buyer)
    // As a crash before step B leaves it.
    await bench.database.owner.query(
      `update pay.provider_call c set outcome = null, finished_at = null, started_at = started_at - interval '1 minute'
         from pay.payment p, sales.orders o where c.subject_id = p.id and o.id = p.order_id and o.cart_id = $1`,
      [(await cartOf(bench, buyer)).id],
    )
    await bench.database.owner.query(
      `update pay.payment p set provider_id = null, state = 'unknown' from sales.orders o where o.id = p.order_id and o.cart_id = $1`,
      [(await cartOf(bench, buyer)).id],
    )
    await sweepPayments(bench.deps, everything)
    expect(await intentsOf(bench, buyer)).toEqual(one)
    await finish(buyer)
  })

  it("when another caller still waits for its answer: nobody asks twice", async () => {
    const buyer = await aBuyer(bench)
    await planFault(bench, { ...creating, action: "delay", delayMs: 300 })
    const { rev: base } = await cartOf(bench, buyer)
    const op = randomUUID()
    const clicks = await Promise.all([
      clickPay(bench, buyer, { op, base }),
      clickPay(bench, buyer, { op, base }),
    ])
    expect(clicks.map(({ outcome }) => outcome.outcome).toSorted()).toEqual(["done", "working"])
    expect(await callsOf(buyer)).toHaveLength(1)
  })
})

it("control: without the look-up and with a fresh key for each attempt there are two payments", async () => {
  const { payments } = bench.deps
  const careless: PaymentProvider = {
    ...payments,
    findIntent: async () => ({ result: "ok", value: undefined }),
    createIntent: (wish) => payments.createIntent(wish, randomUUID()),
  }
  await planFault(bench, { ...creating, action: "500-after-effect" })
  const buyer = await aBuyer(bench)
  await clickPay({ ...bench, deps: { ...bench.deps, payments: careless } }, buyer)
  expect(await intentsOf(bench, buyer)).toEqual([...one, ...one])
})

it("gives up a key under which the provider remembers a failure", async () => {
  const buyer = await aBuyer(bench)
  await planFault(bench, { ...creating, action: "500" })
  expect((await clickPay(bench, buyer)).outcome.outcome).toBe("done")
  const calls = await callsOf(buyer)
  expect(calls.map(({ outcome }) => outcome)).toEqual(["unknown", "unknown", "ok"])
  expect(new Set(calls.map(({ key }) => key)).size).toBe(2)
})

it("keeps the shopper's cart and holds when the provider does not know us, and alerts", async () => {
  const buyer = await aBuyer(bench)
  await planFault(bench, { ...creating, action: "401" })
  expect((await clickPay(bench, buyer)).outcome).toMatchObject({
    refusal: { reason: "payment-unavailable" },
  })
  expect(bench.alerts).toEqual(["the payment provider does not accept our key"])
  expect(await ordersOf(bench, buyer)).toMatchObject([{ payment: "created" }])
  await finish(buyer)
})

it("leaves the order when the provider will not have it: the cart is open, its tickets held", async () => {
  const buyer = await aBuyer(bench)
  await bench.database.owner.query(
    "update catalogue.price set currency = 'xxx' where price_type_id = any($1) and currency = 'cad'",
    [
      buyer.shop.events.flatMap((event) =>
        event.products.flatMap((product) =>
          product.variants.flatMap((variant) => variant.priceTypes.map((type) => type.id)),
        ),
      ),
    ],
  )
  await bench.database.owner.query(
    "update org.region set currency = 'xxx' where account_id = $1 and currency = 'cad'",
    [buyer.shop.account.id],
  )
  await bench.database.owner.query(
    "update org.account set catalogue_rev = catalogue_rev + 1 where id = $1",
    [buyer.shop.account.id],
  )
  expect((await clickPay(bench, buyer, { currency: "xxx" })).outcome).toMatchObject({
    refusal: { reason: "payment-unavailable" },
  })
  expect(await cartOf(bench, buyer)).toMatchObject({ state: "open" })
  expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "canceled", payment: "canceled" }])
  const { rows } = await bench.database.owner.query(
    "select state from inv.hold where cart_id = $1",
    [(await cartOf(bench, buyer)).id],
  )
  expect(rows).toEqual([{ state: "held" }])
})

it("parks a payment whose key was used for something else, and alerts", async () => {
  const buyer = await aBuyer(bench)
  const cart = await cartOf(bench, buyer)
  await bench.bench.stripe.paymentIntents.create(
    { amount: 999, currency: "cad" },
    { idempotencyKey: `pay:${cart.id}:${cart.rev}` },
  )
  expect((await clickPay(bench, buyer)).outcome).toMatchObject({
    refusal: { reason: "payment-unavailable" },
  })
  expect(bench.alerts).toEqual(["a payment was parked: its key was used for something else"])
  expect(await ordersOf(bench, buyer)).toMatchObject([
    { payment: "unknown", parked: "idempotency-mismatch" },
  ])
  await sweepPayments(bench.deps, everything)
  expect(await intentsOf(bench, buyer)).toEqual([])
})

it("parks a payment that the provider says it never had, and asks no more", async () => {
  const buyer = await aBuyer(bench)
  await clickPay(bench, buyer)
  const cart = await cartOf(bench, buyer)
  await bench.database.owner.query(
    `update pay.payment p set provider_id = 'pi_of_another_account' from sales.orders o where o.id = p.order_id and o.cart_id = $1`,
    [cart.id],
  )
  await sweepPayments(bench.deps, everything)
  await sweepPayments(bench.deps, everything)
  expect(bench.alerts).toEqual(["a payment was parked: the provider lost it"])
  expect(await ordersOf(bench, buyer)).toMatchObject([
    { state: "awaiting_payment", parked: "not at the provider: resource_missing" },
  ])
})

it("honours the money of a payment that was parked while the wrong account was asked", async () => {
  const buyer = await aBuyer(bench)
  const begun = await clickPay(bench, buyer)
  const [order] = await ordersOf(bench, buyer)
  const provideAs = (id: string | null) =>
    bench.database.owner.query("update pay.payment set provider_id = $2 where order_id = $1", [
      order!.id,
      id,
    ])
  await provideAs("pi_of_a_third_account")
  await sweepPayments(bench.deps, everything)
  expect(await ordersOf(bench, buyer)).toMatchObject([{ parked: expect.any(String) }])
  await provideAs(order!.provider_id)
  await confirmWith(bench, begun)
  await completeOrder(bench.deps, { providerId: order!.provider_id ?? "" }, "webhook")
  expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "paid", parked: null, tickets: 2 }])
})
