import type { Outcome } from "#core/outcome.ts"
import { isEnded, type Payment } from "#core/payment.ts"
import type { ProviderAnswer, ProviderIntent } from "#gateways/payment-provider.ts"
import { leaveOrder } from "#flows/leave-order.ts"
import { lockPurchase, mergeReport } from "#flows/merge-report.ts"
import type { PaymentDeps, Source } from "#flows/payment-deps.ts"
import {
  askProvider,
  closeProviderCall,
  type OpenedCall,
  openProviderCall,
  promptAttempts,
  retryDelayMs,
} from "#flows/provider-call.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"
import { pause, retrieve, submitPayment } from "#flows/submit-payment.ts"
import { findCartById } from "#store/carts.ts"
import { cartScope, findCommand, insertCommand } from "#store/commands.ts"
import { withTx } from "#store/db.ts"
import { findOrder } from "#store/orders.ts"
import { findPayment, findPaymentOfOrder, lockPayment, savePayment } from "#store/payments.ts"
import { listCalls } from "#store/provider-calls.ts"
import { findShopperCart } from "#flows/find-shopper-cart.ts"

/**
 * The shopper goes back, or edits the cart that is being paid: the payment is canceled at the provider first, and only then is the cart open
 * again, with its holds and a new revision. When the money has moved meanwhile the order is completed instead. Refuses `payment-processing`,
 * `cart-completed`, and `cart-busy-paying` while nobody can tell how the payment stands.
 */
export async function cancelPayment(
  deps: PaymentDeps,
  shopper: ShopperCommand<unknown>,
): Promise<Outcome> {
  const accountId = shopper.shop.account.id
  const look = async () => (await findShopperCart(deps.pool, shopper))?.cart
  const cart = await look()
  if (!cart) return { outcome: "done", rev: 0 }
  const { rev, state, orderId } = cart
  if (state === "completed")
    return { outcome: "refused", rev, refusal: { reason: "cart-completed" } }
  if (state !== "frozen" || !orderId) return { outcome: "done", rev }
  const before = await noteOnce(deps, shopper, cart.id, rev)
  if (before) return before
  const payment = await findPaymentOfOrder(deps.pool.db, accountId, orderId)
  if (!payment) throw new Error(`cart ${cart.id} is frozen without a payment`)
  const left = await abandonPayment(deps, payment, "socket")
  return outcomeOf(left, (await look())?.rev ?? rev)
}

/** A `back` that arrives again late must not leave a payment that was begun after it. Editing commands note themselves. */
async function noteOnce(
  { pool }: PaymentDeps,
  shopper: ShopperCommand<unknown>,
  cartId: string,
  rev: number,
): Promise<Outcome | undefined> {
  if (shopper.type !== "back") return undefined
  const { op: commandId, requestHash, type: kind } = shopper
  const key = { scope: cartScope(cartId), commandId }
  return withTx(pool, async (tx): Promise<Outcome | undefined> => {
    const known = await findCommand(tx, key, requestHash)
    if (known && !known.isSameRequest) return { outcome: "op-reused" }
    if (known) return known.outcome ?? { outcome: "done", rev }
    await insertCommand(tx, key, { kind, requestHash, outcome: { outcome: "done", rev } })
    return undefined
  })
}

function outcomeOf(left: Abandoned, rev: number): Outcome {
  switch (left) {
    case "left":
      return { outcome: "done", rev }
    case "paid":
      return { outcome: "refused", rev, refusal: { reason: "cart-completed" } }
    case "processing":
      return { outcome: "refused", rev, refusal: { reason: "payment-processing" } }
    case "unclear":
      return { outcome: "refused", rev, refusal: { reason: "cart-busy-paying" } }
  }
}

export type Abandoned = "left" | "paid" | "processing" | "unclear"

/**
 * Makes sure that no money can come for a payment any more, then leaves its order. What may exist at the provider is found or made first, so
 * that it can be canceled: a request that was lost on its way might still arrive.
 */
