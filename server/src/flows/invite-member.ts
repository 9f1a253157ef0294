import { personEmail } from "#core/person.ts"
import { type Actor, forbidden, type Forbidden, may, type Role, roles } from "#core/role.ts"
import type { Deps } from "#flows/deps.ts"
import { recordAudit } from "#store/audit.ts"
import { withTx } from "#store/db.ts"
import { newId } from "#store/ids.ts"
import { insertInvitation, listOpenInvitations, withdrawInvitation } from "#store/invitations.ts"
import { listMembers, lockMembers } from "#store/members.ts"
import { enqueue } from "#store/queue.ts"

export type Invited =
  | { readonly outcome: "invited" }
  | { readonly outcome: "refused"; readonly field: "email" | "role" }
  | { readonly outcome: "already-member" }
  /** As many as are waiting for an answer at most. */
  | { readonly outcome: "too-many" }
  | Forbidden

const goodForDays = 7
const mostOpen = 100

/** Asks somebody by mail to work for the account. Asked again, the link before is no longer good. */
export async function inviteMember(
  { pool, now }: Pick<Deps, "pool" | "now">,
  actor: Actor,
  typed: { readonly email: string; readonly role: string },
): Promise<Invited> {
  if (!may(actor, "manage-team")) return forbidden("manage-team")
  const email = personEmail(typed.email)
  const role = roles.find((each) => each === typed.role)
  if (email === undefined) return { outcome: "refused", field: "email" }
  if (!role) return { outcome: "refused", field: "role" }
  const expiresAt = new Date(now().getTime() + goodForDays * 86_400_000).toISOString()
  return withTx(pool, async (tx): Promise<Invited> => {
    const { accountId } = actor
    await lockMembers(tx, accountId)
    const members = await listMembers(tx, accountId)
    if (members.some((each) => each.email === email)) return { outcome: "already-member" }
    const open = await listOpenInvitations(tx, accountId)
    if (open.length >= mostOpen) return { outcome: "too-many" }
    for (const each of open)
      if (each.email === email) await withdrawInvitation(tx, accountId, each.id)
    await invite(tx, actor, { email, role, expiresAt })
    return { outcome: "invited" }
  })
}

async function invite(
  tx: Parameters<typeof enqueue>[0],
  { accountId, userId }: Actor,
  invitation: { readonly email: string; readonly role: Role; readonly expiresAt: string },
): Promise<void> {
  const id = newId()
  await insertInvitation(tx, { id, accountId, invitedBy: userId, ...invitation })
  await enqueue(tx, "send-invitation", { invitationId: id, accountId })
  await recordAudit(tx, {
    accountId,
    personId: userId,
    action: "member.invited",
    subject: `member:${invitation.email}`,
    after: { role: invitation.role },
  })
}
