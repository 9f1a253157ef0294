import type { Cart } from "#core/cart.ts"
import { findPromotion } from "#core/promotion.ts"
import type { Storefront } from "#core/storefront.ts"
import type { Db } from "#store/db.ts"
import { listPromotionUses } from "#store/promotions.ts"

/** Uses so far of a code's promotion by its id, as pricing asks for them: nothing where no limit makes them matter. */
export async function promotionUsesOf(
  db: Db,
  shop: Storefront,
  { promoCode }: Pick<Cart, "promoCode">,
): Promise<ReadonlyMap<string, number>> {
  const promotion = promoCode ? findPromotion(shop, promoCode) : undefined
  if (promotion?.usageLimit === undefined) return new Map()
  return listPromotionUses(db, shop.account.id, [promotion.id])
}
