import type Stripe from "stripe"
import { type Answer, type ApiError, refused } from "./answer.ts"
import type { Work } from "./call.ts"
import type { Tx } from "./database.ts"
import { emit } from "./events.ts"
import { findObject, saveObject, type Stored } from "./objects.ts"
import type { Behaviour } from "./test-cards.ts"

/** What the shopper is being asked: who answers knows the token, and `afterwards` is what follows a yes. */
export type Challenge = {
  readonly token: string
  readonly kind: "3d-secure" | "bank"
  readonly methodId: string
  readonly returnUrl: string | null
  readonly afterwards: Behaviour
}

export type IntentInner = {
  readonly challenge?: Challenge
  /** The last challenge that was answered, so that a second click leads where the first one did. */
  readonly answered?: Pick<Challenge, "token" | "kind" | "returnUrl">
}
export type StoredIntent = Stored<Stripe.PaymentIntent, IntentInner>

/** Finds an intent and holds it until the request ends. */
export function lockIntent(tx: Tx, id: string): Promise<StoredIntent | undefined> {
  return findObject<Stripe.PaymentIntent, IntentInner>(tx, "payment_intent", id, "for update")
}

export function findIntent(tx: Tx, id: string): Promise<StoredIntent | undefined> {
  return findObject<Stripe.PaymentIntent, IntentInner>(tx, "payment_intent", id)
}

/** Finds the intent whose shopper was given this token, answered or not, and holds it. */
export async function lockChallenged(tx: Tx, token: string): Promise<StoredIntent | undefined> {
  const { rows } = await tx.query<{ id: string }>(
    `select id from object where kind = 'payment_intent' and
       coalesce(inner_state->'challenge', inner_state->'answered')->>'token' = $1`,
    [token],
  )
  const id = rows[0]?.id
  return id === undefined ? undefined : lockIntent(tx, id)
}

/** Saves a change of the intent; with a type, tells the world. A challenge is over unless it is given again. */
export async function changeIntent(
  work: Work,
  before: Stripe.PaymentIntent,
  change: Partial<Stripe.PaymentIntent>,
  type?: Stripe.Event["type"],
  inner: IntentInner = {},
): Promise<Stripe.PaymentIntent> {
  const after = { ...before, ...change }
  await saveObject(work.tx, after, inner)
  if (type !== undefined) await emit(work, type, after)
  return after
}

/** Refuses a request that the intent's status does not allow, and shows the intent as it is. */
export function unexpectedState(intent: Stripe.PaymentIntent, message: string): Answer {
  return refused(400, {
    type: "invalid_request_error",
    code: "payment_intent_unexpected_state",
    message,
    payment_intent: intent,
  })
}

/** The error of a failed attempt, as the intent remembers it. */
export function lastError(
  error: Omit<ApiError, "payment_intent">,
): Stripe.PaymentIntent.LastPaymentError {
  return { ...error, type: error.type }
}
