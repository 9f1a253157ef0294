import type { ProviderAnswer } from "#gateways/payment-provider.ts"
import type { Tx } from "#store/db.ts"
import {
  type CallOutcome,
  type CallSubject,
  closeAbandoned,
  closeCall,
  listCalls,
  openCall,
  type ProviderCall,
} from "#store/provider-calls.ts"

// The provider call protocol. A: `openProviderCall` inside a transaction that also locks the row and marks it as submitting; commit. Then
// `askProvider`, outside any transaction: look up when an earlier call may have had an effect, send under the stored key. B:
// `closeProviderCall` inside the transaction that applies the answer.

/** A call that is written down and may now leave. */
export type OpenedCall = {
  readonly id: number
  /** ISO 8601, by the database's clock. */
  readonly startedAt: string
  readonly subject: CallSubject
  readonly idempotencyKey: string
  /** When the first call of this kind was begun, if an earlier one may have had an effect: look before sending. ISO 8601. */
  readonly lookUpSince?: string
}

/**
 * Longer than a request waits for its answer: an open call of this age has lost its caller. Where it has not, because its look-up took as long
 * again, two send the same request under the same key, which is one object at the provider.
 */
export const abandonedAfterSeconds = 20

/**
 * Step A. `baseKey` is stored with the subject and the same for every attempt; it is rotated only when the provider has answered with a
 * failure that it would repeat for as long as it remembers the key, although another attempt may go better. Refuses when another caller is
 * waiting for its answer.
 */
export async function openProviderCall(
  tx: Tx,
  subject: CallSubject,
  request: object,
  baseKey: string,
): Promise<OpenedCall | "busy"> {
  const earlier = await listCalls(tx, subject)
  if (earlier.some((call) => isWaiting(call))) return "busy"
  const rotations = earlier.filter((call) => isRepeatable(call, subject.op)).length
  const idempotencyKey = rotations === 0 ? baseKey : `${baseKey}:${rotations + 1}`
  const opened = await openCall(tx, subject, request, idempotencyKey, earlier.length + 1)
  const [first] = earlier
  const isUnclear = earlier.some((call) => !call.outcome || call.outcome === "unknown")
  return {
    ...opened,
    subject,
    idempotencyKey,
    ...(first && isUnclear && { lookUpSince: first.startedAt }),
  }
}

const replayed = "replayed "

/**
 * Money on its way cannot be called back: that answer is over when the money has come to nothing. A second cancellation does no harm. A refund
 * that our balance at the provider did not allow was not made, and is made once there is enough.
 */
function isRepeatable({ error, outcome }: ProviderCall, op: CallSubject["op"]): boolean {
  if (error?.startsWith(replayed)) return true
  return outcome === "rejected" && (op === "cancel-intent" || error === balanceInsufficient)
}

const balanceInsufficient = "balance_insufficient"

/** The provider would do it, but for the money that lies there: no until it has come. */
export function lacksBalance(answer: ProviderAnswer<unknown>): boolean {
  return answer.result === "rejected" && answer.code === balanceInsufficient
}

function isWaiting(call: ProviderCall): boolean {
  return !call.outcome && call.ageSeconds < abandonedAfterSeconds
}

/** Between A and B. A look-up that finds the object is the answer; one that fails leaves everything as unclear as it was. */
export async function askProvider<T>(
  call: OpenedCall,
  lookUp: (since: string) => Promise<ProviderAnswer<T | undefined>>,
  send: (idempotencyKey: string) => Promise<ProviderAnswer<T>>,
): Promise<ProviderAnswer<T>> {
  if (!call.lookUpSince) return send(call.idempotencyKey)
  const found = await lookUp(call.lookUpSince)
  if (found.result === "ok")
    return found.value === undefined ? send(call.idempotencyKey) : { ...found, value: found.value }
  if (found.result === "unauthorised") return found
  return { ...found, result: "unknown", code: `look-up ${found.code}`, isReplayed: false }
}

/** Step B: what came of the call. Earlier calls that lost their caller are closed with it. */
export async function closeProviderCall<T>(
  tx: Tx,
  call: OpenedCall,
  answer: ProviderAnswer<T>,
): Promise<void> {
  const { status, requestId } = answer
  await closeCall(tx, call.id, {
    outcome: outcomeOf(answer),
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
    ...(answer.result !== "ok" && { error: errorOf(answer) }),
  })
  if (answer.result !== "unknown") await closeAbandoned(tx, call.subject)
}

function outcomeOf(answer: ProviderAnswer<unknown>): CallOutcome {
  switch (answer.result) {
    case "ok":
    case "retry":
    case "unknown":
      return answer.result
    case "declined":
    case "rejected":
    case "idempotency-mismatch":
    case "unauthorised":
      return "rejected"
  }
}

function errorOf(answer: Exclude<ProviderAnswer<unknown>, { result: "ok" }>): string {
  return answer.result === "unknown" && answer.isReplayed
    ? `${replayed}${answer.code}`
    : answer.code
}

/** Whether trying again at once may help, and after how long. Undefined: it would not, or not soon enough for somebody who waits. */
export function retryDelayMs(answer: ProviderAnswer<unknown>): number | undefined {
  if (answer.result === "unknown") return 0
  return answer.result === "retry" && answer.retryAfterMs <= 5000 ? answer.retryAfterMs : undefined
}

/** How often somebody who waits has a call made. */
export const promptAttempts = 3
