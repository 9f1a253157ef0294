/**
 * @typedef {{ type: string, code?: string, decline_code?: string, message?: string, param?: string,
 *   payment_intent?: Intent, payment_method?: object }} Failure
 * @typedef {{ type: string, redirect_to_url?: { url: string }, use_stripe_sdk?: { stripe_js: string } }} NextAction
 * @typedef {{ id: string, status: string, amount: number, currency: string, client_secret: string,
 *   next_action: NextAction | null, last_payment_error: Failure | null }} Intent
 */

/** A mistake of the page that uses the library, named as the provider names it. @param {string} message */
export function integrationError(message) {
  const error = new Error(message)
  error.name = "IntegrationError"
  return error
}

/** Where this script came from: the sandbox. */
export const sandboxOrigin = new URL(
  document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href,
).origin

/**
 * Calls the sandbox's API as a browser may.
 * @param {"GET" | "POST"} method
 * @param {string} path
 * @param {Record<string, string>} fields
 * @returns {Promise<{ error: Failure } | { intent: Intent }>}
 */
export async function callApi(method, path, fields) {
  const form = new URLSearchParams(fields)
  try {
    const response = await (method === "GET"
      ? fetch(`${sandboxOrigin}${path}?${form}`)
      : fetch(`${sandboxOrigin}${path}`, { method: "POST", body: form }))
    const body = await response.json()
    return "error" in body ? { error: body.error } : { intent: body }
  } catch {
    return {
      error: {
        type: "api_connection_error",
        message:
          "We could not reach the payment provider. Please check your connection and try again.",
      },
    }
  }
}
