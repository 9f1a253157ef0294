import { isEnded, lostReason, type Payment } from "#core/payment.ts"
import type { IntentWish, ProviderAnswer, ProviderIntent } from "#gateways/payment-provider.ts"
import { lockPurchase, mergeReport, type Purchase } from "#flows/merge-report.ts"
import { leaveOrder } from "#flows/leave-order.ts"
import type { PaymentDeps, Source } from "#flows/payment-deps.ts"
import {
  askProvider,
  closeProviderCall,
  type OpenedCall,
  openProviderCall,
  promptAttempts,
  retryDelayMs,
} from "#flows/provider-call.ts"
import { readClock } from "#store/clock.ts"
import { type Tx, withTx } from "#store/db.ts"
import { findOrder, type KeptOrder } from "#store/orders.ts"
import { findPayment, lockPayment, savePayment } from "#store/payments.ts"

/** What became of asking the provider for a payment. */
export type Submitted =
  /** It exists there, and what it says is merged. */
  | { readonly submitted: "intent"; readonly intent: ProviderIntent }
  /** Somebody else is asking, or nobody can tell: the sweeper goes on. */
  | { readonly submitted: "unclear" }
  /** The provider will not have it; the order is left and the cart open. */
  | { readonly submitted: "refused"; readonly code: string }
  /** Nothing was done and the payment waits to be tried again. */
  | { readonly submitted: "unavailable" }

/** What the provider is asked for, and nothing else, so that the same payment always makes the same request. */
function intentWish(
  payment: Pick<Payment, "id" | "orderId" | "amountMinor" | "currency">,
  orderNumber: string,
): IntentWish {
  const { id: paymentId, orderId, amountMinor, currency } = payment
  return { paymentId, orderId, orderNumber, amountMinor, currency }
}

/** Step A for a payment that is locked or was made in this transaction. */
export async function openIntentCall(
  tx: Tx,
  payment: Payment,
  orderNumber: string,
): Promise<OpenedCall | "busy"> {
  const { accountId, id: subjectId } = payment
  const call = await openProviderCall(
    tx,
    { accountId, subjectType: "payment", subjectId, op: "create-intent" },
    intentWish(payment, orderNumber),
    payment.idempotencyKey,
  )
  if (call !== "busy") await savePayment(tx, payment.id, { state: "submitting" })
  return call
}

/**
 * Brings a payment to the provider and learns how it stands: three steps, tried again at once while that may help. `opened` is a call whose
 * step A the caller has committed.
 */
export async function submitPayment(
  deps: PaymentDeps,
  payment: Payment,
  source: Source,
  opened?: OpenedCall,
): Promise<Submitted> {
  const order = await findOrder(deps.pool.db, payment.accountId, payment.orderId)
  if (!order) throw new Error(`payment ${payment.id} has lost its order`)
  let call: OpenedCall | "busy" | "settled" = opened ?? (await reopen(deps, payment, order))
  for (let attempt = 1; ; attempt++) {
    if (call === "settled") return retrieve(deps, payment, source)
    if (call === "busy") return { submitted: "unclear" }
    const answer = await ask(deps, call, payment, order)
    const submitted = await close(deps, call, payment, answer, source)
    const delayMs = retryDelayMs(answer)
    if (delayMs === undefined || attempt === promptAttempts) return submitted
    await pause(delayMs)
    call = await reopen(deps, payment, order)
  }
}

/** For as long as the provider asked for. */
export const pause = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms))

function ask(
  { payments }: PaymentDeps,
  call: OpenedCall,
  payment: Payment,
  order: KeptOrder,
): Promise<ProviderAnswer<ProviderIntent>> {
  return askProvider(
    call,
    (since) => payments.findIntent(payment.id, since),
    (key) => payments.createIntent(intentWish(payment, order.number), key),
  )
}

/** Step A again. A payment that the provider's news has reached meanwhile needs no request any more. */
async function reopen(
  deps: PaymentDeps,
  payment: Payment,
  order: KeptOrder,
): Promise<OpenedCall | "busy" | "settled"> {
  return withTx(deps.pool, async (tx) => {
    const locked = await lockPayment(tx, payment.id)
    if (!locked || locked.parkedReason || isEnded(locked)) return "busy"
    if (locked.providerId) return "settled"
    return openIntentCall(tx, locked, order.number)
  })
}

