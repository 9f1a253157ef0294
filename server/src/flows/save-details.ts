import type { CommandData } from "@foyer/shared/protocol"
import type { Buyer } from "#core/audience.ts"
import type { Cart, Details } from "#core/cart.ts"
import type { CartDecision } from "#core/cart-change.ts"
import { fieldsFor } from "#core/details.ts"
import type { Outcome } from "#core/outcome.ts"
import { priceCart } from "#core/price-cart.ts"
import { chooseRegion } from "#core/region.ts"
import type { Storefront } from "#core/storefront.ts"
import { type CartDeps, noCart, runCartCommand } from "#flows/open-cart.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"

/** Keeps what is typed so far, good or bad, beside what was typed before. The revision stays: nothing that is shown or charged changed. */
export function saveDetails(
  deps: CartDeps,
  shopper: ShopperCommand<CommandData<"save-details">>,
): Promise<Outcome> {
  const { shop, data } = shopper
  const change = ({ cart }: { readonly cart: Cart }, now: string): CartDecision => {
    const typed = knownValues(data.values, controlsOf(shop, cart, now))
    const isNews = Object.entries(typed).some(([name, value]) => cart.details[name] !== value)
    return isNews ? { patch: { details: { ...cart.details, ...typed } } } : {}
  }
  return runCartCommand(deps, shopper, change, { withoutCart: noCart })
}

/** The names of the form's controls for this cart. */
export function controlsOf(shop: Storefront, cart: Cart, now: string): ReadonlySet<string> {
  const priced = pricedNow(shop, cart, now)
  return new Set(fieldsFor(shop, priced).map(({ control }) => control))
}

/** The cart in its own region; how often its code was used is judged where it is shown and paid, and for whom it is where a `buyer` is told. */
export function pricedNow(shop: Storefront, cart: Cart, now: string, buyer?: Buyer) {
  const region = chooseRegion(shop, { cartRegionId: cart.regionId })
  return priceCart(shop, cart, { region, now, promotionUses: new Map(), ...(buyer && { buyer }) })
}

/** Only what the form asked for is kept: a cart is no place to store other things. */
export function knownValues(values: Details, controls: ReadonlySet<string>): Details {
  return Object.fromEntries(Object.entries(values).filter(([name]) => controls.has(name)))
}
