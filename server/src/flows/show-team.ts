import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import type { Deps } from "#flows/deps.ts"
import { type Invitation, listOpenInvitations } from "#store/invitations.ts"
import { listMembers, type Member } from "#store/members.ts"

export type Team = {
  readonly outcome: "team"
  readonly members: readonly Member[]
  /** Neither accepted nor withdrawn, lapsed ones too. */
  readonly invitations: readonly Invitation[]
}

/** Who works for the account, and who is asked to. */
export async function showTeam(
  { pool }: Pick<Deps, "pool">,
  actor: Actor,
): Promise<Team | Forbidden> {
  if (!may(actor, "manage-team")) return forbidden("manage-team")
  const members = await listMembers(pool.db, actor.accountId)
  const invitations = await listOpenInvitations(pool.db, actor.accountId)
  return { outcome: "team", members, invitations }
}
