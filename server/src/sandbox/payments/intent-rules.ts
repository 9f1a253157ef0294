import type Stripe from "stripe"
import { type Answer, invalid } from "./answer.ts"
import type { Work } from "./call.ts"
import { isTrue, textOf } from "./form.ts"
import { type StoredIntent, unexpectedState } from "./intents.ts"
import { redirectType, type StoredMethod } from "./payment-methods.ts"

/** An intent in one of these may still be changed, confirmed and canceled. */
export const changeable = ["requires_payment_method", "requires_confirmation", "requires_action"]

/** Why this intent cannot be confirmed with this method, if so. */
export function refusalOfConfirm(
  work: Work,
  intent: Stripe.PaymentIntent,
  method: StoredMethod | undefined,
): Answer | undefined {
  if (intent.status === "succeeded") {
    return unexpectedState(
      intent,
      "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.",
    )
  }
  if (!changeable.includes(intent.status)) {
    return unexpectedState(
      intent,
      `This PaymentIntent's status is ${intent.status}; it cannot be confirmed.`,
    )
  }
  if (method === undefined) {
    return unexpectedState(
      intent,
      "You cannot confirm this PaymentIntent because it's missing a payment method. Update the PaymentIntent with a payment method and then confirm it again.",
    )
  }
  return refusalOfMethod(intent, method) ?? refusalOfReturn(work, intent, method)
}

function refusalOfMethod(intent: Stripe.PaymentIntent, method: StoredMethod): Answer | undefined {
  if (!intent.payment_method_types.includes(method.body.type)) {
    return invalid(
      `The PaymentMethod provided (${method.body.type}) is not allowed for this PaymentIntent.`,
      "payment_method",
      "payment_intent_incompatible_payment_method",
    )
  }
  return undefined
}

function refusalOfReturn(
  { call: { fields } }: Work,
  intent: Stripe.PaymentIntent,
  method: StoredMethod,
): Answer | undefined {
  const returnUrl = textOf(fields, "return_url")
  if (returnUrl !== undefined && !isWebAddress(returnUrl)) {
    return invalid("Not a valid URL", "return_url", "url_invalid")
  }
  const mayLeave =
    intent.payment_method_types.includes(redirectType) && !isTrue(fields, "use_stripe_sdk")
  if (returnUrl === undefined && (mayLeave || method.body.type === redirectType)) {
    return invalid(
      "This PaymentIntent is configured to accept payment methods that might redirect your customer off of your page, so you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never`.",
      "return_url",
    )
  }
  return undefined
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

/** A browser proves with the client secret that it may see this intent. */
export function refusalOfSecret(work: Work, { body }: StoredIntent): Answer | undefined {
  const secret = textOf(work.call.fields, "client_secret")
  if (secret === undefined && work.call.keyKind === "secret") return undefined
  if (secret === undefined) {
    return invalid(
      "You must pass in a client_secret when calling this endpoint with a publishable key.",
      "client_secret",
      "secret_key_required",
    )
  }
  if (secret === body.client_secret) return undefined
  return invalid(
    "The client_secret provided does not match any associated PaymentIntent on this account. Ensure the client_secret in your request is set to the client_secret on the PaymentIntent.",
    "client_secret",
    "payment_intent_invalid_parameter",
  )
}

/** A browser does not see what the organizer wrote for itself. */
export function shownTo(work: Work, answer: Answer): Answer {
  if (work.call.keyKind === "secret") return answer
  return { ...answer, body: withoutNotes(answer.body) }
}

function withoutNotes(body: object): object {
  const notes = ["metadata", "application", "transfer_group", "review", "on_behalf_of"]
  const entries = Object.entries(body).filter(([name]) => !notes.includes(name))
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      (name === "error" || name === "payment_intent") && typeof value === "object" && value !== null
        ? withoutNotes(value)
        : value,
    ]),
  )
}
