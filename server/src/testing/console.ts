import { randomBytes } from "node:crypto"
import { setTimeout } from "node:timers/promises"
import type { Role } from "#core/role.ts"
import type { TestDatabase } from "#testing/database.ts"

/** A browser of its own at the console: keeps cookies, follows nothing by itself. */
export type ConsoleVisitor = {
  get(path: string): Promise<Seen>
  /** Sends a form as our own pages do. */
  post(path: string, fields?: Fields, headers?: Readonly<Record<string, string>>): Promise<Seen>
  /** The cookies as they are now. */
  cookie(): string
}

export type Fields = Readonly<Record<string, string | readonly string[]>> | FormData

export type Seen = {
  readonly status: number
  /** Where it leads, with its query. */
  readonly to: string | null
  readonly text: string
  readonly headers: Headers
}

export const goodPassword = "correct horse battery"

/** `url`: the server's; `address`: told by a proxy that is trusted, one of its own by default. */
export function aVisitor(
  { url, publicUrl }: { readonly url: string; readonly publicUrl: string },
  address = randomAddress(),
): ConsoleVisitor {
  const jar = new Map<string, string>()
  const ask = async (path: string, init: RequestInit = {}): Promise<Seen> => {
    const headers = new Headers(init.headers)
    headers.set("x-forwarded-for", address)
    if (jar.size > 0) headers.set("cookie", cookieOf(jar))
    const response = await fetch(`${url}${path}`, { ...init, headers, redirect: "manual" })
    for (const line of response.headers.getSetCookie()) keep(jar, line)
    return {
      status: response.status,
      to: response.headers.get("location"),
      text: await response.text(),
      headers: response.headers,
    }
  }
  return {
    get: (path) => ask(path),
    post: (path, fields = {}, headers = {}) =>
      ask(path, {
        method: "POST",
        body: fields instanceof FormData ? fields : urlencoded(fields),
        headers: { origin: publicUrl, ...headers },
      }),
    cookie: () => cookieOf(jar),
  }
}

function urlencoded(fields: Exclude<Fields, FormData>): URLSearchParams {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(fields))
    for (const each of typeof value === "string" ? [value] : value) body.append(name, each)
  return body
}

function keep(jar: Map<string, string>, line: string): void {
  const [pair = "", ...attributes] = line.split(/;\s*/)
  const at = pair.indexOf("=")
  const isGone = attributes.some((attribute) => /^max-age=0$/i.test(attribute))
  if (isGone) jar.delete(pair.slice(0, at))
  else jar.set(pair.slice(0, at), pair.slice(at + 1))
}

function cookieOf(jar: ReadonlyMap<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ")
}

function randomAddress(): string {
  return `2001:db8:${randomBytes(2).toString("hex")}:${randomBytes(2).toString("hex")}::1`
}

export function anEmail(name = "dana"): string {
  return `${name}-${randomBytes(4).toString("hex")}@club.example`
}

/** Signs a new person up. */
export async function newPerson(
  at: Parameters<typeof aVisitor>[0],
  parts: { readonly name?: string; readonly email?: string } = {},
): Promise<{ readonly visitor: ConsoleVisitor; readonly email: string; readonly name: string }> {
  const { name = "Dana Kessler", email = anEmail() } = parts
  const visitor = aVisitor(at)
  const seen = await visitor.post("/console/sign-up", { name, email, password: goodPassword })
  if (seen.status !== 303) throw new Error(`sign-up answered ${seen.status}`)
  return { visitor, email, name }
}

/** Somebody of an account, signed in. */
export async function newMember(
  at: Parameters<typeof aVisitor>[0] & { readonly database: TestDatabase },
  accountId: string,
  role: Role,
): Promise<{ readonly visitor: ConsoleVisitor; readonly email: string; readonly id: string }> {
  const { visitor, email } = await newPerson(at, { name: `A ${role}`, email: anEmail(role) })
  const { rows } = await at.database.owner.query<{ id: string }>(
    `insert into org.member (account_id, person_id, role) select $1, id, $2 from auth.person where email = $3 returning person_id as id`,
    [accountId, role, email],
  )
  const id = rows[0]?.id
  if (id === undefined) throw new Error("nobody became a member")
  return { visitor, email, id }
}

/** The newest kept mail to an address, once there are more than `after`: a job sends it. */
export async function mailTo(
  { owner }: TestDatabase,
  email: string,
  after = 0,
): Promise<{ readonly subject: string; readonly text: string; readonly html: string }> {
  for (;;) {
    const { rows } = await owner.query<{ subject: string; text: string; html: string }>(
      "select subject, text, html from ops.outbox_mail where to_address = $1 order by at desc, id desc",
      [email],
    )
    const [newest] = rows
    if (newest && rows.length > after) return newest
    await setTimeout(20)
  }
}
