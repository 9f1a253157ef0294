import type { Tx } from "./database.ts"

/** What can be done to a request. Those `after` let the effect happen and spoil the answer. */
export const requestActions = [
  "drop-request",
  "drop-response",
  "delay",
  "401",
  "409",
  "429",
  "500",
  "500-after-effect",
] as const

/** What can be done to a webhook. `reorder` holds it until another one has been delivered. */
export const webhookActions = ["duplicate", "reorder", "delay", "drop"] as const

export type RequestAction = (typeof requestActions)[number]
export type WebhookAction = (typeof webhookActions)[number]
export type RequestFault = { readonly action: RequestAction; readonly delayMs: number }
export type WebhookFault = { readonly action: WebhookAction; readonly delayMs: number }

/** One planned fault: it strikes matches number `nth` to `nth + times - 1`, counted from 1. */
export type FaultPlan = {
  readonly target: "request" | "webhook"
  readonly method: string | null
  readonly pattern: string
  readonly action: string
  readonly nth: number
  readonly times: number
  readonly delayMs: number
}

export async function planFault(tx: Tx, plan: FaultPlan): Promise<number> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into fault (target, method, pattern, action, nth, times, delay_ms)
     values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [plan.target, plan.method, plan.pattern, plan.action, plan.nth, plan.times, plan.delayMs],
  )
  return Number(rows[0]?.id)
}

/** Counts this request against every plan it matches, and answers the oldest that strikes. */
export async function takeRequestFault(
  tx: Tx,
  method: string,
  path: string,
): Promise<RequestFault | undefined> {
  const struck = await takeFault(tx, "request", method, path)
  const action = requestActions.find((name) => name === struck?.action)
  return action && { action, delayMs: struck?.delayMs ?? 0 }
}

/** The same for a webhook, by the type of its event. */
export async function takeWebhookFault(tx: Tx, type: string): Promise<WebhookFault | undefined> {
  const struck = await takeFault(tx, "webhook", "", type)
  const action = webhookActions.find((name) => name === struck?.action)
  return action && { action, delayMs: struck?.delayMs ?? 0 }
}

async function takeFault(tx: Tx, target: string, method: string, name: string) {
  const { rows } = await tx.query<{ id: string; pattern: string }>(
    `select id, pattern from fault
      where target = $1 and (method is null or method = $2) and seen < nth + times - 1
      order by id for update`,
    [target, method],
  )
  const ids = rows.filter((row) => matches(row.pattern, name)).map((row) => row.id)
  if (ids.length === 0) return undefined
  const counted = await tx.query<{ action: string; delay_ms: number; strikes: boolean }>(
    `with counted as (
       update fault set seen = seen + 1 where id = any($1::bigint[])
       returning id, action, delay_ms, seen >= nth as strikes)
     select action, delay_ms, strikes from counted where strikes order by id limit 1`,
    [ids],
  )
  const struck = counted.rows[0]
  return struck && { action: struck.action, delayMs: struck.delay_ms }
}

/** `*` stands for any run of characters but a slash; everything else is itself. */
export function matches(pattern: string, name: string): boolean {
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("*", "[^/]*")
  return new RegExp(`^${escaped}$`).test(name)
}
