import { createHash } from "node:crypto"
import { and, asc, eq, gt, isNull, sql } from "drizzle-orm"
import type { Role } from "#core/role.ts"
import type { Db, Tx } from "#store/db.ts"
import { accounts, invitations, people } from "#store/schema.ts"

export type Invitation = {
  readonly id: string
  readonly accountId: string
  readonly email: string
  readonly role: Role
  readonly invitedBy: string
  readonly createdAt: string
  readonly expiresAt: string
}

/** What its reader is told: who invites them, to what. */
export type InvitationToRead = Invitation & {
  readonly accountName: string
  readonly accountSlug: string
  readonly inviterName: string
}

/** What is kept of a link's token: who reads the database cannot make a link of it. */
export function invitationHash(token: string): Buffer {
  return createHash("sha256").update(token).digest()
}

/** Refuses (throws) a second open one for the same address: withdraw the first. */
export async function insertInvitation(
  tx: Tx,
  invitation: Omit<Invitation, "createdAt">,
): Promise<void> {
  await tx.insert(invitations).values(invitation)
}

/** Those that were neither accepted nor withdrawn, lapsed ones too. */
export async function listOpenInvitations(db: Db, accountId: string): Promise<Invitation[]> {
  const rows = await db
    .select(columns)
    .from(invitations)
    .where(and(eq(invitations.accountId, accountId), isOpen))
    .orderBy(asc(invitations.createdAt), asc(invitations.id))
  return rows.map((row) => ({ ...row, role: row.role as Role }))
}

/** False when it is not open any more. */
export async function withdrawInvitation(tx: Tx, accountId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx
    .update(invitations)
    .set({ withdrawnAt: now })
    .where(and(eq(invitations.accountId, accountId), eq(invitations.id, id), isOpen))
  return rowCount === 1
}

/** The open invitation to send; the one that a link's token opens is `findByToken`. */
export async function findInvitation(
  db: Db,
  accountId: string,
  id: string,
): Promise<InvitationToRead | undefined> {
  return read(db, and(eq(invitations.accountId, accountId), eq(invitations.id, id)))
}

/** While it is open and has not lapsed. */
export async function findInvitationByToken(
  db: Db,
  token: string,
): Promise<InvitationToRead | undefined> {
  return read(db, eq(invitations.tokenHash, invitationHash(token)))
}

/** Only the newest token opens it. */
export async function setInvitationToken(db: Db, id: string, token: string): Promise<void> {
  await db
    .update(invitations)
    .set({ tokenHash: invitationHash(token) })
    .where(and(eq(invitations.id, id), isOpen))
}

/** Once; false when somebody was faster or it lapsed. */
export async function useInvitation(tx: Tx, id: string): Promise<boolean> {
  const { rowCount } = await tx
    .update(invitations)
    .set({ acceptedAt: now, tokenHash: null })
    .where(and(eq(invitations.id, id), isOpen, isGood))
  return rowCount === 1
}

const now = sql`clock_timestamp()`
const isOpen = and(isNull(invitations.acceptedAt), isNull(invitations.withdrawnAt))
const isGood = gt(invitations.expiresAt, now)

const columns = {
  id: invitations.id,
  accountId: invitations.accountId,
  email: invitations.email,
  role: invitations.role,
  invitedBy: invitations.invitedBy,
  createdAt: invitations.createdAt,
  expiresAt: invitations.expiresAt,
}

async function read(db: Db, which: ReturnType<typeof and>): Promise<InvitationToRead | undefined> {
  const [row] = await db
    .select({
      ...columns,
      accountName: accounts.name,
      accountSlug: accounts.slug,
      inviterName: people.name,
    })
    .from(invitations)
    .innerJoin(accounts, eq(accounts.id, invitations.accountId))
    .innerJoin(people, eq(people.id, invitations.invitedBy))
    .where(and(which, isOpen, isGood))
  return row && { ...row, role: row.role as Role }
}
