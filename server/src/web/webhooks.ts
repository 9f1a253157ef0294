import { Hono } from "hono"
import { bodyLimit } from "hono/body-limit"
import { receiveWebhook } from "#flows/apply-webhook.ts"
import type { PaymentDeps } from "#flows/payment-deps.ts"

/** Far more than any event has. */
const largestBytes = 512 * 1024

/**
 * `POST /webhooks/stripe`: checks the signature over the body as it came, keeps the event, answers at once; a job applies it. 400 for anything
 * that the provider did not sign.
 */
export function webhookRoutes(deps: PaymentDeps): Hono {
  const limit = bodyLimit({
    maxSize: largestBytes,
    onError: (c) => c.json({ error: "no event is that large" }, 413),
  })
  return new Hono().post("/webhooks/stripe", limit, async (c) => {
    const body = await c.req.text()
    const event = deps.payments.verifyWebhook(body, c.req.header("stripe-signature") ?? "")
    if (!event) return c.json({ error: "the signature is not the provider's" }, 400)
    await receiveWebhook(deps, event)
    return c.json({ received: true })
  })
}