export async function abandonPayment(
  deps: PaymentDeps,
  payment: Payment,
  source: Source,
): Promise<Abandoned> {
  if (payment.parkedReason) return "unclear"
  if ((await neverSent(deps, payment)) && (await leaveUnsent(deps, payment, source)))
    return standing(deps, payment.id)
  if (!payment.providerId) await submitPayment(deps, payment, source)
  for (let attempt = 1; ; attempt++) {
    const current = await findPayment(deps.pool.db, payment.id)
    if (!current || isEnded(current) || !current.providerId) break
    const answer = await cancelOnce(deps, current, current.providerId, source)
    const delayMs = answer && retryDelayMs(answer)
    if (delayMs === undefined || attempt === promptAttempts) break
    await pause(delayMs)
  }
  return standing(deps, payment.id)
}

async function neverSent({ pool }: PaymentDeps, payment: Payment): Promise<boolean> {
  if (payment.providerId || payment.state !== "created") return false
  const subject = { subjectType: "payment", subjectId: payment.id, op: "create-intent" } as const
  const calls = await listCalls(pool.db, subject)
  return calls.every((call) => call.outcome === "rejected" || call.outcome === "retry")
}

/** Thrown to take a leave back: between the look at the payment and the lock on it, somebody has begun to send it. */
const sentMeanwhile = new Error("a payment was sent while it was about to be left")

/** Answers whether the order was left; it was not when somebody has sent its payment meanwhile. */
async function leaveUnsent(deps: PaymentDeps, payment: Payment, source: Source): Promise<boolean> {
  try {
    await withTx(deps.pool, async (tx) => {
      const purchase = await lockPurchase(tx, payment, source)
      await leaveOrder(tx, purchase)
      const locked = await lockPayment(tx, payment.id)
      if (locked?.state !== "created") throw sentMeanwhile
      await savePayment(tx, payment.id, { state: "canceled" })
      const { accountId, cartId } = purchase.order
      tx.afterCommit(() => deps.live.touched({ accountId, cartId }))
    })
    return true
  } catch (error) {
    if (error !== sentMeanwhile) throw error
    return false
  }
}

/** One cancellation in its three steps. Undefined: somebody else is canceling. */
async function cancelOnce(
  deps: PaymentDeps,
  payment: Payment,
  providerId: string,
  source: Source,
): Promise<ProviderAnswer<ProviderIntent> | undefined> {
  const call = await openCancelCall(deps, payment, providerId)
  if (call === "busy") return undefined
  const answer = await askProvider(
    call,
    () => findCanceled(deps, providerId),
    (key) => deps.payments.cancelIntent(providerId, key),
  )
  await withTx(deps.pool, async (tx) => {
    const askedAt = call.startedAt
    if (answer.result === "ok")
      await mergeReport(deps, tx, payment, { ...answer.value, askedAt }, source)
    await closeProviderCall(tx, call, answer)
  })
  // Too late to be canceled: what it has become is told by the payment itself.
  if (answer.result === "rejected") await retrieve(deps, payment, source)
  return answer
}

async function openCancelCall(
  { pool }: PaymentDeps,
  payment: Payment,
  providerId: string,
): Promise<OpenedCall | "busy"> {
  const { accountId, id: subjectId } = payment
  return withTx(pool, async (tx) => {
    await lockPayment(tx, subjectId)
    return openProviderCall(
      tx,
      { accountId, subjectType: "payment", subjectId, op: "cancel-intent" },
      { providerId },
      `cancel:${subjectId}`,
    )
  })
}

/** A payment that can still be canceled is not found: the request has to be sent. */
async function findCanceled(
  { payments }: PaymentDeps,
  providerId: string,
): Promise<ProviderAnswer<ProviderIntent | undefined>> {
  const answer = await payments.retrieveIntent(providerId)
  if (answer.result !== "ok") return answer
  const isOver = ["canceled", "succeeded", "processing"].includes(answer.value.state)
  return isOver ? answer : { result: "ok", value: undefined }
}

async function standing({ pool }: PaymentDeps, paymentId: string): Promise<Abandoned> {
  const payment = await findPayment(pool.db, paymentId)
  const order = payment && (await findOrder(pool.db, payment.accountId, payment.orderId))
  if (!payment || !order) throw new Error(`payment ${paymentId} has lost its order`)
  const shown = await findCartById(pool.db, order.accountId, order.cartId)
  if (payment.state === "canceled") return "left"
  if (payment.state === "succeeded") return shown?.cart.state === "completed" ? "paid" : "left"
  return payment.state === "processing" ? "processing" : "unclear"
}
