import { and, desc, eq, inArray, isNotNull, isNull, lt, ne, or, sql } from "drizzle-orm"
import type { OrderWithCode } from "#core/promotion-seen.ts"
import type { Db, Tx } from "#store/db.ts"
import { orders, promotionRedemptions, promotions } from "#store/schema.ts"

/** Uses so far, reserved ones too, by promotion id; without what the live order of the cart `besideCartId` has claimed itself. */
export async function listPromotionUses(
  db: Db,
  accountId: string,
  ids: readonly string[],
  besideCartId?: string,
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const own = sql`(select count(*) from ${promotionRedemptions} r join ${orders} o on o.id = r.order_id
    where r.promotion_id = ${promotions.id} and r.state <> 'released' and o.cart_id = ${besideCartId ?? null}
      and o.state in ('awaiting_payment', 'processing', 'paid'))`
  const rows = await db
    .select({
      id: promotions.id,
      used: besideCartId ? sql<number>`(${promotions.used} - ${own})::int` : promotions.used,
    })
    .from(promotions)
    .where(and(eq(promotions.accountId, accountId), inArray(promotions.id, [...ids])))
  return new Map(rows.map((row) => [row.id, row.used]))
}

/** Until the transaction ends nobody else claims a use of it. */
export async function lockPromotion(tx: Tx, promotionId: string): Promise<void> {
  await tx
    .select({ id: promotions.id })
    .from(promotions)
    .where(eq(promotions.id, promotionId))
    .for("update")
}

/**
 * Whether an e-mail (lower case) has bought from the account: an order that is paid and was not given back whole. With a `promotionId`, an
 * order counts as well that waits for its money and has claimed that promotion. What the cart `besideCartId` has become is not looked at: it
 * is what is judged.
 */
export async function hasBought(
  db: Db,
  buyer: {
    readonly accountId: string
    readonly email: string
    readonly promotionId?: string
    readonly besideCartId?: string
  },
): Promise<boolean> {
  const claim = buyer.promotionId
    ? sql`exists (select from ${promotionRedemptions} r where r.order_id = ${orders.id}
        and r.promotion_id = ${buyer.promotionId} and r.state = 'reserved')`
    : sql`false`
  const rows = await db
    .select({ id: orders.id })
    .from(orders)
    .where(
      and(
        eq(orders.accountId, buyer.accountId),
        eq(sql`lower(${orders.email})`, buyer.email),
        or(inArray(orders.state, ["paid", "partially_refunded", "disputed"]), claim),
        buyer.besideCartId ? ne(orders.cartId, buyer.besideCartId) : undefined,
      ),
    )
    .limit(1)
  return rows.length > 0
}

/** What a code has sold in a currency: orders that stand, whole or in part. */
export type PromotionSales = {
  readonly code: string
  readonly currency: string
  readonly orders: number
  readonly totalMinor: number
  readonly discountMinor: number
}

export async function listPromotionSales(db: Db, accountId: string): Promise<PromotionSales[]> {
  const { promoCode, currency } = orders
  const rows = await db
    .select({
      code: promoCode,
      currency,
      orders: sql<number>`count(*)::int`,
      totalMinor: sql<number>`sum(${orders.totalMinor})::float8`,
      discountMinor: sql<number>`sum(${orders.discountMinor})::float8`,
    })
    .from(orders)
    .where(
      and(
        eq(orders.accountId, accountId),
        isNotNull(promoCode),
        inArray(orders.state, ["paid", "partially_refunded", "disputed"]),
      ),
    )
    .groupBy(promoCode, currency)
    .orderBy(promoCode, currency)
  return rows.flatMap(({ code, ...row }) => (code === null ? [] : [{ ...row, code }]))
}

/** The latest orders with a code, newest first. Nobody's name: who sees promotions need not see who bought. */
export async function listOrdersWithCode(
  db: Db,
  accountId: string,
  code: string,
  limit: number,
): Promise<OrderWithCode[]> {
  return db
    .select({
      number: orders.number,
      placedAt: orders.createdAt,
      currency: orders.currency,
      totalMinor: orders.totalMinor,
      discountMinor: orders.discountMinor,
    })
    .from(orders)
    .where(
      and(
        eq(orders.accountId, accountId),
        eq(orders.promoCode, code),
        inArray(orders.state, ["paid", "partially_refunded", "disputed"]),
      ),
    )
    .orderBy(desc(orders.createdAt))
    .limit(limit)
}

/** Claims one use for an order, under the promotion's row lock. False when none is left; the CHECK constraint stands behind it. */
export async function claimPromotionUse(tx: Tx, promotionId: string): Promise<boolean> {
  const rows = await tx
    .update(promotions)
    .set({ used: sql`${promotions.used} + 1` as never })
    .where(
      and(
        eq(promotions.id, promotionId),
        or(isNull(promotions.usageLimit), lt(promotions.used, promotions.usageLimit)),
      ),
    )
    .returning({ id: promotions.id })
  return rows.length === 1
}

/** Notes which order claimed the use. After the order's row, which it refers to. */
export async function insertRedemption(
  tx: Tx,
  order: { readonly id: string; readonly accountId: string },
  promotionId: string,
): Promise<void> {
  await tx
    .insert(promotionRedemptions)
    .values({ orderId: order.id, accountId: order.accountId, promotionId })
}

/**
 * The order was paid: its use counts for good. A use that was given back meanwhile is counted again as far as the limit allows: the
 * money has come for that price.
 */
export async function useRedemption(tx: Tx, orderId: string): Promise<void> {
  const [redemption] = await tx
    .select()
    .from(promotionRedemptions)
    .where(eq(promotionRedemptions.orderId, orderId))
  if (!redemption || redemption.state === "used") return
  if (redemption.state === "released") await claimPromotionUse(tx, redemption.promotionId)
  await tx
    .update(promotionRedemptions)
    .set({ state: "used" })
    .where(eq(promotionRedemptions.orderId, orderId))
}

/** The order came to nothing: its use is free for somebody else. */
export async function releaseRedemption(tx: Tx, orderId: string): Promise<void> {
  await giveBack(tx, orderId, "reserved")
}

/** A paid order was canceled: its use is free for somebody else. */
export async function returnRedemption(tx: Tx, orderId: string): Promise<void> {
  await giveBack(tx, orderId, "used")
}

async function giveBack(tx: Tx, orderId: string, from: "reserved" | "used"): Promise<void> {
  const [released] = await tx
    .update(promotionRedemptions)
    .set({ state: "released" })
    .where(and(eq(promotionRedemptions.orderId, orderId), eq(promotionRedemptions.state, from)))
    .returning({ promotionId: promotionRedemptions.promotionId })
  if (!released) return
  await tx
    .update(promotions)
    .set({ used: sql`${promotions.used} - 1` as never })
    .where(eq(promotions.id, released.promotionId))
}
