import { createGroup, groups, makeMethod } from "./elements.js"
import { callApi, integrationError } from "./errors.js"
import { askInPage } from "./modal.js"

/**
 * @typedef {import("./errors.js").Failure} Failure
 * @typedef {import("./errors.js").Intent} Intent
 * @typedef {import("./elements.js").GroupOptions} GroupOptions
 */

/**
 * @typedef {{ elements?: object, clientSecret?: string, confirmParams?: { return_url?: string,
 *   payment_method?: string, receipt_email?: string,
 *   payment_method_data?: { billing_details?: import("./elements.js").Billing } }, redirect?: "always" | "if_required" }} ConfirmOptions
 * @typedef {{ paymentIntent: Intent, error?: undefined } | { error: Failure, paymentIntent?: undefined }} Result
 */

/** The release that `@stripe/stripe-js` expects to find. */
const releaseTrain = "endive"

/**
 * The counterpart of the provider's constructor.
 * @param {string} publishableKey
 * @param {{ locale?: string }} [options]
 */
function SandboxStripe(publishableKey, options = {}) {
  if (typeof publishableKey !== "string" || publishableKey === "") {
    throw integrationError(
      "Please call Stripe() with your publishable key. You used an empty string.",
    )
  }
  if (publishableKey.startsWith("sk_")) {
    throw integrationError(
      "You should not use your secret key with Stripe.js. Please pass a publishable key instead.",
    )
  }
  /** @param {string} clientSecret */
  const retrieve = async (clientSecret) => {
    const path = `/v1/payment_intents/${idIn(clientSecret)}`
    return callApi("GET", path, { client_secret: clientSecret, key: publishableKey })
  }
  return {
    /** @param {GroupOptions} [group] */
    elements: (group = {}) => createGroup(publishableKey, { ...options, ...group }),
    /** @param {ConfirmOptions} given */
    confirmPayment: (given) => confirmPayment(publishableKey, retrieve, given),
    /** @param {{ clientSecret: string }} given */
    handleNextAction: async ({ clientSecret }) => {
      const found = await retrieve(clientSecret)
      return "error" in found ? found : followIntent(found.intent, retrieve)
    },
    /** @param {string} clientSecret @returns {Promise<Result>} */
    retrievePaymentIntent: async (clientSecret) => {
      const found = await retrieve(clientSecret)
      return "error" in found ? found : { paymentIntent: found.intent }
    },
    registerAppInfo: () => {},
    _registerWrapper: () => {},
  }
}
SandboxStripe.version = releaseTrain

/** @param {string} clientSecret */
function idIn(clientSecret) {
  const match = /^(pi_[A-Za-z0-9]+)_secret_[A-Za-z0-9]+$/.exec(clientSecret)
  if (match?.[1] === undefined) {
    throw integrationError(
      "Invalid value for stripe.confirmPayment(): clientSecret should be a client secret of the form ${id}_secret_${secret}.",
    )
  }
  return match[1]
}

/**
 * @param {string} publishableKey
 * @param {(clientSecret: string) => ReturnType<typeof callApi>} retrieve
 * @param {ConfirmOptions} given
 * @returns {Promise<Result>}
 */
async function confirmPayment(publishableKey, retrieve, given) {
  const { elements, confirmParams = {}, redirect = "always" } = given
  const group = elements && groups.get(elements)
  const clientSecret = given.clientSecret ?? group?.options.clientSecret
  if (clientSecret === undefined) {
    throw integrationError(
      "Missing value for stripe.confirmPayment(): clientSecret should be provided.",
    )
  }
  const id = idIn(clientSecret)
  if (redirect === "always" && confirmParams.return_url === undefined) {
    throw integrationError("Missing required param: confirmParams.return_url.")
  }
  if (group !== undefined && group.options.clientSecret === undefined && !group.isSubmitted) {
    throw integrationError("elements.submit() must be called before stripe.confirmPayment().")
  }
  const mismatch = group && (await mismatchWith(group.options, clientSecret, retrieve))
  if (mismatch !== undefined) return { error: mismatch }
  const method = confirmParams.payment_method
    ? { id: confirmParams.payment_method }
    : group && (await makeMethod(group, confirmParams.payment_method_data?.billing_details ?? {}))
  if (method !== undefined && "error" in method) return { error: method.error }
  const confirmed = await callApi("POST", `/v1/payment_intents/${id}/confirm`, {
    key: publishableKey,
    client_secret: clientSecret,
    use_stripe_sdk: "true",
    ...(method !== undefined && { payment_method: method.id }),
    ...(confirmParams.return_url !== undefined && { return_url: confirmParams.return_url }),
    ...(confirmParams.receipt_email !== undefined && {
      receipt_email: confirmParams.receipt_email,
    }),
  })
  if ("error" in confirmed) return { error: confirmed.error }
  const result = await followIntent(confirmed.intent, retrieve)
  if (redirect === "if_required" || result.error !== undefined) return result
  return leave(returnAddress(confirmParams.return_url ?? location.href, result.paymentIntent))
}

/**
 * What the shopper saw must be what is charged.
 * @param {GroupOptions} options
 * @param {string} clientSecret
 * @param {(clientSecret: string) => ReturnType<typeof callApi>} retrieve
 * @returns {Promise<Failure | undefined>}
 */
async function mismatchWith(options, clientSecret, retrieve) {
  if (options.clientSecret !== undefined) return undefined
  const found = await retrieve(clientSecret)
  if ("error" in found) return found.error
  const { amount, currency } = found.intent
  if (amount === options.amount && currency === options.currency) return undefined
  return {
    type: "invalid_request_error",
    message: `The amount and currency of the PaymentIntent (${amount} ${currency}) do not match those of elements() (${options.amount} ${options.currency}).`,
    payment_intent: found.intent,
  }
}

/**
 * Asks the shopper whatever the intent still needs.
 * @param {Intent} intent
 * @param {(clientSecret: string) => ReturnType<typeof callApi>} retrieve
 * @returns {Promise<Result>}
 */
async function followIntent(intent, retrieve) {
  const action = intent.next_action
  if (action?.redirect_to_url !== undefined) return leave(action.redirect_to_url.url)
  if (action?.use_stripe_sdk === undefined) return { paymentIntent: intent }
  await askInPage(action.use_stripe_sdk.stripe_js)
  const after = await retrieve(intent.client_secret)
  if ("error" in after) return { error: after.error }
  if (after.intent.status !== "requires_payment_method") return { paymentIntent: after.intent }
  const failure = after.intent.last_payment_error ?? { type: "api_error" }
  return { error: { ...failure, payment_intent: after.intent } }
}

/** Leaves the page; what waits for the answer waits for ever, as with the provider. @param {string} url @returns {Promise<never>} */
function leave(url) {
  location.assign(url)
  return new Promise(() => {})
}

/** @param {string} returnUrl @param {Intent} intent */
function returnAddress(returnUrl, intent) {
  const url = new URL(returnUrl, location.href)
  url.searchParams.set("payment_intent", intent.id)
  url.searchParams.set("payment_intent_client_secret", intent.client_secret)
  url.searchParams.set("redirect_status", intent.status === "processing" ? "pending" : "succeeded")
  return url.href
}

const present = Reflect.get(window, "Stripe")
if (present === undefined || present.isPaymentSandbox !== true) {
  if (present !== undefined) {
    console.warn("The payment sandbox replaces the Stripe.js of this page. No real money moves.")
  }
  SandboxStripe.isPaymentSandbox = true
  Reflect.set(window, "Stripe", SandboxStripe)
}