/** Asks how a payment stands that the provider has, and merges it. */
export async function retrieve(
  deps: PaymentDeps,
  payment: Payment,
  source: Source,
): Promise<Submitted> {
  const askedAt = await readClock(deps.pool.db)
  const answer = await findAtProvider(deps, payment)
  if (answer.result === "rejected") await parkLost(deps, payment, answer.code)
  if (answer.result !== "ok" || !answer.value)
    return { submitted: answer.result === "unauthorised" ? "unavailable" : "unclear" }
  const intent = answer.value
  await withTx(deps.pool, (tx) => mergeReport(deps, tx, payment, { ...intent, askedAt }, source))
  return { submitted: "intent", intent }
}

/** The provider says that it has no such payment: keys of another account, or worse. Money may still come, so it is no cancellation; a report ends it. */
async function parkLost(deps: PaymentDeps, payment: Payment, code: string): Promise<void> {
  deps.log.error({ paymentId: payment.id, code }, "a payment was parked: the provider lost it")
  await withTx(deps.pool, async (tx) => {
    await lockPayment(tx, payment.id)
    await savePayment(tx, payment.id, { parkedReason: lostReason(code) })
  })
}

/** By its id, or by our own when the id has not reached us. */
async function findAtProvider(
  { pool, payments }: PaymentDeps,
  payment: Payment,
): Promise<ProviderAnswer<ProviderIntent | undefined>> {
  const fresh = (await findPayment(pool.db, payment.id)) ?? payment
  return fresh.providerId
    ? payments.retrieveIntent(fresh.providerId)
    : payments.findIntent(fresh.id, fresh.createdAt)
}

/** Step B. */
async function close(
  deps: PaymentDeps,
  call: OpenedCall,
  payment: Payment,
  answer: ProviderAnswer<ProviderIntent>,
  source: Source,
): Promise<Submitted> {
  return withTx(deps.pool, async (tx) => {
    const submitted = await applyAnswer(deps, tx, payment, answer, source, call)
    await closeProviderCall(tx, call, answer)
    return submitted
  })
}

async function applyAnswer(
  deps: PaymentDeps,
  tx: Tx,
  payment: Payment,
  answer: ProviderAnswer<ProviderIntent>,
  source: Source,
  call: OpenedCall,
): Promise<Submitted> {
  if (answer.result === "ok") {
    const report = { ...answer.value, askedAt: call.startedAt }
    await mergeReport(deps, tx, payment, report, source)
    return { submitted: "intent", intent: answer.value }
  }
  const purchase = await lockPurchase(tx, payment, source)
  // The provider's news was faster than its answer.
  if (purchase.payment.state !== "submitting") return { submitted: "unclear" }
  const facts = { paymentId: payment.id, code: answer.code, requestId: answer.requestId }
  switch (answer.result) {
    case "declined":
    case "rejected":
      deps.log.warn(facts, "the provider refused a payment")
      return giveUp(deps, tx, purchase, answer.code)
    case "retry":
    case "unauthorised":
      if (answer.result === "unauthorised")
        deps.log.error(facts, "the payment provider does not accept our key")
      // What an earlier request came to is as unclear as before: it may still be at work over there.
      if (call.lookUpSince) return remain(tx, payment, "unknown", "unclear")
      return remain(tx, payment, "created", "unavailable")
    case "unknown":
      return remain(tx, payment, "unknown", "unclear")
    case "idempotency-mismatch":
      deps.log.error(facts, "a payment was parked: its key was used for something else")
      await lockPayment(tx, payment.id)
      await savePayment(tx, payment.id, { state: "unknown", parkedReason: answer.result })
      return { submitted: "unavailable" }
  }
}

/** A definitive no: nothing is at the provider, so nothing has to be canceled there. */
async function giveUp(
  deps: PaymentDeps,
  tx: Tx,
  purchase: Purchase,
  code: string,
): Promise<Submitted> {
  const { payment, order } = purchase
  await leaveOrder(tx, purchase)
  await lockPayment(tx, payment.id)
  await savePayment(tx, payment.id, { state: "canceled", failureCode: code })
  const { accountId, cartId } = order
  tx.afterCommit(() => deps.live.touched({ accountId, cartId }))
  return { submitted: "refused", code }
}

async function remain(
  tx: Tx,
  payment: Payment,
  state: "created" | "unknown",
  submitted: "unavailable" | "unclear",
): Promise<Submitted> {
  await lockPayment(tx, payment.id)
  await savePayment(tx, payment.id, { state })
  return { submitted }
}
