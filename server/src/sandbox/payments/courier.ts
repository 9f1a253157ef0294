import { createHmac } from "node:crypto"
import type { Pool } from "pg"
import { settle } from "./attempt.ts"
import { type Call, type SandboxOptions, secondsNow, type Work } from "./call.ts"
import { inTransaction, type Tx } from "./database.ts"
import { newObjectId } from "./identifiers.ts"
import { pruneKeys } from "./idempotency.ts"
import { lockIntent } from "./intents.ts"

/** The part that acts by itself: sends webhooks until they are taken, and settles payments that were processing. */
export type Courier = {
  readonly wake: () => void
  readonly stop: () => Promise<void>
}

type Due = {
  readonly id: string
  readonly subject_id: string
  readonly body: object
  readonly attempts: number
}

const maximumAttempts = 18
const maximumPauseMs = 60_000
const lanes = 16
const restMs = 1000

/** Starts the courier. It looks once a second, and at once when it is woken. */
export function startCourier(pool: Pool, options: SandboxOptions): Courier {
  const ending = new AbortController()
  const busy = new Set<string>()
  const underway = new Set<Promise<void>>()
  let isStopped = false
  let isLooking = false
  let isAskedAgain = false

  let soon: NodeJS.Timeout | undefined

  const look = async () => {
    await settleDue(pool, options)
    for (const due of await takeDue(pool, [...busy])) {
      busy.add(due.subject_id)
      const sending = deliver(pool, options, due, ending.signal).finally(() => {
        busy.delete(due.subject_id)
        underway.delete(sending)
        wake()
      })
      underway.add(sending)
    }
    const nextMs = await nextDueMs(pool)
    clearTimeout(soon)
    if (nextMs !== undefined && nextMs < restMs) soon = setTimeout(wake, Math.max(nextMs, 5))
  }
  const wake = () => {
    if (isStopped) return
    isAskedAgain = true
    if (isLooking) return
    isLooking = true
    void lookWhileAsked().finally(() => {
      isLooking = false
    })
  }
  const lookWhileAsked = async () => {
    while (isAskedAgain && !isStopped) {
      isAskedAgain = false
      // The database may be away for a moment; the next look finds everything where it was.
      await look().catch(() => {})
    }
  }
  // Once a second anyway: a due time written by another hand is found within that.
  const timer = setInterval(wake, restMs)
  const pruning = setInterval(
    () => void inTransaction(pool, (tx) => pruneKeys(tx, 86_400)).catch(() => {}),
    3_600_000,
  )
  return {
    wake,
    stop: async () => {
      isStopped = true
      ending.abort()
      clearTimeout(soon)
      clearInterval(timer)
      clearInterval(pruning)
      await Promise.allSettled(underway)
    },
  }
}

/** The oldest due webhook of each object: news of one object goes out in order, different objects do not wait for each other. */
async function takeDue(pool: Pool, busy: readonly string[]): Promise<readonly Due[]> {
  const { rows } = await pool.query<Due>(
    `select * from (
       select distinct on (d.subject_id) d.id, d.subject_id, o.body, jsonb_array_length(d.attempts) as attempts
         from delivery d join object o on o.id = d.event_id
        where d.status = 'pending' and d.due_at <= clock_timestamp() and d.subject_id <> all($1)
        order by d.subject_id, d.id) due
     order by id limit $2`,
    [busy, Math.max(0, lanes - busy.length)],
  )
  return rows
}

/** How long until something that is not due yet will be; undefined when nothing waits. */
async function nextDueMs(pool: Pool): Promise<number | undefined> {
  const { rows } = await pool.query<{ wait_ms: string | null }>(
    `select extract(epoch from min(due_at) - clock_timestamp()) * 1000 as wait_ms from (
       select due_at from delivery where status = 'pending' and due_at > clock_timestamp()
       union all select due_at from settlement) waiting`,
  )
  const waitMs = rows[0]?.wait_ms
  return typeof waitMs === "string" ? Number(waitMs) : undefined
}

async function deliver(
  pool: Pool,
  options: SandboxOptions,
  due: Due,
  ending: AbortSignal,
): Promise<void> {
  const outcome = await send(options, due.body, ending)
  const attempt = JSON.stringify([{ at: new Date().toISOString(), ...outcome }])
  const isTaken = outcome.status !== null && outcome.status >= 200 && outcome.status < 300
  const isLast = due.attempts + 1 >= maximumAttempts
  const pauseMs = Math.min(options.webhookRetryMs * 2 ** due.attempts, maximumPauseMs)
  await inTransaction(pool, async (tx) => {
    await tx.query(
      `update delivery set status = $2, attempts = attempts || $3::jsonb,
              due_at = clock_timestamp() + $4 * interval '1 millisecond' where id = $1`,
      [due.id, isTaken ? "delivered" : isLast ? "given_up" : "pending", attempt, pauseMs],
    )
    if (isTaken) await releaseHeld(tx, due.id)
  }).catch(() => {})
}

/** A webhook held by a reorder fault goes out after a later one has been delivered. */
async function releaseHeld(tx: Tx, afterId: string): Promise<void> {
  await tx.query(
    "update delivery set status = 'pending', due_at = clock_timestamp() where status = 'held' and id < $1",
    [afterId],
  )
}

async function send(options: SandboxOptions, event: object, ending: AbortSignal) {
  const payload = JSON.stringify(event, null, 2)
  try {
    const response = await fetch(options.webhookUrl, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        "stripe-signature": signature(payload, options.keys.webhookSecret, secondsNow()),
        "user-agent": "Foyer payment sandbox",
      },
      body: payload,
      redirect: "manual",
      signal: AbortSignal.any([AbortSignal.timeout(20_000), ending]),
    })
    await response.body?.cancel()
    return { status: response.status, error: null }
  } catch (cause) {
    return { status: null, error: String(cause instanceof Error ? (cause.cause ?? cause) : cause) }
  }
}

/** The header `Stripe-Signature`: the time in seconds, and an HMAC over time and payload. Source: https://docs.stripe.com/webhooks#verify-manually */
export function signature(payload: string, secret: string, atSeconds: number): string {
  const mac = createHmac("sha256", secret).update(`${atSeconds}.${payload}`).digest("hex")
  return `t=${atSeconds},v1=${mac}`
}

async function settleDue(pool: Pool, options: SandboxOptions): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ intent_id: string; outcome: "succeeded" | "failed" }>(
      `select intent_id, outcome from settlement where due_at <= clock_timestamp()
        order by intent_id limit 20`,
    )
    for (const row of rows) {
      const intent = await lockIntent(tx, row.intent_id)
      if (intent !== undefined) await settle(ownWork(tx, options), intent.body, row.outcome)
    }
  })
}

/** Work that no request asked for: the provider's own, or a shopper's answer on its page. */
export function ownWork(tx: Tx, options: SandboxOptions): Work {
  const call: Call = {
    id: newObjectId("req"),
    method: "POST",
    path: "",
    fields: {},
    keyKind: "secret",
    idempotencyKey: null,
  }
  return { tx, call, createdAt: secondsNow(), options }
}
