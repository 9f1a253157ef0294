import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { PaymentProvider } from "#gateways/payment-provider.ts"
import { openPaymentProvider } from "#gateways/stripe.ts"
import { type Bench, openBench } from "#sandbox/payments/sandbox-harness.ts"
import { serverVariable } from "#testing/test-server.ts"

let bench: Bench
let provider: PaymentProvider
beforeAll(async () => {
  bench = await openBench(process.env[serverVariable])
  provider = openPaymentProvider(keysOf(bench))
})
beforeEach(async () => {
  await bench.admin("DELETE", "/sandbox/faults")
})
afterAll(() => bench[Symbol.asyncDispose]())

const apiOf = ({ sandbox }: Bench) =>
  ({ host: "127.0.0.1", port: sandbox.port, protocol: "http" }) as const

const keysOf = (at: Bench) => {
  const { secretKey, webhookSecret } = at.sandbox
  return { secretKey, webhookSecret, api: apiOf(at) }
}

const aWish = () => ({
  paymentId: randomUUID(),
  orderId: randomUUID(),
  orderNumber: "LS-7KQ2MX",
  amountMinor: 4000,
  currency: "cad",
})

const made = async () => {
  const wish = aWish()
  const answer = await provider.createIntent(wish, wish.paymentId)
  if (answer.result !== "ok") throw new Error(answer.code)
  return { wish, intent: answer.value }
}

const card = (id: string, payment_method: string) =>
  bench.stripe.paymentIntents
    .confirm(id, { payment_method, return_url: "https://club.example/" })
    .catch(() => {})

const past = "2020-01-01T00:00:00Z"

it("makes one payment a key, which waits for the shopper and names us", async () => {
  const wish = aWish()
  const first = await provider.createIntent(wish, wish.paymentId)
  expect(first).toMatchObject({
    result: "ok",
    status: 200,
    requestId: expect.stringMatching(/^req_/),
    value: {
      state: "requires_action",
      amountMinor: 4000,
      currency: "cad",
      paymentId: wish.paymentId,
    },
  })
  expect(await provider.createIntent(wish, wish.paymentId)).toMatchObject({
    value: first.result === "ok" ? first.value : {},
  })
})

it("finds a payment whose answer was lost, and nothing that is not there", async () => {
  const { wish, intent } = await made()
  for (let i = 0; i < 3; i++) await made()
  const found = await provider.findIntent(wish.paymentId, new Date().toISOString())
  expect(found).toMatchObject({ result: "ok", value: { id: intent.id } })
  expect(await provider.findIntent(randomUUID(), past)).toEqual({ result: "ok", value: undefined })
})

it("does not page through all that was sold since to find a payment", async () => {
  const { wish } = await made()
  expect(await provider.findIntent(wish.paymentId, past)).toEqual({
    result: "ok",
    value: undefined,
  })
  const yesterday = new Date(Date.now() - 86_000_000).toISOString()
  expect(await provider.findIntent(wish.paymentId, yesterday)).toMatchObject({
    result: "ok",
    value: {},
  })
})

it("reads how a payment stands", async () => {
  const { intent } = await made()
  const standing = async () => {
    const answer = await provider.retrieveIntent(intent.id)
    return answer.result === "ok" ? answer.value : undefined
  }
  await card(intent.id, "pm_card_visa_chargeDeclinedInsufficientFunds")
  const failure = { code: "insufficient_funds", attempt: expect.stringMatching(/^ch_/) }
  expect(await standing()).toMatchObject({ state: "failed", failure, receivedMinor: 0 })
  await card(intent.id, "pm_card_authenticationRequired")
  expect(await standing()).toMatchObject({ state: "requires_action" })
  const other = (await made()).intent
  await card(other.id, "pm_card_visa")
  expect(await provider.retrieveIntent(other.id)).toMatchObject({
    value: { state: "succeeded", receivedMinor: 4000 },
  })
})

it("cancels what is not paid, and says that it could not otherwise", async () => {
  const { intent } = await made()
  expect(await provider.cancelIntent(intent.id, randomUUID())).toMatchObject({
    result: "ok",
    value: { state: "canceled" },
  })
  const paid = (await made()).intent
  await card(paid.id, "pm_card_visa")
  expect(await provider.cancelIntent(paid.id, randomUUID())).toMatchObject({
    result: "rejected",
    code: "payment_intent_unexpected_state",
  })
})

it("refunds once a key, and finds the refund again", async () => {
  const { intent } = await made()
  await card(intent.id, "pm_card_visa")
  const wish = { refundId: randomUUID(), intentId: intent.id, amountMinor: 4000 }
  const first = await provider.createRefund(wish, wish.refundId)
  expect(first).toMatchObject({ result: "ok", value: { state: "succeeded", amountMinor: 4000 } })
  expect(await provider.findRefund(wish)).toMatchObject({
    value: first.result === "ok" ? first.value : {},
  })
  const other = { ...wish, refundId: randomUUID() }
  expect(await provider.findRefund(other)).toEqual({ result: "ok", value: undefined })
})

it("registers a domain once", async () => {
  const domain = `${randomUUID()}.example`
  const first = await provider.registerDomain(domain)
  expect(first).toMatchObject({ result: "ok", value: { enabled: true } })
  const again = await provider.registerDomain(domain)
  expect(again.result === "ok" && again.value).toEqual(first.result === "ok" && first.value)
})

describe("trouble has a name", () => {
  const creating = { method: "POST", path: "/v1/payment_intents" }

  it.each([
    ["401", { result: "unauthorised", status: 401 }],
    ["409", { result: "retry", status: 409, retryAfterMs: expect.any(Number) }],
    ["429", { result: "retry", status: 429, retryAfterMs: expect.any(Number) }],
    ["500", { result: "unknown", status: 500, isReplayed: false }],
    ["500-after-effect", { result: "unknown", status: 500, isReplayed: false }],
  ])("%s", async (action, expected) => {
    await bench.admin("POST", "/sandbox/faults", { ...creating, action })
    expect(await provider.createIntent(aWish(), randomUUID())).toMatchObject(expected)
  })

  it("a remembered failure", async () => {
    await bench.admin("POST", "/sandbox/faults", { ...creating, action: "500" })
    const wish = aWish()
    await provider.createIntent(wish, wish.paymentId)
    expect(await provider.createIntent(wish, wish.paymentId)).toMatchObject({
      result: "unknown",
      isReplayed: true,
    })
  })

  it("no answer in time, and no connection", async () => {
    await bench.admin("POST", "/sandbox/faults", { ...creating, action: "delay", delayMs: 600_000 })
    const unknown = { result: "unknown", isReplayed: false }
    const impatient = openPaymentProvider({ ...keysOf(bench), timeoutMs: 200 })
    expect(await impatient.createIntent(aWish(), randomUUID())).toMatchObject(unknown)
    const nowhere = { host: "127.0.0.1", port: 1, protocol: "http" } as const
    const dead = openPaymentProvider({ secretKey: "sk_test_x", webhookSecret: "x", api: nowhere })
    expect(await dead.retrieveIntent("pi_x")).toMatchObject(unknown)
  })

  it("another request under the same key, and a request that makes no sense", async () => {
    const wish = aWish()
    await provider.createIntent(wish, wish.paymentId)
    const other = { ...wish, amountMinor: 1 }
    expect((await provider.createIntent(other, wish.paymentId)).result).toBe("idempotency-mismatch")
    expect((await provider.createIntent(other, randomUUID())).result).toBe("rejected")
    expect((await provider.retrieveIntent("pi_none")).result).toBe("rejected")
  })
})
