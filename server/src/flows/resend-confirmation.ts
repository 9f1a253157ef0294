import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import type { OrderState } from "#core/order.ts"
import type { Deps } from "#flows/deps.ts"
import { recordAudit } from "#store/audit.ts"
import { withTx } from "#store/db.ts"
import { newId } from "#store/ids.ts"
import { appendOrderEvent, findOrderByNumber, lockOrder } from "#store/orders.ts"
import { enqueue } from "#store/queue.ts"

export type ResentConfirmation =
  | { readonly outcome: "on-its-way"; readonly email: string }
  /** There are no tickets to send. */
  | { readonly outcome: "not-now"; readonly state: OrderState }
  /** `isPatient` said no. */
  | { readonly outcome: "too-often" }
  | { readonly outcome: "unknown" }
  | Forbidden

const withTickets: ReadonlySet<OrderState> = new Set(["paid", "partially_refunded", "disputed"])

/** Sends a sold order's confirmation once more, by the job queue. `isPatient` is asked with the order's id before anything is done. */
export async function resendConfirmation(
  { pool }: Pick<Deps, "pool">,
  actor: Actor,
  number: string,
  isPatient: (orderId: string) => Promise<boolean>,
): Promise<ResentConfirmation> {
  if (!may(actor, "handle-orders")) return forbidden("handle-orders")
  const { accountId } = actor
  const order = await findOrderByNumber(pool.db, accountId, number)
  if (!order) return { outcome: "unknown" }
  if (!withTickets.has(order.state)) return { outcome: "not-now", state: order.state }
  if (!(await isPatient(order.id))) return { outcome: "too-often" }
  const resendId = newId()
  await withTx(pool, async (tx) => {
    await lockOrder(tx, order.id)
    const event = {
      eventId: newId(),
      type: "ConfirmationResent",
      data: {},
      actor: "user",
    } as const
    await appendOrderEvent(tx, order.id, event)
    await recordAudit(tx, {
      accountId,
      personId: actor.userId,
      action: "order.resent",
      subject: `order:${number}`,
    })
    await enqueue(tx, "send-confirmation", { orderId: order.id, accountId, resendId })
  })
  return { outcome: "on-its-way", email: order.email }
}
