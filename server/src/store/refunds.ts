import { and, eq, sql } from "drizzle-orm"
import type { RefundState } from "#core/order-state.ts"
import type { Db, Tx } from "#store/db.ts"
import { payments, refunds } from "#store/schema.ts"

/** Money on its way back, in minor units. */
export type Refund = {
  readonly id: string
  readonly accountId: string
  readonly paymentId: string
  readonly currency: string
  readonly amountMinor: number
  readonly state: RefundState
  readonly idempotencyKey: string
  readonly providerId?: string
  readonly reason: string
  readonly createdAt: string
}

type Row = typeof refunds.$inferSelect

export async function insertRefund(
  tx: Tx,
  refund: Omit<Refund, "state" | "createdAt" | "providerId">,
): Promise<void> {
  await tx.insert(refunds).values(refund)
}

export async function findRefund(db: Db, id: string): Promise<Refund | undefined> {
  const [row] = await db.select().from(refunds).where(eq(refunds.id, id))
  return row && read(row)
}

export async function findRefundByProviderId(
  db: Db,
  providerId: string,
): Promise<Refund | undefined> {
  const [row] = await db.select().from(refunds).where(eq(refunds.providerId, providerId))
  return row && read(row)
}

/** What the organizer's cancellation of an order gave back, in minor units; 0 where nothing was paid. */
export async function findCancellationRefund(
  db: Db,
  accountId: string,
  orderId: string,
): Promise<number> {
  const rows = await db
    .select({ amountMinor: refunds.amountMinor })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .where(
      and(
        eq(payments.accountId, accountId),
        eq(payments.orderId, orderId),
        eq(refunds.reason, "canceled"),
      ),
    )
  return rows.reduce((sum, row) => sum + row.amountMinor, 0)
}

export async function lockRefund(tx: Tx, id: string): Promise<Refund | undefined> {
  const [row] = await tx.select().from(refunds).where(eq(refunds.id, id)).for("update")
  return row && read(row)
}

export async function saveRefund(
  tx: Tx,
  id: string,
  change: { readonly state: RefundState; readonly providerId?: string },
): Promise<void> {
  await tx.update(refunds).set(change).where(eq(refunds.id, id))
}

/** The provider is about to be asked for this refund: the sweeper leaves it alone for a while. */
export async function noteAsked(db: Db, id: string): Promise<void> {
  await db
    .update(refunds)
    .set({ askedAt: sql`clock_timestamp()` as never })
    .where(eq(refunds.id, id))
}

/**
 * Refunds that have not ended and were not asked for since `idleSeconds`: the longest silent first. After two minutes of age the patience grows
 * with it, up to sixty times: a bank may take days.
 */
export async function listOpenRefunds(db: Db, idleSeconds: number, limit: number) {
  const askedAt = sql`coalesce(${refunds.askedAt}, ${refunds.createdAt})`
  const rows = await db
    .select()
    .from(refunds)
    .where(
      sql`${refunds.state} in ('pending', 'submitting', 'unknown')
        and ${askedAt} <= clock_timestamp() - ${idleSeconds} * interval '1 second'
          * greatest(1, least(60, extract(epoch from clock_timestamp() - ${refunds.createdAt}) / 120))`,
    )
    .orderBy(askedAt)
    .limit(limit)
  return rows.map(read)
}

function read(row: Row): Refund {
  const { providerId, askedAt: _, ...rest } = row
  return { ...rest, state: row.state as RefundState, ...(providerId && { providerId }) }
}
