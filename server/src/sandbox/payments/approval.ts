import type { IncomingMessage, ServerResponse } from "node:http"
import { answerChallenge } from "./attempt.ts"
import { approvalPage, answeredPage, overPage } from "./approval-pages.ts"
import type { Sandbox } from "./call.ts"
import { ownWork } from "./courier.ts"
import { inTransaction, type Tx } from "./database.ts"
import { pagePolicy } from "./files.ts"
import { decodeForm, textOf } from "./form.ts"
import { lockChallenged, type StoredIntent } from "./intents.ts"
import { findMethod } from "./payment-methods.ts"

/** The page of the bank: it asks, takes the answer, and sends the shopper back where the payment began. */
export async function handleApproval(
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  body: string,
): Promise<void> {
  const token = url.pathname.split("/").at(-1) ?? ""
  const isInPage = url.searchParams.has("in_page")
  const fields = decodeForm(body)
  const after = await inTransaction(sandbox.pool, async (tx) => {
    const intent = await lockChallenged(tx, token)
    if (request.method !== "POST" || intent === undefined) return intent
    await takeAnswer(sandbox, tx, intent, textOf(fields, "answer") === "approve")
    return lockChallenged(tx, token)
  })
  sandbox.wake()
  if (after === undefined) return sendPage(response, overPage(), 404)
  const { challenge, answered } = after.inner
  if (challenge !== undefined)
    return sendPage(response, approvalPage(after.body, challenge, isInPage))
  if (isInPage) return sendPage(response, answeredPage())
  const returnUrl = answered?.returnUrl ?? null
  if (returnUrl === null) return sendPage(response, overPage())
  response.writeHead(303, {
    Location: returnAddress(after, returnUrl),
    "Cache-Control": "no-store",
  })
  response.end()
}

async function takeAnswer(sandbox: Sandbox, tx: Tx, intent: StoredIntent, isApproved: boolean) {
  const { challenge } = intent.inner
  const method = challenge && (await findMethod(tx, challenge.methodId))
  if (challenge === undefined || method === undefined) return
  await answerChallenge(
    ownWork(tx, sandbox.options),
    intent.body,
    challenge,
    method.body,
    isApproved,
  )
}

/** The shop's own address with what the provider adds to it. */
function returnAddress({ body }: StoredIntent, returnUrl: string): string {
  const url = new URL(returnUrl)
  const status = { succeeded: "succeeded", processing: "pending" }[String(body.status)] ?? "failed"
  url.searchParams.set("payment_intent", body.id)
  url.searchParams.set("payment_intent_client_secret", body.client_secret ?? "")
  url.searchParams.set("redirect_status", status)
  return url.href
}

function sendPage(response: ServerResponse, html: string, status = 200): void {
  response.writeHead(status, {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": pagePolicy,
    "Referrer-Policy": "no-referrer",
  })
  response.end(html)
}
