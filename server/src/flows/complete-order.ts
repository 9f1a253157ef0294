import type { Outcome } from "#core/outcome.ts"
import type { OrderState } from "#core/order.ts"
import type { Payment } from "#core/payment.ts"
import type { PaymentDeps, Source } from "#flows/payment-deps.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"
import { retrieve } from "#flows/submit-payment.ts"
import { findOrder } from "#store/orders.ts"
import { findPayment, findPaymentByProviderId, findPaymentOfOrder } from "#store/payments.ts"
import { findShopperCart } from "#flows/find-shopper-cart.ts"

/** Which payment: ours, or the provider's. */
export type PaymentRef = { readonly paymentId: string } | { readonly providerId: string }

/** How a purchase stands once the provider has been asked. */
export type Completion =
  | {
      readonly known: true
      readonly isClear: boolean
      readonly order: OrderState
      readonly payment: Payment
    }
  /** It is none of ours. */
  | { readonly known: false }

/**
 * The one checkout service: asks the provider how a payment stands and merges the answer. Called by the shopper's browser, the webhook, the
 * sweeper and jobs, at any time, any number of times. `isClear` is false when the provider could not be asked: nothing has changed then.
 */
export async function completeOrder(
  deps: PaymentDeps,
  ref: PaymentRef,
  source: Source,
): Promise<Completion> {
  const known = await paymentOf(deps, ref)
  if (!known) return { known: false }
  const submitted = await retrieve(deps, known, source)
  const payment = await findPayment(deps.pool.db, known.id)
  const order = await findOrder(deps.pool.db, known.accountId, known.orderId)
  if (!payment || !order) throw new Error(`payment ${known.id} has lost its order`)
  return { known: true, isClear: submitted.submitted === "intent", order: order.state, payment }
}

/** A payment whose id at the provider has not reached us names itself in what the provider keeps for us. */
async function paymentOf(deps: PaymentDeps, ref: PaymentRef): Promise<Payment | undefined> {
  const { pool, payments } = deps
  if ("paymentId" in ref) return findPayment(pool.db, ref.paymentId)
  const known = await findPaymentByProviderId(pool.db, payments.name, ref.providerId)
  if (known) return known
  const answer = await payments.retrieveIntent(ref.providerId)
  if (answer.result === "rejected" || answer.result === "declined") return undefined
  if (answer.result !== "ok") throw new Error(`the provider could not be asked: ${answer.code}`)
  const { paymentId } = answer.value
  return paymentId && isUuid(paymentId) ? findPayment(pool.db, paymentId) : undefined
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

/**
 * The shopper's browser says that the provider's form has answered, well or badly: what is true is read from the provider. Refuses
 * `card-declined`, `payment-processing`, `payment-returned`, `payment-unavailable`; "working" while the shopper has something left to do.
 */
export async function completeCart(
  deps: PaymentDeps,
  shopper: ShopperCommand<unknown>,
): Promise<Outcome> {
  const accountId = shopper.shop.account.id
  const look = async () => (await findShopperCart(deps.pool, shopper))?.cart
  const cart = await look()
  if (!cart) return { outcome: "refused", rev: 0, refusal: { reason: "cart-empty" } }
  const { rev, state, orderId } = cart
  if (state === "completed" || !orderId) return { outcome: "done", rev }
  const payment = await findPaymentOfOrder(deps.pool.db, accountId, orderId)
  if (!payment) throw new Error(`cart ${cart.id} is frozen without a payment`)
  const completion = await completeOrder(deps, { paymentId: payment.id }, "socket")
  return outcomeOf(completion, (await look())?.rev ?? rev)
}

/** What was bought stays bought, whatever came of a part of the money later. */
const boughtStates: ReadonlySet<OrderState> = new Set(["paid", "partially_refunded", "disputed"])

function outcomeOf(completion: Completion, rev: number): Outcome {
  if (!completion.known || !completion.isClear) return { outcome: "working", rev }
  const { order, payment } = completion
  if (boughtStates.has(order)) return { outcome: "done", rev }
  if (order === "payment_unfulfillable" || order === "refunded")
    return { outcome: "refused", rev, refusal: { reason: "payment-returned" } }
  if (payment.state === "failed")
    return {
      outcome: "refused",
      rev,
      refusal: { reason: "card-declined", code: payment.failureCode ?? "generic_decline" },
    }
  if (payment.state === "processing")
    return { outcome: "refused", rev, refusal: { reason: "payment-processing" } }
  if (payment.state === "canceled")
    return { outcome: "refused", rev, refusal: { reason: "payment-unavailable" } }
  return { outcome: "working", rev }
}
