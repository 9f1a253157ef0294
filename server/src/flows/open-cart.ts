import type { CartChange, CartCommand } from "#core/cart-change.ts"
import type { Outcome } from "#core/outcome.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"
import type { StockLane } from "#flows/stock-lane.ts"
import { tokenHash } from "#store/carts.ts"
import { touchesToRecord } from "#store/touches.ts"

/** What the flows of a cart need. */
export type CartDeps = { readonly lane: StockLane }

/** What a flow says of its command beside the change itself. */
export type CartCommandParts = Partial<
  Pick<CartCommand, "variantIds" | "isAboutAllLines" | "withoutCart">
>

/**
 * The one way of a shopper's command to its cart: by its token, through the lane, once. The first command of a token opens the cart in its own
 * transaction, with the touches that led here. A command without a token can come from no browser of ours: there is no cart.
 */
export async function runCartCommand(
  { lane }: CartDeps,
  shopper: ShopperCommand<unknown>,
  change: CartChange,
  parts: CartCommandParts = {},
): Promise<Outcome> {
  if (!shopper.token) return parts.withoutCart ?? noCart
  return lane.submit({
    op: shopper.op,
    type: shopper.type,
    requestHash: Buffer.from(shopper.requestHash).toString("hex"),
    accountId: shopper.shop.account.id,
    tokenHash: tokenHash(shopper.token).toString("hex"),
    opening: {
      regionId: shopper.region.id,
      locale: shopper.locale,
      holdMinutes: shopper.shop.account.holdMinutes,
    },
    variantIds: [],
    isAboutAllLines: false,
    touches: touchesToRecord(shopper.touches),
    change,
    ...parts,
  })
}

/** What a command is told that needs lines where there is not even a cart. */
export const noCart: Outcome = {
  outcome: "refused",
  rev: 0,
  refusal: { reason: "cart-empty" },
}
