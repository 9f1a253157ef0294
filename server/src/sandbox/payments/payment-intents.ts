import type Stripe from "stripe"
import { type Answer, found, invalid, missing, unknownObject, unsupported } from "./answer.ts"
import { attempt, type Approval } from "./attempt.ts"
import type { Route, Work } from "./call.ts"
import { refusalOfAmount } from "./charge-limits.ts"
import { emit } from "./events.ts"
import { type Fields, groupOf, isTrue, textOf, wholeOf } from "./form.ts"
import { changeIntent, findIntent, lockIntent, unexpectedState } from "./intents.ts"
import { changeable, refusalOfConfirm, refusalOfSecret, shownTo } from "./intent-rules.ts"
import { listObjects, listParams } from "./listing.ts"
import { mergedMetadata, refusalOfMetadata } from "./metadata.ts"
import { descriptionOf, newIntent } from "./new-intent.ts"
import { insertObject } from "./objects.ts"
import { createMethod, resolveMethod, type StoredMethod } from "./payment-methods.ts"

const describing = [
  "description",
  "metadata",
  "receipt_email",
  "statement_descriptor",
  "statement_descriptor_suffix",
  "transfer_group",
]
const paying = ["payment_method", "payment_method_data", "expand"]
const asking = ["return_url", "use_stripe_sdk", "mandate_data"]
const createParams = [
  "amount",
  "currency",
  "automatic_payment_methods",
  "allowed_payment_method_types",
  "excluded_payment_method_types",
  "capture_method",
  "confirm",
  ...describing,
  ...paying,
  ...asking,
]
const updateParams = ["amount", "currency", ...describing, ...paying]
const confirmParams = ["client_secret", "receipt_email", ...paying, ...asking]
const reasons = ["abandoned", "duplicate", "fraudulent", "requested_by_customer"]

async function create(work: Work): Promise<Answer> {
  const { fields } = work.call
  const refusal = unsupported(fields, createParams) ?? refusalOfCreate(fields)
  if (refusal !== undefined) return refusal
  const method = await methodOf(work, fields)
  if (method !== undefined && "refusal" in method) return method.refusal
  const intent = newIntent(work, fields, method?.method)
  if (isTrue(fields, "confirm")) {
    const refusalToConfirm = refusalOfConfirm(work, intent, method?.method)
    if (refusalToConfirm !== undefined) return refusalToConfirm
  }
  await insertObject(work.tx, intent)
  await emit(work, "payment_intent.created", intent)
  if (!isTrue(fields, "confirm") || method === undefined) return found(intent)
  return attempt(work, intent, method.method, approvalOf(fields))
}

function refusalOfCreate(fields: Fields): Answer | undefined {
  const currency = textOf(fields, "currency")
  if (textOf(fields, "amount") === undefined) return missing("amount")
  if (currency === undefined) return missing("currency")
  const capture = textOf(fields, "capture_method")
  if (capture !== undefined && capture !== "automatic" && capture !== "automatic_async") {
    return invalid(
      "The payment sandbox captures at once: capture_method must be automatic.",
      "capture_method",
    )
  }
  return refusalOfAmount(wholeOf(fields, "amount"), currency) ?? refusalOfMetadata(fields)
}

/** The method a request names or describes; undefined when it does neither. */
async function methodOf(
  work: Work,
  fields: Fields,
): Promise<{ readonly method: StoredMethod } | { readonly refusal: Answer } | undefined> {
  const id = textOf(fields, "payment_method")
  const described = groupOf(fields, "payment_method_data")
  if (id === undefined) {
    return Object.keys(described).length === 0 ? undefined : createMethod(work, described)
  }
  const method = await resolveMethod(work, id)
  if (method !== undefined) return { method }
  return {
    refusal: invalid(`No such PaymentMethod: '${id}'`, "payment_method", "resource_missing"),
  }
}

function approvalOf(fields: Fields): Approval {
  return {
    returnUrl: textOf(fields, "return_url") ?? null,
    usesScript: isTrue(fields, "use_stripe_sdk"),
  }
}

