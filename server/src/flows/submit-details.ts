import type { CommandData } from "@foyer/shared/protocol"
import { isAudienceRefusal } from "#core/audience.ts"
import type { CartDecision, HeldCart } from "#core/cart-change.ts"
import { checkDetails } from "#core/details.ts"
import type { Outcome } from "#core/outcome.ts"
import type { PricingContext } from "#core/priced-cart.ts"
import { type CartDeps, noCart, runCartCommand } from "#flows/open-cart.ts"
import { promotionFacts } from "#flows/promotion-facts.ts"
import { controlsOf, knownValues, pricedNow } from "#flows/save-details.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"
import type { Pool } from "#store/db.ts"
import { findShopperCart } from "#flows/find-shopper-cart.ts"

type SubmitDetails = ShopperCommand<CommandData<"submit-details">>
type Facts = Pick<PricingContext, "promotionUses" | "buyer">

/**
 * Takes the whole form. What was typed is kept even when it is refused as `details-incomplete`; the view then shows what is wrong with it.
 * Refused as `promo-refused` when the code in the cart is not for who buys: the form is kept, the code is taken off, and going on is one more
 * click. Also refused: `cart-empty`.
 */
export async function submitDetails(
  deps: CartDeps & { readonly pool: Pool },
  shopper: SubmitDetails,
): Promise<Outcome> {
  const facts = await factsOf(deps.pool, shopper)
  const change = (held: HeldCart, now: string) => decide(shopper, held, now, facts)
  return runCartCommand(deps, shopper, change, { withoutCart: noCart })
}

/** Who buys, by the e-mail that is just being sent. Read before the cart is locked; the order is judged again. */
async function factsOf(pool: Pool, shopper: SubmitDetails): Promise<Facts> {
  const { shop, data } = shopper
  const isOpenToAll = ![...shop.promotions.values()].some(({ audience }) => audience)
  const shown = isOpenToAll ? undefined : await findShopperCart(pool, shopper)
  if (!shown) return { promotionUses: new Map() }
  return promotionFacts(pool.db, shop, { ...shown.cart, details: data.values })
}

function decide(
  { shop, data }: SubmitDetails,
  { cart }: HeldCart,
  now: string,
  facts: Facts,
): CartDecision {
  if (cart.lines.length === 0) return { refusal: { reason: "cart-empty" } }
  const controls = controlsOf(shop, cart, now)
  // An unchecked box sends nothing: what the form asks for and did not send is not there any more.
  const others = Object.entries(cart.details).filter(([name]) => !controls.has(name))
  const details = { ...Object.fromEntries(others), ...knownValues(data.values, controls) }
  const priced = pricedNow(shop, cart, now, facts.buyer)
  const patch = { details, areDetailsShown: true }
  if (checkDetails(details, shop, priced).length > 0)
    return { patch, refusal: { reason: "details-incomplete" } }
  const refused = priced.promotionRefused
  if (!refused || !isAudienceRefusal(refused.reason)) return { patch }
  const { code, reason: why } = refused
  return { patch: { ...patch, promoCode: null }, refusal: { reason: "promo-refused", code, why } }
}
