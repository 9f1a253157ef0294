import { abandonPayment } from "#flows/cancel-payment.ts"
import { completeCart } from "#flows/complete-order.ts"
import type { PaymentDeps } from "#flows/payment-deps.ts"
import { sweepPayments } from "#flows/sweep-payments.ts"
import { findPaymentOfOrder } from "#store/payments.ts"
import { type Act, perform } from "#testing/drills/payment-act.ts"
import { aShopperCommand } from "#testing/fixtures.ts"
import {
  aBuyer,
  type Buyer,
  cartOf,
  clickPay,
  confirmWith,
  expireHolds,
  ordersOf,
  type PurchaseBench,
} from "#testing/purchase.ts"

/** One purchase on the way to a moment where something goes wrong. */
export type Scene = {
  readonly buyer: Buyer
  /** What the process that dies is doing, and what its shopper or job does again. */
  readonly act: Act
  /** Whether what was begun has come to its end. */
  isOver(): Promise<boolean>
  /** One more try by everybody who may: the shopper clicks on, the sweeper and the jobs run. */
  goOn(deps: PaymentDeps): Promise<unknown>
  /** How it must end. */
  readonly end: { readonly orders: readonly string[]; readonly sold: number; readonly cart: string }
}

export const flows = [
  "begin-payment",
  "complete-order",
  "cancel-payment",
  "cancel what is paid",
  "refund",
] as const
export type FlowName = (typeof flows)[number]

const cancelRequest = { method: "POST", path: "/v1/payment_intents/*/cancel" }

/** The requests of each flow that a fault may strike. */
export const faultyRequest: { readonly [N in FlowName]: object } = {
  "begin-payment": { method: "POST", path: "/v1/payment_intents" },
  "complete-order": { method: "GET", path: "/v1/payment_intents/*" },
  "cancel-payment": cancelRequest,
  "cancel what is paid": cancelRequest,
  refund: { method: "POST", path: "/v1/refunds" },
}

/** Brings a purchase to where the flow begins. */
export const scenes: { readonly [N in FlowName]: (bench: PurchaseBench) => Promise<Scene> } = {
  "begin-payment": beginScene,
  "complete-order": completeScene,
  "cancel-payment": cancelScene,
  "cancel what is paid": paidScene,
  refund: refundScene,
}

/** As the schedule does, but at once: everything that has not ended is due. */
export const sweepNow = (deps: PaymentDeps) =>
  sweepPayments(deps, { silentSeconds: 0, forgottenSeconds: 0, limit: 100 })

const bought = { orders: ["paid"], sold: 2, cart: "completed" } as const

async function beginScene(bench: PurchaseBench): Promise<Scene> {
  const buyer = await aBuyer(bench)
  const { rev: base } = await cartOf(bench, buyer)
  const data = { amountMinor: buyer.totalMinor, currency: "cad" }
  const shopper = aShopperCommand(buyer.shop, "pay", data, { token: buyer.token, base })
  const act = { flow: "begin-payment", shopper } as const
  return { buyer, act, ...buying(bench, buyer), end: bought }
}

async function completeScene(bench: PurchaseBench): Promise<Scene> {
  const buyer = await aBuyer(bench)
  await confirmWith(bench, await clickPay(bench, buyer))
  const act = { flow: "complete-order", shopper: clickOf(buyer, "complete") } as const
  return { buyer, act, ...buying(bench, buyer), end: bought }
}

/** The shopper goes back, then pays after all: the first payment must be gone. */
async function cancelScene(bench: PurchaseBench): Promise<Scene> {
  const buyer = await aBuyer(bench)
  await clickPay(bench, buyer)
  const act = { flow: "cancel-payment", shopper: clickOf(buyer, "back") } as const
  const rest = buying(bench, buyer)
  const goOn = async (deps: PaymentDeps) => {
    const [first] = await ordersOf(bench, buyer)
    if (first?.state !== "awaiting_payment") return rest.goOn(deps)
    await perform(deps, { flow: "cancel-payment", shopper: clickOf(buyer, "back") })
    return abandonFirst(deps, buyer, first.id)
  }
  return { buyer, act, isOver: rest.isOver, goOn, end: { ...bought, orders: ["canceled", "paid"] } }
}

/** The shopper goes back in one tab when the card is confirmed in another: the money counts. */
async function paidScene(bench: PurchaseBench): Promise<Scene> {
  const { buyer, ...rest } = await completeScene(bench)
  const act = { flow: "cancel-payment", shopper: clickOf(buyer, "back") } as const
  return { ...rest, buyer, act }
}

async function abandonFirst(deps: PaymentDeps, { shop }: Buyer, orderId: string) {
  const payment = await findPaymentOfOrder(deps.pool.db, shop.account.id, orderId)
  if (payment) await abandonPayment(deps, payment, "socket")
}

/** Money that came when its stock was gone: it goes back. */
async function refundScene(bench: PurchaseBench): Promise<Scene> {
  const buyer = await aBuyer(bench, { capacity: 3 })
  const begun = await clickPay(bench, buyer)
  await expireHolds(bench, buyer, "reaped")
  await confirmWith(bench, begun)
  const quicker = await aBuyer(bench, { shop: buyer.shop })
  await complete(bench.deps, buyer)
  await confirmWith(bench, await clickPay(bench, quicker))
  await complete(bench.deps, quicker)
  const { rows } = await bench.database.owner.query<{ id: string }>(
    "select r.id from pay.refund r join pay.payment p on p.id = r.payment_id join sales.orders o on o.id = p.order_id where o.account_id = $1",
    [buyer.shop.account.id],
  )
  const [{ id: refundId } = { id: "" }] = rows
  const act = { flow: "refund", refundId } as const
  const isOver = async () => (await ordersOf(bench, buyer))[0]?.state === "refunded"
  const goOn = (deps: PaymentDeps) => perform(deps, act)
  return { buyer, act, isOver, goOn, end: { orders: ["refunded"], sold: 2, cart: "open" } }
}

/** The shopper presses Pay until there is something to confirm, confirms and waits for the end. */
function buying(bench: PurchaseBench, buyer: Buyer): Pick<Scene, "isOver" | "goOn"> {
  return {
    isOver: async () => (await cartOf(bench, buyer)).state === "completed",
    async goOn(deps) {
      const begun = await clickPay({ ...bench, deps: { ...deps, lane: bench.deps.lane } }, buyer)
      if (begun.confirm) await confirmWith(bench, begun)
      await complete(deps, buyer)
    },
  }
}

function complete(deps: PaymentDeps, buyer: Buyer) {
  return completeCart(deps, clickOf(buyer, "complete"))
}

function clickOf({ shop, token }: Buyer, type: string) {
  return aShopperCommand<unknown>(shop, type, {}, { token })
}
