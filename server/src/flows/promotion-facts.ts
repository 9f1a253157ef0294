import { type Buyer, sameEmail } from "#core/audience.ts"
import type { Cart } from "#core/cart.ts"
import { valueOf } from "#core/details.ts"
import { isEmail } from "#core/email.ts"
import type { PricingContext } from "#core/priced-cart.ts"
import { findPromotion } from "#core/promotion.ts"
import type { Storefront } from "#core/storefront.ts"
import type { Db } from "#store/db.ts"
import { hasBought, listPromotionUses } from "#store/promotions.ts"

/** What a cart's code is judged by, read only as far as it matters: uses where there is a limit, the buyer where it is not for everybody. */
export async function promotionFacts(
  db: Db,
  shop: Storefront,
  { promoCode, details }: Pick<Cart, "promoCode" | "details">,
): Promise<Pick<PricingContext, "promotionUses" | "buyer">> {
  const promotion = promoCode ? findPromotion(shop, promoCode) : undefined
  const promotionUses =
    promotion?.usageLimit === undefined
      ? new Map()
      : await listPromotionUses(db, shop.account.id, [promotion.id])
  const email = sameEmail(valueOf(details, "email"))
  if (!promotion?.audience || !isEmail(email)) return { promotionUses }
  return { promotionUses, buyer: await buyerOf(db, shop, promotion, email) }
}

/** An order under way that has claimed this very code counts, too: two carts at once are not two first orders. */
async function buyerOf(
  db: Db,
  { account }: Storefront,
  { id, audience }: { readonly id: string; readonly audience?: { readonly who: string } },
  email: string,
): Promise<Buyer> {
  if (audience?.who === "listed") return { email, hasBought: false }
  const claim = audience?.who === "first-time" ? { promotionId: id } : {}
  return { email, hasBought: await hasBought(db, { accountId: account.id, email, ...claim }) }
}
