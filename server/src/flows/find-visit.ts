import type { Actor } from "#core/role.ts"
import type { Deps } from "#flows/deps.ts"
import { listMemberships, type Membership } from "#store/members.ts"

/** Somebody signed in, at one of their accounts. */
export type FoundVisit = {
  readonly actor: Actor
  readonly account: VisitedAccount
  readonly accounts: readonly Membership[]
}

export type VisitedAccount = {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly timeZone: string
  readonly locale: string
  /** Of its first region. */
  readonly currency: string
}

/** Undefined when the account does not exist and when it is somebody else's: nobody learns which. */
export async function findVisit(
  { pool, storefronts }: Pick<Deps, "pool" | "storefronts">,
  personId: string,
  slug: string,
): Promise<FoundVisit | undefined> {
  const accounts = await listMemberships(pool.db, personId)
  const membership = accounts.find((each) => each.slug === slug)
  if (!membership) return undefined
  const { account, regions } = await storefronts.fresh(pool.db, membership.accountId)
  const { id, name, timeZone, locale } = account
  return {
    actor: { userId: personId, accountId: id, role: membership.role },
    account: { id, slug, name, timeZone, locale, currency: regions[0]?.currency ?? "usd" },
    accounts,
  }
}

/** The accounts that somebody may enter, by name. */
export function findAccounts(
  { pool }: Pick<Deps, "pool">,
  personId: string,
): Promise<Membership[]> {
  return listMemberships(pool.db, personId)
}
