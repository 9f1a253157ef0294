import type { CartChange } from "#core/cart-change.ts"
import { findPromotion } from "#core/promotion.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"

/**
 * Lets a cart without a code take the one of the page (the embed's `promo`, a promo link) with its next change. Never in place of a code that
 * it has, and never as a condition: a code that does not apply stays with the cart, which says why.
 */
export function withPagePromo(
  { shop, promo }: Pick<ShopperCommand<unknown>, "shop" | "promo">,
  change: CartChange,
): CartChange {
  const promoCode = promo && (findPromotion(shop, promo)?.code ?? promo.trim().toUpperCase())
  if (!promoCode) return change
  return (held, now) => {
    const decision = change(held, now)
    const isTaken = held.cart.promoCode !== undefined || decision.patch?.promoCode !== undefined
    return decision.refusal || isTaken
      ? decision
      : { ...decision, patch: { ...decision.patch, promoCode } }
  }
}
