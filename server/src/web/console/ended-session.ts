import type { Context } from "hono"
import { type KeptForm, signInPage } from "#views/console/sign-in.ts"
import { page } from "#web/console/answer.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { readForm, typedIn } from "#web/console/form.ts"

/**
 * For whom no session is known (any more). A page is asked for again after sign-in; a form's fields wait inside the sign-in page, in the
 * browser alone, and are handed back to the same address.
 */
export async function signInAgain(c: Context, deps: ConsoleDeps): Promise<Response> {
  const { pathname, search } = new URL(c.req.url)
  const to = `${pathname}${search}`
  if (c.req.method === "GET" || c.req.method === "HEAD")
    return c.redirect(`/console/sign-in?${new URLSearchParams({ to }).toString()}`, 303)
  const entries = await readForm(c)
  const kept: KeptForm = {
    action: to,
    fields: typedIn(entries),
    lostFiles: [...entries.files.values()].map((file) => file.name),
  }
  const demo = deps.demoPeople && { demoPeople: deps.demoPeople }
  return page(c, signInPage({ to: pathname, kept, ...demo }), 401)
}

/** What a sign-in page brought back; undefined when there is none or somebody made it up. */
export function readKept(text: string): KeptForm | undefined {
  if (text === "") return undefined
  const kept = parsed(text) as Partial<KeptForm> | null
  const action = safePath(kept?.action)
  const fields = Array.isArray(kept?.fields) ? kept.fields : undefined
  const lostFiles = Array.isArray(kept?.lostFiles) ? kept.lostFiles : []
  if (action === undefined || !fields?.every(isField)) return undefined
  return { action, fields, lostFiles: lostFiles.filter((name) => typeof name === "string") }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

function isField(field: unknown): field is readonly [string, string] {
  return (
    Array.isArray(field) && field.length === 2 && field.every((part) => typeof part === "string")
  )
}

/** An address within the console; undefined for any other, however it is spelled. */
export function safePath(text: unknown): string | undefined {
  if (typeof text !== "string" || !/^\/console(?:[/?]|$)/.test(text)) return undefined
  const here = "http://console.invalid"
  if (!URL.canParse(text, here)) return undefined
  const { origin, pathname, search } = new URL(text, here)
  return origin === here && /^\/console(?:\/|$)/.test(pathname) ? `${pathname}${search}` : undefined
}
