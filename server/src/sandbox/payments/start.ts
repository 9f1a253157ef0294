import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { type ClientRequest, get, type IncomingMessage } from "node:http"
import { firstWord } from "#sandbox/first-word.ts"
import { identityOf } from "./admin.ts"
import type { SandboxKeys, SandboxOptions } from "./call.ts"
import { openDatabase } from "./database.ts"
import { keepKeys } from "./keys.ts"
import { sandboxVersion } from "./version.ts"

/** How to start the payment sandbox. What is left out has a default. */
export type StartOptions = {
  /** 0 takes any free port; a fixed one can be found again by a restarted server. */
  readonly port: number
  /** A Postgres server whose role may create databases; the sandbox makes its own there, named after this one unless told otherwise. */
  readonly databaseUrl: string
  /** Where webhooks go, as a full address. */
  readonly webhookUrl: string
  readonly databaseName?: string
  readonly webhookSecret?: string
  readonly secretKey?: string
  readonly publishableKey?: string
  /** The origin under which browsers reach the sandbox. */
  readonly publicOrigin?: string
  readonly host?: string
  /** Must be set to listen on an address other than loopback. */
  readonly allowsPublic?: boolean
  readonly processingMs?: number
  readonly webhookRetryMs?: number
  /** True ends the sandbox when this process dies; otherwise it lives on and is found again. */
  readonly endsWithParent?: boolean
}

/** A running payment sandbox. Disposing ends it, unless another process started it and is still there. */
export type PaymentSandbox = SandboxKeys & {
  readonly port: number
  /** What a browser loads before Stripe.js would be loaded. */
  readonly scriptUrl: string
  readonly isReused: boolean
} & AsyncDisposable

type Health = { readonly version: number; readonly identity: string }

/**
 * Starts the stand-in for the payment provider in a process of its own, or takes over the one that already listens there.
 * Refuses an address that is not loopback without `allowsPublic`, and a port where something else listens.
 */
export async function startPaymentSandbox(start: StartOptions): Promise<PaymentSandbox> {
  const host = start.host ?? "127.0.0.1"
  if (!isLoopback(host) && start.allowsPublic !== true) {
    throw new Error(`the payment sandbox does not listen on ${host}: it would give tickets away`)
  }
  const options = await completeOptions(start, host)
  const present = start.port === 0 ? undefined : await healthOf(start.port)
  if (present !== undefined) return reuse(options, present)
  const child = await forkSandbox(options, start.endsWithParent === true)
  return {
    ...handleOf(options, child.port),
    isReused: false,
    [Symbol.asyncDispose]: () => endChild(child.process),
  }
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host)
}

async function completeOptions(start: StartOptions, host: string): Promise<SandboxOptions> {
  const databaseName = start.databaseName ?? nameBeside(start.databaseUrl)
  const keys = await keysOf(start, databaseName)
  return {
    port: start.port,
    host,
    databaseUrl: start.databaseUrl,
    databaseName,
    webhookUrl: start.webhookUrl,
    publicOrigin: start.publicOrigin ?? (start.port === 0 ? "" : `http://localhost:${start.port}`),
    processingMs: start.processingMs ?? 5000,
    webhookRetryMs: start.webhookRetryMs ?? 250,
    keys,
  }
}

/** Named after the server's own database: two servers on one PostgreSQL do not deliver each other's webhooks. */
function nameBeside(databaseUrl: string): string {
  const main = decodeURIComponent(new URL(databaseUrl).pathname.slice(1)) || "foyer"
  return `${main.toLowerCase().replace(/[^a-z0-9_]|^(?=\d)/g, "_")}_sandbox`
}

async function keysOf(start: StartOptions, databaseName: string): Promise<SandboxKeys> {
  const pool = await openDatabase(start.databaseUrl, databaseName)
  try {
    return await keepKeys(pool, {
      ...(start.secretKey !== undefined && { secretKey: start.secretKey }),
      ...(start.publishableKey !== undefined && { publishableKey: start.publishableKey }),
      ...(start.webhookSecret !== undefined && { webhookSecret: start.webhookSecret }),
    })
  } finally {
    await pool.end()
  }
}

async function healthOf(port: number): Promise<Health | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/sandbox/health`, {
      signal: AbortSignal.timeout(3000),
    })
    return (await response.json()) as Health
  } catch {
    return undefined
  }
}

async function reuse(options: SandboxOptions, present: Health): Promise<PaymentSandbox> {
  if (present.version !== sandboxVersion || present.identity !== identityOf(options)) {
    throw new Error(`port ${options.port} is taken by something that is not this payment sandbox`)
  }
  const hold = await holdSandbox(options.port)
  return {
    ...handleOf(options, options.port),
    isReused: true,
    [Symbol.asyncDispose]: async () => {
      await stopUnlessNeeded(options)
      hold.destroy()
    },
  }
}

/** An open connection tells the sandbox that this process needs it, for as long as this process lives. */
async function holdSandbox(port: number): Promise<ClientRequest> {
  const hold = get({ host: "127.0.0.1", port, path: "/sandbox/hold", agent: false })
  const [response] = (await once(hold, "response")) as [IncomingMessage]
  response.on("error", () => {})
  hold.on("error", () => {})
  response.resume()
  hold.socket?.unref()
  return hold
}

function handleOf(options: SandboxOptions, port: number) {
  const origin = options.publicOrigin === "" ? `http://localhost:${port}` : options.publicOrigin
  return { ...options.keys, port, scriptUrl: `${origin}/sandbox/stripe.js` }
}

async function forkSandbox(options: SandboxOptions, endsWithParent: boolean) {
  const child = fork(new URL("./main.ts", import.meta.url), {
    // In a process group of its own, so that Ctrl-C reaches the server first and the server ends it in order.
    detached: true,
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  })
  child.send({ options, endsWithParent })
  const message = await firstWord(child)
  const port = portIn(message)
  if (port === undefined) throw new Error(`the payment sandbox did not start: ${wordsOf(message)}`)
  child.unref()
  child.channel?.unref()
  return { process: child, port }
}

function portIn(message: unknown): number | undefined {
  if (typeof message !== "object" || message === null || !("port" in message)) return undefined
  return typeof message.port === "number" ? message.port : undefined
}

function wordsOf(message: unknown): string {
  const isReport = typeof message === "object" && message !== null && "error" in message
  return isReport ? String(message.error) : `it ended with ${String(message)}`
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, "exit")
  child.ref()
  child.kill("SIGTERM")
  await gone
}

/** Ends a sandbox that nobody else needs: its own parent is gone, and no other process holds it. */
async function stopUnlessNeeded(options: SandboxOptions): Promise<void> {
  // When it does stop it does not answer: the connection breaks once nothing listens any more.
  await fetch(`http://127.0.0.1:${options.port}/sandbox/stop`, {
    method: "POST",
    headers: { authorization: `Bearer ${options.keys.secretKey}` },
  }).catch(() => {})
}
