import type { Cart } from "#core/cart.ts"
import { isThoughtLost, type Payment, type PaymentNews, readReport } from "#core/payment.ts"
import type { ProviderIntent } from "#gateways/payment-provider.ts"
import { fulfilOrder } from "#flows/fulfil-order.ts"
import { leaveOrder, thawCart } from "#flows/leave-order.ts"
import type { PaymentDeps, Source } from "#flows/payment-deps.ts"
import { lockCartById } from "#store/carts.ts"
import type { Tx } from "#store/db.ts"
import { newId } from "#store/ids.ts"
import {
  appendOrderEvent,
  findOrder,
  type KeptOrder,
  lockOrder,
  type OrderEvent,
  saveOrderState,
} from "#store/orders.ts"
import { findPayment, lockPayment, reserveRefund, savePayment } from "#store/payments.ts"
import { releaseRedemption } from "#store/promotions.ts"
import { enqueue } from "#store/queue.ts"
import { insertRefund } from "#store/refunds.ts"

/**
 * A purchase under its cart's lock. Until the transaction ends nobody else moves more of it than this: whoever reaps may end its holds, and
 * whoever sends or parks its payment may say so there.
 */
export type Purchase = {
  readonly cart: Cart
  readonly order: KeptOrder
  readonly payment: Payment
  readonly source: Source
}

/**
 * Merges what the provider says now into payment, order, stock and cart. The report was read from the provider itself, outside the
 * transaction; it may be old news, and may come from anybody, any number of times, at the same time.
 */
export async function mergeReport(
  deps: PaymentDeps,
  tx: Tx,
  known: Pick<Payment, "id" | "accountId" | "orderId">,
  report: ProviderIntent & { readonly askedAt: string },
  source: Source,
): Promise<void> {
  const purchase = await lockPurchase(tx, known, source)
  const news = readReport(purchase.payment, report)
  await applyNews(deps, tx, purchase, news)
  await lockPayment(tx, known.id)
  const { seenAt = "" } = purchase.payment
  await savePayment(tx, known.id, {
    providerId: report.id,
    seenAt: report.askedAt > seenAt ? report.askedAt : seenAt,
    ...(isThoughtLost(purchase.payment) && { parkedReason: null }),
    ...paymentChange(news),
  })
  if (news.news === "none") return
  const { accountId, cartId } = purchase.order
  tx.afterCommit(() => deps.live.touched({ accountId, cartId }))
}

/** The cart's lock comes first, so what leads to it is read without one and read again under it. */
export async function lockPurchase(
  tx: Tx,
  known: Pick<Payment, "id" | "accountId" | "orderId">,
  source: Source,
): Promise<Purchase> {
  const unlocked = await findOrder(tx, known.accountId, known.orderId)
  const shown = unlocked && (await lockCartById(tx, known.accountId, unlocked.cartId))
  const order = shown && (await findOrder(tx, known.accountId, known.orderId))
  const payment = await findPayment(tx, known.id)
  if (!shown || !order || !payment) throw new Error(`payment ${known.id} has lost its order`)
  return { cart: shown.cart, order, payment, source }
}

async function applyNews(
  deps: PaymentDeps,
  tx: Tx,
  purchase: Purchase,
  news: PaymentNews,
): Promise<void> {
  const { order, payment } = purchase
  switch (news.news) {
    case "none":
      return
    case "mismatch":
      deps.log.error(
        { paymentId: payment.id, orderId: order.id, reason: news.reason },
        "a payment was parked: look at it",
      )
      return note(tx, purchase, "PaymentParked", { reason: news.reason })
    case "succeeded":
      return receiveMoney(deps, tx, purchase, news.capturedMinor)
    case "failed":
      await saveState(tx, order, "awaiting_payment")
      return note(tx, purchase, "PaymentDeclined", { code: news.code })
    case "processing":
      await saveState(tx, order, "processing")
      return note(tx, purchase, "OrderProcessing", {})
    case "requires_action":
      return saveState(tx, order, "awaiting_payment")
    case "canceled":
      return leaveOrder(tx, purchase)
  }
}

function paymentChange(news: PaymentNews) {
  switch (news.news) {
    case "none":
      return {}
    case "mismatch":
      return { parkedReason: news.reason }
    case "succeeded":
      return { state: news.news, capturedMinor: news.capturedMinor, failureCode: null }
    case "failed":
      return { state: news.news, failureCode: news.code, failureAttempt: news.attempt }
    case "requires_action":
    case "processing":
    case "canceled":
      return { state: news.news }
  }
}

/** An order that is waiting moves between waiting for the shopper and waiting for the bank. */
async function saveState(
  tx: Tx,
  order: KeptOrder,
  state: "awaiting_payment" | "processing",
): Promise<void> {
  const isWaiting = order.state === "awaiting_payment" || order.state === "processing"
  if (!isWaiting || order.state === state) return
  await lockOrder(tx, order.id)
  await saveOrderState(tx, order.id, state)
}

/** Money is either honoured whole or sent back whole, in the transaction that learns of it. */
async function receiveMoney(
  deps: PaymentDeps,
  tx: Tx,
  purchase: Purchase,
  capturedMinor: number,
): Promise<void> {
  if (canBeHonoured(purchase) && (await fulfilOrder(deps, tx, purchase))) return
  await returnMoney(deps, tx, purchase, capturedMinor)
}

/** Not when the order was given up on purpose, nor when its cart has gone on to another order meanwhile. */
function canBeHonoured({ order, cart }: Purchase): boolean {
  const isOpen = ["awaiting_payment", "processing", "expired"].includes(order.state)
  return isOpen && (cart.orderId === undefined || cart.orderId === order.id)
}

async function returnMoney(
  deps: PaymentDeps,
  tx: Tx,
  purchase: Purchase,
  capturedMinor: number,
): Promise<void> {
  const { order, cart, payment, source } = purchase
  const refundId = newId()
  await releaseRedemption(tx, order.id)
  await lockOrder(tx, order.id)
  await saveOrderState(tx, order.id, "payment_unfulfillable")
  await note(tx, purchase, "OrderUnfulfillable", { refundId })
  await thawCart(tx, order, cart)
  await lockPayment(tx, payment.id)
  await savePayment(tx, payment.id, { state: "succeeded", capturedMinor })
  if (!(await reserveRefund(tx, payment.id, capturedMinor)))
    throw new Error(`payment ${payment.id} has less to refund than it captured`)
  await insertRefund(tx, {
    id: refundId,
    accountId: payment.accountId,
    paymentId: payment.id,
    currency: payment.currency,
    amountMinor: capturedMinor,
    idempotencyKey: `refund:${refundId}`,
    reason: "unfulfillable",
  })
  await enqueue(tx, "refund-payment", { refundId })
  deps.log.warn({ orderId: order.id, source }, "money came when the stock was gone: it goes back")
}

async function note(
  tx: Tx,
  { order, source }: Purchase,
  type: OrderEvent["type"],
  data: OrderEvent["data"],
): Promise<void> {
  await appendOrderEvent(tx, order.id, { eventId: newId(), type, data, actor: source })
}
