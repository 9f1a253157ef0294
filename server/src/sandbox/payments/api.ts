import type { IncomingMessage, ServerResponse } from "node:http"
import { setTimeout as pause } from "node:timers/promises"
import Stripe from "stripe"
import { type Answer, invalid, refused } from "./answer.ts"
import { type Call, type Route, type Sandbox, secondsNow } from "./call.ts"
import { logCall } from "./call-log.ts"
import { inTransaction, type Tx } from "./database.ts"
import { expand } from "./expand.ts"
import { type RequestFault, takeRequestFault } from "./faults.ts"
import { decodeForm, type Fields, listOf, textOf } from "./form.ts"
import { newObjectId } from "./identifiers.ts"
import { claimKey, freeKey, keepAnswer, keyInUse } from "./idempotency.ts"
import { findRoute } from "./routes.ts"

/** An answer ready to be sent, or the wish that the connection just breaks. */
type Reply =
  | {
      readonly kind: "sent"
      readonly answer: Answer
      readonly text: string
      readonly firstId?: string
    }
  | { readonly kind: "dropped" }

type Outcome = { readonly reply: Reply; readonly fault?: RequestFault["action"] }

const internalError: Answer = {
  status: 500,
  body: {
    error: { type: "api_error", message: "An unknown error occurred in the payment sandbox." },
  },
  isKept: true,
  headers: { "Stripe-Should-Retry": "false" },
}

/** Answers one request to `/v1`: key, fault plan, idempotency, handler, in the order in which the provider has them. */
export async function handleApi(
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  body: string,
): Promise<void> {
  const fields = decodeForm(request.method === "POST" ? body : url.search.slice(1))
  const key = keyOf(request, fields)
  const call: Call = {
    id: newObjectId("req"),
    method: request.method ?? "GET",
    path: url.pathname,
    fields: withoutOverhead(fields),
    keyKind: key === sandbox.options.keys.secretKey ? "secret" : "publishable",
    idempotencyKey: request.method === "POST" ? headerOf(request, "idempotency-key") : null,
  }
  const { reply, fault } = await answer(sandbox, call, key)
  await logCall(sandbox.pool, call, {
    status: reply.kind === "sent" ? reply.answer.status : null,
    isReplayed: reply.kind === "sent" && reply.firstId !== undefined,
    fault: fault ?? null,
    error:
      reply.kind === "sent" && "error" in reply.answer.body ? reply.answer.body.error : undefined,
  })
  sandbox.wake()
  if (reply.kind === "dropped") request.socket.destroy()
  else send(response, call, reply)
}

function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name]
  return typeof value === "string" && value !== "" ? value : null
}

function keyOf(request: IncomingMessage, fields: Fields): string {
  const [scheme = "", credentials = ""] = (request.headers.authorization ?? "").split(" ")
  if (scheme.toLowerCase() === "bearer") return credentials
  if (scheme.toLowerCase() === "basic") {
    return Buffer.from(credentials, "base64").toString().split(":")[0] ?? ""
  }
  return textOf(fields, "key") ?? ""
}

function withoutOverhead(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== "key"))
}

async function answer(sandbox: Sandbox, call: Call, key: string): Promise<Outcome> {
  try {
    const fault = await inTransaction(sandbox.pool, (tx) =>
      takeRequestFault(tx, call.method, call.path),
    )
    if (fault === undefined) return { reply: await authenticate(sandbox, call, key) }
    return { reply: await answerWithFault(sandbox, call, key, fault), fault: fault.action }
  } catch (cause) {
    process.stderr.write(`payment sandbox: ${call.method} ${call.path}: ${String(cause)}\n`)
    await inTransaction(sandbox.pool, (tx) => freeKey(tx, call)).catch(() => {})
    return { reply: ready(internalError) }
  }
}

async function answerWithFault(
  sandbox: Sandbox,
  call: Call,
  key: string,
  fault: RequestFault,
): Promise<Reply> {
  switch (fault.action) {
    case "drop-request":
      return { kind: "dropped" }
    case "drop-response":
      await authenticate(sandbox, call, key)
      return { kind: "dropped" }
    case "delay":
      return authenticate(sandbox, call, key, { effect: "late", delayMs: fault.delayMs })
    case "401":
      return ready(invalidKey(key))
    case "409":
      return ready(keyInUse(call.idempotencyKey ?? ""))
    case "429":
      return ready(rateLimited(fault.delayMs))
    case "500":
      return authenticate(sandbox, call, key, { effect: "none" })
    case "500-after-effect":
      return authenticate(sandbox, call, key, { effect: "hidden" })
  }
}

