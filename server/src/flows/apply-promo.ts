import type { CommandData } from "@foyer/shared/protocol"
import type { HeldCart } from "#core/cart-change.ts"
import type { Outcome } from "#core/outcome.ts"
import { priceCart } from "#core/price-cart.ts"
import { findPromotion } from "#core/promotion.ts"
import { chooseRegion } from "#core/region.ts"
import type { Pool } from "#store/db.ts"
import { type CartDeps, runCartCommand } from "#flows/open-cart.ts"
import { promotionUsesOf } from "#flows/promotion-uses.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"

/**
 * Keeps a code with the cart if it takes something off the lines as they are now, whatever the shopper's screen still showed. A cart without
 * lines keeps a running code: it may come with the link. Refused: `promo-refused` with the reason, and the code before stays.
 */
export async function applyPromo(
  deps: CartDeps & { readonly pool: Pool },
  shopper: ShopperCommand<CommandData<"apply-promo">>,
): Promise<Outcome> {
  const { shop, data } = shopper
  const code = findPromotion(shop, data.code)?.code ?? data.code.trim()
  const promotionUses = await promotionUsesOf(deps.pool.db, shop, { promoCode: code })
  return runCartCommand(deps, shopper, ({ cart }: HeldCart, now) => {
    const region = chooseRegion(shop, { cartRegionId: cart.regionId })
    const priced = priceCart(shop, { ...cart, promoCode: code }, { region, now, promotionUses })
    const why = code === "" ? "unknown-code" : priced.promotionRefused?.reason
    return why
      ? { refusal: { reason: "promo-refused", code, why } }
      : { patch: { promoCode: code } }
  })
}

export function removePromo(
  deps: CartDeps,
  shopper: ShopperCommand<CommandData<"remove-promo">>,
): Promise<Outcome> {
  const withoutCart = { outcome: "done", rev: 0 } as const
  return runCartCommand(deps, shopper, () => ({ patch: { promoCode: null } }), { withoutCart })
}
