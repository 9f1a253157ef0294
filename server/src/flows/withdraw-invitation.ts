import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import type { Deps } from "#flows/deps.ts"
import { recordAudit } from "#store/audit.ts"
import { withTx } from "#store/db.ts"
import { listOpenInvitations, withdrawInvitation as withdraw } from "#store/invitations.ts"

/** Makes the mailed link worthless. `gone`: it was accepted, withdrawn or is another account's. */
export async function withdrawInvitation(
  { pool }: Pick<Deps, "pool">,
  actor: Actor,
  id: string,
): Promise<{ readonly outcome: "withdrawn" | "gone" } | Forbidden> {
  if (!may(actor, "manage-team")) return forbidden("manage-team")
  const { accountId, userId } = actor
  return withTx(pool, async (tx) => {
    const open = await listOpenInvitations(tx, accountId)
    const found = open.find((each) => each.id === id)
    if (!found || !(await withdraw(tx, accountId, id))) return { outcome: "gone" } as const
    await recordAudit(tx, {
      accountId,
      personId: userId,
      action: "member.uninvited",
      subject: `member:${found.email}`,
      before: { role: found.role },
    })
    return { outcome: "withdrawn" } as const
  })
}
