import { createHash } from "node:crypto"
import { eq, sql } from "drizzle-orm"
import type { Cart, Details, ShownCart } from "#core/cart.ts"
import type { Db, Tx } from "#store/db.ts"
import { carts } from "#store/schema.ts"

/** What a cart is found by: the token itself stays with the browser. */
export function tokenHash(token: string): Buffer {
  return createHash("sha256").update(token).digest()
}

/** The cart of a token, within one account: a token of another account's cart finds nothing. */
export async function findCart(
  db: Db,
  accountId: string,
  hash: Uint8Array,
): Promise<ShownCart | undefined> {
  return readCart(db, "c.account_id = $1 and c.token_hash = $2", [accountId, hash])
}

export async function findCartById(
  db: Db,
  accountId: string,
  cartId: string,
): Promise<ShownCart | undefined> {
  return readCart(db, "c.account_id = $1 and c.id = $2", [accountId, cartId])
}

/** Locks a cart, first of all locks, and reads it as it then is. */
export async function lockCart(
  tx: Tx,
  accountId: string,
  hash: Uint8Array,
): Promise<ShownCart | undefined> {
  const { rows } = await tx.$client.query<{ id: string }>({
    name: "lock-cart",
    text: "select id from sales.cart where account_id = $1 and token_hash = $2 for no key update",
    values: [accountId, hash],
  })
  return rows[0] && findCartById(tx, accountId, rows[0].id)
}

/** Like `lockCart`, for who knows the cart from its order. */
export async function lockCartById(
  tx: Tx,
  accountId: string,
  cartId: string,
): Promise<ShownCart | undefined> {
  await tx.$client.query({
    name: "lock-cart-by-id",
    text: "select from sales.cart where account_id = $1 and id = $2 for no key update",
    values: [accountId, cartId],
  })
  return findCartById(tx, accountId, cartId)
}

/** A payment of this order begins: nothing else may change the cart. Under the cart's lock. */
export async function freezeCart(tx: Tx, cartId: string, orderId: string): Promise<void> {
  await move(tx, cartId, { state: "frozen", orderId })
}

/** The shopper goes back, or the payment ended without money. The revision rises: what is shown and can be paid is another thing now. */
export async function unfreezeCart(tx: Tx, cartId: string): Promise<void> {
  await move(tx, cartId, { state: "open", orderId: null })
}

/** The cart became this order. */
export async function completeCart(tx: Tx, cartId: string, orderId: string): Promise<void> {
  await move(tx, cartId, { state: "completed", orderId })
}

/**
 * Open carts that nobody changed for `idleDays`, and for which nothing is set aside: their lines and what was typed go. At most `limit`; answers
 * how many. One that somebody is clicking in is passed over.
 */
export async function expireIdleCarts(tx: Tx, idleDays: number, limit: number): Promise<number> {
  const { rows } = await tx.$client.query<{ id: string }>({
    name: "expire-idle-carts",
    text: `with idle as (
        select id from sales.cart c
        where state = 'open' and created_at < clock_timestamp() - $1 * interval '1 day' and updated_at < clock_timestamp() - $1 * interval '1 day'
          and not exists (select from inv.hold h where h.cart_id = c.id and h.state in ('held', 'paying'))
        order by created_at limit $2 for no key update skip locked),
      removed as (delete from sales.cart_line l using idle where l.cart_id = idle.id)
      update sales.cart c set state = 'expired', details = '{}', promo_code = null, holds_expire_at = null, holds_extended_at = null,
        rev = rev + 1, updated_at = clock_timestamp()
      from idle where c.id = idle.id returning c.id`,
    values: [idleDays, limit],
  })
  return rows.length
}

async function move(
  tx: Tx,
  cartId: string,
  change: { readonly state: Cart["state"]; readonly orderId: string | null },
): Promise<void> {
  await tx
    .update(carts)
    .set({ ...change, rev: sql`${carts.rev} + 1`, updatedAt: sql`clock_timestamp()` })
    .where(eq(carts.id, cartId))
}

/** `sales.cart` as JSON. */
export type CartRow = {
  readonly id: string
  readonly account_id: string
  readonly token_hash: string
  readonly state: Cart["state"]
  readonly rev: number
  readonly region_id: string
  readonly locale: string
  readonly promo_code: string | null
  readonly details: Details
  readonly holds_expire_at: string | null
  readonly holds_extended_at: string | null
  readonly order_id: string | null
}

/** `sales.cart_line` as JSON. */
export type CartLineRow = {
  readonly cart_id: string
  readonly variant_id: string
  readonly price_type_id: string
  readonly quantity: number
  readonly amount_minor: number | null
}

export function cartOf(row: CartRow, lines: readonly CartLineRow[]): Cart {
  return {
    id: row.id,
    accountId: row.account_id,
    state: row.state,
    rev: row.rev,
    regionId: row.region_id,
    locale: row.locale,
    ...(row.promo_code !== null && { promoCode: row.promo_code }),
    details: row.details,
    lines: lines.map((line) => ({
      variantId: line.variant_id,
      priceTypeId: line.price_type_id,
      quantity: line.quantity,
      ...(line.amount_minor !== null && { amountMinor: line.amount_minor }),
    })),
    ...(row.holds_expire_at !== null && { holdsExpireAt: iso(row.holds_expire_at) }),
    ...(row.holds_extended_at !== null && { holdsExtendedAt: iso(row.holds_extended_at) }),
    ...(row.order_id !== null && { orderId: row.order_id }),
  }
}

const iso = (instant: string) => new Date(instant).toISOString()

type ReadRow = {
  readonly cart: CartRow
  readonly lines: readonly CartLineRow[] | null
  readonly holds: Readonly<Record<string, number>> | null
}

async function readCart(
  db: Db,
  which: "c.account_id = $1 and c.token_hash = $2" | "c.account_id = $1 and c.id = $2",
  values: readonly unknown[],
): Promise<ShownCart | undefined> {
  const { rows } = await db.$client.query<ReadRow>({
    name: `read-cart ${which}`,
    text: `select to_jsonb(c) as cart,
      (select jsonb_agg(l order by position) from sales.cart_line l where l.cart_id = c.id) as lines,
      (select jsonb_object_agg(h.variant_id, h.qty) from inv.hold h
        where h.cart_id = c.id and h.state in ('held', 'paying') and h.expires_at > clock_timestamp()) as holds
      from sales.cart c where ${which}`,
    values: [...values],
  })
  const row = rows[0]
  return (
    row && {
      cart: cartOf(row.cart, row.lines ?? []),
      liveHolds: new Map(Object.entries(row.holds ?? {})),
    }
  )
}
