import type { Touch } from "@foyer/shared/protocol"
import type { OrderSummary } from "#core/order.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import type { Deps } from "#flows/deps.ts"
import { type AuditLine, listAudit } from "#store/audit.ts"
import {
  countOtherOrders,
  findConfirmationTime,
  findContact,
  listAnswers,
  listOrderConversions,
  listOrderMoments,
  listOrderPayments,
  listOrderRefunds,
  listOrderTouches,
  type OrderContact,
  type OrderConversion,
  type OrderMoment,
  type OrderPayment,
  type OrderRefund,
} from "#store/order-detail.ts"
import { findOrderByNumber } from "#store/orders.ts"

/** All there is to know of one order. */
export type OrderDetail = {
  readonly order: OrderSummary
  readonly contact: OrderContact
  readonly answers: readonly { readonly label: string; readonly answer: string }[]
  readonly payments: readonly OrderPayment[]
  readonly refunds: readonly OrderRefund[]
  readonly touches: readonly Touch[]
  readonly moments: readonly OrderMoment[]
  readonly conversions: readonly OrderConversion[]
  readonly confirmedAt?: string
  readonly otherOrders: number
  /** Who of the team did what to it. */
  readonly acts: readonly AuditLine[]
}

export type SeenOrder =
  | { readonly outcome: "found"; readonly detail: OrderDetail }
  | { readonly outcome: "unknown" }
  | Forbidden

/** One order of the actor's account, by its number. */
export async function seeOrder(
  { pool: { db } }: Pick<Deps, "pool">,
  actor: Actor,
  number: string,
): Promise<SeenOrder> {
  if (!may(actor, "see-orders")) return forbidden("see-orders")
  const { accountId } = actor
  const order = await findOrderByNumber(db, accountId, number)
  if (!order) return { outcome: "unknown" }
  const payments = await listOrderPayments(db, order.id)
  const paymentIds = payments.map((payment) => payment.id)
  const subject = `order:${order.number}`
  const [contact, answers, refunds, touches, moments, conversions, confirmedAt, otherOrders, acts] =
    await Promise.all([
      findContact(db, accountId, order.id),
      listAnswers(db, order.id),
      listOrderRefunds(db, paymentIds),
      listOrderTouches(db, order.cartId),
      listOrderMoments(db, order.id),
      listOrderConversions(db, order.id),
      findConfirmationTime(db, order.id),
      countOtherOrders(db, accountId, order),
      listAudit(db, accountId, { subject, limit: 20 }),
    ])
  const rest = { contact, answers, payments, refunds, touches, moments, conversions, acts }
  return {
    outcome: "found",
    detail: { order, ...rest, otherOrders, ...(confirmedAt !== undefined && { confirmedAt }) },
  }
}
