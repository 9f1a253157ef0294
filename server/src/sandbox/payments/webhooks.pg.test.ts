import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { serverVariable } from "#testing/test-server.ts"
import { type Arrival, type Bench, openBench } from "./sandbox-harness.ts"

let bench: Bench
beforeAll(async () => {
  bench = await openBench(process.env[serverVariable])
})
beforeEach(async () => {
  await bench.admin("DELETE", "/sandbox/faults")
})
afterAll(() => bench[Symbol.asyncDispose]())

const subjectOf = ({ event }: Arrival) =>
  "id" in event.data.object ? event.data.object.id : undefined
const typesFor = (arrivals: readonly Arrival[], id: string) =>
  arrivals.filter((arrival) => subjectOf(arrival) === id).map(({ event }) => event.type)
const has = (id: string, type: string) => (arrivals: readonly Arrival[]) =>
  typesFor(arrivals, id).some((name) => name === type)

const create = () => bench.stripe.paymentIntents.create({ amount: 500, currency: "usd" })
const pay = (id: string) =>
  bench.stripe.paymentIntents.confirm(id, {
    payment_method: "pm_card_visa",
    return_url: "https://shop.example/back",
  })

it("signs what it sends, so that the SDK accepts it and nothing forged", async () => {
  const intent = await create()
  await pay(intent.id)
  const arrivals = await bench.webhooks.until(has(intent.id, "payment_intent.succeeded"))
  expect(typesFor(arrivals, intent.id)).toEqual([
    "payment_intent.created",
    "payment_intent.succeeded",
  ])
  const last = arrivals.find((arrival) => has(intent.id, "payment_intent.succeeded")([arrival]))
  if (last === undefined) throw new Error("it arrived")
  const { payload, signature } = last
  const { webhookSecret } = bench.sandbox
  const event = bench.stripe.webhooks.constructEvent(payload, signature, webhookSecret)
  expect(event).toMatchObject({
    type: "payment_intent.succeeded",
    data: { object: { id: intent.id, amount: 500 } },
  })
  expect(() =>
    bench.stripe.webhooks.constructEvent(`${payload} `, signature, webhookSecret),
  ).toThrow()
  expect(() => bench.stripe.webhooks.constructEvent(payload, signature, "whsec_other")).toThrow()
  expect(await bench.stripe.events.retrieve(event.id)).toEqual(event)
})

it("sends again until it is taken, and remembers each attempt", async () => {
  bench.webhooks.refuseNext(3)
  const intent = await create()
  await bench.webhooks.until(has(intent.id, "payment_intent.created"))
  const attempts = await attemptsOf(intent.id)
  expect(attempts).toEqual([500, 500, 500, 200])
})

async function attemptsOf(subject: string): Promise<unknown[]> {
  for (;;) {
    const { body } = await bench.admin("GET", `/sandbox/webhooks?subject=${subject}`)
    const delivery = body.data?.[0]
    if (delivery?.["status"] !== "delivered") continue
    return (delivery["attempts"] as { status: number }[]).map((attempt) => attempt.status)
  }
}

it("sends a webhook twice", async () => {
  await bench.admin("POST", "/sandbox/faults", {
    event: "payment_intent.created",
    action: "duplicate",
  })
  const intent = await create()
  const arrivals = await bench.webhooks.until((all) => typesFor(all, intent.id).length === 2)
  const ids = arrivals
    .filter((arrival) => subjectOf(arrival) === intent.id)
    .map(({ event }) => event.id)
  expect(new Set(ids).size).toBe(1)
})

it("holds a webhook until a later one has arrived", async () => {
  await bench.admin("POST", "/sandbox/faults", {
    event: "payment_intent.created",
    action: "reorder",
  })
  const intent = await create()
  const paid = await pay(intent.id)
  const arrivals = await bench.webhooks.until(has(intent.id, "payment_intent.created"))
  const place = (type: string, id: unknown) =>
    arrivals.findIndex((arrival) => arrival.event.type === type && subjectOf(arrival) === id)
  const charged = place("charge.succeeded", paid.latest_charge)
  expect(charged).toBeGreaterThanOrEqual(0)
  expect(place("payment_intent.created", intent.id)).toBeGreaterThan(charged)
})

it("drops a webhook, and sends it when it is asked to", async () => {
  await bench.admin("POST", "/sandbox/faults", {
    event: "payment_intent.succeeded",
    action: "drop",
  })
  const intent = await create()
  await pay(intent.id)
  const canary = await create()
  await bench.webhooks.until(has(canary.id, "payment_intent.created"))
  expect(typesFor(bench.webhooks.arrivals, intent.id)).not.toContain("payment_intent.succeeded")
  const { body } = await bench.admin("GET", `/sandbox/webhooks?subject=${intent.id}`)
  const dropped = body.data?.find((row) => row["status"] === "dropped")
  expect(dropped).toMatchObject({ type: "payment_intent.succeeded", fault: "drop", attempts: [] })
  await bench.admin("POST", "/sandbox/webhooks", { event: dropped?.["event_id"] })
  await bench.webhooks.until(has(intent.id, "payment_intent.succeeded"))
})

it("delays a webhook while later ones go ahead", async () => {
  await bench.admin("POST", "/sandbox/faults", {
    event: "payment_intent.created",
    action: "delay",
    delayMs: 600_000,
  })
  const intent = await create()
  await pay(intent.id)
  await bench.webhooks.until(has(intent.id, "payment_intent.succeeded"))
  expect(typesFor(bench.webhooks.arrivals, intent.id)).toEqual(["payment_intent.succeeded"])
  const { body } = await bench.admin("GET", `/sandbox/webhooks?subject=${intent.id}`)
  expect(body.data).toContainEqual(
    expect.objectContaining({ type: "payment_intent.created", status: "pending" }),
  )
})
