import { afterAll, beforeAll, expect, it } from "vitest"
import { serverVariable } from "#testing/test-server.ts"
import { type Bench, errorOf, openBench } from "./sandbox-harness.ts"
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
