import { createHash } from "node:crypto"
import { and, asc, eq, isNull, sql } from "drizzle-orm"
import type { Db, Tx } from "#store/db.ts"
import { providerCalls } from "#store/schema.ts"

/** What a call is about and what it asks for. */
export type CallSubject = {
  readonly accountId: string
  readonly subjectType: "payment" | "refund"
  readonly subjectId: string
  readonly op: "create-intent" | "cancel-intent" | "create-refund"
}

/** One line of the write-ahead log of what we asked the provider. */
export type ProviderCall = {
  readonly id: number
  readonly idempotencyKey: string
  readonly startedAt: string
  readonly outcome?: CallOutcome
  readonly error?: string
  /** Since it was started, by the database's clock. */
  readonly ageSeconds: number
}

export type CallOutcome = "ok" | "rejected" | "retry" | "unknown"

/** Every call so far for one subject and operation, oldest first. */
export async function listCalls(
  db: Db,
  subject: Omit<CallSubject, "accountId">,
): Promise<ProviderCall[]> {
  const rows = await db
    .select({
      id: providerCalls.id,
      idempotencyKey: providerCalls.idempotencyKey,
      startedAt: providerCalls.startedAt,
      outcome: providerCalls.outcome,
      error: providerCalls.error,
      ageSeconds:
        sql`extract(epoch from clock_timestamp() - ${providerCalls.startedAt})::float8`.mapWith(
          Number,
        ),
    })
    .from(providerCalls)
    .where(ofSubject(subject))
    .orderBy(asc(providerCalls.id))
  return rows.map(({ outcome, error, ...row }) => ({
    ...row,
    ...(outcome && { outcome: outcome as CallOutcome }),
    ...(error && { error }),
  }))
}

/** Committed before the request leaves, so that after a crash we know that it may have left. */
export async function openCall(
  tx: Tx,
  subject: CallSubject,
  request: object,
  idempotencyKey: string,
  attempt: number,
): Promise<Pick<ProviderCall, "id" | "startedAt">> {
  const requestHash = createHash("sha256").update(JSON.stringify(request)).digest()
  const [row] = await tx
    .insert(providerCalls)
    .values({ ...subject, idempotencyKey, requestHash, attempt })
    .returning({ id: providerCalls.id, startedAt: providerCalls.startedAt })
  if (!row) throw new Error("a provider call was not logged")
  return row
}

export type CallEnd = {
  readonly outcome: CallOutcome
  readonly status?: number
  readonly requestId?: string
  /** A code, never a secret. */
  readonly error?: string
}

export async function closeCall(tx: Tx, id: number, end: CallEnd): Promise<void> {
  await tx
    .update(providerCalls)
    .set({
      finishedAt: sql`clock_timestamp()` as never,
      outcome: end.outcome,
      httpStatus: end.status ?? null,
      providerRequestId: end.requestId ?? null,
      error: end.error ?? null,
    })
    .where(and(eq(providerCalls.id, id), isNull(providerCalls.outcome)))
}

/** Calls whose caller died before it could write the answer: whatever came of them is known by now from a look-up. */
export async function closeAbandoned(
  tx: Tx,
  subject: Omit<CallSubject, "accountId">,
): Promise<void> {
  await tx
    .update(providerCalls)
    .set({
      finishedAt: sql`clock_timestamp()` as never,
      outcome: "unknown",
      error: "abandoned",
    })
    .where(and(ofSubject(subject), isNull(providerCalls.outcome)))
}

/** The same for every call that is older than any caller's patience: what it came to is as unknown as it was. */
export async function closeForgotten(tx: Tx, olderThanSeconds: number): Promise<void> {
  await tx
    .update(providerCalls)
    .set({
      finishedAt: sql`clock_timestamp()` as never,
      outcome: "unknown",
      error: "abandoned",
    })
    .where(
      and(
        isNull(providerCalls.outcome),
        sql`${providerCalls.startedAt} < clock_timestamp() - ${olderThanSeconds} * interval '1 second'`,
      ),
    )
}

function ofSubject(subject: Omit<CallSubject, "accountId">) {
  return and(
    eq(providerCalls.subjectType, subject.subjectType),
    eq(providerCalls.subjectId, subject.subjectId),
    eq(providerCalls.op, subject.op),
  )
}
