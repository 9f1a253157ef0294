import { and, asc, eq, lt, sql } from "drizzle-orm"
import type { OrderLine, OrderState, OrderSummary, Ticket } from "#core/order.ts"
import type { OrderSnapshot } from "#core/place-order.ts"
import type { Db, Tx } from "#store/db.ts"
import { orderAnswers, orderLines, orders, storedEvents, tickets } from "#store/schema.ts"

/** An order with what only its keepers need to know. */
export type KeptOrder = OrderSummary & {
  readonly cartId: string
  /** The cart's revision that it is the snapshot of. */
  readonly cartRev: number
  /** When an unpaid order is given up, ISO 8601. */
  readonly expiresAt: string
}

/** Writes the snapshot as it is. Throws when another order has taken its number since it was looked for. */
export async function insertOrder(
  tx: Tx,
  snapshot: OrderSnapshot,
  expiresAt: string,
): Promise<void> {
  const { order, cartId, cartRev, regionSlug, phone, answers } = snapshot
  const { lines, tickets: _, taxes, ...columns } = order
  await tx
    .insert(orders)
    .values({ ...columns, cartId, cartRev, regionSlug, phone, taxLines: taxes, expiresAt })
  const owner = { orderId: order.id, accountId: order.accountId }
  await tx.insert(orderLines).values(lines.map((line) => ({ ...line, ...owner })))
  if (answers.length > 0)
    await tx.insert(orderAnswers).values(answers.map((answer) => ({ ...answer, ...owner })))
}

export async function isOrderNumberTaken(tx: Tx, accountId: string, number: string) {
  const rows = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.accountId, accountId), eq(orders.number, number)))
  return rows.length > 0
}

export async function findOrder(
  db: Db,
  accountId: string,
  id: string,
): Promise<KeptOrder | undefined> {
  return findWhole(db, and(eq(orders.accountId, accountId), eq(orders.id, id)))
}

/** `number`: "LS-7KQ2MX", as people say it. */
export async function findOrderByNumber(
  db: Db,
  accountId: string,
  number: string,
): Promise<KeptOrder | undefined> {
  return findWhole(db, and(eq(orders.accountId, accountId), eq(orders.number, number)))
}

export async function findOrderByToken(
  db: Db,
  publicToken: string,
): Promise<KeptOrder | undefined> {
  return findWhole(db, eq(orders.publicToken, publicToken))
}

/** Locks its row: after the cart and the variants, before holds and payments. */
export async function lockOrder(tx: Tx, id: string): Promise<void> {
  await tx.select({ id: orders.id }).from(orders).where(eq(orders.id, id)).for("no key update")
}

/** The database refuses what is no legal move. `placedAt` is ISO 8601. */
export async function saveOrderState(
  tx: Tx,
  id: string,
  state: OrderState,
  placedAt?: string,
): Promise<void> {
  await tx
    .update(orders)
    .set({ state, ...(placedAt && { placedAt }) })
    .where(eq(orders.id, id))
}

/** Orders that nobody paid by their deadline, the longest overdue first; without those whose payment a person must look at. */
export async function listOverdueOrders(
  db: Db,
  limit: number,
): Promise<{ readonly id: string; readonly accountId: string }[]> {
  return db
    .select({ id: orders.id, accountId: orders.accountId })
    .from(orders)
    .where(
      and(
        eq(orders.state, "awaiting_payment"),
        lt(orders.expiresAt, sql`clock_timestamp()` as never),
        sql`not exists (select from pay.payment p where p.order_id = ${orders.id} and p.parked_reason is not null)`,
      ),
    )
    .orderBy(asc(orders.expiresAt))
    .limit(limit)
}

export type OrderEvent = {
  readonly eventId: string
  readonly type:
    | "OrderPlaced"
    | "OrderProcessing"
    | "OrderPaid"
    | "OrderCanceled"
    | "OrderExpired"
    | "OrderUnfulfillable"
    | "OrderRefunded"
    | "RefundFailed"
    | "ConfirmationResent"
    | "PaymentDeclined"
    | "PaymentParked"
  /** No personal data. */
  readonly data: Readonly<Record<string, string | number>>
  /** Who brought the news. */
  readonly actor: string
  readonly commandId?: string
}

/** Next in the order's own stream; the caller holds its cart's lock, so versions do not clash. */
export async function appendOrderEvent(tx: Tx, orderId: string, event: OrderEvent): Promise<void> {
  const stream = `order-${orderId}`
  await tx.insert(storedEvents).values({
    stream,
    version:
      sql`(select coalesce(max(version), 0) + 1 from es.event where stream = ${stream})` as never,
    eventId: event.eventId,
    type: event.type,
    data: event.data,
    actorType: event.actor,
    commandId: event.commandId,
  })
}

async function findWhole(
  db: Db,
  condition: ReturnType<typeof and>,
): Promise<KeptOrder | undefined> {
  const [row] = await db.select().from(orders).where(condition)
  if (!row) return undefined
  const lines = await db
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, row.id))
    .orderBy(asc(orderLines.lineNo))
  const issued = await db
    .select()
    .from(tickets)
    .where(eq(tickets.orderId, row.id))
    .orderBy(asc(tickets.lineNo), asc(tickets.seq))
  return { ...readOrder(row), lines: lines.map(readLine), tickets: issued.map(readTicket) }
}

function readOrder(row: typeof orders.$inferSelect): Omit<KeptOrder, "lines" | "tickets"> {
  return {
    id: row.id,
    accountId: row.accountId,
    cartId: row.cartId,
    cartRev: row.cartRev,
    number: row.number,
    publicToken: row.publicToken,
    state: row.state as OrderState,
    currency: row.currency,
    locale: row.locale,
    subtotalMinor: row.subtotalMinor,
    discountMinor: row.discountMinor,
    feeMinor: row.feeMinor,
    taxMinor: row.taxMinor,
    shippingMinor: row.shippingMinor,
    totalMinor: row.totalMinor,
    taxes: row.taxLines as OrderSummary["taxes"],
    email: row.email,
    firstName: row.firstName,
    lastName: row.lastName,
    expiresAt: row.expiresAt,
    ...(row.promoCode !== null && { promoCode: row.promoCode }),
    ...(row.placedAt !== null && { placedAt: row.placedAt }),
  }
}

function readLine(row: typeof orderLines.$inferSelect): OrderLine {
  const { orderId: _, accountId: __, kind, ...rest } = row
  const { picture, startsAt, startsLocal, timeZone, doorsMinutes, durationMinutes, ...line } = rest
  return {
    ...line,
    kind: kind as OrderLine["kind"],
    ...(picture !== null && { picture }),
    ...(startsAt !== null && { startsAt }),
    ...(startsLocal !== null && { startsLocal }),
    ...(timeZone !== null && { timeZone }),
    ...(doorsMinutes !== null && { doorsMinutes }),
    ...(durationMinutes !== null && { durationMinutes }),
  }
}

function readTicket(row: typeof tickets.$inferSelect): Ticket {
  const { id, lineNo, seq, code, state } = row
  return { id, lineNo, seq, code, state: state as Ticket["state"] }
}
