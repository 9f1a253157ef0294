import type Stripe from "stripe"
import type { Fields } from "./form.ts"

/** An error as the provider writes it. */
export type ApiError = {
  readonly type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error"
  readonly message: string
  readonly code?: string
  readonly decline_code?: string
  readonly param?: string
  readonly charge?: string
  readonly payment_intent?: Stripe.PaymentIntent
  readonly payment_method?: Stripe.PaymentMethod
  readonly doc_url?: string
}

/** What a request gets. `isKept` says whether the idempotency key remembers it: a request that never began is not remembered. */
export type Answer = {
  readonly status: number
  readonly body: object
  readonly isKept: boolean
  readonly headers?: Readonly<Record<string, string>>
}

export function found(body: object): Answer {
  return { status: 200, body, isKept: true }
}

/** A refusal after the work began: the idempotency key remembers it. */
export function refused(status: number, error: ApiError): Answer {
  return { status, body: { error: withDocumentation(error) }, isKept: true }
}

/** A refusal of the parameters: nothing began, so the key stays free. */
export function invalid(message: string, param?: string, code?: string): Answer {
  const error: ApiError = {
    type: "invalid_request_error",
    message,
    ...(code !== undefined && { code }),
    ...(param !== undefined && { param }),
  }
  return { status: 400, body: { error: withDocumentation(error) }, isKept: false }
}

export function missing(param: string): Answer {
  return invalid(`Missing required param: ${param}.`, param, "parameter_missing")
}

export function unknownObject(kind: string, id: string, status = 404): Answer {
  return refused(status, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${kind}: '${id}'`,
    param: kind === "payment_intent" ? "intent" : "id",
  })
}

/** Names the first parameter that is not in the list; nested ones are allowed with their parent. */
export function unsupported(fields: Fields, names: readonly string[]): Answer | undefined {
  const stranger = Object.keys(fields).find((name) => !names.includes(name))
  if (stranger === undefined) return undefined
  return invalid(
    `Received unknown parameter: ${stranger}. The payment sandbox supports ${names.join(", ")}.`,
    stranger,
    "parameter_unknown",
  )
}

function withDocumentation(error: ApiError): ApiError {
  if (error.code === undefined) return error
  const anchor = error.code.replaceAll("_", "-")
  return { ...error, doc_url: `https://docs.stripe.com/error-codes#${anchor}` }
}
