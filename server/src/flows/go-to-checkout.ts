import { type CartDecision, countedVariants, type HeldCart } from "#core/cart-change.ts"
import type { Outcome } from "#core/outcome.ts"
import { checkOrder } from "#core/purchase-limits.ts"
import { pricedNow } from "#flows/save-details.ts"
import { type CartDeps, noCart, runCartCommand } from "#flows/open-cart.ts"
import { withPagePromo } from "#flows/page-promo.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"

/**
 * On to the form. Gives the account's hold time again from now, once per cart: who fills in a form must not lose the race against it.
 * Refused: `cart-empty`, `holds-expired`, and what no order could be made of.
 */
export function goToCheckout(deps: CartDeps, shopper: ShopperCommand<unknown>): Promise<Outcome> {
  const change = (held: HeldCart, now: string) => decide(shopper, held, now)
  return runCartCommand(deps, shopper, withPagePromo(shopper, change), {
    isAboutAllLines: true,
    withoutCart: noCart,
  })
}

function decide({ shop }: ShopperCommand<unknown>, held: HeldCart, now: string): CartDecision {
  const { cart } = held
  if (cart.lines.length === 0) return { refusal: { reason: "cart-empty" } }
  if (countedVariants(shop, held, now).some(({ live, wanted }) => live < wanted))
    return { refusal: { reason: "holds-expired" } }
  const refusal = checkOrder(pricedNow(shop, cart, now), shop)
  return refusal ? { refusal } : { wish: { type: "extend" } }
}
