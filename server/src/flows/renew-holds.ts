import type { CartLine } from "#core/cart.ts"
import { countedVariants } from "#core/cart-change.ts"
import { findOffer, isOnSale } from "#core/offer.ts"
import type { Outcome } from "#core/outcome.ts"
import type { Deps } from "#flows/deps.ts"
import { takeAllBack, takeShares } from "#flows/hold-share.ts"
import { type CartDeps, noCart, runCartCommand } from "#flows/open-cart.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"
import { findShopperCart } from "#flows/find-shopper-cart.ts"

/**
 * Holds again what the clock took: each variant's lines all or none, as many variants as can be had, under a new deadline.
 * Refused `sold-out` names the first that could not be had, `not-on-sale` the first whose sale has ended meanwhile; the others are held all
 * the same. Refused `too-many-holds` when the client's address has set aside too much.
 */
export async function renewHolds(
  deps: Renewing,
  shopper: ShopperCommand<unknown>,
): Promise<Outcome> {
  const lines = await linesToHold(deps, shopper)
  const shares = takeShares(deps.lane.holdLimit.take, shopper, lines)
  if (!shares)
    return { outcome: "refused", rev: shopper.base, refusal: { reason: "too-many-holds" } }
  let held: ReadonlyMap<string, number> | undefined
  try {
    const outcome = await renew(deps, shopper)
    held = deps.lane.cartAfter(outcome)?.liveHolds
    return outcome
  } finally {
    takeAllBack(shares.filter((_, index) => !held?.has(lines[index]?.variantId ?? "")))
  }
}

type Renewing = CartDeps & Pick<Deps, "pool">

/** The cart's counted lines, as they are before its lock. */
async function linesToHold(
  { pool }: Renewing,
  shopper: ShopperCommand<unknown>,
): Promise<readonly CartLine[]> {
  const { shop } = shopper
  const shown = await findShopperCart(pool, shopper)
  if (!shown) return []
  return shown.cart.lines.filter((line) => findOffer(shop, line.priceTypeId)?.variant.tracked)
}

function renew(deps: CartDeps, shopper: ShopperCommand<unknown>): Promise<Outcome> {
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
