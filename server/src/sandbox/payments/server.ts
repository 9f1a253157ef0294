import type { IncomingMessage, RequestListener, ServerResponse } from "node:http"
import { handleAdmin } from "./admin.ts"
import { handleApi } from "./api.ts"
import { handleApproval } from "./approval.ts"
import type { Sandbox } from "./call.ts"
import { serveFile } from "./files.ts"
import type { Life } from "./life.ts"

const maximumBodyBytes = 100_000

/** Answers every request: the API, the pages a shopper sees, the script, and the admin routes. */
export function answerWith(sandbox: Sandbox, life: Life): RequestListener {
  return (request, response) => {
    handle(sandbox, life, request, response).catch((cause: unknown) => {
      process.stderr.write(`payment sandbox: ${request.method} ${request.url}: ${String(cause)}\n`)
      if (!response.headersSent) response.writeHead(500, { "Content-Type": "application/json" })
      response.end(
        JSON.stringify({
          error: { type: "api_error", message: "The payment sandbox broke down." },
        }),
      )
    })
  }
}

async function handle(
  sandbox: Sandbox,
  life: Life,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://sandbox")
  if (request.method === "OPTIONS") return allowBrowsers(response)
  const body = await readBody(request)
  if (body === undefined) {
    response.writeHead(413, { "Content-Type": "text/plain" }).end("Too large.")
    return
  }
  if (url.pathname.startsWith("/v1/")) return handleApi(sandbox, request, response, url, body)
  if (url.pathname.startsWith("/sandbox/approve/"))
    return handleApproval(sandbox, request, response, url, body)
  if (request.method === "GET" && (await serveFile(url.pathname, response))) return
  return handleAdmin(sandbox, life, request, response, url, body)
}

function allowBrowsers(response: ServerResponse): void {
  response.writeHead(204, {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, Stripe-Version",
    "Access-Control-Max-Age": "600",
  })
  response.end()
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > maximumBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString("utf8")
}
