import { randomBytes } from "node:crypto"
import { APIError } from "better-auth/api"
import { drizzleAdapter } from "better-auth/adapters/drizzle"
import { betterAuth } from "better-auth/minimal"
import { passwordLength } from "#core/person.ts"

/** Somebody who can sign in. */
export type Person = {
  readonly id: string
  readonly name: string
  /** In lower case. */
  readonly email: string
  /** Whether a mail sent there was answered. */
  readonly emailVerified: boolean
}

/** `Set-Cookie` lines for the browser. */
export type Cookies = readonly string[]

export type SignedIn = { readonly person: Person; readonly cookies: Cookies }

export type NewPerson = {
  readonly name: string
  readonly email: string
  readonly password: string
}

/** What a mailed link lets its reader do, once. */
export type LinkKind = "reset-password" | "verify-email"

/** Who somebody is. What they may do is ours (`org.member`). */
export type SignIn = {
  /** Undefined when the address and the password do not belong together; takes as long whichever of them is wrong. */
  enter(who: { readonly email: string; readonly password: string }): Promise<SignedIn | undefined>
  /** Makes the person and signs them in; undefined when the address is taken. */
  join(who: NewPerson): Promise<SignedIn | undefined>
  /** Who the browser's cookie says it is, while that session lasts; a session that is used goes on, which may need a new cookie. */
  whoIs(cookie: string | undefined): Promise<SignedIn | undefined>
  /** Ends the session of this cookie, and the cookie. */
  leave(cookie: string | undefined): Promise<Cookies>
  /** A token for a mailed link; only its hash is kept, for as long as said. */
  makeLink(kind: LinkKind, personId: string, seconds: number): Promise<string>
  /** Sets another password and ends every session of the person. False when the link was used, is too old or never was. */
  resetPassword(token: string, password: string): Promise<boolean>
  /** Notes that the person reads mail sent to their address. False as above. */
  verifyEmail(token: string): Promise<boolean>
  /** Notes it of somebody who came by a mailed invitation. */
  trustEmail(personId: string): Promise<void>
}

const daysSeconds = 86_400

export type SignInOptions = {
  /** A typed database whose `transaction` is the application's own. */
  readonly database: Parameters<typeof drizzleAdapter>[0]
  readonly tables: Readonly<Record<"user" | "session" | "account" | "verification", object>>
  /** Signs cookies. Another one signs everybody out. */
  readonly secret: string
  /** The origin of browsers: over TLS the cookie never leaves it. */
  readonly publicUrl: string
  readonly newId: () => string
}

/**
 * Opens sign-in by e-mail and password. Only its server-side functions are used: its own HTTP routes are not served. Nothing is reported to
 * its makers.
 */
export function openSignIn(options: SignInOptions): SignIn {
  const auth = betterAuth(settingsOf(options))
  const { api } = auth
  const inTurn = openQueue()
  return {
    async enter(body) {
      const answer = await refusable(api.signInEmail({ body, returnHeaders: true }))
      return answer && { person: personOf(answer.response.user), cookies: cookiesOf(answer) }
    },
    async join(body) {
      // It hashes within its transaction: a crowd at this door must not take the connections that sell tickets.
      const answer = await inTurn(() => refusable(api.signUpEmail({ body, returnHeaders: true })))
      return answer && { person: personOf(answer.response.user), cookies: cookiesOf(answer) }
    },
    async whoIs(cookie) {
      if (cookie === undefined) return undefined
      const answer = await api.getSession({ headers: new Headers({ cookie }), returnHeaders: true })
      const { response } = answer
      return response ? { person: personOf(response.user), cookies: cookiesOf(answer) } : undefined
    },
    async leave(cookie = "") {
      return cookiesOf(await api.signOut({ headers: new Headers({ cookie }), returnHeaders: true }))
    },
    async makeLink(kind, personId, seconds) {
      const token = randomBytes(32).toString("base64url")
      const { internalAdapter } = await auth.$context
      await internalAdapter.createVerificationValue({
        identifier: `${kind}:${token}`,
        value: personId,
        expiresAt: new Date(Date.now() + seconds * 1000),
      })
      return token
    },
    async resetPassword(token, newPassword) {
      return Boolean(await refusable(api.resetPassword({ body: { token, newPassword } })))
    },
    async verifyEmail(token) {
      const { internalAdapter } = await auth.$context
      const found = await internalAdapter.consumeVerificationValue(`verify-email:${token}`)
      if (found) await internalAdapter.updateUser(found.value, { emailVerified: true })
      return Boolean(found)
    },
    async trustEmail(personId) {
      const { internalAdapter } = await auth.$context
      await internalAdapter.updateUser(personId, { emailVerified: true })
    },
  }
}

function settingsOf({ database, tables, secret, publicUrl, newId }: SignInOptions) {
  const secure = publicUrl.startsWith("https:")
  const person = { userId: "personId" }
  return {
    appName: "Foyer",
    baseURL: publicUrl,
    secret,
    database: drizzleAdapter(database, {
      provider: "pg",
      schema: { ...tables },
      transaction: true,
    }),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: passwordLength.least,
      maxPasswordLength: passwordLength.most,
      revokeSessionsOnPasswordReset: true,
    },
    session: { expiresIn: 30 * daysSeconds, updateAge: daysSeconds, fields: person },
    account: { fields: person },
    verification: { storeIdentifier: "hashed" },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      useSecureCookies: false,
      cookies: {
        session_token: {
          name: secure ? "__Host-foyer-session" : "foyer-session",
          attributes: { secure, httpOnly: true, sameSite: "lax", path: "/" },
        },
      },
      database: { generateId: () => newId() },
      ipAddress: { disableIpTracking: true },
    },
  } as const satisfies Parameters<typeof betterAuth>[0]
}

/** Lets one begin when the one before has ended, however it ended. */
function openQueue() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work)
    last = mine
    return mine
  }
}

/** What sign-in refuses is a value here; a fault stays one. */
async function refusable<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return undefined
    throw error
  }
}

function personOf({ id, name, email, emailVerified }: Person): Person {
  return { id, name, email, emailVerified }
}

function cookiesOf({ headers }: { readonly headers: Headers | null | undefined }): Cookies {
  return headers?.getSetCookie() ?? []
}
