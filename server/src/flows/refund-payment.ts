import type { Payment } from "#core/payment.ts"
import type { ProviderAnswer, ProviderRefund, RefundWish } from "#gateways/payment-provider.ts"
import type { PaymentDeps } from "#flows/payment-deps.ts"
import {
  askProvider,
  closeProviderCall,
  lacksBalance,
  type OpenedCall,
  openProviderCall,
} from "#flows/provider-call.ts"
import { lockCartById } from "#store/carts.ts"
import { type Tx, withTx } from "#store/db.ts"
import { newId } from "#store/ids.ts"
import { appendOrderEvent, findOrder, lockOrder, saveOrderState } from "#store/orders.ts"
import { findPayment } from "#store/payments.ts"
import {
  findRefund,
  findRefundByProviderId,
  lockRefund,
  noteAsked,
  type Refund,
  saveRefund,
} from "#store/refunds.ts"

/**
 * Sends reserved money back, in three steps, see `provider-call.ts`. Throws while the provider has not taken it: the job comes back later. One
 * that it has is asked for, by the sweeper and by webhooks, until the shopper's bank has it or has refused it.
 */
export async function refundPayment(
  deps: PaymentDeps,
  { refundId }: { readonly refundId: string },
): Promise<void> {
  const refund = await findRefund(deps.pool.db, refundId)
  const payment = refund && (await findPayment(deps.pool.db, refund.paymentId))
  if (!refund || !payment?.providerId) throw new Error(`refund ${refundId} has no payment`)
  if (refund.state === "failed") return
  await noteAsked(deps.pool.db, refundId)
  const wish = { refundId, intentId: payment.providerId, amountMinor: refund.amountMinor }
  if (refund.providerId) return poll(deps, refund, payment, wish)
  const call = await openRefundCall(deps, refund, wish)
  if (call === "busy") throw new Error(`refund ${refundId} is being asked for`)
  const answer = await askProvider(
    call,
    () => deps.payments.findRefund(wish),
    (key) => deps.payments.createRefund(wish, key),
  )
  await withTx(deps.pool, async (tx) => {
    await applyAnswer(deps, tx, payment, refundId, answer)
    await closeProviderCall(tx, call, answer)
  })
  if (isToBeTriedAgain(answer))
    throw new Error(`refund ${refundId} is not sent yet: ${answer.code}`)
}

const passing: ReadonlySet<string> = new Set(["retry", "unknown", "unauthorised"])

function isToBeTriedAgain(
  answer: ProviderAnswer<ProviderRefund>,
): answer is Exclude<typeof answer, { result: "ok" }> {
  return passing.has(answer.result) || lacksBalance(answer)
}

/** The refund of the provider's event, when it is one of ours. */
export async function settleRefundAt(deps: PaymentDeps, providerId: string): Promise<boolean> {
  const refund = await findRefundByProviderId(deps.pool.db, providerId)
  if (refund) await refundPayment(deps, { refundId: refund.id })
  return refund !== undefined
}

async function openRefundCall(
  { pool }: PaymentDeps,
  refund: Refund,
  wish: RefundWish,
): Promise<OpenedCall | "busy"> {
  const { accountId, id: subjectId, idempotencyKey } = refund
  return withTx(pool, async (tx) => {
    const locked = await lockRefund(tx, subjectId)
    if (!locked || locked.state === "succeeded" || locked.state === "failed") return "busy"
    const subject = { accountId, subjectType: "refund", subjectId, op: "create-refund" } as const
    const call = await openProviderCall(tx, subject, wish, idempotencyKey)
    if (call !== "busy") await saveRefund(tx, subjectId, { state: "submitting" })
    return call
  })
}

/** It is at the provider and on its way to the shopper's bank. */
async function poll(
  deps: PaymentDeps,
  refund: Refund,
  payment: Payment,
  wish: RefundWish,
): Promise<void> {
  const answer = await deps.payments.findRefund(wish)
  if (answer.result !== "ok" || !answer.value) return
  const { value } = answer
  await withTx(deps.pool, (tx) => merge(deps, tx, payment, refund.id, value))
}

async function applyAnswer(
  deps: PaymentDeps,
  tx: Tx,
  payment: Payment,
  refundId: string,
  answer: ProviderAnswer<ProviderRefund>,
): Promise<void> {
  if (answer.result === "ok") return merge(deps, tx, payment, refundId, answer.value)
  await lockOrderOf(tx, payment)
  const refund = await lockRefund(tx, refundId)
  if (!refund) throw new Error(`refund ${refundId} is lost`)
  const facts = { refundId, code: answer.code, requestId: answer.requestId }
  switch (answer.result) {
    case "retry":
      return saveRefund(tx, refundId, { state: "pending" })
    case "unknown":
      return saveRefund(tx, refundId, { state: "unknown" })
    case "unauthorised":
      deps.log.error(facts, "the payment provider does not accept our key")
      return saveRefund(tx, refundId, { state: "pending" })
    case "idempotency-mismatch":
      deps.log.error(facts, "a refund's key was used for something else: look at it")
      return saveRefund(tx, refundId, { state: "unknown" })
    case "declined":
    case "rejected":
      if (lacksBalance(answer)) {
        deps.log.error(facts, "a refund waits for money in the balance at the provider")
        return saveRefund(tx, refundId, { state: "pending" })
      }
      deps.log.error(facts, "the provider refused a refund: look at it")
      await saveRefund(tx, refundId, { state: "failed" })
      return appendNews(tx, payment.orderId, "RefundFailed", refund)
  }
}

/**
 * Under the cart's lock, like everything that moves an order. A refund that is pending at the provider stays submitted here. One that had
 * arrived may still come back, when the shopper's account is closed: that is news, and nothing else is.
 */
async function merge(
  deps: PaymentDeps,
  tx: Tx,
  payment: Payment,
  refundId: string,
  { id: providerId, state }: ProviderRefund,
): Promise<void> {
  const order = await lockOrderOf(tx, payment)
  const refund = await lockRefund(tx, refundId)
  if (!refund || refund.state === "failed") return
  if (refund.state === "succeeded" && state !== "failed") return
  await saveRefund(tx, refundId, { state: state === "pending" ? "submitting" : state, providerId })
  if (state === "failed") {
    deps.log.error({ refundId, orderId: order.id }, "a refund failed at the bank: look at it")
    await appendNews(tx, order.id, "RefundFailed", refund)
  }
  if (state !== "succeeded") return
  const current = await findOrder(tx, order.accountId, order.id)
  if (current?.state !== "payment_unfulfillable" && current?.state !== "canceled") return
  await saveOrderState(tx, order.id, "refunded")
  await appendNews(tx, order.id, "OrderRefunded", refund)
  tx.afterCommit(() => deps.live.touched({ accountId: order.accountId, cartId: order.cartId }))
}

/** With its cart, which comes first; events are appended to a locked order only. */
async function lockOrderOf(tx: Tx, payment: Payment) {
  const order = await findOrder(tx, payment.accountId, payment.orderId)
  if (!order) throw new Error(`payment ${payment.id} has lost its order`)
  await lockCartById(tx, order.accountId, order.cartId)
  await lockOrder(tx, order.id)
  return order
}

/** What an order's history shows, and what the reports count its days anew for. */
function appendNews(
  tx: Tx,
  orderId: string,
  type: "OrderRefunded" | "RefundFailed",
  { id: refundId, amountMinor, currency }: Refund,
): Promise<void> {
  const data = { refundId, amountMinor, currency }
  return appendOrderEvent(tx, orderId, { eventId: newId(), type, data, actor: "job" })
}
