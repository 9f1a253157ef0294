import type { HttpBindings } from "@hono/node-server"
import { type Context, Hono } from "hono"
import { frontDoor } from "#core/front-door.ts"
import { personEmail } from "#core/person.ts"
import { askForReset } from "#flows/ask-for-reset.ts"
import { findAccounts } from "#flows/find-visit.ts"
import { passwordFaults, signUp, type SignUpFault } from "#flows/sign-up.ts"
import type { FieldFault } from "#views/console/kit/form.ts"
import {
  forgotPage,
  handBackPage,
  resetPage,
  signInPage,
  signUpPage,
  verifyPage,
} from "#views/console/sign-in.ts"
import { wordPage } from "#views/console/word-page.ts"
import { appendCookies, page, saved, takeNotice, tooMany } from "#web/console/answer.ts"
import { networkOf } from "#web/client-address.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { readKept, safePath } from "#web/console/ended-session.ts"
import { type FormEntries, mostKeptBytes, readForm } from "#web/console/form.ts"

type Env = { Bindings: HttpBindings }

/** Signing in and up and out, and the links of mails. Paths are relative to `/console`. */
export function entranceRoutes(deps: ConsoleDeps) {
  const demo = deps.demoPeople ? { demoPeople: deps.demoPeople } : {}
  return new Hono<Env>()
    .get("/", (c) => toOwnAccount(c, deps))
    .get("/sign-in", (c) =>
      page(
        c,
        signInPage({
          to: safePath(c.req.query("to")) ?? "/console",
          notice: takeNotice(c),
          ...demo,
        }),
      ),
    )
    .post("/sign-in", (c) => enter(c, deps))
    .get("/sign-up", (c) => page(c, signUpPage({})))
    .post("/sign-up", (c) => join(c, deps))
    .post("/sign-out", async (c) => {
      const to = safePath((await readForm(c)).one("to"))
      appendCookies(c, await deps.signIn.leave(c.req.header("cookie")))
      return saved(c, to ?? "/console/sign-in")
    })
    .get("/forgot", (c) => page(c, forgotPage({})))
    .post("/forgot", (c) => forgot(c, deps))
    .get("/reset", (c) => page(c, resetPage({ token: c.req.query("token") ?? "" })))
    .post("/reset", (c) => reset(c, deps))
    .get("/verify", (c) => page(c, verifyPage({ token: c.req.query("token") ?? "" })))
    .post("/verify", (c) => verify(c, deps))
}

/** To the first page of the person's first account; who has none begins one. */
async function toOwnAccount(c: Context, deps: ConsoleDeps): Promise<Response> {
  const found = await deps.signIn.whoIs(c.req.header("cookie"))
  if (!found) return c.redirect("/console/sign-in", 303)
  appendCookies(c, found.cookies)
  const [first] = await findAccounts(deps, found.person.id)
  return c.redirect(first ? `/console/${first.slug}/${frontDoor(first.role)}` : "/console/new", 303)
}

async function enter(c: Context<Env>, deps: ConsoleDeps): Promise<Response> {
  const form = await readForm(c, mostKeptBytes)
  const email = emailOf(form)
  const guess = guessOf(c, deps, email)
  if (!(await guess.isAllowed())) return tooMany(c)
  const kept = readKept(form.one("kept"))
  const to = safePath(form.one("to")) ?? "/console"
  const signedIn = await deps.signIn.enter({ email, password: secretOf(form) })
  if (!signedIn) {
    const message = "The e-mail and the password do not belong together."
    const faults = [{ field: "password", message }]
    return page(c, signInPage({ to, email, faults, ...(kept && { kept }) }), 422)
  }
  await guess.wasRight()
  appendCookies(c, signedIn.cookies)
  return kept ? page(c, handBackPage(kept)) : saved(c, to)
}

/**
 * Counts guesses at a password by the address they come from, by whose it is and by both; right ones do not count. What is refused for its
 * address does not count against whose password it is: a few addresses could keep the owner out.
 */
export function guessOf(c: Context<Env>, { limits, clientAddress }: ConsoleDeps, email: string) {
  const address = networkOf(clientAddress(c.env.incoming))
  const keys = [
    ["sign-in-address", address],
    ["sign-in-pair", `${address} ${email}`],
    ["sign-in-email", email],
  ] as const
  return {
    async isAllowed(): Promise<boolean> {
      for (const [kind, key] of keys) if (!(await limits.allows(kind, key))) return false
      return true
    },
    wasRight: () => Promise.all(keys.map(([kind, key]) => limits.forgives(kind, key))),
  }
}

