import type { ProviderEvent } from "#gateways/payment-provider.ts"
import { completeOrder } from "#flows/complete-order.ts"
import type { PaymentDeps } from "#flows/payment-deps.ts"
import { settleRefundAt } from "#flows/refund-payment.ts"
import { withTx } from "#store/db.ts"
import { enqueue } from "#store/queue.ts"
import { findInboxEvent, receiveEvent, settleEvent } from "#store/webhook-inbox.ts"

/** Keeps a verified event and has it applied by a job. The same event again is only counted. */
export async function receiveWebhook(deps: PaymentDeps, event: ProviderEvent): Promise<void> {
  const provider = deps.payments.name
  const { id: eventId, type, objectId, livemode, createdAt: providerCreatedAt } = event
  await withTx(deps.pool, async (tx) => {
    const isNew = await receiveEvent(tx, {
      provider,
      eventId,
      type,
      livemode,
      providerCreatedAt,
      ...(objectId && { objectId }),
    })
    if (isNew) await enqueue(tx, "apply-webhook", { provider, eventId })
  })
}

/**
 * Applies an event of the inbox. Events come twice, late and out of order, so nothing in them is believed: the object is read again from the
 * provider and merged. Events about what is none of ours are ignored.
 */
export async function applyWebhook(
  deps: PaymentDeps,
  { provider, eventId }: { readonly provider: string; readonly eventId: string },
): Promise<void> {
  const event = await findInboxEvent(deps.pool.db, provider, eventId)
  if (!event || event.state === "applied" || event.state === "ignored") return
  const isOurs = event.objectId ? await apply(deps, event.type, event.objectId) : false
  const state = isOurs ? "applied" : "ignored"
  await withTx(deps.pool, (tx) => settleEvent(tx, provider, eventId, state))
}

async function apply(deps: PaymentDeps, type: string, objectId: string): Promise<boolean> {
  if (type.startsWith("payment_intent.")) {
    const completion = await completeOrder(deps, { providerId: objectId }, "webhook")
    if (completion.known && !completion.isClear)
      throw new Error(`payment ${completion.payment.id} could not be read from the provider`)
    return completion.known
  }
  if (type.startsWith("refund.")) return settleRefundAt(deps, objectId)
  return false
}
