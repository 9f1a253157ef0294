import type { Payment } from "#core/payment.ts"
import { abandonPayment } from "#flows/cancel-payment.ts"
import { completeOrder } from "#flows/complete-order.ts"
import type { PaymentDeps } from "#flows/payment-deps.ts"
import { abandonedAfterSeconds } from "#flows/provider-call.ts"
import { refundPayment } from "#flows/refund-payment.ts"
import { submitPayment } from "#flows/submit-payment.ts"
import { withTx } from "#store/db.ts"
import { listOverdueOrders } from "#store/orders.ts"
import { findPaymentOfOrder, listDuePayments } from "#store/payments.ts"
import { closeForgotten } from "#store/provider-calls.ts"
import { enqueue } from "#store/queue.ts"
import { listOpenRefunds } from "#store/refunds.ts"
import { listForgottenEvents } from "#store/webhook-inbox.ts"

export type Sweep = {
  /** How long a payment may be silent before the provider is asked. */
  readonly silentSeconds: number
  /** How long a refund or a webhook may wait for its job. */
  readonly forgottenSeconds: number
  /** Most of each kind in one sweep. */
  readonly limit: number
  /** After so long nothing more is begun: a provider that answers slowly must not make the sweep outlive its job. */
  readonly budgetSeconds: number
  /** How many are asked for at a time. */
  readonly atATime: number
}

const usualSweep: Sweep = {
  silentSeconds: 10,
  forgottenSeconds: 60,
  limit: 50,
  budgetSeconds: 60,
  atATime: 4,
}

/**
 * Nothing depends on a webhook, a browser or a living process: whatever has not ended and was not heard of is asked for. Payments are read
 * from the provider, calls that lost their caller are looked up and sent again, orders past their time are canceled at the provider and then
 * given up, refunds and webhooks whose job is gone are taken up. What fails is reported and does not stop the rest; what there is no time for
 * comes first in the next sweep. Each kind has a third of the time.
 */
export async function sweepPayments(deps: PaymentDeps, wish: Partial<Sweep> = {}): Promise<void> {
  const { db } = deps.pool
  const sweep = { ...usualSweep, ...wish }
  const { silentSeconds, forgottenSeconds, limit, budgetSeconds, atATime } = sweep
  for (const event of await listForgottenEvents(db, forgottenSeconds, limit))
    await withTx(deps.pool, (tx) => enqueue(tx, "apply-webhook", event))
  const startMs = performance.now()
  const third = (which: number) => ({ atATime, untilMs: startMs + budgetSeconds * 333 * which })
  await each(await listDuePayments(db, silentSeconds, limit), third(1), (payment) =>
    guarded(deps, { paymentId: payment.id }, () => askFor(deps, payment)),
  )
  await each(await listOverdueOrders(db, limit), third(2), ({ id, accountId }) =>
    guarded(deps, { orderId: id }, () => giveUp(deps, accountId, id)),
  )
  await each(await listOpenRefunds(db, forgottenSeconds, limit), third(3), ({ id: refundId }) =>
    guarded(deps, { refundId }, () => refundPayment(deps, { refundId })),
  )
  // A payment that ended without its caller, by a webhook, is asked for no more: nobody else writes an end to the call.
  await withTx(deps.pool, (tx) => closeForgotten(tx, abandonedAfterSeconds))
}

/** Begins them in their order, a few at a time, while there is time. */
async function each<T>(
  found: readonly T[],
  { atATime, untilMs }: { readonly atATime: number; readonly untilMs: number },
  work: (one: T) => Promise<void>,
): Promise<void> {
  const left = found.values()
  const worker = async () => {
    while (performance.now() < untilMs) {
      const { value, done } = left.next()
      if (done) return
      await work(value)
    }
  }
  await Promise.all(Array.from({ length: atATime }, worker))
}

async function askFor(deps: PaymentDeps, payment: Payment): Promise<void> {
  if (payment.providerId) await completeOrder(deps, { paymentId: payment.id }, "sweeper")
  else await submitPayment(deps, payment, "sweeper")
}

async function giveUp(deps: PaymentDeps, accountId: string, orderId: string): Promise<void> {
  const payment = await findPaymentOfOrder(deps.pool.db, accountId, orderId)
  if (payment) await abandonPayment(deps, payment, "sweeper")
}

async function guarded(
  { log }: PaymentDeps,
  facts: object,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    log.warn({ ...facts, error }, "a sweep left something for the next one")
  }
}
