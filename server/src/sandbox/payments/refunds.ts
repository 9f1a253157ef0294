import type Stripe from "stripe"
import {
  type Answer,
  found,
  invalid,
  missing,
  refused,
  unknownObject,
  unsupported,
} from "./answer.ts"
import type { Route, Work } from "./call.ts"
import { formatted } from "./charge-limits.ts"
import { emit } from "./events.ts"
import { type Fields, textOf, wholeOf } from "./form.ts"
import { newObjectId } from "./identifiers.ts"
import { findIntent } from "./intents.ts"
import { listObjects, listParams } from "./listing.ts"
import { mergedMetadata, refusalOfMetadata } from "./metadata.ts"
import { findObject, idOf, insertObject, saveObject } from "./objects.ts"
import { findMethod } from "./payment-methods.ts"

const createParams = ["amount", "charge", "payment_intent", "metadata", "reason", "expand"]
const reasons = ["duplicate", "fraudulent", "requested_by_customer"]

async function create(work: Work): Promise<Answer> {
  const { fields } = work.call
  const refusal =
    unsupported(fields, createParams) ?? refusalOfMetadata(fields) ?? refusalOfReason(fields)
  if (refusal !== undefined) return refusal
  const chargeId = await chargeIdOf(work, fields)
  if (typeof chargeId !== "string") return chargeId
  const stored = await findObject<Stripe.Charge>(work.tx, "charge", chargeId, "for update")
  if (stored === undefined) return unknownObject("charge", chargeId)
  const charge = stored.body
  const amount = wholeOf(fields, "amount") ?? charge.amount - charge.amount_refunded
  const refusalToRefund = refusalOfRefund(charge, amount)
  if (refusalToRefund !== undefined) return refusalToRefund
  return found(await refundCharge(work, charge, amount))
}

function refusalOfReason(fields: Fields): Answer | undefined {
  const reason = textOf(fields, "reason")
  if (reason === undefined || reasons.includes(reason)) return undefined
  return invalid(`Invalid reason: must be one of ${reasons.join(", ")}`, "reason")
}

async function chargeIdOf(work: Work, fields: Fields): Promise<string | Answer> {
  const chargeId = textOf(fields, "charge")
  const intentId = textOf(fields, "payment_intent")
  if (chargeId !== undefined) return chargeId
  if (intentId === undefined) return missing("payment_intent")
  const intent = await findIntent(work.tx, intentId)
  if (intent === undefined) return unknownObject("payment_intent", intentId)
  if (intent.body.status === "succeeded") return idOf(intent.body.latest_charge)
  return refused(400, {
    type: "invalid_request_error",
    message: `This PaymentIntent (${intentId}) does not have a successful charge to refund.`,
    param: "payment_intent",
  })
}

function refusalOfRefund(charge: Stripe.Charge, amount: number): Answer | undefined {
  const left = charge.amount - charge.amount_refunded
  if (charge.status !== "succeeded") {
    return refused(400, {
      type: "invalid_request_error",
      code: "charge_not_refundable",
      message: `Charge ${charge.id} has not succeeded and cannot be refunded.`,
    })
  }
  if (charge.refunded) {
    return refused(400, {
      type: "invalid_request_error",
      code: "charge_already_refunded",
      message: `Charge ${charge.id} has already been refunded.`,
    })
  }
  if (!(amount >= 1)) {
    return invalid("Invalid positive integer: amount", "amount", "parameter_invalid_integer")
  }
  if (amount <= left) return undefined
  const [asked, rest] = [formatted(amount, charge.currency), formatted(left, charge.currency)]
  return refused(400, {
    type: "invalid_request_error",
    message: `Refund amount (${asked}) is greater than unrefunded amount on charge (${rest})`,
    param: "amount",
  })
}

async function refundCharge(
  work: Work,
  charge: Stripe.Charge,
  amount: number,
): Promise<Stripe.Refund> {
  const isPending = (await refundBehaviour(work, charge)) !== undefined
  const refund: Stripe.Refund = {
    id: newObjectId("re"),
    object: "refund",
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: work.createdAt,
    currency: charge.currency,
    customer: null,
    customer_account: null,
    metadata: mergedMetadata(work.call.fields),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: (textOf(work.call.fields, "reason") as Stripe.Refund.Reason | undefined) ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: isPending ? "pending" : "succeeded",
    transfer_reversal: null,
  }
  await insertObject(work.tx, refund)
  const after = { ...charge, amount_refunded: charge.amount_refunded + amount }
  const changed = { ...after, refunded: after.amount_refunded === charge.amount }
  await saveObject(work.tx, changed)
  await emit(work, "refund.created", refund)
  await emit(work, "charge.refunded", changed)
  return refund
}

async function refundBehaviour(work: Work, charge: Stripe.Charge) {
  const method = await findMethod(work.tx, idOf(charge.payment_method))
  const behaviour = method?.inner.behaviour
  return behaviour?.kind === "succeeds" ? behaviour.refund : undefined
}

/** Ends a refund that was pending: it arrives, or it fails and the money is the organizer's again. */
export async function settleRefund(work: Work, id: string): Promise<Answer> {
  const stored = await findObject<Stripe.Refund>(work.tx, "refund", id, "for update")
  if (stored === undefined) return unknownObject("refund", id)
  const refund = stored.body
  if (refund.status !== "pending") return found(refund)
  const chargeId = idOf(refund.charge)
  const charge = await findObject<Stripe.Charge>(work.tx, "charge", chargeId, "for update")
  if (charge === undefined) return unknownObject("charge", chargeId)
  if ((await refundBehaviour(work, charge.body)) === "pending") {
    const arrived = { ...refund, status: "succeeded" }
    await saveObject(work.tx, arrived)
    await emit(work, "refund.updated", arrived)
    return found(arrived)
  }
  const failed = { ...refund, status: "failed", failure_reason: "expired_or_canceled_card" }
  const amount_refunded = charge.body.amount_refunded - refund.amount
  await saveObject(work.tx, failed)
  const restored = { ...charge.body, amount_refunded, refunded: false }
  await saveObject(work.tx, restored)
  await emit(work, "refund.updated", failed)
  await emit(work, "refund.failed", failed)
  return found(failed)
}

async function retrieve({ tx }: Work, id: string): Promise<Answer> {
  const refund = await findObject<Stripe.Refund>(tx, "refund", id)
  return refund === undefined ? unknownObject("refund", id) : found(refund.body)
}

async function list({ tx, call }: Work): Promise<Answer> {
  const refusal = unsupported(call.fields, [...listParams, "payment_intent", "charge"])
  if (refusal !== undefined) return refusal
  const filters = { payment_intent: "body->>'payment_intent'", charge: "body->>'charge'" }
  return listObjects(tx, "refund", "/v1/refunds", call.fields, filters)
}

export const refundRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/refunds", run: create },
  { method: "GET", path: "/v1/refunds", run: list },
  { method: "GET", path: "/v1/refunds/:id", run: retrieve },
]
