import type { Pool } from "pg"
import type { Call } from "./call.ts"
import type { Fields } from "./form.ts"

/** How a call ended; a status of null means that the caller got no answer. */
export type CallEnd = {
  readonly status: number | null
  readonly isReplayed: boolean
  readonly fault: string | null
  readonly error: unknown
}

/** Writes down a call and how it ended. Card numbers are not written. */
export async function logCall(pool: Pool, call: Call, end: CallEnd): Promise<void> {
  await pool.query(
    `insert into call (id, method, path, params, idempotency_key, key_kind, status, is_replayed, fault, error)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      call.id,
      call.method,
      call.path,
      JSON.stringify(withoutCard(call.fields)),
      call.idempotencyKey,
      call.keyKind,
      end.status,
      end.isReplayed,
      end.fault,
      end.error === undefined ? null : JSON.stringify(end.error),
    ],
  )
}

function withoutCard(fields: Fields): Fields {
  const entries = Object.entries(fields).map(([name, value]): [string, Fields[string]] => {
    if (typeof value !== "string") return [name, withoutCard(value)]
    if (name === "number") return [name, `•••• ${value.slice(-4)}`]
    return [name, name === "cvc" ? "•••" : value]
  })
  return Object.fromEntries(entries)
}
