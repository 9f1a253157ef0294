// A process of shoppers: they connect, wait for their first frame where there is one, and click as they are told to. It measures from the
// moment a command is handed to the socket until its answer is parsed.
import { randomBytes, randomUUID } from "node:crypto"
import { performance } from "node:perf_hooks"
import { connect, type Wire } from "./wire.ts"

/** Who comes, and to which server. */
export type Crowd = {
  readonly url: string
  readonly origin: string
  readonly widget: string
  readonly count: number
  /** Distinguishes the addresses and tokens of several crowds. */
  readonly seed: number
  /** The event on every screen. */
  readonly event?: string
}

export type Order =
  | { readonly do: "come"; readonly crowd: Crowd }
  /** Each command `set-quantity` of one of these prices, the shoppers in turn: so many a second, or always so many under way. */
  | ({
      readonly do: "click"
      readonly prices: readonly string[]
      readonly forMs: number
    } & ({ readonly perSecond: number } | { readonly underWay: number }))
  /** Every shopper clicks once, at the same moment. */
  | { readonly do: "rush"; readonly price: string }
  /** From here on frames count as new. */
  | { readonly do: "forget" }
  /** Answers when each shopper has received a new frame, or `forMs` later. */
  | { readonly do: "watch"; readonly forMs: number }
  /** All connections break at once, and everybody comes back. */
  | { readonly do: "return" }

export type Told = {
  readonly latenciesMs: readonly number[]
  /** Of those that were accepted. */
  readonly acceptedMs: readonly number[]
  readonly elapsedMs: number
  readonly accepted: number
  readonly refused: number
  readonly failed: number
  /** By the reason of a refusal or the code of a fault. */
  readonly reasons: Readonly<Record<string, number>>
  /** When each shopper's first new frame arrived that was not an answer, `performance.timeOrigin` added. */
  readonly framesAt: readonly number[]
}

type Shopper = {
  readonly wire: Wire
  readonly token: string
  readonly instance: string
  quantity: number
  base: number
  frameAt: number | undefined
}

const shoppers: Shopper[] = []
let crowd: Crowd | undefined

