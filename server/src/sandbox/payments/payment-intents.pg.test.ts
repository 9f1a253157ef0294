import { afterAll, beforeAll, expect, it } from "vitest"
import { serverVariable } from "#testing/test-server.ts"
import { type Bench, errorOf, openBench, sdk } from "./sandbox-harness.ts"
import { testCards } from "./test-cards.ts"

let bench: Bench
beforeAll(async () => {
  bench = await openBench(process.env[serverVariable])
})
afterAll(() => bench[Symbol.asyncDispose]())

const returnUrl = "https://shop.example/back"
const order = { amount: 6328, currency: "cad", metadata: { order: "o-1" } } as const

it("creates an intent, confirms it with a card, and shows the charge", async () => {
  const created = await bench.stripe.paymentIntents.create(order)
  expect(created).toMatchObject({
    status: "requires_payment_method",
    amount: 6328,
    currency: "cad",
    metadata: { order: "o-1" },
    automatic_payment_methods: { enabled: true, allow_redirects: "always" },
    payment_method_types: ["card", "bancontact"],
    latest_charge: null,
  })
  expect(created.client_secret).toMatch(new RegExp(`^${created.id}_secret_`))
  const paid = await bench.stripe.paymentIntents.confirm(created.id, {
    payment_method: "pm_card_visa",
    return_url: returnUrl,
    expand: ["latest_charge"],
  })
  expect(paid).toMatchObject({
    status: "succeeded",
    amount_received: 6328,
    latest_charge: { object: "charge", status: "succeeded", paid: true, amount_captured: 6328 },
  })
  expect(await bench.stripe.paymentIntents.retrieve(created.id)).toMatchObject({
    status: "succeeded",
    latest_charge: expect.stringMatching(/^ch_/),
  })
})

const declining = testCards.filter((card) => card.behaviour.kind === "declines")

it.each(declining)("declines the card $number: $label", async ({ token, behaviour }) => {
  if (behaviour.kind !== "declines") throw new Error("a declining card declines")
  const intent = await bench.stripe.paymentIntents.create(order)
  const error = await errorOf(
    bench.stripe.paymentIntents.confirm(intent.id, {
      payment_method: token,
      return_url: returnUrl,
    }),
  )
  expect(error).toMatchObject({
    type: "StripeCardError",
    statusCode: 402,
    code: behaviour.code,
    message: behaviour.message,
    payment_intent: { id: intent.id, status: "requires_payment_method" },
  })
  expect(error.decline_code).toBe(behaviour.declineCode ?? "")
  expect(await bench.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
    status: "requires_payment_method",
    payment_method: null,
    last_payment_error: { code: behaviour.code },
  })
})

it("lets a declined intent be paid with another card", async () => {
  const intent = await bench.stripe.paymentIntents.create(order)
  const pay = (payment_method: string) =>
    bench.stripe.paymentIntents.confirm(intent.id, { payment_method, return_url: returnUrl })
  await errorOf(pay("pm_card_visa_chargeDeclined"))
  expect(await pay("pm_card_visa")).toMatchObject({ status: "succeeded", last_payment_error: null })
  const charges = await bench.stripe.charges.list({ payment_intent: intent.id })
  expect(charges.data.map((charge) => charge.status)).toEqual(["succeeded", "failed"])
})

it("keeps what the organizer wrote, and merges metadata", async () => {
  const intent = await bench.stripe.paymentIntents.create({
    ...order,
    description: "2 tickets",
    metadata: { order: "o-2", seat: "A1" },
  })
  const updated = await bench.stripe.paymentIntents.update(intent.id, {
    amount: 7000,
    metadata: { seat: "", row: "B" },
  })
  expect(updated).toMatchObject({ amount: 7000, description: "2 tickets" })
  expect(updated.metadata).toEqual({ order: "o-2", row: "B" })
})

