import { and, asc, desc, eq, inArray, ne, sql } from "drizzle-orm"
import type { Touch } from "@foyer/shared/protocol"
import type { PaymentState } from "#core/payment.ts"
import type { RefundState } from "#core/order-state.ts"
import type { Db } from "#store/db.ts"
import {
  commands,
  conversions,
  orderAnswers,
  orders,
  payments,
  refunds,
  storedEvents,
  touches,
} from "#store/schema.ts"

// What is known of one order beside itself. Each is asked for by the order's own key; the caller has found it within its account.

export type OrderContact = {
  readonly createdAt: string
  readonly regionSlug: string
  readonly phone?: string
  readonly shippingAddress?: Readonly<Record<string, unknown>>
}

export async function findContact(db: Db, accountId: string, orderId: string) {
  const [row] = await db
    .select()
    .from(orders)
    .where(and(eq(orders.accountId, accountId), eq(orders.id, orderId)))
  if (!row) throw new Error(`order ${orderId} is gone`)
  const { createdAt, regionSlug, phone, shippingAddress } = row
  return {
    createdAt,
    regionSlug,
    ...(phone !== null && { phone }),
    ...(shippingAddress !== null && {
      shippingAddress: shippingAddress as Readonly<Record<string, unknown>>,
    }),
  } satisfies OrderContact
}

export async function listAnswers(
  db: Db,
  orderId: string,
): Promise<{ readonly label: string; readonly answer: string }[]> {
  return db
    .select({ label: orderAnswers.label, answer: orderAnswers.answer })
    .from(orderAnswers)
    .where(eq(orderAnswers.orderId, orderId))
    .orderBy(asc(orderAnswers.questionId))
}

export type OrderPayment = {
  readonly id: string
  readonly provider: string
  readonly providerId?: string
  readonly currency: string
  readonly amountMinor: number
  readonly capturedMinor: number
  /** Claimed by refunds. */
  readonly refundReservedMinor: number
  readonly state: PaymentState
  readonly failureCode?: string
  readonly parkedReason?: string
  readonly createdAt: string
}

export async function listOrderPayments(db: Db, orderId: string): Promise<OrderPayment[]> {
  const rows = await db
    .select()
    .from(payments)
    .where(eq(payments.orderId, orderId))
    .orderBy(asc(payments.createdAt))
  return rows.map((row) => ({
    id: row.id,
    provider: row.provider,
    currency: row.currency,
    amountMinor: row.amountMinor,
    capturedMinor: row.capturedMinor,
    refundReservedMinor: row.refundReservedMinor,
    state: row.state as PaymentState,
    createdAt: row.createdAt,
    ...(row.providerId !== null && { providerId: row.providerId }),
    ...(row.failureCode !== null && { failureCode: row.failureCode }),
    ...(row.parkedReason !== null && { parkedReason: row.parkedReason }),
  }))
}

export type OrderRefund = {
  readonly id: string
  readonly currency: string
  readonly amountMinor: number
  readonly state: RefundState
  readonly reason: string
  readonly createdAt: string
}

export async function listOrderRefunds(
  db: Db,
  paymentIds: readonly string[],
): Promise<OrderRefund[]> {
  if (paymentIds.length === 0) return []
  const rows = await db
    .select()
    .from(refunds)
    .where(inArray(refunds.paymentId, [...paymentIds]))
    .orderBy(asc(refunds.createdAt))
  return rows.map(({ id, currency, amountMinor, state, reason, createdAt }) => ({
    id,
    currency,
    amountMinor,
    state: state as RefundState,
    reason,
    createdAt,
  }))
}

const mostTouches = 50

/** How the buyer came, each contact as it was noted; the latest of very many. */
export async function listOrderTouches(db: Db, cartId: string): Promise<Touch[]> {
  const rows = await db
    .select()
    .from(touches)
    .where(eq(touches.cartId, cartId))
    .orderBy(desc(touches.seq))
    .limit(mostTouches)
  return rows.toReversed().map((row) => ({
    at: Date.parse(row.at),
    clickIds: row.clickIds as NonNullable<Touch["clickIds"]>,
    ...(row.source !== null && { source: row.source }),
    ...(row.medium !== null && { medium: row.medium }),
    ...(row.campaign !== null && { campaign: row.campaign }),
    ...(row.content !== null && { content: row.content }),
    ...(row.term !== null && { term: row.term }),
    ...(row.ref !== null && { ref: row.ref }),
    ...(row.referrer !== null && { referrer: row.referrer }),
    ...(row.landingPage !== null && { landingPage: row.landingPage }),
  }))
}

export type OrderMoment = {
  readonly type: string
  readonly at: string
  readonly data: Readonly<Record<string, unknown>>
}

const mostMoments = 100

/** What happened to the order, oldest first. */
export async function listOrderMoments(db: Db, orderId: string): Promise<OrderMoment[]> {
  const rows = await db
    .select({ type: storedEvents.type, at: storedEvents.at, data: storedEvents.data })
    .from(storedEvents)
    .where(eq(storedEvents.stream, `order-${orderId}`))
    .orderBy(asc(storedEvents.version))
    .limit(mostMoments)
  return rows.map((row) => ({ ...row, data: row.data as Readonly<Record<string, unknown>> }))
}

/** When its confirmation went out first; undefined while it has not. */
export async function findConfirmationTime(db: Db, orderId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ at: commands.at })
    .from(commands)
    .where(and(eq(commands.scope, "job:send-confirmation"), eq(commands.commandId, orderId)))
  return row?.at
}

export type OrderConversion = {
  readonly destination: string
  readonly state: string
  readonly outcome?: string
  readonly at?: string
}

export async function listOrderConversions(db: Db, orderId: string): Promise<OrderConversion[]> {
  const rows = await db
    .select()
    .from(conversions)
    .where(eq(conversions.orderId, orderId))
    .orderBy(asc(conversions.destination))
  return rows.map(({ destination, state, outcome, acknowledgedAt }) => ({
    destination,
    state,
    ...(outcome !== null && { outcome }),
    ...(acknowledgedAt !== null && { at: acknowledgedAt }),
  }))
}

/** How many other orders that were sold the same address has, of this account. */
export async function countOtherOrders(
  db: Db,
  accountId: string,
  order: { readonly id: string; readonly email: string },
): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(orders)
    .where(
      and(
        eq(orders.accountId, accountId),
        eq(sql`lower(${orders.email})`, order.email.toLowerCase()),
        sql`${orders.placedAt} is not null`,
        ne(orders.id, order.id),
      ),
    )
  return row?.count ?? 0
}
