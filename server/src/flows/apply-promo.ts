import type { CommandData } from "@foyer/shared/protocol"
import type { HeldCart } from "#core/cart-change.ts"
import type { Outcome } from "#core/outcome.ts"
import type { PricingContext } from "#core/priced-cart.ts"
import { priceCart } from "#core/price-cart.ts"
import { findPromotion } from "#core/promotion.ts"
import { chooseRegion } from "#core/region.ts"
import { type CartDeps, runCartCommand } from "#flows/open-cart.ts"
import { promotionFacts } from "#flows/promotion-facts.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"
import type { Pool } from "#store/db.ts"
import { findShopperCart } from "#flows/find-shopper-cart.ts"

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
  const facts = await factsOf(deps.pool, shopper, code)
  return runCartCommand(deps, shopper, ({ cart }: HeldCart, now) => {
    const region = chooseRegion(shop, { cartRegionId: cart.regionId })
    const priced = priceCart(shop, { ...cart, promoCode: code }, { region, now, ...facts })
    const why = code === "" ? "unknown-code" : priced.promotionRefused?.reason
    return why
      ? { refusal: { reason: "promo-refused", code, why } }
      : { patch: { promoCode: code } }
  })
}

/** Who has filled in the form already is known; what the form says is read only for a code that asks for it. */
async function factsOf(
  pool: Pool,
  shopper: ShopperCommand<unknown>,
  promoCode: string,
): Promise<Pick<PricingContext, "promotionUses" | "buyer">> {
  const { shop } = shopper
  const isForSome = findPromotion(shop, promoCode)?.audience !== undefined
  const shown = isForSome ? await findShopperCart(pool, shopper) : undefined
  return promotionFacts(pool.db, shop, { details: {}, ...shown?.cart, promoCode })
}

export function removePromo(
  deps: CartDeps,
  shopper: ShopperCommand<CommandData<"remove-promo">>,
): Promise<Outcome> {
  const withoutCart = { outcome: "done", rev: 0 } as const
  return runCartCommand(deps, shopper, () => ({ patch: { promoCode: null } }), { withoutCart })
}