it("cancels what is open and refuses what is over", async () => {
  const intent = await bench.stripe.paymentIntents.create(order)
  const canceled = await bench.stripe.paymentIntents.cancel(intent.id, {
    cancellation_reason: "abandoned",
  })
  expect(canceled).toMatchObject({ status: "canceled", cancellation_reason: "abandoned" })
  const state = {
    statusCode: 400,
    code: "payment_intent_unexpected_state",
    payment_intent: { id: intent.id },
  }
  expect(await errorOf(bench.stripe.paymentIntents.cancel(intent.id))).toMatchObject(state)
  const confirm = { payment_method: "pm_card_visa", return_url: returnUrl }
  expect(await errorOf(bench.stripe.paymentIntents.confirm(intent.id, confirm))).toMatchObject(
    state,
  )
})

it("pays once, whichever of two confirmations comes first", async () => {
  const intent = await bench.stripe.paymentIntents.create(order)
  const confirm = () =>
    bench.stripe.paymentIntents.confirm(intent.id, {
      payment_method: "pm_card_visa",
      return_url: returnUrl,
    })
  const outcomes = await Promise.allSettled([confirm(), confirm(), confirm()])
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
  expect((await bench.stripe.charges.list({ payment_intent: intent.id })).data).toHaveLength(1)
})

it.each([
  { token: "pm_card_bypassPending", status: "succeeded" },
  { token: "pm_card_chargeCustomerFail", status: "requires_payment_method" },
])("processes slowly, then: $status", async ({ token, status }) => {
  const intent = await bench.stripe.paymentIntents.create({
    ...order,
    confirm: true,
    payment_method: token,
    return_url: returnUrl,
  })
  expect(intent.status).toBe("processing")
  expect(await errorOf(bench.stripe.paymentIntents.cancel(intent.id))).toMatchObject({
    code: "payment_intent_unexpected_state",
  })
  await bench.admin("POST", "/sandbox/settle", { id: intent.id })
  expect(await bench.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status })
})

it("settles by itself when its time has come", async () => {
  await using quick = await openBench(process.env[serverVariable], { processingMs: 1 })
  const intent = await quick.stripe.paymentIntents.create({
    ...order,
    confirm: true,
    payment_method: "pm_card_bypassPending",
    return_url: returnUrl,
  })
  expect(intent.status).toBe("processing")
  await quick.webhooks.until((all) =>
    all.some(({ event }) => event.type === "payment_intent.succeeded"),
  )
  expect(await quick.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
    status: "succeeded",
  })
})

it.each([
  { answer: "approve", status: "succeeded", redirectStatus: "succeeded" },
  { answer: "refuse", status: "requires_payment_method", redirectStatus: "failed" },
])("sends a shopper to the bank and back: $answer", async ({ answer, status, redirectStatus }) => {
  const intent = await bench.stripe.paymentIntents.create({
    ...order,
    confirm: true,
    payment_method: "pm_card_authenticationRequired",
    return_url: `${returnUrl}?shop=1`,
  })
  expect(intent).toMatchObject({
    status: "requires_action",
    next_action: { type: "redirect_to_url" },
  })
  const send = () =>
    fetch(intent.next_action?.redirect_to_url?.url ?? "", {
      method: "POST",
      body: new URLSearchParams({ answer }),
      redirect: "manual",
    })
  const [first, second] = [await send(), await send()]
  expect([first.status, second.status]).toEqual([303, 303])
  const back = new URL(first.headers.get("location") ?? "")
  expect(second.headers.get("location")).toBe(back.href)
  expect(back.origin + back.pathname).toBe(returnUrl)
  expect(Object.fromEntries(back.searchParams)).toEqual({
    shop: "1",
    payment_intent: intent.id,
    payment_intent_client_secret: intent.client_secret,
    redirect_status: redirectStatus,
  })
  expect(await bench.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status })
})

