import Stripe from "stripe"
import type {
  IntentWish,
  PaymentProvider,
  ProviderAnswer,
  ProviderDomain,
  ProviderEvent,
  ProviderIntent,
  ProviderRefund,
  ProviderTrouble,
  RefundWish,
} from "./payment-provider.ts"

export type StripeOptions = {
  readonly secretKey: string
  readonly webhookSecret: string
  /** Where the API is, when it is not Stripe's own. */
  readonly api?: {
    readonly host: string
    readonly port: number
    readonly protocol: "http" | "https"
  }
  /** How long an answer is waited for. */
  readonly timeoutMs?: number
}

/** Stripe's clock and ours may differ this much when we look for what we made. */
const clockSkewSeconds = 300

/** A request arrives soon after it was sent, or never: older intents are not looked through for a newer one. */
const searchedSeconds = 86_400

/**
 * Stripe, through its own SDK. The SDK's retries are off: after an unclear answer our protocol looks before it sends again, and
 * every attempt has its line in our log. (The SDK still repeats once, under the same key, when the connection was closed.)
 */
export function openPaymentProvider(options: StripeOptions): PaymentProvider {
  const stripe = new Stripe(options.secretKey, {
    apiVersion: "2026-10-28.endive",
    timeout: options.timeoutMs ?? 15_000,
    maxNetworkRetries: 0,
    telemetry: false,
    ...options.api,
  })
  return {
    name: "stripe",
    ...intents(stripe),
    ...refunds(stripe),
    registerDomain: (domain) => registerDomain(stripe, domain),
    verifyWebhook: (body, signature) => verify(stripe, body, signature, options.webhookSecret),
  }
}

type Intents = Pick<
  PaymentProvider,
  "createIntent" | "retrieveIntent" | "cancelIntent" | "findIntent"
>

function intents(stripe: Stripe): Intents {
  return {
    createIntent: (wish, idempotencyKey) =>
      answer(stripe.paymentIntents.create(intentParams(wish), { idempotencyKey }), readIntent),
    retrieveIntent: (id) => answer(stripe.paymentIntents.retrieve(id), readIntent),
    cancelIntent: (id, idempotencyKey) =>
      answer(stripe.paymentIntents.cancel(id, {}, { idempotencyKey }), readIntent),
    findIntent: (paymentId, since) => search(findIntent(stripe, paymentId, since)),
  }
}

function intentParams(wish: IntentWish): Stripe.PaymentIntentCreateParams {
  return {
    amount: wish.amountMinor,
    currency: wish.currency,
    automatic_payment_methods: { enabled: true },
    description: wish.orderNumber,
    metadata: {
      payment_id: wish.paymentId,
      order_id: wish.orderId,
      order_number: wish.orderNumber,
    },
  }
}

/** Lists, because Stripe's search lags behind by up to a minute and a list does not. */
async function findIntent(stripe: Stripe, paymentId: string, since: string) {
  const begun = Math.floor(Date.parse(since) / 1000)
  const created = { gte: begun - clockSkewSeconds, lte: begun + searchedSeconds }
  for await (const intent of stripe.paymentIntents.list({ created, limit: 100 }))
    if (intent.metadata["payment_id"] === paymentId) return readIntent(intent)
  return undefined
}

function readIntent(intent: Stripe.PaymentIntent): ProviderIntent {
  const failure = readFailure(intent)
  const paymentId = intent.metadata["payment_id"]
  return {
    id: intent.id,
    state: stateOf(intent),
    amountMinor: intent.amount,
    receivedMinor: intent.amount_received,
    currency: intent.currency,
    clientSecret: intent.client_secret ?? "",
    ...(failure && { failure }),
    ...(paymentId && { paymentId }),
  }
}

function stateOf(intent: Stripe.PaymentIntent): ProviderIntent["state"] {
  const { status } = intent
  if (status === "requires_payment_method")
    return intent.last_payment_error ? "failed" : "requires_action"
  return intentStates.get(status) ?? "requires_action"
}

const intentStates: ReadonlyMap<string, ProviderIntent["state"]> = new Map([
  ["succeeded", "succeeded"],
  ["processing", "processing"],
  ["requires_capture", "processing"],
  ["canceled", "canceled"],
])