process.on("message", (order: Order) => {
  void obey(order).then(
    (told) => process.send?.({ told }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.once("disconnect", () => process.exit())

async function obey(order: Order): Promise<Told> {
  const startedAt = performance.now()
  const counts = { accepted: 0, refused: 0, failed: 0, reasons: {} as Record<string, number> }
  const latenciesMs: number[] = []
  const acceptedMs: number[] = []
  const click = async (shopper: Shopper, price: string) => {
    const sentAt = performance.now()
    const answer = await send(shopper, price)
    const latencyMs = performance.now() - sentAt
    latenciesMs.push(latencyMs)
    if (answer.outcome === "done") acceptedMs.push(latencyMs)
    note(counts, answer)
  }
  switch (order.do) {
    case "come":
      crowd = order.crowd
      await come(order.crowd)
      break
    case "click":
      await clickAway(order, click)
      break
    case "rush":
      await Promise.all(shoppers.map((shopper) => click(shopper, order.price)))
      break
    case "forget":
      for (const shopper of shoppers) shopper.frameAt = undefined
      break
    case "watch":
      await watch(order.forMs)
      break
    case "return":
      for (const { wire } of shoppers) wire.close()
      shoppers.length = 0
      if (crowd) await come(crowd)
  }
  const framesAt = shoppers.flatMap(({ frameAt }) => frameAt ?? [])
  const elapsedMs = performance.now() - startedAt
  return { latenciesMs, acceptedMs, elapsedMs, ...counts, framesAt }
}

/** In groups, so that the server's backlog is never the limit. */
async function come(crowd: Crowd): Promise<void> {
  const atOnce = 100
  for (let first = 0; first < crowd.count; first += atOnce) {
    const group = Array.from({ length: Math.min(atOnce, crowd.count - first) }, (_, i) => first + i)
    shoppers.push(...(await Promise.all(group.map((number) => enter(crowd, number)))))
  }
}

async function enter(crowd: Crowd, number: number): Promise<Shopper> {
  const token = randomBytes(32).toString("base64url")
  const instance = randomUUID()
  const account = crowd.widget.split("/")[0] ?? ""
  const wire = await connect({
    url: crowd.url,
    origin: crowd.origin,
    address: `10.${crowd.seed}.${Math.floor(number / 250)}.${(number % 250) + 1}`,
    auth: {
      protocol: 1,
      widgets: [{ instance, widget: crowd.widget, at: placeIn(crowd) }],
      carts: { [account]: {} },
      locale: "en-CA",
      timeZone: "America/Toronto",
      page: crowd.origin,
      touches: [],
      consent: "unknown",
    },
  })
  const shopper: Shopper = { wire, token, instance, quantity: 0, base: 0, frameAt: undefined }
  wire.onEvent = () => {
    shopper.frameAt ??= performance.timeOrigin + performance.now()
  }
  return shopper
}

function placeIn({ event }: Crowd) {
  return event === undefined ? { view: "browse" } : { view: "event", event }
}

type Clicking = Extract<Order, { do: "click" }>

async function clickAway(
  order: Clicking,
  click: (shopper: Shopper, price: string) => Promise<void>,
): Promise<void> {
  let next = 0
  const one = async () => {
    const number = next++ % shoppers.length
    const shopper = shoppers[number]
    if (shopper) await click(shopper, order.prices[number % order.prices.length] ?? "")
  }
  if ("underWay" in order) await closedLoop(order.underWay, order.forMs, one)
  else await openLoop(order.perSecond, order.forMs, one)
}

async function closedLoop(
  underWay: number,
  forMs: number,
  one: () => Promise<void>,
): Promise<void> {
  const endsAt = performance.now() + forMs
  const again = async () => {
    while (performance.now() < endsAt) await one()
  }
  await Promise.all(Array.from({ length: underWay }, again))
}

/** What is due is sent, whether or not the server keeps up. */
async function openLoop(perSecond: number, forMs: number, one: () => Promise<void>): Promise<void> {
  const clicks: Promise<void>[] = []
  const startedAt = performance.now()
  while (performance.now() - startedAt < forMs) {
    const due = ((performance.now() - startedAt) / 1000) * perSecond
    while (clicks.length < due) clicks.push(one())
    await new Promise((tick) => setTimeout(tick, 1))
  }
  await Promise.all(clicks)
}

type Answer = {
  readonly ok: boolean
  readonly outcome?: string
  readonly reason?: string
  readonly code?: string
  readonly frame?: { readonly rev: number }
}

async function send(shopper: Shopper, price: string): Promise<Answer> {
  shopper.quantity = shopper.quantity === 1 ? 2 : 1
  const answer = (await shopper.wire.ask("command", {
    op: randomUUID(),
    instance: shopper.instance,
    widget: crowd?.widget,
    cart: shopper.token,
    base: shopper.base,
    at: crowd && placeIn(crowd),
    type: "set-quantity",
    data: { price, quantity: shopper.quantity },
  })) as Answer
  shopper.base = answer.frame?.rev ?? shopper.base
  return answer
}

type Counts = {
  accepted: number
  refused: number
  failed: number
  readonly reasons: Record<string, number>
}

function note(counts: Counts, answer: Answer): void {
  if (answer.ok && answer.outcome === "done") return void (counts.accepted += 1)
  if (answer.ok) counts.refused += 1
  else counts.failed += 1
  const why = answer.reason ?? answer.code ?? "unknown"
  counts.reasons[why] = (counts.reasons[why] ?? 0) + 1
}

async function watch(forMs: number): Promise<void> {
  const endsAt = performance.now() + forMs
  while (performance.now() < endsAt && shoppers.some(({ frameAt }) => frameAt === undefined))
    await new Promise((tick) => setTimeout(tick, 5))
}
