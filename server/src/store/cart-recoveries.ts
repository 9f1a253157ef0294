import { and, eq, gt, isNull, sql } from "drizzle-orm"
import type { Db, Tx } from "#store/db.ts"
import { cartRecoveries, carts } from "#store/schema.ts"

export type LeftCart = { readonly cartId: string; readonly accountId: string }

export type LeftCartSearch = {
  /** ISO 8601. */
  readonly now: string
  readonly leftForMinutes: number
  /** Carts begun longer ago are let be. */
  readonly begunWithinHours: number
  readonly linkDays: number
  readonly limit: number
}

/**
 * Notes carts that somebody left after typing an e-mail, of accounts that want to write about them, each once; answers the new ones. Whoever
 * has bought in another cart since is left alone. Ids are made in the order of time, so that only the carts of the last days are read.
 */
export async function noteLeftCarts(tx: Tx, search: LeftCartSearch): Promise<LeftCart[]> {
  const { now, leftForMinutes, begunWithinHours, linkDays, limit } = search
  const floor = idFloor(Date.parse(now) - begunWithinHours * 3_600_000)
  const { rows } = await tx.$client.query<{ cart_id: string; account_id: string }>({
    name: "note-left-carts",
    text: `insert into sales.cart_recovery (cart_id, account_id, expires_at)
      select c.id, c.account_id, $1::timestamptz + $2 * interval '1 day'
      from org.account a join sales.cart c on c.account_id = a.id and c.id > $3
      where a.recovery_mails and c.state in ('open', 'expired') and c.updated_at < $1::timestamptz - $4 * interval '1 minute'
        and c.details ->> 'email' like '%_@_%.__%'
        and exists (select from sales.cart_line l where l.cart_id = c.id)
        and not exists (select from sales.cart_recovery r where r.cart_id = c.id)
        and not exists (select from sales.orders o where o.account_id = c.account_id and lower(o.email) = lower(c.details ->> 'email')
          and o.created_at > c.created_at and o.state in ('paid', 'processing'))
      order by c.id limit $5 on conflict do nothing returning cart_id, account_id`,
    values: [now, linkDays, floor, leftForMinutes, limit],
  })
  return rows.map((row) => ({ cartId: row.cart_id, accountId: row.account_id }))
}

/** The smallest id of version 7 that was made at `ms` or later. */
function idFloor(ms: number): string {
  const hex = Math.max(0, Math.trunc(ms)).toString(16).padStart(12, "0")
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

/** The link of the mail that is about to go out; an earlier one that never arrived means nothing any more. */
export async function setRecoveryToken(tx: Tx, cartId: string, tokenHash: Buffer): Promise<void> {
  await tx
    .update(cartRecoveries)
    .set({ tokenHash })
    .where(and(eq(cartRecoveries.cartId, cartId), isNull(cartRecoveries.usedAt)))
}

/** The cart of a link that is still good. */
export async function findRecovery(
  db: Db,
  accountId: string,
  tokenHash: Buffer,
): Promise<LeftCart | undefined> {
  const [row] = await db
    .select({ cartId: cartRecoveries.cartId, accountId: cartRecoveries.accountId })
    .from(cartRecoveries)
    .where(isGood(accountId, tokenHash))
  return row
}

/** Spends the link; false when somebody was quicker. Under the cart's lock. */
export async function useRecovery(tx: Tx, accountId: string, tokenHash: Buffer): Promise<boolean> {
  const used = await tx
    .update(cartRecoveries)
    .set({ tokenHash: null, usedAt: sql`clock_timestamp()` as never })
    .where(isGood(accountId, tokenHash))
    .returning({ cartId: cartRecoveries.cartId })
  return used.length > 0
}

const isGood = (accountId: string, tokenHash: Buffer) =>
  and(
    eq(cartRecoveries.tokenHash, tokenHash),
    eq(cartRecoveries.accountId, accountId),
    gt(cartRecoveries.expiresAt, sql`clock_timestamp()`),
  )

/** Gives a cart to whoever has the new token; the one before finds nothing any more. Under the cart's lock. */
export async function giveCart(tx: Tx, cartId: string, tokenHash: Buffer): Promise<void> {
  await tx.update(carts).set({ tokenHash }).where(eq(carts.id, cartId))
}