it.each([
  { params: { amount: 49, currency: "cad" }, code: "amount_too_small", param: "amount" },
  { params: { amount: 49, currency: "jpy" }, code: "amount_too_small", param: "amount" },
  { params: { amount: 29, currency: "gbp" }, code: "amount_too_small", param: "amount" },
  { params: { amount: 100_000_000, currency: "usd" }, code: "amount_too_large", param: "amount" },
  { params: { amount: 1.5, currency: "usd" }, code: "parameter_invalid_integer", param: "amount" },
  { params: { amount: 500, currency: "zzz" }, code: undefined, param: "currency" },
  {
    params: { amount: 500, currency: "usd", customer: "cus_1" },
    code: "parameter_unknown",
    param: "customer",
  },
  {
    params: { amount: 500, currency: "usd", capture_method: "manual" as const },
    code: undefined,
    param: "capture_method",
  },
  {
    params: { amount: 500, currency: "usd", payment_method: "pm_none" },
    code: "resource_missing",
    param: "payment_method",
  },
])("refuses $params", async ({ params, code, param }) => {
  const error = await errorOf(bench.stripe.paymentIntents.create(params))
  expect(error).toMatchObject({ type: "StripeInvalidRequestError", statusCode: 400, code, param })
})

it("takes an amount at its currency's minimum", async () => {
  for (const params of [
    { amount: 50, currency: "cad" },
    { amount: 50, currency: "jpy" },
    { amount: 30, currency: "gbp" },
  ]) {
    expect(await bench.stripe.paymentIntents.create(params)).toMatchObject(params)
  }
})

it("needs a return address where a shopper may have to leave", async () => {
  const create = { ...order, confirm: true, payment_method: "pm_card_visa" }
  expect(await errorOf(bench.stripe.paymentIntents.create(create))).toMatchObject({
    param: "return_url",
  })
  const staying = {
    ...create,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" as const },
  }
  expect(await bench.stripe.paymentIntents.create(staying)).toMatchObject({
    status: "succeeded",
    payment_method_types: ["card"],
  })
})

it("lists newest first, page by page, by time", async () => {
  const made = []
  for (let turn = 0; turn < 3; turn += 1)
    made.unshift(await bench.stripe.paymentIntents.create(order))
  const first = await bench.stripe.paymentIntents.list({ limit: 2 })
  expect(first.data.map(({ id }) => id)).toEqual([made[0]?.id, made[1]?.id])
  expect(first.has_more).toBe(true)
  const next = await bench.stripe.paymentIntents.list({
    limit: 1,
    starting_after: made[1]?.id ?? "",
  })
  expect(next.data.map(({ id }) => id)).toEqual([made[2]?.id])
  const created = { gt: (made[0]?.created ?? 0) + 1000 }
  expect((await bench.stripe.paymentIntents.list({ created })).data).toEqual([])
})

it("knows its keys and its objects", async () => {
  const stranger = sdk(bench.sandbox.port, "sk_test_wrong")
  expect(await errorOf(stranger.paymentIntents.list())).toMatchObject({
    type: "StripeAuthenticationError",
    statusCode: 401,
  })
  const browser = sdk(bench.sandbox.port, bench.sandbox.publishableKey)
  expect(await errorOf(browser.paymentIntents.list())).toMatchObject({
    statusCode: 401,
    code: "secret_key_required",
  })
  expect(await errorOf(bench.stripe.paymentIntents.retrieve("pi_none"))).toMatchObject({
    statusCode: 404,
    code: "resource_missing",
  })
  expect(await errorOf(bench.stripe.customers.list())).toMatchObject({ statusCode: 404 })
})

it("shows a browser its own intent, without the organizer's notes", async () => {
  const intent = await bench.stripe.paymentIntents.create(order)
  const browser = sdk(bench.sandbox.port, bench.sandbox.publishableKey)
  const client_secret = intent.client_secret ?? ""
  const seen = await browser.paymentIntents.retrieve(intent.id, { client_secret })
  expect(seen).toMatchObject({ id: intent.id, amount: 6328, status: "requires_payment_method" })
  expect(seen.metadata).toBeUndefined()
  const guess = browser.paymentIntents.retrieve(intent.id, {
    client_secret: `${intent.id}_secret_guess`,
  })
  expect(await errorOf(guess)).toMatchObject({
    statusCode: 400,
    code: "payment_intent_invalid_parameter",
  })
  expect(await errorOf(browser.paymentIntents.retrieve(intent.id))).toMatchObject({
    code: "secret_key_required",
  })
})
