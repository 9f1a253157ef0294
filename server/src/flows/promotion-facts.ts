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
  cart: Pick<Cart, "promoCode" | "details"> & Partial<Pick<Cart, "id">>,
): Promise<Pick<PricingContext, "promotionUses" | "buyer">> {
  const { promoCode, details } = cart
  const promotion = promoCode ? findPromotion(shop, promoCode) : undefined
  const promotionUses =
    promotion?.usageLimit === undefined
      ? new Map()
      : await listPromotionUses(db, shop.account.id, [promotion.id], cart.id)
  const email = sameEmail(valueOf(details, "email"))
  if (!promotion?.audience || !isEmail(email)) return { promotionUses }
  return { promotionUses, buyer: await buyerOf(db, shop, promotion, email, cart.id) }
}

/** An order under way that has claimed this very code counts, too: two carts at once are not two first orders. */
async function buyerOf(
  db: Db,
  { account }: Storefront,
  { id, audience }: { readonly id: string; readonly audience?: { readonly who: string } },
  email: string,
  cartId?: string,
): Promise<Buyer> {
  if (audience?.who === "listed") return { email, hasBought: false }
  const bought = await hasBought(db, {
    accountId: account.id,
    email,
    ...(audience?.who === "first-time" && { promotionId: id }),
    ...(cartId !== undefined && { besideCartId: cartId }),
  })
  return { email, hasBought: bought }
}
