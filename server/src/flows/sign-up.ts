import { passwordLength, personEmail, personName } from "#core/person.ts"
import type { Deps } from "#flows/deps.ts"
import type { SignedIn } from "#gateways/sign-in.ts"
import { withTx } from "#store/db.ts"
import { enqueue } from "#store/queue.ts"

export type SignUp = { readonly name: string; readonly email: string; readonly password: string }

export type SignedUp =
  | { readonly outcome: "signed-up"; readonly signedIn: SignedIn }
  | { readonly outcome: "refused"; readonly faults: readonly SignUpFault[] }
  /** Somebody has this address already: it is not said whether the password was theirs. */
  | { readonly outcome: "taken" }

export type SignUpFault = {
  readonly field: "name" | "email" | "password"
  readonly reason: "missing" | "not-an-email" | "too-short" | "too-long"
}

/** Makes a person and signs them in. Who has an account and types its password is simply signed in. A welcome mail asks whether the address is theirs. */
export async function signUp(
  { signIn, pool }: Pick<Deps, "signIn" | "pool">,
  typed: SignUp,
): Promise<SignedUp> {
  const name = personName(typed.name)
  const email = personEmail(typed.email)
  const wrong = [
    ...nameFaults(name),
    ...emailFaults(typed.email, email),
    ...passwordFaults(typed.password),
  ]
  if (email === undefined || wrong.length > 0) return { outcome: "refused", faults: wrong }
  const joined = await signIn.join({ name, email, password: typed.password })
  if (!joined) {
    const entered = await signIn.enter({ email, password: typed.password })
    return entered ? { outcome: "signed-up", signedIn: entered } : { outcome: "taken" }
  }
  await withTx(pool, (tx) => enqueue(tx, "send-welcome", { personId: joined.person.id }))
  return { outcome: "signed-up", signedIn: joined }
}

export function nameFaults(name: string): SignUpFault[] {
  return name === "" ? [{ field: "name", reason: "missing" }] : []
}

function emailFaults(typed: string, email: string | undefined): SignUpFault[] {
  if (typed.trim() === "") return [{ field: "email", reason: "missing" }]
  return email === undefined ? [{ field: "email", reason: "not-an-email" }] : []
}

export function passwordFaults(password: string): SignUpFault[] {
  const { length } = password
  if (length === 0) return [{ field: "password", reason: "missing" }]
  if (length < passwordLength.least) return [{ field: "password", reason: "too-short" }]
  return length > passwordLength.most ? [{ field: "password", reason: "too-long" }] : []
}
