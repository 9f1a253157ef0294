import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { serverVariable } from "#testing/test-server.ts"
import { type Bench, errorOf, openBench } from "./sandbox-harness.ts"

let bench: Bench
beforeAll(async () => {
  bench = await openBench(process.env[serverVariable])
})
beforeEach(async () => {
  await bench.admin("DELETE", "/sandbox/faults")
})
afterAll(() => bench[Symbol.asyncDispose]())

let lastKey = 0
const newKey = () => `order-${(lastKey += 1)}`
const create = (idempotencyKey: string, amount = 700) =>
  bench.stripe.paymentIntents.create({ amount, currency: "eur" }, { idempotencyKey })
const fault = (plan: object) => bench.admin("POST", "/sandbox/faults", plan)
const countOf = async (amount: number) => {
  const { body } = await bench.admin("GET", "/sandbox/objects?kind=payment_intent&limit=1000")
  return (body.data ?? []).filter((intent) => intent["amount"] === amount).length
}

it("answers a repeated key with the first answer, and does nothing twice", async () => {
  const key = newKey()
  const first = await create(key, 701)
  const again = await create(key, 701)
  expect(again).toEqual(first)
  expect(first.lastResponse.headers["idempotent-replayed"]).toBeUndefined()
  expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true")
  expect(again.lastResponse.headers["original-request"]).toBe(first.lastResponse.requestId)
  expect(await countOf(701)).toBe(1)
})

it("refuses a key with other parameters, or for another path", async () => {
  const key = newKey()
  await create(key)
  const expected = { type: "StripeIdempotencyError", statusCode: 400, rawType: "idempotency_error" }
  expect(await errorOf(create(key, 799))).toMatchObject(expected)
  expect(
    await errorOf(bench.stripe.refunds.create({ payment_intent: "pi_x" }, { idempotencyKey: key })),
  ).toMatchObject(expected)
})

it("keeps a decline: the same key gets the same decline", async () => {
  const intent = await create(newKey())
  const key = newKey()
  const confirm = () =>
    bench.stripe.paymentIntents.confirm(
      intent.id,
      { payment_method: "pm_card_visa_chargeDeclined", return_url: "https://shop.example" },
      { idempotencyKey: key },
    )
  const first = await errorOf(confirm())
  const again = await errorOf(confirm())
  expect(again.charge).toBe(first.charge)
  expect((await bench.stripe.charges.list({ payment_intent: intent.id })).data).toHaveLength(1)
})

it("keeps a 500, with and without an effect behind it", async () => {
  for (const { action, amount, made } of [
    { action: "500", amount: 711, made: 0 },
    { action: "500-after-effect", amount: 712, made: 1 },
  ]) {
    const key = newKey()
    await fault({ path: "/v1/payment_intents", action })
    const first = await errorOf(create(key, amount))
    const again = await errorOf(create(key, amount))
    expect([first.statusCode, again.statusCode]).toEqual([500, 500])
    expect(again.headers?.["idempotent-replayed"]).toBe("true")
    expect(await countOf(amount)).toBe(made)
  }
})

it("does not keep what never began: bad parameters free the key", async () => {
  const key = newKey()
  expect(await errorOf(create(key, 1))).toMatchObject({ statusCode: 400, code: "amount_too_small" })
  expect(await create(key, 720)).toMatchObject({ amount: 720 })
})

it("answers 409 while the first request with the key is under way", async () => {
  const key = newKey()
  await fault({ path: "/v1/payment_intents", action: "delay", delayMs: 600_000 })
  const first = bench.stripe.paymentIntents.create(
    { amount: 730, currency: "eur" },
    { idempotencyKey: key, timeout: 2000 },
  )
  expect(await errorOf(first)).toMatchObject({ type: "StripeConnectionError" })
  expect(await errorOf(create(key, 730))).toMatchObject({
    statusCode: 409,
    code: "idempotency_key_in_use",
    headers: { "stripe-should-retry": "true" },
  })
})

it("makes one object when many send the same key at once", async () => {
  const key = newKey()
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, () =>
      create(key, 731).then(
        (intent) => intent.id,
        (error: { statusCode?: number }) => error.statusCode,
      ),
    ),
  )
  const made = new Set(outcomes.filter((outcome) => outcome !== 409))
  expect([...made]).toEqual([expect.stringMatching(/^pi_/)])
  expect(await countOf(731)).toBe(1)
})

it("forgets keys that are pruned", async () => {
  const key = newKey()
  await create(key, 740)
  await bench.admin("POST", "/sandbox/prune", { olderThanSeconds: 3600 })
  await create(key, 740)
  expect(await countOf(740)).toBe(1)
  await bench.admin("POST", "/sandbox/prune", { olderThanSeconds: 0 })
  await create(key, 740)
  expect(await countOf(740)).toBe(2)
})
