import { countedVariants } from "#core/cart-change.ts"
import { isOnSale } from "#core/offer.ts"
import type { Outcome } from "#core/outcome.ts"
import { type CartDeps, noCart, runCartCommand } from "#flows/open-cart.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"

/**
 * Holds again what the clock took: each variant's lines all or none, as many variants as can be had, under a new deadline.
 * Refused `sold-out` names the first that could not be had, `not-on-sale` the first whose sale has ended meanwhile; the others are held all
 * the same.
 */
export function renewHolds(deps: CartDeps, shopper: ShopperCommand<unknown>): Promise<Outcome> {
  return runCartCommand(
    deps,
    shopper,
    (held, now) => {
      const counted = countedVariants(shopper.shop, held, now)
      const ended = counted.find(({ offer }) => !isOnSale(offer, now))
      const onSale = counted.filter(({ offer }) => isOnSale(offer, now))
      const variants = onSale.map((each) => ({
        variantId: each.variantId,
        quantity: each.wanted,
        title: each.offer.product.title,
        otherQuantity: 0,
      }))
      return {
        wish: { type: "hold", mode: "each", variants },
        ...(ended && { refusal: { reason: "not-on-sale", title: ended.offer.product.title } }),
      }
    },
    { isAboutAllLines: true, withoutCart: noCart },
  )
}
