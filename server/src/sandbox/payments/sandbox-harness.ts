import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import pg from "pg"
import Stripe from "stripe"
import { type PaymentSandbox, startPaymentSandbox, type StartOptions } from "./start.ts"

/** A webhook as it arrived: the parsed event, and what is needed to check its signature. */
export type Arrival = {
  readonly event: Stripe.Event
  readonly payload: string
  readonly signature: string
}

/** A receiver of webhooks that can be told to refuse them, and can be waited on. */
export type WebhookReceiver = AsyncDisposable & {
  readonly url: string
  readonly arrivals: readonly Arrival[]
  /** Answers the next this many webhooks with 500. */
  readonly refuseNext: (count: number) => void
  /** Resolves once an arrival satisfies the condition, those before included. */
  readonly until: (
    isEnough: (arrivals: readonly Arrival[]) => boolean,
  ) => Promise<readonly Arrival[]>
}

export async function receiveWebhooks(): Promise<WebhookReceiver> {
  const arrivals: Arrival[] = []
  const waiting = new Set<() => void>()
  let refusals = 0
  const server = createServer((request, response) => {
    void text(request).then((payload) => take(request, response, payload))
  })
  const take = (request: IncomingMessage, response: ServerResponse, payload: string) => {
    const isRefused = refusals > 0
    if (isRefused) refusals -= 1
    else
      arrivals.push({
        event: JSON.parse(payload),
        payload,
        signature: String(request.headers["stripe-signature"]),
      })
    response.writeHead(isRefused ? 500 : 200).end()
    for (const check of waiting) check()
  }
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/stripe`,
    arrivals,
    refuseNext: (count) => {
      refusals = count
    },
    until: (isEnough) =>
      new Promise((resolve) => {
        const check = () => {
          if (!isEnough(arrivals)) return
          waiting.delete(check)
          resolve([...arrivals])
        }
        waiting.add(check)
        check()
      }),
    [Symbol.asyncDispose]: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

export type Bench = AsyncDisposable & {
  readonly sandbox: PaymentSandbox
  readonly webhooks: WebhookReceiver
  /** The official SDK, talking to the sandbox; it does not retry by itself but where it always does. */
  readonly stripe: Stripe
  readonly options: StartOptions
  readonly admin: (
    method: "GET" | "POST" | "DELETE",
    path: string,
    body?: object,
  ) => Promise<AdminAnswer>
}

export type AdminAnswer = {
  readonly status: number
  readonly body: { readonly data?: readonly Row[] } & Row
}
export type Row = { readonly [name: string]: unknown }

/** A sandbox in its own process, on a database of its own, with a receiver for its webhooks. */
export async function openBench(
  databaseUrl = "",
  more: Partial<StartOptions> = {},
): Promise<Bench> {
  const webhooks = await receiveWebhooks()
  const databaseName = `sandbox_${randomBytes(8).toString("hex")}`
  const options: StartOptions = {
    port: 0,
    databaseUrl,
    databaseName,
    webhookUrl: webhooks.url,
    webhookRetryMs: 10,
    processingMs: 3_600_000,
    endsWithParent: true,
    ...more,
  }
  const sandbox = await startPaymentSandbox(options)
  return {
    sandbox,
    webhooks,
    options,
    stripe: sdk(sandbox.port, sandbox.secretKey),
    admin: (method, path, body) => callAdmin(sandbox.port, method, path, body),
    [Symbol.asyncDispose]: async () => {
      await sandbox[Symbol.asyncDispose]()
      await webhooks[Symbol.asyncDispose]()
      await dropDatabase(databaseUrl, databaseName)
    },
  }
}

export function sdk(port: number, secretKey: string): Stripe {
  return new Stripe(secretKey, {
    host: "127.0.0.1",
    port,
    protocol: "http",
    maxNetworkRetries: 0,
    telemetry: false,
  })
}

async function callAdmin(
  port: number,
  method: string,
  path: string,
  body?: object,
): Promise<AdminAnswer> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { "content-type": "application/json", connection: "close" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as AdminAnswer["body"] }
}

async function dropDatabase(databaseUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(`drop database if exists ${name} with (force)`)
  await client.end()
}

/** The error a promise ends with, as the SDK throws it. */
export async function errorOf(promise: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const outcome = await promise.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (outcome instanceof Stripe.errors.StripeError) return outcome
  throw new Error(`expected an error of the SDK, got ${String(outcome)}`)
}
