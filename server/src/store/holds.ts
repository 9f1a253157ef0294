import { and, eq, inArray, lte, sql } from "drizzle-orm"
import type { Hold } from "#core/hold.ts"
import type { Db, Tx } from "#store/db.ts"
import { holds } from "#store/schema.ts"

/** Variants with holds whose time is over, at most `limit`: what the sweeper has to look at. */
export async function listDueVariants(
  db: Db,
  limit: number,
): Promise<{ readonly accountId: string; readonly variantId: string }[]> {
  return db
    .selectDistinct({ accountId: holds.accountId, variantId: holds.variantId })
    .from(holds)
    .where(
      and(inArray(holds.state, ["held", "paying"]), lte(holds.expiresAt, sql`clock_timestamp()`)),
    )
    .limit(limit)
}

/**
 * A payment was submitted: the cart's holds stay until `until` (ISO 8601) whatever the shopper's clock says. Under the cart's lock. Holds whose
 * time is over stay as they are; compare what is live afterwards with what is to be sold.
 */
export async function beginPaying(tx: Tx, cartId: string, until: string): Promise<void> {
  await tx
    .update(holds)
    .set({ state: "paying", expiresAt: until })
    .where(
      and(
        eq(holds.cartId, cartId),
        eq(holds.state, "held"),
        sql`${holds.expiresAt} > clock_timestamp()`,
      ),
    )
}

/**
 * The payment ended without money: the holds fall back to the cart's own deadline. Under the cart's lock. In order, because holds whose time is
 * over may be reaped in the same moment.
 */
export async function endPaying(tx: Tx, cartId: string): Promise<void> {
  await tx.execute(sql`
    with own as (
      select hold_id, variant_id from inv.hold where cart_id = ${cartId} and state = 'paying' order by hold_id, variant_id for update)
    update inv.hold h set state = 'held', expires_at = coalesce(c.holds_expire_at, h.expires_at)
    from own, sales.cart c
    where c.id = ${cartId} and h.hold_id = own.hold_id and h.variant_id = own.variant_id and h.state = 'paying'`)
}

/** `inv.hold` as JSON. */
export type HoldRow = {
  readonly hold_id: string
  readonly variant_id: string
  readonly account_id: string
  readonly cart_id: string
  readonly qty: number
  readonly state: Hold["state"]
  readonly expires_at: string
}

export function holdOf(row: HoldRow): Hold {
  return {
    holdId: row.hold_id,
    variantId: row.variant_id,
    accountId: row.account_id,
    cartId: row.cart_id,
    quantity: row.qty,
    state: row.state,
    expiresAt: new Date(row.expires_at).toISOString(),
  }
}
