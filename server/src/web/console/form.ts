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

/** Every value with its name, in order. */
export type Typed = readonly (readonly [name: string, value: string])[]

export function typedIn({ values }: FormEntries): Typed {
  return [...values].flatMap(([name, all]) => all.map((value) => [name, value] as const))
}

const mostTextBytes = 1_000_000
/** A whole form as JSON within another: each quote and each line end in it takes two bytes. */
export const mostKeptBytes = 3_000_000
const mostFileBytes = 10_000_000
/** Far more than our largest form has: what is sent in a million pieces is no form. */
const mostEntries = 20_000

/** As large as any request of the console: both limits and the lines between the parts. */
export const mostBodyBytes = mostTextBytes + mostFileBytes + 100_000

/**
 * Reads a form, urlencoded or multipart. Ends the request with 413 beyond 1 MB of text (or `mostBytes`), 10 MB of files or 20,000 fields;
 * what is no form at all is an empty one. May be called again for the same request.
 */
export async function readForm(c: Context, mostBytes = mostTextBytes): Promise<FormEntries> {
  const data = await dataOf(c)
  const values = new Map<string, string[]>()
  const files = new Map<string, File>()
  let [entries, textBytes, fileBytes] = [0, 0, 0]
  for (const [name, value] of data) {
    entries += 1
    if (typeof value === "string") {
      textBytes += name.length + Buffer.byteLength(value)
      const known = values.get(name)
      if (known) known.push(wellFormed(value))
      else values.set(name, [wellFormed(value)])
    } else if (value.size > 0) {
      fileBytes += value.size
      files.set(name, value)
    }
    if (entries > mostEntries || textBytes > mostBytes || fileBytes > mostFileBytes)
      throw new HTTPException(413, { res: tooLarge(c) })
  }
  return { values, files, one: (name) => values.get(name)?.[0]?.trim() ?? "" }
}

/** Fields are counted before they are taken apart: a body of a million of them would keep everybody waiting. */
async function dataOf(c: Context): Promise<Iterable<[string, string | File]>> {
  const type = c.req.header("content-type") ?? ""
  if (/^multipart\/form-data\b/i.test(type)) return c.req.formData().catch(emptyWhenBroken)
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return []
  const body = await c.req.text()
  if (body.split("&", mostEntries + 1).length > mostEntries)
    throw new HTTPException(413, { res: tooLarge(c) })
  return new URLSearchParams(body)
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
