import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import type { Deps } from "#flows/deps.ts"
import { withTx } from "#store/db.ts"
import { listMembers } from "#store/members.ts"
import { findPerson } from "#store/people.ts"
import { enqueue } from "#store/queue.ts"

/** `confirmed`: the address is known to be theirs, and no mail is sent. */
export type AskedForWelcome =
  | { readonly outcome: "sent" | "confirmed"; readonly email: string }
  | { readonly outcome: "gone" }

/** Sends once more the mail that asks a person whether their address is theirs. Links sent before go on working. */
export async function askForWelcome(
  { pool }: Pick<Deps, "pool">,
  personId: string,
): Promise<AskedForWelcome> {
  const person = await findPerson(pool.db, personId)
  if (!person) return { outcome: "gone" }
  const { email } = person
  if (person.emailVerified) return { outcome: "confirmed", email }
  await withTx(pool, (tx) => enqueue(tx, "send-welcome", { personId }))
  return { outcome: "sent", email }
}

/** The same for a member of the account, asked by who manages the team. */
export async function askForMembersWelcome(
  deps: Pick<Deps, "pool">,
  actor: Actor,
  personId: string,
): Promise<AskedForWelcome | Forbidden> {
  if (!may(actor, "manage-team")) return forbidden("manage-team")
  const members = await listMembers(deps.pool.db, actor.accountId)
  if (!members.some((member) => member.personId === personId)) return { outcome: "gone" }
  return askForWelcome(deps, personId)
}
