import type { Pool } from "pg"
import type { Answer } from "./answer.ts"
import type { Tx } from "./database.ts"
import type { Fields } from "./form.ts"

/** How the sandbox was started. Durations are milliseconds. */
export type SandboxOptions = {
  readonly port: number
  readonly host: string
  readonly databaseUrl: string
  readonly databaseName: string
  readonly webhookUrl: string
  readonly publicOrigin: string
  /** How long a payment stays `processing` before it settles. */
  readonly processingMs: number
  /** The first pause before a webhook is sent again; it doubles each time. */
  readonly webhookRetryMs: number
  readonly keys: SandboxKeys
}

export type SandboxKeys = {
  readonly secretKey: string
  readonly publishableKey: string
  readonly webhookSecret: string
}

/** One API request, read and authenticated. */
export type Call = {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly fields: Fields
  readonly keyKind: "secret" | "publishable"
  readonly idempotencyKey: string | null
}

/** What a handler works with: one request inside one transaction. `createdAt` is in seconds. */
export type Work = {
  readonly tx: Tx
  readonly call: Call
  readonly createdAt: number
  readonly options: SandboxOptions
}

/** A handler of one method and path; `:id` stands for one segment. */
export type Route = {
  readonly method: "GET" | "POST"
  readonly path: string
  /** Browsers may call it with the publishable key. */
  readonly isOpenToBrowsers?: boolean
  readonly run: (work: Work, id: string) => Promise<Answer>
}

/** The running sandbox, as its parts see it. */
export type Sandbox = {
  readonly pool: Pool
  readonly options: SandboxOptions
  /** Tells the courier that something may be due. */
  readonly wake: () => void
}

export function secondsNow(): number {
  return Math.floor(Date.now() / 1000)
}
