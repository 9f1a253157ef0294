import type { CommandData } from "@foyer/shared/protocol"
import type { Cart, CartLine } from "#core/cart.ts"
import type { CartDecision, HeldCart } from "#core/cart-change.ts"
import { findOffer } from "#core/offer.ts"
import type { Outcome } from "#core/outcome.ts"
import { unitPrice } from "#core/price-cart.ts"
import type { Region, Storefront } from "#core/storefront.ts"
import { type CartDeps, runCartCommand } from "#flows/open-cart.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"

/**
 * Moves the cart to another selling area: everything has that area's prices from now on, holds and lines stay, and the promotion is judged
 * anew wherever the cart is shown. Without a cart there is nothing to move: the browser keeps the choice. An unknown region changes nothing.
 */
export function chooseRegion(
  deps: CartDeps,
  shopper: ShopperCommand<CommandData<"choose-region">>,
): Promise<Outcome> {
  const { shop, data } = shopper
  const region = shop.regions.find((each) => each.slug === data.region)
  const change = (held: HeldCart) => (region ? moveTo(shop, held.cart, region) : {})
  return runCartCommand(deps, shopper, change, { withoutCart: { outcome: "done", rev: 0 } })
}

function moveTo(shop: Storefront, cart: Cart, region: Region): CartDecision {
  const before = shop.regions.find((each) => each.id === cart.regionId)
  if (before?.id === region.id) return {}
  const isSameMoney = before?.currency === region.currency
  const lines = isSameMoney ? cart.lines : cart.lines.map((line) => inMoneyOf(shop, line, region))
  return { patch: { regionId: region.id, lines } }
}

/** An amount that was chosen in one currency means nothing in another: the suggested one takes its place. */
function inMoneyOf(shop: Storefront, line: CartLine, { currency }: Region): CartLine {
  if (line.amountMinor === undefined) return line
  const { amountMinor: _, ...rest } = line
  const offer = findOffer(shop, line.priceTypeId)
  const suggestedMinor = offer && unitPrice(offer.priceType, currency)
  return suggestedMinor === undefined ? rest : { ...rest, amountMinor: suggestedMinor }
}