function readFailure(intent: Stripe.PaymentIntent): ProviderIntent["failure"] {
  const error = intent.last_payment_error
  if (!error) return undefined
  return {
    code: error.decline_code ?? error.code ?? "card_declined",
    attempt: error.charge ?? error.payment_method?.id ?? intent.id,
  }
}

function refunds(stripe: Stripe): Pick<PaymentProvider, "createRefund" | "findRefund"> {
  return {
    createRefund: (wish, idempotencyKey) =>
      answer(stripe.refunds.create(refundParams(wish), { idempotencyKey }), readRefund),
    findRefund: (wish) => search(findRefund(stripe, wish)),
  }
}

function refundParams(wish: RefundWish): Stripe.RefundCreateParams {
  return {
    payment_intent: wish.intentId,
    amount: wish.amountMinor,
    metadata: { refund_id: wish.refundId },
  }
}

async function findRefund(stripe: Stripe, wish: Pick<RefundWish, "intentId" | "refundId">) {
  for await (const refund of stripe.refunds.list({ payment_intent: wish.intentId, limit: 100 }))
    if (refund.metadata?.["refund_id"] === wish.refundId) return readRefund(refund)
  return undefined
}

function readRefund(refund: Stripe.Refund): ProviderRefund {
  return { id: refund.id, state: refundStateOf(refund.status), amountMinor: refund.amount }
}

function refundStateOf(status: string | null): ProviderRefund["state"] {
  if (status === "succeeded") return "succeeded"
  return status === "failed" || status === "canceled" ? "failed" : "pending"
}

async function registerDomain(
  stripe: Stripe,
  domain: string,
): Promise<ProviderAnswer<ProviderDomain>> {
  const read = ({ id, enabled }: Stripe.PaymentMethodDomain) => ({ id, enabled })
  const known = await search(
    stripe.paymentMethodDomains
      .list({ domain_name: domain, limit: 1 })
      .then(({ data: [first] }) => first && read(first)),
  )
  if (known.result !== "ok") return known
  if (known.value) return { ...known, value: known.value }
  return answer(stripe.paymentMethodDomains.create({ domain_name: domain }), read)
}

function verify(
  stripe: Stripe,
  body: string,
  signature: string,
  secret: string,
): ProviderEvent | undefined {
  try {
    const event = stripe.webhooks.constructEvent(body, signature, secret)
    const objectId = (event.data.object as { readonly id?: string }).id
    return {
      id: event.id,
      type: event.type,
      ...(objectId && { objectId }),
      livemode: event.livemode,
      createdAt: new Date(event.created * 1000).toISOString(),
    }
  } catch {
    return undefined
  }
}

async function answer<A, B>(
  request: Promise<Stripe.Response<A>>,
  read: (object: A) => B,
): Promise<ProviderAnswer<B>> {
  try {
    const response = await request
    const { statusCode: status, requestId } = response.lastResponse
    return { result: "ok", value: read(response), status, requestId }
  } catch (error) {
    return troubleOf(error)
  }
}

async function search<T>(request: Promise<T>): Promise<ProviderAnswer<T>> {
  try {
    return { result: "ok", value: await request }
  } catch (error) {
    return troubleOf(error)
  }
}

/** Sorts what the SDK throws. What is not Stripe's is a bug of ours and thrown on. */
function troubleOf(error: unknown): ProviderTrouble {
  if (!(error instanceof Stripe.errors.StripeError)) throw error
  const code = error.decline_code ?? error.code ?? error.type
  const status = error.statusCode
  const traced = {
    code,
    ...(status !== undefined && { status }),
    ...(error.requestId && { requestId: error.requestId }),
  }
  if (error instanceof Stripe.errors.StripeIdempotencyError)
    return { ...traced, result: "idempotency-mismatch" }
  if (status === undefined) return { ...traced, result: "unknown", isReplayed: false }
  if (status === 401 || status === 403) return { ...traced, result: "unauthorised" }
  if (status === 402) return { ...traced, result: "declined" }
  if (status === 409 || status === 429)
    return { ...traced, result: "retry", retryAfterMs: retryAfterOf(error) }
  if (status >= 400 && status < 500) return { ...traced, result: "rejected" }
  return {
    ...traced,
    result: "unknown",
    isReplayed: error.headers?.["idempotent-replayed"] === "true",
  }
}

function retryAfterOf(error: Stripe.errors.StripeError): number {
  const seconds = Number(error.headers?.["retry-after"])
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) * 1000 : 500
}
