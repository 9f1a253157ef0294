import { countedVariants } from "#core/cart-change.ts"
import type { Outcome } from "#core/outcome.ts"
import { type CartDeps, noCart, runCartCommand } from "#flows/open-cart.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"

/**
 * Holds again what the clock took: each variant's lines all or none, as many variants as can be had, under a new deadline.
 * Refused `sold-out` names the first that could not be had; the others are held all the same.
 */
export function renewHolds(deps: CartDeps, shopper: ShopperCommand<unknown>): Promise<Outcome> {
  return runCartCommand(
    deps,
    shopper,
    (held, now) => {
      const variants = countedVariants(shopper.shop, held, now).map((counted) => ({
        variantId: counted.variantId,
        quantity: counted.wanted,
        title: counted.offer.product.title,
        otherQuantity: 0,
      }))
      return { wish: { type: "hold", mode: "each", variants } }
    },
    { isAboutAllLines: true, withoutCart: noCart },
  )
}
