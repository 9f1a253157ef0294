import type { Scene } from "#testing/drills/payment-scenes.ts"
import { assertBooks } from "#testing/books.ts"
import { cartOf, ordersOf, type PurchaseBench } from "#testing/purchase.ts"

type Intent = {
  readonly id: string
  readonly status: string
  readonly amount_received: number
  readonly metadata: { readonly order_id?: string; readonly payment_id?: string }
}

type Refund = {
  readonly payment_intent: string
  readonly status: string
  readonly amount: number
}

/** Everything that is wrong with how a purchase ended: at the provider, in our rows, and between the two. */
export async function judge(bench: PurchaseBench, scene: Scene): Promise<string[]> {
  const orders = await ordersOf(bench, scene.buyer)
  const intents = await listAt<Intent>(bench, "payment_intent")
  const refunds = await listAt<Refund>(bench, "refund")
  const ids = new Set(orders.map((order) => order.id))
  const own = intents.filter(({ metadata }) => ids.has(metadata.order_id ?? ""))
  return [
    ...judgeObjects(own),
    ...orders.flatMap((order) => judgeOrder(order, own, refunds)),
    ...(await judgeEnd(bench, scene, orders)),
    ...(await judgeBooks(bench)),
  ]
}

type Order = Awaited<ReturnType<typeof ordersOf>>[number]

/** One payment of ours is one object over there. */
function judgeObjects(own: readonly Intent[]): string[] {
  const byPayment = Map.groupBy(own, ({ metadata }) => metadata.payment_id ?? "")
  return [...byPayment.values()]
    .filter((same) => same.length > 1)
    .map((same) => `${same.length} PaymentIntents for one payment`)
}

/** What the provider has kept of the shopper's money is the price of what was delivered. */
function judgeOrder(order: Order, own: readonly Intent[], refunds: readonly Refund[]): string[] {
  const its = own.filter(({ metadata }) => metadata.order_id === order.id)
  const paid = its.filter(({ status }) => status === "succeeded")
  const live = its.filter(({ status }) => status !== "succeeded" && status !== "canceled")
  const back = refunds.filter((refund) => its.some(({ id }) => id === refund.payment_intent))
  const faults: string[] = []
  if (live.length > 0) faults.push(`order ${order.state} with a live PaymentIntent`)
  if (back.length > 1) faults.push(`order ${order.state} with ${back.length} refunds`)
  const kept = sum(paid.map((each) => each.amount_received)) - sum(back.map((each) => each.amount))
  const price = order.state === "paid" ? 4000 : 0
  if (kept !== price) faults.push(`order ${order.state} while the provider keeps ${kept}`)
  if (order.state === "paid" && paid.length !== 1)
    faults.push(`order paid with ${paid.length} succeeded PaymentIntents`)
  if (order.parked) faults.push(`order ${order.state} with a parked payment: ${order.parked}`)
  return faults
}

async function judgeEnd(
  bench: PurchaseBench,
  { buyer, end }: Scene,
  orders: readonly Order[],
): Promise<string[]> {
  const states = orders.map((order) => order.state)
  const cart = await cartOf(bench, buyer)
  const { rows } = await bench.database.owner.query<{ held: number; sold: number }>(
    "select held, sold from inv.variant where account_id = $1",
    [buyer.shop.account.id],
  )
  const [stock] = rows
  const faults: string[] = []
  if (states.join() !== end.orders.join())
    faults.push(`orders ended as ${states.join()}, not ${end.orders.join()}`)
  if (cart.state !== end.cart) faults.push(`the cart is ${cart.state}, not ${end.cart}`)
  if (stock?.sold !== end.sold) faults.push(`${stock?.sold} places are sold, not ${end.sold}`)
  if (stock?.held !== 0) faults.push(`${stock?.held} places are held for nobody`)
  return faults
}

const seen = new WeakMap<PurchaseBench, Set<string>>()

/** Each fault in the books is the newest purchase's. */
async function judgeBooks(bench: PurchaseBench): Promise<string[]> {
  const known = seen.get(bench) ?? new Set()
  seen.set(bench, known)
  const text = await assertBooks(bench.database.owner).then(
    () => "",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  const fresh = text.split("\n").filter((line) => line !== "" && !known.has(line))
  for (const line of fresh) known.add(line)
  return fresh
}

async function listAt<T>({ bench }: PurchaseBench, kind: string): Promise<T[]> {
  const { body } = await bench.admin("GET", `/sandbox/objects?kind=${kind}&limit=100`)
  return (body.data ?? []) as unknown as T[]
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}
