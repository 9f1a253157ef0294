import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { serverVariable } from "#testing/test-server.ts"
import { type Bench, errorOf, openBench } from "./sandbox-harness.ts"

let bench: Bench
beforeAll(async () => {
  bench = await openBench(process.env[serverVariable])
})
beforeEach(async () => {
  await bench.admin("POST", "/sandbox/reset")
})
afterAll(() => bench[Symbol.asyncDispose]())

const create = (idempotencyKey?: string) =>
  bench.stripe.paymentIntents.create(
    { amount: 800, currency: "gbp" },
    idempotencyKey === undefined ? {} : { idempotencyKey },
  )
const fault = (plan: object) => bench.admin("POST", "/sandbox/faults", plan)
const intents = async () => (await bench.stripe.paymentIntents.list()).data

// The SDK sends a request again once when the connection was closed, so two must be lost to be seen.
it("loses a request before its effect", async () => {
  await fault({ path: "/v1/payment_intents", method: "POST", action: "drop-request", times: 2 })
  expect(await errorOf(create())).toMatchObject({ type: "StripeConnectionError" })
  expect(await intents()).toHaveLength(0)
})

it("loses an answer after its effect, and the same key finds it", async () => {
  await fault({ path: "/v1/payment_intents", method: "POST", action: "drop-response", times: 2 })
  expect(await errorOf(create("key-1"))).toMatchObject({ type: "StripeConnectionError" })
  const made = await intents()
  expect(made).toHaveLength(1)
  expect((await create("key-1")).id).toBe(made[0]?.id)
})

it.each([
  { action: "401", status: 401, type: "StripeAuthenticationError", headers: {} },
  {
    action: "409",
    status: 409,
    type: "StripeAPIError",
    headers: { "stripe-should-retry": "true" },
  },
  { action: "429", status: 429, type: "StripeRateLimitError", headers: { "retry-after": "2" } },
  {
    action: "500",
    status: 500,
    type: "StripeAPIError",
    headers: { "stripe-should-retry": "false" },
  },
])("answers $action without an effect", async ({ action, status, type, headers }) => {
  await fault({ path: "/v1/payment_intents", method: "POST", action, delayMs: 2000 })
  const error = await errorOf(create())
  expect(error).toMatchObject({ statusCode: status, type })
  expect(error.headers).toMatchObject(headers)
  expect(await intents()).toHaveLength(0)
  expect(await create()).toMatchObject({ status: "requires_payment_method" })
})

it("hides an effect behind a 500", async () => {
  await fault({ path: "/v1/payment_intents", method: "POST", action: "500-after-effect" })
  expect(await errorOf(create())).toMatchObject({ statusCode: 500 })
  expect(await intents()).toHaveLength(1)
})

it("answers late", async () => {
  await fault({ path: "/v1/payment_intents", method: "POST", action: "delay", delayMs: 600_000 })
  const late = bench.stripe.paymentIntents.create(
    { amount: 800, currency: "gbp" },
    { timeout: 200 },
  )
  expect(await errorOf(late)).toMatchObject({ type: "StripeConnectionError" })
  expect(await intents()).toHaveLength(0)
})

it("strikes only the matches that were planned", async () => {
  const intent = await create()
  await fault({ path: "/v1/payment_intents/*/cancel", action: "401" })
  await fault({ path: "/v1/payment_intents/*", method: "GET", action: "429", nth: 2, times: 2 })
  const statuses: (number | undefined)[] = []
  for (let turn = 0; turn < 5; turn += 1) {
    const outcome = await bench.stripe.paymentIntents.retrieve(intent.id).then(
      () => 200,
      (error: { statusCode?: number }) => error.statusCode,
    )
    statuses.push(outcome)
  }
  expect(statuses).toEqual([200, 429, 429, 200, 200])
  expect(await errorOf(bench.stripe.paymentIntents.cancel(intent.id))).toMatchObject({
    statusCode: 401,
  })
  expect(await bench.stripe.paymentIntents.cancel(intent.id)).toMatchObject({ status: "canceled" })
})

it("says what is wrong with a plan", async () => {
  for (const [plan, message] of [
    [{ action: "500" }, "A fault names a `path`"],
    [{ path: "/v1/refunds", action: "explode" }, "The action of a request fault is one of"],
    [{ event: "refund.created", action: "500" }, "The action of a webhook fault is one of"],
    [{ path: "/v1/refunds", action: "500", nth: 0 }, "nth is a whole number"],
    [{ path: "/v1/refunds", action: "500", method: "PUT" }, "The method is GET or POST."],
  ] as const) {
    const { status, body } = await fault(plan)
    expect({ status, error: body["error"] }).toEqual({
      status: 400,
      error: expect.stringContaining(message),
    })
  }
})

it("writes down every call, with its fault and without a card", async () => {
  await fault({ path: "/v1/payment_intents", method: "POST", action: "drop-response", times: 1 })
  await create("key-2")
  const { body } = await bench.admin("GET", "/sandbox/calls?path=/v1/payment_intents")
  expect(body.data).toMatchObject([
    { method: "POST", status: 200, is_replayed: true, fault: null, idempotency_key: "key-2" },
    {
      method: "POST",
      status: null,
      is_replayed: false,
      fault: "drop-response",
      idempotency_key: "key-2",
    },
  ])
})

it("keeps its admin routes for this machine", async () => {
  const { port } = bench.sandbox
  for (const headers of [
    { "x-forwarded-for": "203.0.113.9" },
    { forwarded: "for=203.0.113.9" },
    { "sec-fetch-site": "cross-site" },
  ]) {
    const response = await fetch(`http://127.0.0.1:${port}/sandbox/reset`, {
      method: "POST",
      headers: new Headers(Object.entries(headers)),
    })
    expect(response.status).toBe(403)
  }
})
