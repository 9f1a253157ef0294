import { and, asc, eq, inArray, or, sql } from "drizzle-orm"
import type { InventoryChanged } from "#core/inventory.ts"
import type { Db } from "#store/db.ts"
import {
  conversions,
  holds,
  orders,
  payments,
  providerCalls,
  refunds,
  storedEvents,
  touches,
  webhookInbox,
} from "#store/schema.ts"

// What the demo shows of an order after the fact, table by table. Nothing here decides anything.

/** By public token, or by the number that the host page is told. */
export async function findOrderKey(db: Db, key: string) {
  const rows = await db
    .select({ id: orders.id, accountId: orders.accountId, cartId: orders.cartId })
    .from(orders)
    .where(or(eq(orders.publicToken, key), eq(orders.number, key)))
    .limit(1)
  return rows[0]
}

export async function listTouches(db: Db, cartId: string) {
  return db.select().from(touches).where(eq(touches.cartId, cartId)).orderBy(asc(touches.seq))
}

export async function listConversions(db: Db, orderId: string) {
  return db
    .select()
    .from(conversions)
    .where(eq(conversions.orderId, orderId))
    .orderBy(asc(conversions.destination))
}

export async function listPayments(db: Db, orderId: string) {
  return db
    .select()
    .from(payments)
    .where(eq(payments.orderId, orderId))
    .orderBy(asc(payments.createdAt))
}

/** Every call to the provider about these payments and their refunds. */
export async function listProviderCalls(db: Db, paymentIds: readonly string[]) {
  if (paymentIds.length === 0) return []
  const ofPayments = inArray(refunds.paymentId, [...paymentIds])
  const refundIds = await db.select({ id: refunds.id }).from(refunds).where(ofPayments)
  return db
    .select()
    .from(providerCalls)
    .where(inArray(providerCalls.subjectId, [...paymentIds, ...refundIds.map(({ id }) => id)]))
    .orderBy(asc(providerCalls.id))
}

export async function listWebhooks(db: Db, providerIds: readonly string[]) {
  if (providerIds.length === 0) return []
  return db
    .select()
    .from(webhookInbox)
    .where(inArray(webhookInbox.objectId, [...providerIds]))
    .orderBy(asc(webhookInbox.receivedAt))
}

/** What happened to the order, in its own stream. */
export async function listOrderEvents(db: Db, orderId: string) {
  return db
    .select()
    .from(storedEvents)
    .where(eq(storedEvents.stream, `order-${orderId}`))
    .orderBy(asc(storedEvents.version))
}

/** What the cart and its order did to the stock of their variants. */
export async function listStockEvents(
  db: Db,
  of: {
    readonly cartId: string
    readonly orderId: string
    readonly variantIds: readonly string[]
  },
) {
  if (of.variantIds.length === 0) return []
  const own = await db.select({ id: holds.holdId }).from(holds).where(eq(holds.cartId, of.cartId))
  const streams = of.variantIds.map((id) => `variant-${id}`)
  const holdIds = own.map(({ id }) => id)
  const rows = await db
    .select()
    .from(storedEvents)
    .where(
      and(
        inArray(storedEvents.stream, streams),
        or(
          sql`${storedEvents.data}->>'orderId' = ${of.orderId}`,
          sql`${storedEvents.data}->>'holdId' = any(${sql.param(holdIds)}::text[])`,
        ),
      ),
    )
    .orderBy(asc(storedEvents.pos))
  return rows.map((row) => ({ ...row, data: row.data as InventoryChanged }))
}
