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
import type { Tx } from "./database.ts"
import { type Fields, groupOf, textOf, wholeOf } from "./form.ts"
import { newObjectId } from "./identifiers.ts"
import { findObject, insertObject, type Stored } from "./objects.ts"
import { type Behaviour, isWellFormed, testCards, unknownCard } from "./test-cards.ts"

/** The method that leads to a bank's page and back; it takes any currency here. */
export const redirectType = "bancontact"

export type PaymentMethodInner = { readonly behaviour: Behaviour }
export type StoredMethod = Stored<Stripe.PaymentMethod, PaymentMethodInner>

type CardInput = {
  readonly number: string
  readonly expMonth: number
  readonly expYear: number
  readonly cvc: string
}

/** A stored method by id, or a new one for a token such as `pm_card_visa`. */
export async function resolveMethod(work: Work, id: string): Promise<StoredMethod | undefined> {
  const card = testCards.find((entry) => entry.token === id)
  if (card === undefined) return findMethod(work.tx, id)
  const input = { number: card.number, expMonth: 12, expYear: yearNow() + 4, cvc: "123" }
  return storeMethod(work, cardMethod(work, input, {}), card.behaviour)
}

export function findMethod(tx: Tx, id: string): Promise<StoredMethod | undefined> {
  return findObject<Stripe.PaymentMethod, PaymentMethodInner>(tx, "payment_method", id)
}

/** Makes a method from `type`, `card` and `billing_details`, or says what is wrong with them. */
export async function createMethod(
  work: Work,
  fields: Fields,
): Promise<{ readonly method: StoredMethod } | { readonly refusal: Answer }> {
  const type = textOf(fields, "type")
  if (type === redirectType) {
    const body = {
      ...baseMethod(work, fields),
      type,
      bancontact: {},
    } satisfies Stripe.PaymentMethod
    return { method: await storeMethod(work, body, { kind: "redirects" }) }
  }
  if (type !== "card") {
    return {
      refusal: invalid(`The payment sandbox knows the types card and ${redirectType}.`, "type"),
    }
  }
  const input = readCard(groupOf(fields, "card"))
  const refusal = refusalOfCard(input)
  if (refusal !== undefined) return { refusal }
  const behaviour = testCards.find((card) => card.number === input.number)?.behaviour
  const method = await storeMethod(work, cardMethod(work, input, fields), behaviour ?? unknownCard)
  return { method }
}

function readCard(card: Fields): CardInput {
  const year = wholeOf(card, "exp_year") ?? Number.NaN
  return {
    number: (textOf(card, "number") ?? "").replaceAll(/[\s-]/g, ""),
    expMonth: wholeOf(card, "exp_month") ?? Number.NaN,
    expYear: year < 100 ? 2000 + year : year,
    cvc: textOf(card, "cvc") ?? "",
  }
}

function refusalOfCard(card: CardInput): Answer | undefined {
  if (!isWellFormed(card.number)) {
    return cardError("incorrect_number", "Your card number is incorrect.", "number")
  }
  if (!(card.expMonth >= 1 && card.expMonth <= 12)) {
    return cardError(
      "invalid_expiry_month",
      "Your card's expiration month is invalid.",
      "exp_month",
    )
  }
  if (!(card.expYear >= yearNow() && card.expYear <= yearNow() + 50)) {
    return cardError("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year")
  }
  if (!/^\d{3,4}$/.test(card.cvc)) {
    return cardError("invalid_cvc", "Your card's security code is invalid.", "cvc")
  }
  return undefined
}

function cardError(code: string, message: string, param: string): Answer {
  return refused(402, { type: "card_error", code, message, param })
}

function yearNow(): number {
  return new Date().getUTCFullYear()
}

function cardMethod(work: Work, input: CardInput, fields: Fields): Stripe.PaymentMethod {
  const brand = testCards.find((card) => card.number === input.number)?.brand ?? "visa"
  return {
    ...baseMethod(work, fields),
    type: "card",
    card: {
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "US",
      display_brand: brand,
      exp_month: input.expMonth,
      exp_year: input.expYear,
      funding: "credit",
      generated_from: null,
      last4: input.number.slice(-4),
      networks: { available: [brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: walletOf(textOf(groupOf(fields, "card"), "wallet"), input.number.slice(-4)),
    },
  }
}

function walletOf(
  type: string | undefined,
  last4: string,
): Stripe.PaymentMethod.Card.Wallet | null {
  return type === "apple_pay" || type === "google_pay" ? { type, dynamic_last4: last4 } : null
}

function baseMethod(work: Work, fields: Fields) {
  const billing = groupOf(fields, "billing_details")
  return {
    id: newObjectId("pm"),
    object: "payment_method" as const,
    allow_redisplay: "unspecified" as const,
    billing_details: {
      address: null,
      email: textOf(billing, "email") ?? null,
      name: textOf(billing, "name") ?? null,
      phone: textOf(billing, "phone") ?? null,
      tax_id: null,
    },
    created: work.createdAt,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
  }
}

async function storeMethod(
  work: Work,
  body: Stripe.PaymentMethod,
  behaviour: Behaviour,
): Promise<StoredMethod> {
  const inner = { behaviour }
  await insertObject(work.tx, body, inner)
  return { body, inner }
}

const createParams = ["type", "card", "bancontact", "billing_details", "metadata", "expand"]

async function createPaymentMethod(work: Work): Promise<Answer> {
  const { fields } = work.call
  const refusal = unsupported(fields, createParams)
  if (refusal !== undefined) return refusal
  if (textOf(fields, "type") === undefined) return missing("type")
  if (work.call.keyKind === "secret" && textOf(groupOf(fields, "card"), "number") !== undefined) {
    return invalid(
      "Sending credit card numbers directly to the API is generally unsafe. Pay with a token such as pm_card_visa, or let the card form send the number.",
      "card[number]",
    )
  }
  const made = await createMethod(work, fields)
  return "refusal" in made ? made.refusal : found(made.method.body)
}

async function retrievePaymentMethod({ tx }: Work, id: string): Promise<Answer> {
  const method = await findMethod(tx, id)
  return method === undefined ? unknownObject("payment_method", id) : found(method.body)
}

export const paymentMethodRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/payment_methods", isOpenToBrowsers: true, run: createPaymentMethod },
  { method: "GET", path: "/v1/payment_methods/:id", run: retrievePaymentMethod },
]
