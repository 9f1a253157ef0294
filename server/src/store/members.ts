import { and, asc, eq } from "drizzle-orm"
import type { Role } from "#core/role.ts"
import type { Db, Tx } from "#store/db.ts"
import { accounts, members, people } from "#store/schema.ts"

/** An account that somebody may enter, and as what. */
export type Membership = {
  readonly accountId: string
  readonly slug: string
  readonly name: string
  readonly role: Role
}

export type Member = {
  readonly personId: string
  readonly name: string
  readonly email: string
  readonly emailVerified: boolean
  readonly role: Role
  readonly joinedAt: string
}

/** Every account of one person, by name. */
export async function listMemberships(db: Db, personId: string): Promise<Membership[]> {
  const rows = await db
    .select({
      accountId: accounts.id,
      slug: accounts.slug,
      name: accounts.name,
      role: members.role,
    })
    .from(members)
    .innerJoin(accounts, eq(accounts.id, members.accountId))
    .where(eq(members.personId, personId))
    .orderBy(asc(accounts.name), asc(accounts.slug))
  return rows.map((row) => ({ ...row, role: row.role as Role }))
}

/** Everybody of one account, who came first first. */
export async function listMembers(db: Db, accountId: string): Promise<Member[]> {
  const rows = await db
    .select({
      personId: members.personId,
      name: people.name,
      email: people.email,
      emailVerified: people.emailVerified,
      role: members.role,
      joinedAt: members.joinedAt,
    })
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .where(eq(members.accountId, accountId))
    .orderBy(asc(members.joinedAt), asc(members.personId))
  return rows.map((row) => ({ ...row, role: row.role as Role }))
}

/** Holds the account's members until the transaction ends: two owners who remove each other must not both succeed. */
export async function lockMembers(tx: Tx, accountId: string): Promise<ReadonlyMap<string, Role>> {
  const rows = await tx
    .select({ personId: members.personId, role: members.role })
    .from(members)
    .where(eq(members.accountId, accountId))
    .orderBy(asc(members.personId))
    .for("update")
  return new Map(rows.map(({ personId, role }) => [personId, role as Role]))
}

/** False when the person is one already; the role stays. */
export async function addMember(
  tx: Tx,
  member: { readonly accountId: string; readonly personId: string; readonly role: Role },
): Promise<boolean> {
  const { rowCount } = await tx.insert(members).values(member).onConflictDoNothing()
  return rowCount === 1
}

export async function setRole(
  tx: Tx,
  accountId: string,
  personId: string,
  role: Role,
): Promise<void> {
  await tx.update(members).set({ role }).where(memberOf(accountId, personId))
}

export async function removeMember(tx: Tx, accountId: string, personId: string): Promise<void> {
  await tx.delete(members).where(memberOf(accountId, personId))
}

function memberOf(accountId: string, personId: string) {
  return and(eq(members.accountId, accountId), eq(members.personId, personId))
}
