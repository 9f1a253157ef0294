import { and, desc, eq, ne, sql, isNotNull } from "drizzle-orm"
import type { Payment, PaymentState } from "#core/payment.ts"
import type { Db, Tx } from "#store/db.ts"
import { payments } from "#store/schema.ts"

export type NewPayment = Pick<
  Payment,
  "id" | "accountId" | "orderId" | "provider" | "currency" | "amountMinor" | "idempotencyKey"
>

type Row = typeof payments.$inferSelect

export async function insertPayment(tx: Tx, payment: NewPayment): Promise<void> {
  await tx.insert(payments).values(payment)
}

export async function findPayment(db: Db, id: string): Promise<Payment | undefined> {
  const [row] = await db.select().from(payments).where(eq(payments.id, id))
  return row && read(row)
}

/** The order's live payment; the last one when all were canceled. */
export async function findPaymentOfOrder(
  db: Db,
  accountId: string,
  orderId: string,
): Promise<Payment | undefined> {
  const [row] = await db
    .select()
    .from(payments)
    .where(and(eq(payments.accountId, accountId), eq(payments.orderId, orderId)))
    .orderBy(sql`${payments.state} = 'canceled'`, desc(payments.createdAt))
    .limit(1)
  return row && read(row)
}

export async function findPaymentByProviderId(
  db: Db,
  provider: string,
  providerId: string,
): Promise<Payment | undefined> {
  const [row] = await db
    .select()
    .from(payments)
    .where(and(eq(payments.provider, provider), eq(payments.providerId, providerId)))
  return row && read(row)
}

/** Locks it: the last lock but one in the order of locks, after cart, variants, order and holds. */
export async function lockPayment(tx: Tx, id: string): Promise<Payment | undefined> {
  const [row] = await tx.select().from(payments).where(eq(payments.id, id)).for("update")
  return row && read(row)
}

export type PaymentChange = {
  readonly state?: PaymentState
  readonly providerId?: string
  readonly capturedMinor?: number
  readonly failureCode?: string | null
  readonly failureAttempt?: string | null
  readonly parkedReason?: string | null
  /** ISO 8601: when the provider was asked for what is saved now. */
  readonly seenAt?: string
}

export async function savePayment(tx: Tx, id: string, change: PaymentChange): Promise<void> {
  const { seenAt, ...rest } = change
  await tx
    .update(payments)
    .set({ ...rest, ...(seenAt && { providerSeenAt: seenAt }) })
    .where(eq(payments.id, id))
}

/**
 * Not ended, not parked, and not heard of for `idleSeconds`: the oldest news first. After two minutes of age the patience grows with it, up to
 * sixty times: a shopper who left will not be back this second, nor a bank that takes days.
 */
export async function listDuePayments(
  db: Db,
  idleSeconds: number,
  limit: number,
): Promise<Payment[]> {
  const heardAt = sql`coalesce(${payments.providerSeenAt}, ${payments.createdAt})`
  const rows = await db
    .select()
    .from(payments)
    .where(
      and(
        sql`${payments.state} in ('created', 'submitting', 'requires_action', 'processing', 'failed', 'unknown')`,
        sql`${payments.parkedReason} is null`,
        sql`${heardAt} <= clock_timestamp() - ${idleSeconds} * interval '1 second'
          * greatest(1, least(60, extract(epoch from clock_timestamp() - ${payments.createdAt}) / 120))`,
      ),
    )
    .orderBy(heardAt)
    .limit(limit)
  return rows.map(read)
}

/** How many payments wait for a person to look at them. */
export async function countParked(db: Db): Promise<number> {
  return db.$count(payments, isNotNull(payments.parkedReason))
}

/** What was captured and no refund claims yet, in minor units. */
export async function refundableMinor(db: Db, id: string): Promise<number> {
  const [row] = await db
    .select({ captured: payments.capturedMinor, claimed: payments.refundReservedMinor })
    .from(payments)
    .where(eq(payments.id, id))
  return row ? row.captured - row.claimed : 0
}

/** What was paid stays paid: money that a refund claims can be claimed once. Undefined when less is left. */
export async function reserveRefund(
  tx: Tx,
  id: string,
  amountMinor: number,
): Promise<Payment | undefined> {
  const [row] = await tx
    .update(payments)
    .set({ refundReservedMinor: sql`${payments.refundReservedMinor} + ${amountMinor}` as never })
    .where(
      and(
        eq(payments.id, id),
        ne(payments.state, "canceled"),
        sql`${payments.refundReservedMinor} + ${amountMinor} <= ${payments.capturedMinor}`,
      ),
    )
    .returning()
  return row && read(row)
}

function read(row: Row): Payment {
  return {
    id: row.id,
    accountId: row.accountId,
    orderId: row.orderId,
    provider: row.provider,
    currency: row.currency,
    amountMinor: row.amountMinor,
    state: row.state as PaymentState,
    capturedMinor: row.capturedMinor,
    idempotencyKey: row.idempotencyKey,
    createdAt: row.createdAt,
    ...(row.providerId && { providerId: row.providerId }),
    ...(row.failureCode && { failureCode: row.failureCode }),
    ...(row.failureAttempt && { failureAttempt: row.failureAttempt }),
    ...(row.providerSeenAt && { seenAt: row.providerSeenAt }),
    ...(row.parkedReason && { parkedReason: row.parkedReason }),
  }
}
