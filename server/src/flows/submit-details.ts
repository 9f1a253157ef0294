import type { CommandData } from "@foyer/shared/protocol"
import type { CartDecision, HeldCart } from "#core/cart-change.ts"
import { checkDetails } from "#core/details.ts"
import type { Outcome } from "#core/outcome.ts"
import { type CartDeps, noCart, runCartCommand } from "#flows/open-cart.ts"
import { controlsOf, knownValues, pricedNow } from "#flows/save-details.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"

type SubmitDetails = ShopperCommand<CommandData<"submit-details">>

/**
 * Takes the whole form. What was typed is kept even when it is refused as `details-incomplete`; the view then shows what is wrong with it.
 * Also refused: `cart-empty`.
 */
export function submitDetails(deps: CartDeps, shopper: SubmitDetails): Promise<Outcome> {
  const change = (held: HeldCart, now: string) => decide(shopper, held, now)
  return runCartCommand(deps, shopper, change, { withoutCart: noCart })
}

function decide({ shop, data }: SubmitDetails, { cart }: HeldCart, now: string): CartDecision {
  if (cart.lines.length === 0) return { refusal: { reason: "cart-empty" } }
  const controls = controlsOf(shop, cart, now)
  // An unchecked box sends nothing: what the form asks for and did not send is not there any more.
  const others = Object.entries(cart.details).filter(([name]) => !controls.has(name))
  const details = { ...Object.fromEntries(others), ...knownValues(data.values, controls) }
  const problems = checkDetails(details, shop, pricedNow(shop, cart, now))
  const patch = { details, areDetailsShown: true }
  return problems.length > 0 ? { patch, refusal: { reason: "details-incomplete" } } : { patch }
}
