import type { HttpBindings } from "@hono/node-server"
import { type Context, Hono } from "hono"
import {
  type Accepted,
  acceptInvitation,
  joinByInvitation,
  type OpenedInvitation,
  openInvitation,
} from "#flows/accept-invitation.ts"
import type { FieldFault } from "#views/console/kit/form.ts"
import { roleWords } from "#views/console/role-words.ts"
import { invitationPage } from "#views/console/sign-in.ts"
import { wordPage } from "#views/console/word-page.ts"
import { appendCookies, page, saved, tooMany } from "#web/console/answer.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { faultInWords, guessOf, mayTryLink, secretOf } from "#web/console/entrance.ts"
import { readForm } from "#web/console/form.ts"

type Env = { Bindings: HttpBindings }

/** The link of a mailed invitation, for readers with and without an account. Paths are relative to `/console`. */
export function invitationRoutes(deps: ConsoleDeps) {
  return new Hono<Env>()
    .get("/invitation/:token", (c) => show(c, deps))
    .post("/invitation/:token", (c) => accept(c, deps))
}

type Said = { readonly name?: string; readonly faults?: readonly FieldFault[] }

async function show(c: Context<Env>, deps: ConsoleDeps, said: Said = {}): Promise<Response> {
  if (!(await mayTryLink(c, deps))) return tooMany(c)
  const token = c.req.param("token") ?? ""
  const opened = await openInvitation(deps, token)
  if (!opened) return late(c)
  const { accountName, inviterName, email, role } = opened.invitation
  const view = invitationPage({
    token,
    accountName,
    inviterName,
    email,
    as: roleWords[role].as,
    may: roleWords[role].may,
    ...said,
    ...(await readerOf(c, deps, opened)),
  })
  return page(c, view, said.faults ? 422 : 200)
}

async function readerOf(
  c: Context<Env>,
  { signIn }: ConsoleDeps,
  { invitation, isKnown }: OpenedInvitation,
) {
  const found = await signIn.whoIs(c.req.header("cookie"))
  if (!found) return { reader: isKnown ? "known" : "new" } as const
  return found.person.email === invitation.email
    ? ({ reader: "signed-in" } as const)
    : ({ reader: "somebody-else", signedInAs: found.person.email } as const)
}

async function accept(c: Context<Env>, deps: ConsoleDeps): Promise<Response> {
  if (!(await mayTryLink(c, deps))) return tooMany(c)
  const token = c.req.param("token") ?? ""
  const found = await deps.signIn.whoIs(c.req.header("cookie"))
  if (found) return answer(c, deps, await acceptInvitation(deps, found.person, token))
  const form = await readForm(c)
  const name = form.one("name")
  const guess = guessOf(c, deps, `invitation ${token}`)
  if (!(await guess.isAllowed())) return tooMany(c)
  const joined = await joinByInvitation(deps, token, { name, password: secretOf(form) })
  if (joined.outcome === "refused")
    return show(c, deps, { name, faults: joined.faults.map(faultInWords) })
  if (joined.outcome === "wrong-password") {
    const message = "This is not your password."
    return show(c, deps, { name, faults: [{ field: "password", message }] })
  }
  await guess.wasRight()
  if (joined.outcome === "joined") appendCookies(c, joined.signedIn.cookies)
  return answer(c, deps, joined)
}

function answer(
  c: Context<Env>,
  deps: ConsoleDeps,
  accepted: Accepted,
): Response | Promise<Response> {
  switch (accepted.outcome) {
    case "joined":
      return saved(c, `/console/${accepted.slug}`, "Welcome to the team.")
    case "late":
      return late(c)
    case "somebody-else":
      return show(c, deps)
  }
}

function late(c: Context): Response {
  return page(
    c,
    wordPage({
      title: "This invitation is no longer good",
      text: "It was used, withdrawn or has waited longer than seven days. Ask for another one.",
    }),
    410,
  )
}
