import { and, eq, inArray, isNull, lt, or, sql } from "drizzle-orm"
import type { Db, Tx } from "#store/db.ts"
import { promotionRedemptions, promotions } from "#store/schema.ts"

/** Uses so far, reserved ones too, by promotion id. */
export async function listPromotionUses(
  db: Db,
  accountId: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: promotions.id, used: promotions.used })
    .from(promotions)
    .where(and(eq(promotions.accountId, accountId), inArray(promotions.id, [...ids])))
  return new Map(rows.map((row) => [row.id, row.used]))
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
  const [released] = await tx
    .update(promotionRedemptions)
    .set({ state: "released" })
    .where(
      and(eq(promotionRedemptions.orderId, orderId), eq(promotionRedemptions.state, "reserved")),
    )
    .returning({ promotionId: promotionRedemptions.promotionId })
  if (!released) return
  await tx
    .update(promotions)
    .set({ used: sql`${promotions.used} - 1` as never })
    .where(eq(promotions.id, released.promotionId))
}
