import { type CartDecision, countedVariants, type HeldCart } from "#core/cart-change.ts"
import { findOffer } from "#core/offer.ts"
import type { Outcome } from "#core/outcome.ts"
import { type CartDeps, noCart, runCartCommand } from "#flows/open-cart.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"

/** Drops the lines that are not held any more, and those that left the catalogue; gives back what little is held of them. */
export function discardLost(deps: CartDeps, shopper: ShopperCommand<unknown>): Promise<Outcome> {
  return runCartCommand(deps, shopper, (held, now) => decide(shopper, held, now), {
    isAboutAllLines: true,
    withoutCart: noCart,
  })
}

function decide({ shop }: ShopperCommand<unknown>, held: HeldCart, now: string): CartDecision {
  const counted = countedVariants(shop, held, now)
  const lost = new Set(
    counted.filter(({ live, wanted }) => live < wanted).map(({ variantId }) => variantId),
  )
  const lines = held.cart.lines.filter(
    (line) => findOffer(shop, line.priceTypeId) && !lost.has(line.variantId),
  )
  const kept = new Set(lines.map((line) => line.variantId))
  const released = [...held.holds.keys()].filter((variantId) => !kept.has(variantId))
  const variants = released.map((variantId) => ({
    variantId,
    quantity: 0,
    title: "",
    otherQuantity: 0,
  }))
  return { patch: { lines }, wish: { type: "hold", mode: "all", variants } }
}
