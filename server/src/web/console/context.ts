import type { HttpBindings } from "@hono/node-server"
import type { Context, MiddlewareHandler } from "hono"
import type { Actor } from "#core/role.ts"
import { findVisit, type VisitedAccount } from "#flows/find-visit.ts"
import { appendCookies, notFound, takeNotice } from "#web/console/answer.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { signInAgain } from "#web/console/ended-session.ts"

/** Who asks, for which account, as every console page is told. */
export type Visit = {
  readonly actor: Actor
  readonly person: {
    readonly id: string
    readonly name: string
    readonly email: string
    readonly emailVerified: boolean
  }
  readonly account: VisitedAccount
  /** All of the person's, for the switcher. */
  readonly accounts: readonly { readonly slug: string; readonly name: string }[]
  /** ISO instant. */
  readonly now: string
  /** What the last form said when it led here. */
  readonly notice?: string
}

export type ConsoleEnv = { Bindings: HttpBindings; Variables: { visit: Visit } }

/** Who is signed in, before any account is chosen. */
export type PersonEnv = { Bindings: HttpBindings; Variables: { person: Visit["person"] } }

/** Lets in who is signed in; everybody else signs in first and loses nothing that was typed. */
export function signedIn(deps: ConsoleDeps): MiddlewareHandler<PersonEnv> {
  return async (c, next) => {
    const person = await personOf(c, deps)
    if (!person) return signInAgain(c, deps)
    c.set("person", person)
    return next()
  }
}

/** Lets in who belongs to the account of the address. Somebody else's account does not exist. */
export function visiting(deps: ConsoleDeps): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    const person = await personOf(c, deps)
    if (!person) return signInAgain(c, deps)
    const found = await findVisit(deps, person.id, c.req.param("account") ?? "")
    if (!found) return notFound(c)
    const notice = c.req.method === "GET" ? takeNotice(c) : undefined
    c.set("visit", {
      ...found,
      person,
      now: deps.now().toISOString(),
      ...(notice !== undefined && { notice }),
    })
    return next()
  }
}

async function personOf(c: Context, { signIn }: ConsoleDeps): Promise<Visit["person"] | undefined> {
  const found = await signIn.whoIs(c.req.header("cookie"))
  if (found) appendCookies(c, found.cookies)
  return found?.person
}
