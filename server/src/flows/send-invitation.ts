import { randomBytes } from "node:crypto"
import type { Role } from "#core/role.ts"
import type { Deps } from "#flows/deps.ts"
import type { Mail } from "#gateways/mailer.ts"
import { newId } from "#store/ids.ts"
import { findInvitation, setInvitationToken } from "#store/invitations.ts"

export type RenderInvitation = (invitation: {
  readonly accountName: string
  readonly inviterName: string
  readonly role: Role
  readonly token: string
}) => Pick<Mail, "subject" | "html" | "text">

/** Mails an invitation that is still open. A job that runs again sends a new link; only the newest is good. */
export async function sendInvitation(
  { pool, mailer }: Pick<Deps, "pool" | "mailer">,
  { invitationId, accountId }: { readonly invitationId: string; readonly accountId: string },
  render: RenderInvitation,
): Promise<void> {
  const invitation = await findInvitation(pool.db, accountId, invitationId)
  if (!invitation) return
  const { accountName, inviterName, role, email } = invitation
  const token = randomBytes(32).toString("base64url")
  await setInvitationToken(pool.db, invitationId, token)
  const mail = render({ accountName, inviterName, role, token })
  await mailer.send({ id: newId(), fromName: accountName, to: email, attachments: [], ...mail })
}
