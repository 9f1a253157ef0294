import type Stripe from "stripe"
import { type Answer, type ApiError, found, refused } from "./answer.ts"
import type { Work } from "./call.ts"
import { type Failure, insertCharge } from "./charges.ts"
import { emit } from "./events.ts"
import { randomText } from "./identifiers.ts"
import { type Challenge, changeIntent, lastError } from "./intents.ts"
import { findObject, idOf, saveObject } from "./objects.ts"
import type { StoredMethod } from "./payment-methods.ts"
import type { Behaviour } from "./test-cards.ts"

/** Where a shopper who must approve something is sent: into the page by the provider's script, or to a page and back. */
export type Approval = { readonly returnUrl: string | null; readonly usesScript: boolean }

const authenticationFailure = {
  type: "invalid_request_error",
  code: "payment_intent_authentication_failure",
  message:
    "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
} as const

const bankRefusal = {
  type: "invalid_request_error",
  code: "payment_method_customer_decline",
  message:
    "The payment was refused on the bank's page. Please choose a different payment method and try again.",
} as const

/** Tries to take the money with this method, and answers as `confirm` does. */
export async function attempt(
  work: Work,
  intent: Stripe.PaymentIntent,
  method: StoredMethod,
  approval: Approval,
): Promise<Answer> {
  const chosen = { ...intent, payment_method: method.body.id, last_payment_error: null }
  const { behaviour } = method.inner
  if (behaviour.kind === "authenticates") {
    return found(await ask(work, chosen, "3d-secure", behaviour.afterwards, approval))
  }
  if (behaviour.kind === "redirects") {
    return found(await ask(work, chosen, "bank", { kind: "succeeds" }, approval))
  }
  return take(work, chosen, method.body, behaviour)
}

/** Takes the money, or fails to, once nobody has to be asked any more. */
export async function take(
  work: Work,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  behaviour: Behaviour,
): Promise<Answer> {
  switch (behaviour.kind) {
    case "declines":
      return decline(work, intent, method, behaviour)
    case "processes":
      return found(await beginProcessing(work, intent, method, behaviour.outcome))
    case "succeeds":
    case "authenticates":
    case "redirects":
      return found(await succeed(work, intent, method))
  }
}

async function succeed(work: Work, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod) {
  const charge = await insertCharge(work, intent, method, "succeeded")
  await emit(work, "charge.succeeded", charge)
  return changeIntent(work, intent, received(intent, charge.id), "payment_intent.succeeded")
}

function received(intent: Stripe.PaymentIntent, chargeId: string): Partial<Stripe.PaymentIntent> {
  return {
    status: "succeeded",
    amount_received: intent.amount,
    latest_charge: chargeId,
    next_action: null,
    processing: null,
  }
}

async function decline(
  work: Work,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  failure: Failure,
): Promise<Answer> {
  const charge = await insertCharge(work, intent, method, "failed", failure)
  await emit(work, "charge.failed", charge)
  const error: ApiError = {
    type: "card_error",
    code: failure.code,
    message: failure.message,
    charge: charge.id,
    payment_method: method,
    ...(failure.declineCode !== undefined && { decline_code: failure.declineCode }),
  }
  const after = await fail(work, { ...intent, latest_charge: charge.id }, error)
  return refused(402, { ...error, payment_intent: after })
}

function fail(work: Work, intent: Stripe.PaymentIntent, error: ApiError) {
  const change: Partial<Stripe.PaymentIntent> = {
    status: "requires_payment_method",
    last_payment_error: lastError(error),
    next_action: null,
    payment_method: null,
    processing: null,
  }
  return changeIntent(work, intent, change, "payment_intent.payment_failed")
}

async function ask(
  work: Work,
  intent: Stripe.PaymentIntent,
  kind: Challenge["kind"],
  afterwards: Behaviour,
  approval: Approval,
): Promise<Stripe.PaymentIntent> {
  const challenge: Challenge = {
    token: randomText(32),
    kind,
    methodId: idOf(intent.payment_method),
    returnUrl: approval.returnUrl,
    afterwards,
  }
  const url = `${work.options.publicOrigin}/sandbox/approve/${challenge.token}`
  const isInPage = kind === "3d-secure" && approval.usesScript
  const next_action: Stripe.PaymentIntent.NextAction = isInPage
    ? {
        type: "use_stripe_sdk",
        use_stripe_sdk: { type: "three_d_secure_redirect", stripe_js: url },
      }
    : { type: "redirect_to_url", redirect_to_url: { url, return_url: approval.returnUrl } }
  const change = { status: "requires_action", next_action } as const
  return changeIntent(work, intent, change, "payment_intent.requires_action", { challenge })
}

/** The shopper answered: the money is taken, or the attempt fails. */
export async function answerChallenge(
  work: Work,
  intent: Stripe.PaymentIntent,
  challenge: Challenge,
  method: Stripe.PaymentMethod,
  isApproved: boolean,
): Promise<void> {
  if (isApproved) {
    await take(work, intent, method, challenge.afterwards)
  } else {
    const error = challenge.kind === "bank" ? bankRefusal : authenticationFailure
    await fail(work, intent, { ...error, payment_method: method })
  }
  const { token, kind, returnUrl } = challenge
  await work.tx.query("update object set inner_state = $2 where id = $1", [
    intent.id,
    JSON.stringify({ answered: { token, kind, returnUrl } }),
  ])
}

async function beginProcessing(
  work: Work,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  outcome: "succeeded" | "failed",
): Promise<Stripe.PaymentIntent> {
  const charge = await insertCharge(work, intent, method, "pending")
  await emit(work, "charge.pending", charge)
  await work.tx.query(
    `insert into settlement (intent_id, due_at, outcome)
     values ($1, clock_timestamp() + $2 * interval '1 millisecond', $3)`,
    [intent.id, work.options.processingMs, outcome],
  )
  const change = { status: "processing", latest_charge: charge.id, next_action: null } as const
  return changeIntent(work, intent, change, "payment_intent.processing")
}

/** Ends a payment that was processing. An intent that is not processing is left alone. */
export async function settle(
  work: Work,
  intent: Stripe.PaymentIntent,
  outcome: "succeeded" | "failed",
): Promise<void> {
  await work.tx.query("delete from settlement where intent_id = $1", [intent.id])
  const chargeId = idOf(intent.latest_charge)
  const charge = await findObject<Stripe.Charge>(work.tx, "charge", chargeId, "for update")
  if (intent.status !== "processing" || charge === undefined) return
  if (outcome === "succeeded") {
    const paid = { ...charge.body, status: outcome, paid: true, captured: true }
    await saveObject(work.tx, paid)
    await emit(work, "charge.succeeded", paid)
    await changeIntent(work, intent, received(intent, chargeId), "payment_intent.succeeded")
    return
  }
  const error = {
    type: "card_error",
    code: "card_declined",
    decline_code: "generic_decline",
    message: "Your bank declined the payment after it was processed.",
  } as const
  const failed = {
    ...charge.body,
    status: outcome,
    failure_code: error.code,
    failure_message: error.message,
  }
  await saveObject(work.tx, failed)
  await emit(work, "charge.failed", failed)
  await fail(work, intent, { ...error, charge: chargeId })
}
