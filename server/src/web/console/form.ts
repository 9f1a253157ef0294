import type { Context } from "hono"
import { HTTPException } from "hono/http-exception"
import { tooLarge } from "#web/console/answer.ts"

/** What a form sent: every value of every name, in order. */
export type FormEntries = {
  readonly values: ReadonlyMap<string, readonly string[]>
  /** Chosen files; a field that was left empty has none. */
  readonly files: ReadonlyMap<string, File>
  /** The first value of that name, without the space around it; "" when there is none. */
  one(name: string): string
}

const mostTextBytes = 1_000_000
const mostFileBytes = 10_000_000

/** As large as any request of the console: both limits and the lines between the parts. */
export const mostBodyBytes = mostTextBytes + mostFileBytes + 100_000

/**
 * Reads a form, urlencoded or multipart. Ends the request with 413 beyond 1 MB of text or 10 MB of files; what is no form at all is an
 * empty one. May be called again for the same request.
 */
export async function readForm(c: Context): Promise<FormEntries> {
  const type = c.req.header("content-type") ?? ""
  const isForm = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)
  const data = isForm ? await c.req.formData().catch(emptyWhenBroken) : new FormData()
  const values = new Map<string, string[]>()
  const files = new Map<string, File>()
  let textBytes = 0
  let fileBytes = 0
  for (const [name, value] of data) {
    if (typeof value === "string") {
      textBytes += name.length + Buffer.byteLength(value)
      values.set(name, [...(values.get(name) ?? []), wellFormed(value)])
    } else if (value.size > 0) {
      fileBytes += value.size
      files.set(name, value)
    }
  }
  if (textBytes > mostTextBytes || fileBytes > mostFileBytes)
    throw new HTTPException(413, { res: tooLarge(c) })
  return { values, files, one: (name) => values.get(name)?.[0]?.trim() ?? "" }
}

/** A body cut short or made by hand; the body limit's own word passes. */
function emptyWhenBroken(error: unknown): FormData {
  if (error instanceof TypeError) return new FormData()
  throw error
}

/** PostgreSQL keeps neither NUL nor half of a character. */
function wellFormed(text: string): string {
  return text.toWellFormed().replaceAll("\u0000", "").replaceAll("\r\n", "\n")
}
