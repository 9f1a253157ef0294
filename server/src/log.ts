import { type Logger, pino } from "pino"
import type { LogLevel } from "#config.ts"

/** What is written of an error: enough to find it, nothing of the people it happened to. */
export type WrittenError = {
  readonly name: string
  readonly message: string
  readonly stack?: string
  /** Of Node or PostgreSQL. */
  readonly code?: string
  readonly cause?: WrittenError
}

export function openLog(level: LogLevel): Logger {
  return pino({ level, serializers: { error: writtenError } })
}

/** A failed query carries its parameters, and PostgreSQL's detail the row: both may be a shopper's, so neither is written. */
export function writtenError(error: unknown): WrittenError {
  if (!(error instanceof Error)) return { name: typeof error, message: String(error) }
  const { name, cause, code } = error as Error & { readonly code?: unknown }
  const message = withoutParameters(error.message)
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? []
  return {
    name,
    message,
    stack: frames.join("\n"),
    ...(typeof code === "string" && { code }),
    ...(cause instanceof Error && { cause: writtenError(cause) }),
  }
}

/** drizzle's: the statement, then a line that begins so. */
function withoutParameters(message: string): string {
  const [statement = ""] = message.split("\nparams:")
  return statement
}
