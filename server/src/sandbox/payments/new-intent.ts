import type Stripe from "stripe"
import type { Work } from "./call.ts"
import { type Fields, groupOf, listOf, textOf, wholeOf } from "./form.ts"
import { newObjectId, randomText } from "./identifiers.ts"
import { mergedMetadata } from "./metadata.ts"
import { redirectType, type StoredMethod } from "./payment-methods.ts"

const methodTypes = ["card", redirectType] as const

/** A new intent as its parameters describe it; nothing is charged yet. */
export function newIntent(work: Work, fields: Fields, method?: StoredMethod): Stripe.PaymentIntent {
  const id = newObjectId("pi")
  const automatic = groupOf(fields, "automatic_payment_methods")
  return {
    ...bareIntent,
    id,
    amount: wholeOf(fields, "amount") ?? 0,
    automatic_payment_methods: {
      allow_redirects: textOf(automatic, "allow_redirects") === "never" ? "never" : "always",
      enabled: true,
    },
    capture_method:
      textOf(fields, "capture_method") === "automatic" ? "automatic" : "automatic_async",
    client_secret: `${id}_secret_${randomText(25)}`,
    created: work.createdAt,
    currency: textOf(fields, "currency") ?? "",
    ...descriptionOf(fields),
    metadata: mergedMetadata(fields),
    payment_method: method?.body.id ?? null,
    payment_method_types: typesOf(fields),
    status: method === undefined ? "requires_payment_method" : "requires_confirmation",
  }
}

const bareIntent = {
  object: "payment_intent",
  allowed_payment_method_types: null,
  amount_capturable: 0,
  amount_received: 0,
  application: null,
  application_fee_amount: null,
  canceled_at: null,
  cancellation_reason: null,
  confirmation_method: "automatic",
  customer: null,
  customer_account: null,
  excluded_payment_method_types: null,
  last_payment_error: null,
  latest_charge: null,
  livemode: false,
  managed_payments: null,
  next_action: null,
  on_behalf_of: null,
  payment_method_configuration_details: null,
  payment_method_options: {},
  payment_record: null,
  processing: null,
  review: null,
  setup_future_usage: null,
  shipping: null,
  source: null,
} as const

/** What the organizer wrote, laid over what was written before. */
export function descriptionOf(fields: Fields, present?: Stripe.PaymentIntent) {
  const read = (name: string, before: string | null | undefined) =>
    textOf(fields, name) ?? before ?? null
  return {
    description: read("description", present?.description),
    receipt_email: read("receipt_email", present?.receipt_email),
    statement_descriptor: read("statement_descriptor", present?.statement_descriptor),
    statement_descriptor_suffix: read(
      "statement_descriptor_suffix",
      present?.statement_descriptor_suffix,
    ),
    transfer_group: read("transfer_group", present?.transfer_group),
  }
}

function typesOf(fields: Fields): string[] {
  const allowed = listOf(fields, "allowed_payment_method_types")
  const excluded = listOf(fields, "excluded_payment_method_types")
  const redirects = textOf(groupOf(fields, "automatic_payment_methods"), "allow_redirects")
  return methodTypes.filter(
    (type) =>
      (allowed.length === 0 || allowed.includes(type)) &&
      !excluded.includes(type) &&
      (type !== redirectType || redirects !== "never"),
  )
}
