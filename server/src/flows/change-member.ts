import { type Actor, forbidden, type Forbidden, may, type Role, roles } from "#core/role.ts"
import type { Deps } from "#flows/deps.ts"
import { type AuditEntry, recordAudit } from "#store/audit.ts"
import { type Tx, withTx } from "#store/db.ts"
import { lockMembers, removeMember as remove, setRole } from "#store/members.ts"
import { findPerson } from "#store/people.ts"

export type ChangedMember =
  | { readonly outcome: "changed" }
  /** Nobody of this account. */
  | { readonly outcome: "gone" }
  | { readonly outcome: "refused"; readonly field: "role" }
  /** An account without an owner could not be managed by anybody. */
  | { readonly outcome: "last-owner" }
  | Forbidden

/** Gives a member another job; it counts from their next click. */
export async function changeRole(
  deps: Pick<Deps, "pool">,
  actor: Actor,
  personId: string,
  typed: string,
): Promise<ChangedMember> {
  const role = roles.find((each) => each === typed)
  if (may(actor, "manage-team") && !role) return { outcome: "refused", field: "role" }
  return changeMember(deps, actor, personId, role)
}

/** Takes somebody off the team; they stay a person with their other accounts. */
export function removeMember(
  deps: Pick<Deps, "pool">,
  actor: Actor,
  personId: string,
): Promise<ChangedMember> {
  return changeMember(deps, actor, personId, undefined)
}

/** All members are locked: two owners who remove each other must not both succeed. */
async function changeMember(
  { pool }: Pick<Deps, "pool">,
  actor: Actor,
  personId: string,
  role: Role | undefined,
): Promise<ChangedMember> {
  if (!may(actor, "manage-team")) return forbidden("manage-team")
  return withTx(pool, async (tx): Promise<ChangedMember> => {
    const team = await lockMembers(tx, actor.accountId)
    // Whoever asks may have lost the job while they waited for the lock.
    if (team.get(actor.userId) !== "owner") return forbidden("manage-team")
    const before = team.get(personId)
    if (!before) return { outcome: "gone" }
    const owners = [...team.values()].filter((each) => each === "owner").length
    if (before === "owner" && role !== "owner" && owners === 1) return { outcome: "last-owner" }
    if (before === role) return { outcome: "changed" }
    if (role) await setRole(tx, actor.accountId, personId, role)
    else await remove(tx, actor.accountId, personId)
    await record(tx, actor, personId, {
      action: role ? "member.changed" : "member.removed",
      before: { role: before },
      ...(role && { after: { role } }),
    })
    return { outcome: "changed" }
  })
}

async function record(
  tx: Tx,
  { accountId, userId }: Actor,
  personId: string,
  change: Pick<AuditEntry, "action" | "before" | "after">,
): Promise<void> {
  const person = await findPerson(tx, personId)
  const subject = `member:${person?.email ?? personId}`
  await recordAudit(tx, { accountId, personId: userId, subject, ...change })
}
