import type Stripe from "stripe"
import { type Answer, found, unknownObject, unsupported } from "./answer.ts"
import type { Route, Work } from "./call.ts"
import { newObjectId } from "./identifiers.ts"
import { listObjects, listParams } from "./listing.ts"
import { findObject, insertObject } from "./objects.ts"

export type Failure = {
  readonly code: string
  readonly message: string
  readonly declineCode?: string
}

/** Records one attempt to take the money: it succeeded, failed, or is still under way. */
export async function insertCharge(
  work: Work,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  status: Stripe.Charge.Status,
  failure?: Failure,
): Promise<Stripe.Charge> {
  const charge: Stripe.Charge = {
    ...bareCharge(work, intent),
    amount_captured: status === "failed" ? 0 : intent.amount,
    captured: status === "succeeded",
    billing_details: method.billing_details,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    outcome: outcomeOf(status, failure),
    paid: status === "succeeded",
    payment_method: method.id,
    payment_method_details: detailsOf(method),
    status,
  }
  await insertObject(work.tx, charge)
  return charge
}

function bareCharge(work: Work, intent: Stripe.PaymentIntent) {
  return {
    id: newObjectId("ch"),
    object: "charge" as const,
    amount: intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    calculated_statement_descriptor: "PAYMENT SANDBOX",
    created: work.createdAt,
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    payment_intent: intent.id,
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    transfer_data: null,
    transfer_group: intent.transfer_group,
  }
}

function outcomeOf(status: Stripe.Charge.Status, failure?: Failure): Stripe.Charge.Outcome {
  const isDeclined = status === "failed"
  return {
    advice_code: isDeclined ? "try_again_later" : null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: isDeclined ? "declined_by_network" : "approved_by_network",
    reason: failure?.declineCode ?? failure?.code ?? null,
    seller_message: isDeclined ? "The bank declined the payment." : "Payment complete.",
    type: isDeclined ? "issuer_declined" : "authorized",
  }
}

function detailsOf(method: Stripe.PaymentMethod): Stripe.Charge.PaymentMethodDetails {
  const card = method.card
  if (card === undefined) return { type: method.type }
  return {
    type: "card",
    card: {
      amount_authorized: null,
      authorization_code: null,
      brand: card.brand,
      checks: card.checks,
      country: card.country,
      electronic_commerce_indicator: null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      funding: card.funding,
      installments: null,
      last4: card.last4,
      mandate: null,
      network: card.brand,
      network_token: null,
      network_transaction_id: null,
      regulated_status: card.regulated_status,
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  }
}

async function retrieveCharge({ tx }: Work, id: string): Promise<Answer> {
  const charge = await findObject<Stripe.Charge>(tx, "charge", id)
  return charge === undefined ? unknownObject("charge", id) : found(charge.body)
}

async function listCharges({ tx, call }: Work): Promise<Answer> {
  const refusal = unsupported(call.fields, [...listParams, "payment_intent"])
  if (refusal !== undefined) return refusal
  const filters = { payment_intent: "body->>'payment_intent'" }
  return listObjects(tx, "charge", "/v1/charges", call.fields, filters)
}

export const chargeRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/charges", run: listCharges },
  { method: "GET", path: "/v1/charges/:id", run: retrieveCharge },
]