async function join(c: Context<Env>, deps: ConsoleDeps): Promise<Response> {
  if (!(await deps.limits.allows("sign-up-address", deps.clientAddress(c.env.incoming))))
    return tooMany(c)
  const form = await readForm(c)
  const typed = { name: form.one("name"), email: form.one("email"), password: secretOf(form) }
  const guess = guessOf(c, deps, emailOf(form))
  if (!(await guess.isAllowed())) return tooMany(c)
  const answer = await signUp(deps, typed)
  if (answer.outcome === "signed-up") {
    await guess.wasRight()
    appendCookies(c, answer.signedIn.cookies)
    return saved(c, "/console")
  }
  const faults = answer.outcome === "taken" ? [taken] : answer.faults.map(faultInWords)
  return page(c, signUpPage({ name: typed.name, email: typed.email, faults }), 422)
}

const taken: FieldFault = {
  field: "email",
  message:
    "No account could be made with this address. If it is yours already, sign in or ask for a new password.",
}

async function forgot(c: Context<Env>, deps: ConsoleDeps): Promise<Response> {
  const email = emailOf(await readForm(c))
  if (!(await mayAskForMail(c, deps, email))) return tooMany(c)
  if (!(await askForReset(deps, email))) {
    const faults = [
      faultInWords({ field: "email", reason: email === "" ? "missing" : "not-an-email" }),
    ]
    return page(c, forgotPage({ email, faults }), 422)
  }
  return page(
    c,
    wordPage({
      title: "Look into your mail",
      text: `If there is an account for ${email}, a mail is on its way. Its link works once, within the next hour.`,
      next: { label: "Back to sign in", href: "/console/sign-in" },
    }),
  )
}

async function mayAskForMail(
  c: Context<Env>,
  { limits, clientAddress }: ConsoleDeps,
  email: string,
) {
  const address = await limits.allows("mail-address", clientAddress(c.env.incoming))
  return (await limits.allows("mail-email", email)) && address
}

async function reset(c: Context<Env>, deps: ConsoleDeps): Promise<Response> {
  if (!(await mayTryLink(c, deps))) return tooMany(c)
  const form = await readForm(c)
  const token = form.one("token")
  const password = secretOf(form)
  const faults = passwordFaults(password).map(faultInWords)
  if (faults.length > 0) return page(c, resetPage({ token, faults }), 422)
  if (!(await deps.signIn.resetPassword(token, password))) return lateLink(c, "/console/forgot")
  return saved(c, "/console/sign-in", "Your password is changed. Sign in with it.")
}

async function verify(c: Context<Env>, deps: ConsoleDeps): Promise<Response> {
  if (!(await mayTryLink(c, deps))) return tooMany(c)
  const isVerified = await deps.signIn.verifyEmail((await readForm(c)).one("token"))
  return isVerified
    ? saved(c, "/console", "Thank you, your address is confirmed.")
    : lateLink(c, "/console/verify/again")
}

/** Whether this address may try another mailed link: nobody guesses one. */
export function mayTryLink(c: Context<Env>, { limits, clientAddress }: ConsoleDeps) {
  return limits.allows("link-address", clientAddress(c.env.incoming))
}

/** `again`: where another one is asked for. */
function lateLink(c: Context, again: string): Response {
  return page(
    c,
    wordPage({
      title: "This link is used up",
      text: "It was opened before or has waited too long. Ask for another one.",
      next: { label: "Send another link", href: again },
    }),
    410,
  )
}

/** One spelling of an address, however it was typed; what is no address stays as it is. */
function emailOf(form: FormEntries): string {
  const typed = form.one("email")
  return personEmail(typed) ?? typed
}

/** As typed: a password may begin and end with spaces. */
export function secretOf(form: FormEntries): string {
  return form.values.get("password")?.[0] ?? ""
}

const words: Readonly<
  Record<SignUpFault["field"], Partial<Record<SignUpFault["reason"], string>>>
> = {
  name: { missing: "Tell us your name." },
  email: {
    missing: "Type your e-mail address.",
    "not-an-email": "Check the e-mail address: something is missing or too much.",
  },
  password: {
    missing: "Choose a password.",
    "too-short": "Choose at least 10 characters.",
    "too-long": "Choose at most 128 characters.",
  },
}

export function faultInWords({ field, reason }: SignUpFault): FieldFault {
  return { field, message: words[field][reason] ?? "Check this." }
}