async function confirm(work: Work, id: string): Promise<Answer> {
  const { fields } = work.call
  const refusal = unsupported(fields, confirmParams)
  if (refusal !== undefined) return refusal
  const intent = await lockIntent(work.tx, id)
  if (intent === undefined) return unknownObject("payment_intent", id)
  const stranger = refusalOfSecret(work, intent)
  if (stranger !== undefined) return stranger
  const given = await methodOf(work, fields)
  if (given !== undefined && "refusal" in given) return given.refusal
  const method = given?.method ?? (await chosenMethod(work, intent.body))
  const refusalToConfirm = refusalOfConfirm(work, intent.body, method)
  if (refusalToConfirm !== undefined || method === undefined) {
    return refusalToConfirm ?? missing("payment_method")
  }
  const receipt = textOf(fields, "receipt_email") ?? intent.body.receipt_email
  return shownTo(
    work,
    await attempt(work, { ...intent.body, receipt_email: receipt }, method, approvalOf(fields)),
  )
}

async function chosenMethod(work: Work, intent: Stripe.PaymentIntent) {
  return typeof intent.payment_method === "string"
    ? resolveMethod(work, intent.payment_method)
    : undefined
}

async function retrieve(work: Work, id: string): Promise<Answer> {
  const refusal = unsupported(work.call.fields, ["client_secret", "expand"])
  if (refusal !== undefined) return refusal
  const intent = await findIntent(work.tx, id)
  if (intent === undefined) return unknownObject("payment_intent", id)
  return refusalOfSecret(work, intent) ?? shownTo(work, found(intent.body))
}

async function update(work: Work, id: string): Promise<Answer> {
  const { fields } = work.call
  const refusal = unsupported(fields, updateParams) ?? refusalOfMetadata(fields)
  if (refusal !== undefined) return refusal
  const intent = await lockIntent(work.tx, id)
  if (intent === undefined) return unknownObject("payment_intent", id)
  const before = intent.body
  const notesOnly = Object.keys(fields).every((name) =>
    ["metadata", "description", "receipt_email", "expand"].includes(name),
  )
  if (!notesOnly && !changeable.includes(before.status)) {
    return unexpectedState(
      before,
      `This PaymentIntent's status is ${before.status}; only its description, receipt_email and metadata can be updated.`,
    )
  }
  const amount = wholeOf(fields, "amount") ?? before.amount
  const currency = textOf(fields, "currency") ?? before.currency
  const method = await methodOf(work, fields)
  if (method !== undefined && "refusal" in method) return method.refusal
  const badAmount = refusalOfAmount(amount, currency)
  if (badAmount !== undefined) return badAmount
  const change = {
    amount,
    currency,
    ...descriptionOf(fields, before),
    metadata: mergedMetadata(fields, before.metadata),
    ...(method !== undefined && {
      payment_method: method.method.body.id,
      status: "requires_confirmation" as const,
      next_action: null,
    }),
  }
  const inner = method === undefined ? intent.inner : {}
  return found(await changeIntent(work, before, change, undefined, inner))
}

async function cancel(work: Work, id: string): Promise<Answer> {
  const { fields } = work.call
  const refusal = unsupported(fields, ["cancellation_reason", "expand"])
  if (refusal !== undefined) return refusal
  const reason = textOf(fields, "cancellation_reason") ?? null
  if (reason !== null && !reasons.includes(reason)) {
    return invalid(
      `Invalid cancellation_reason: must be one of ${reasons.join(", ")}`,
      "cancellation_reason",
    )
  }
  const intent = await lockIntent(work.tx, id)
  if (intent === undefined) return unknownObject("payment_intent", id)
  if (!changeable.includes(intent.body.status)) {
    return unexpectedState(
      intent.body,
      `You cannot cancel this PaymentIntent because it has a status of ${intent.body.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${changeable.join(", ")}.`,
    )
  }
  const change = {
    status: "canceled",
    canceled_at: work.createdAt,
    cancellation_reason: reason,
    next_action: null,
  } as const
  return found(await changeIntent(work, intent.body, change, "payment_intent.canceled"))
}

async function list({ tx, call }: Work): Promise<Answer> {
  const refusal = unsupported(call.fields, listParams)
  return refusal ?? listObjects(tx, "payment_intent", "/v1/payment_intents", call.fields)
}

export const paymentIntentRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/payment_intents", run: create },
  { method: "GET", path: "/v1/payment_intents", run: list },
  { method: "GET", path: "/v1/payment_intents/:id", isOpenToBrowsers: true, run: retrieve },
  { method: "POST", path: "/v1/payment_intents/:id", run: update },
  { method: "POST", path: "/v1/payment_intents/:id/confirm", isOpenToBrowsers: true, run: confirm },
  { method: "POST", path: "/v1/payment_intents/:id/cancel", run: cancel },
]
