import { createHash } from "node:crypto"
import type { Answer } from "./answer.ts"
import type { Call } from "./call.ts"
import type { Tx } from "./database.ts"
import type { Fields } from "./form.ts"

/** What the key says about this request: it is new, it was answered, or it must be refused. */
export type KeyState =
  | { readonly state: "new" }
  | {
      readonly state: "answered"
      readonly status: number
      readonly body: string
      readonly firstId: string
    }
  | { readonly state: "refused"; readonly answer: Answer }

/** Claims the key before anything is done. Keys are forgotten after 24 hours, as the provider's are. */
export async function claimKey(tx: Tx, call: Call): Promise<KeyState> {
  if (call.idempotencyKey === null) return { state: "new" }
  await tx.query(
    "delete from idempotency_key where key = $1 and created_at < clock_timestamp() - interval '24 hours'",
    [call.idempotencyKey],
  )
  const print = fingerprint(call.fields)
  const { rowCount } = await tx.query(
    `insert into idempotency_key (key, method, path, fingerprint, request_id)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [call.idempotencyKey, call.method, call.path, print, call.id],
  )
  if (rowCount === 1) return { state: "new" }
  return readKey(tx, call, call.idempotencyKey, print)
}

async function readKey(tx: Tx, call: Call, key: string, print: string): Promise<KeyState> {
  const { rows } = await tx.query<{
    path: string
    fingerprint: string
    status: number | null
    body: string | null
    request_id: string
  }>("select path, fingerprint, status, body, request_id from idempotency_key where key = $1", [
    key,
  ])
  const row = rows[0]
  if (row === undefined) return inUse(key)
  if (row.path !== call.path) {
    return mismatch(
      `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${call.path}' vs '${row.path}'). Try using a key other than '${key}' if you meant to execute a different request.`,
    )
  }
  if (row.fingerprint !== print) {
    return mismatch(
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    )
  }
  if (row.status === null || row.body === null) return inUse(key)
  return { state: "answered", status: row.status, body: row.body, firstId: row.request_id }
}

function mismatch(message: string): KeyState {
  const body = { error: { type: "idempotency_error", message } }
  return { state: "refused", answer: { status: 400, body, isKept: false } }
}

function inUse(key: string): KeyState {
  return { state: "refused", answer: keyInUse(key) }
}

export function keyInUse(key: string): Answer {
  return {
    status: 409,
    body: {
      error: {
        type: "invalid_request_error",
        code: "idempotency_key_in_use",
        message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
      },
    },
    isKept: false,
    headers: { "Stripe-Should-Retry": "true" },
  }
}

/** Stores the answer under the key, in the transaction of its effect; an answer that is not kept frees the key. */
export async function keepAnswer(tx: Tx, call: Call, answer: Answer): Promise<void> {
  if (call.idempotencyKey === null) return
  if (!answer.isKept) return freeKey(tx, call)
  await tx.query("update idempotency_key set status = $2, body = $3 where key = $1", [
    call.idempotencyKey,
    answer.status,
    JSON.stringify(answer.body),
  ])
}

export async function freeKey(tx: Tx, call: Call): Promise<void> {
  if (call.idempotencyKey === null) return
  await tx.query("delete from idempotency_key where key = $1 and request_id = $2", [
    call.idempotencyKey,
    call.id,
  ])
}

export async function pruneKeys(tx: Tx, olderThanSeconds: number): Promise<number> {
  const { rowCount } = await tx.query(
    "delete from idempotency_key where created_at <= clock_timestamp() - $1 * interval '1 second'",
    [olderThanSeconds],
  )
  return rowCount ?? 0
}

/** After a crash of the sandbox nothing is in flight: what was claimed and never answered had no effect. */
export async function freeClaimedKeys(tx: Tx): Promise<void> {
  await tx.query("delete from idempotency_key where status is null")
}

function fingerprint(fields: Fields): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(fields)))
    .digest("hex")
}

function sorted(value: Fields[string]): unknown {
  if (typeof value === "string") return value
  const names = Object.keys(value).toSorted()
  return names.map((name) => [name, sorted(value[name] ?? "")])
}
