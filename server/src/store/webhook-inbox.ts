import { and, asc, eq, lt, sql } from "drizzle-orm"
import type { Db, Tx } from "#store/db.ts"
import { webhookInbox } from "#store/schema.ts"

export type InboxEvent = {
  readonly provider: string
  readonly eventId: string
  readonly type: string
  readonly objectId?: string
  readonly livemode: boolean
  readonly providerCreatedAt: string
}

export type InboxState = "received" | "applied" | "ignored" | "dead"

/** Keeps the event once; a repeated delivery is only counted. Answers whether it is new. */
export async function receiveEvent(tx: Tx, event: InboxEvent): Promise<boolean> {
  const [row] = await tx
    .insert(webhookInbox)
    .values(event)
    .onConflictDoUpdate({
      target: [webhookInbox.provider, webhookInbox.eventId],
      set: { deliveries: sql`${webhookInbox.deliveries} + 1` as never },
    })
    .returning({ deliveries: webhookInbox.deliveries })
  return row?.deliveries === 1
}

export async function findInboxEvent(
  db: Db,
  provider: string,
  eventId: string,
): Promise<(InboxEvent & { readonly state: InboxState }) | undefined> {
  const [row] = await db
    .select()
    .from(webhookInbox)
    .where(and(eq(webhookInbox.provider, provider), eq(webhookInbox.eventId, eventId)))
  if (!row) return undefined
  return {
    provider: row.provider,
    eventId: row.eventId,
    type: row.type,
    livemode: row.livemode,
    providerCreatedAt: row.providerCreatedAt,
    state: row.state as InboxState,
    ...(row.objectId && { objectId: row.objectId }),
  }
}

export async function settleEvent(
  tx: Tx,
  provider: string,
  eventId: string,
  state: Exclude<InboxState, "received">,
): Promise<void> {
  await tx
    .update(webhookInbox)
    .set({ state, appliedAt: sql`clock_timestamp()` as never })
    .where(and(eq(webhookInbox.provider, provider), eq(webhookInbox.eventId, eventId)))
}

/** Events that nobody applied for `idleSeconds` and that no job is left for: it was lost, or gave up. The oldest first. */
export async function listForgottenEvents(db: Db, idleSeconds: number, limit: number) {
  return db
    .select({ provider: webhookInbox.provider, eventId: webhookInbox.eventId })
    .from(webhookInbox)
    .where(
      and(
        eq(webhookInbox.state, "received"),
        lt(
          webhookInbox.receivedAt,
          sql`clock_timestamp() - ${idleSeconds} * interval '1 second'` as never,
        ),
        sql`not exists (select from pgboss.job j where j.name = 'apply-webhook' and j.state in ('created', 'retry', 'active')
          and j.data->>'eventId' = ${webhookInbox.eventId})`,
      ),
    )
    .orderBy(asc(webhookInbox.receivedAt))
    .limit(limit)
}