function rateLimited(delayMs: number): Answer {
  const body = {
    error: {
      type: "invalid_request_error",
      code: "rate_limit",
      message:
        "Request rate limit exceeded. Learn more about rate limits at https://docs.stripe.com/rate-limits.",
    },
  }
  const seconds = Math.max(1, Math.ceil(delayMs / 1000))
  return { status: 429, body, isKept: false, headers: { "Retry-After": String(seconds) } }
}

function invalidKey(key: string): Answer {
  const message =
    key === ""
      ? "You did not provide an API key. Provide it in the Authorization header, using Bearer auth."
      : `Invalid API Key provided: ${key.slice(0, 8)}****${key.slice(-4)}`
  return { ...refused(401, { type: "invalid_request_error", message }), isKept: false }
}

/** Trouble inside the provider: the effect does not happen, the answer hides it, or it comes late while the key is in use. */
type Breakdown =
  | { readonly effect: "none" | "hidden" }
  | { readonly effect: "late"; readonly delayMs: number }

async function authenticate(
  sandbox: Sandbox,
  call: Call,
  key: string,
  breakdown?: Breakdown,
): Promise<Reply> {
  const { secretKey, publishableKey } = sandbox.options.keys
  if (key !== secretKey && key !== publishableKey) return ready(invalidKey(key))
  const match = findRoute(call.method, call.path)
  if (match === undefined) {
    const message = `Unrecognized request URL (${call.method}: ${call.path}). The payment sandbox does not have it.`
    return ready({ ...invalid(message), status: 404 })
  }
  if (call.keyKind === "publishable" && match.route.isOpenToBrowsers !== true) {
    const message =
      "This API call cannot be made with a publishable API key. Please use a secret API key."
    return ready({ ...invalid(message, undefined, "secret_key_required"), status: 401 })
  }
  return once(sandbox, call, match.route, match.id, breakdown)
}

/** Runs the handler once per idempotency key; later requests with the key get the first answer. */
async function once(
  sandbox: Sandbox,
  call: Call,
  route: Route,
  id: string,
  breakdown?: Breakdown,
): Promise<Reply> {
  const key = await inTransaction(sandbox.pool, (tx) => claimKey(tx, call))
  if (key.state === "refused") return ready(key.answer)
  if (key.state === "answered") {
    const replayed = { status: key.status, body: JSON.parse(key.body), isKept: true }
    return { kind: "sent", answer: replayed, text: key.body, firstId: key.firstId }
  }
  if (breakdown?.effect === "late") await pause(breakdown.delayMs)
  return inTransaction(sandbox.pool, async (tx) => {
    const real =
      breakdown?.effect === "none" ? internalError : await run(sandbox, tx, call, route, id)
    const shown = breakdown?.effect === "hidden" ? internalError : real
    await keepAnswer(tx, call, shown)
    return ready(shown)
  })
}

async function run(
  sandbox: Sandbox,
  tx: Tx,
  call: Call,
  route: Route,
  id: string,
): Promise<Answer> {
  const work = { tx, call, createdAt: secondsNow(), options: sandbox.options }
  const real = await route.run(work, id)
  const paths =
    call.keyKind === "secret" && real.status === 200 ? listOf(call.fields, "expand") : []
  return { ...real, body: await expand(tx, real.body, paths) }
}

function ready(result: Answer): Reply {
  return { kind: "sent", answer: result, text: JSON.stringify(result.body) }
}

function send(response: ServerResponse, call: Call, reply: Extract<Reply, { kind: "sent" }>): void {
  const isBreakdown = reply.answer.status >= 500
  response.writeHead(reply.answer.status, {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "Request-Id": call.id,
    "Stripe-Version": Stripe.API_VERSION,
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Request-Id, Stripe-Should-Retry",
    ...(call.idempotencyKey !== null && { "Idempotency-Key": call.idempotencyKey }),
    ...(reply.firstId !== undefined && {
      "Idempotent-Replayed": "true",
      "Original-Request": reply.firstId,
    }),
    ...(isBreakdown && { "Stripe-Should-Retry": "false" }),
    ...reply.answer.headers,
  })
  response.end(reply.text)
}
