import { personName } from "#core/person.ts"
import type { Role } from "#core/role.ts"
import type { Deps } from "#flows/deps.ts"
import { nameFaults, passwordFaults, type SignUpFault } from "#flows/sign-up.ts"
import type { SignedIn } from "#gateways/sign-in.ts"
import { recordAudit } from "#store/audit.ts"
import { withTx } from "#store/db.ts"
import { findInvitationByToken, type InvitationToRead, useInvitation } from "#store/invitations.ts"
import { addMember } from "#store/members.ts"
import { findPersonByEmail } from "#store/people.ts"

type AcceptDeps = Pick<Deps, "pool" | "signIn">

/** What a link opens, and whether its reader has an account already. */
export type OpenedInvitation = {
  readonly invitation: InvitationToRead
  readonly isKnown: boolean
}

/** Undefined when the link was used, withdrawn, replaced or waited longer than seven days. */
export async function openInvitation(
  { pool }: Pick<Deps, "pool">,
  token: string,
): Promise<OpenedInvitation | undefined> {
  const invitation = await findInvitationByToken(pool.db, token)
  if (!invitation) return undefined
  return { invitation, isKnown: Boolean(await findPersonByEmail(pool.db, invitation.email)) }
}

export type Accepted =
  | { readonly outcome: "joined"; readonly slug: string; readonly role: Role }
  | { readonly outcome: "late" }
  /** The invitation is for another address than the reader's. */
  | { readonly outcome: "somebody-else" }

/** Makes somebody who is signed in a member. They came by a mail to their address, so it is theirs. Who is a member keeps the role. */
export async function acceptInvitation(
  { pool, signIn }: AcceptDeps,
  person: { readonly id: string; readonly email: string; readonly emailVerified: boolean },
  token: string,
): Promise<Accepted> {
  const invitation = await findInvitationByToken(pool.db, token)
  if (!invitation) return { outcome: "late" }
  const { accountId, accountSlug: slug, email, role } = invitation
  if (email !== person.email) return { outcome: "somebody-else" }
  if (!person.emailVerified) await signIn.trustEmail(person.id)
  return withTx(pool, async (tx): Promise<Accepted> => {
    if (!(await useInvitation(tx, invitation.id))) return { outcome: "late" }
    if (await addMember(tx, { accountId, personId: person.id, role }))
      await recordAudit(tx, {
        accountId,
        personId: person.id,
        action: "member.joined",
        subject: `member:${email}`,
        after: { role },
      })
    return { outcome: "joined", slug, role }
  })
}

export type JoinedByInvitation =
  | (Extract<Accepted, { outcome: "joined" }> & { readonly signedIn: SignedIn })
  | Exclude<Accepted, { outcome: "joined" }>
  | { readonly outcome: "refused"; readonly faults: readonly SignUpFault[] }
  | { readonly outcome: "wrong-password" }

/** For a reader who is signed out: signs them in, or up with the address that was invited, and makes them a member. */
export async function joinByInvitation(
  deps: AcceptDeps,
  token: string,
  typed: { readonly name: string; readonly password: string },
): Promise<JoinedByInvitation> {
  const opened = await openInvitation(deps, token)
  if (!opened) return { outcome: "late" }
  const { email } = opened.invitation
  const name = personName(typed.name)
  const faults = opened.isKnown ? [] : [...nameFaults(name), ...passwordFaults(typed.password)]
  if (faults.length > 0) return { outcome: "refused", faults }
  const { password } = typed
  const signedIn = opened.isKnown
    ? await deps.signIn.enter({ email, password })
    : await deps.signIn.join({ name, email, password })
  if (!signedIn) return { outcome: "wrong-password" }
  const accepted = await acceptInvitation(deps, signedIn.person, token)
  return accepted.outcome === "joined" ? { ...accepted, signedIn } : accepted
}
