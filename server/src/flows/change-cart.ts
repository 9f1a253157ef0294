import type { CommandData } from "@foyer/shared/protocol"
import type { CartLine } from "#core/cart.ts"
import { type CartDecision, type HeldCart, liveQuantity, wantedOf } from "#core/cart-change.ts"
import { parseAmount } from "#core/money.ts"
import { findOffer, type Offer } from "#core/offer.ts"
import type { Outcome } from "#core/outcome.ts"
import { checkLine } from "#core/purchase-limits.ts"
import { chooseRegion } from "#core/region.ts"
import { shareMs, shareOf, unlessDone } from "#flows/hold-share.ts"
import { type CartDeps, runCartCommand } from "#flows/open-cart.ts"
import { withPagePromo } from "#flows/page-promo.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"

type SetQuantity = ShopperCommand<CommandData<"set-quantity">>

/**
 * `set-quantity`: sets a line to an absolute quantity, 0 removes it. The line's stock is held, moved or released with it: all of it or none.
 * Refused: what `checkLine` refuses, `amount-not-a-number`, `sold-out`, `too-many-holds`, a cart that is paying or completed.
 */
export async function changeCart(deps: CartDeps, shopper: SetQuantity): Promise<Outcome> {
  const offer = findOffer(shopper.shop, shopper.data.price)
  const isCounted = offer?.variant.tracked === true
  const takeBack = isCounted ? takeShare(deps, shopper) : () => {}
  if (!takeBack)
    return { outcome: "refused", rev: shopper.base, refusal: { reason: "too-many-holds" } }
  const change = (held: HeldCart, now: string) => setQuantity(shopper, offer, held, now)
  // A line that left the catalogue can still be taken out: its variant is found among the cart's lines.
  return unlessDone(takeBack, () =>
    runCartCommand(deps, shopper, withPagePromo(shopper, change), {
      variantIds: isCounted ? [offer.variant.id] : [],
      isAboutAllLines: !offer,
    }),
  )
}

function takeShare({ lane }: CartDeps, shopper: SetQuantity) {
  const { price, quantity } = shopper.data
  return lane.holdLimit.take(shareOf(shopper, price), quantity, shareMs(shopper))
}

export function setQuantity(
  shopper: Pick<SetQuantity, "shop" | "data" | "locale">,
  offer: Offer | undefined,
  held: HeldCart,
  now: string,
): CartDecision {
  const { shop, data, locale } = shopper
  const { lines } = held.cart
  // The cart's own, whatever another tab believes.
  const region = chooseRegion(shop, { cartRegionId: held.cart.regionId })
  const amountMinor =
    data.amount === undefined ? undefined : parseAmount(data.amount, region.currency, locale)
  if (data.amount !== undefined && amountMinor === undefined && data.quantity > 0)
    return { refusal: { reason: "amount-not-a-number" } }
  const { price: priceTypeId, quantity } = data
  const refusal = checkLine({
    shop,
    cartLines: lines,
    isHeld: !offer?.variant.tracked || liveQuantity(held, offer.variant.id, now) > 0,
    priceTypeId,
    quantity,
    amountMinor,
    region,
    now,
  })
  if (refusal) return { refusal }
  const before = lines.find((line) => line.priceTypeId === priceTypeId)
  const variantId = offer?.variant.id ?? before?.variantId
  if (!variantId) return {}
  const amount =
    offer?.priceType.kind === "pay-what-you-like" ? (amountMinor ?? before?.amountMinor) : undefined
  const line: CartLine = {
    variantId,
    priceTypeId,
    quantity,
    ...(amount !== undefined && { amountMinor: amount }),
  }
  const after = withLine(lines, line)
  const isHeld = offer?.variant.tracked ?? held.holds.has(variantId)
  if (!isHeld) return { patch: { lines: after } }
  const wanted = wantedOf(after, variantId)
  const wish = {
    variantId,
    quantity: wanted,
    title: offer?.product.title ?? "",
    otherQuantity: wanted - quantity,
  }
  return { patch: { lines: after }, wish: { type: "hold", mode: "all", variants: [wish] } }
}

function withLine(lines: readonly CartLine[], line: CartLine): readonly CartLine[] {
  const isKnown = lines.some((each) => each.priceTypeId === line.priceTypeId)
  if (line.quantity === 0) return lines.filter((each) => each.priceTypeId !== line.priceTypeId)
  return isKnown
    ? lines.map((each) => (each.priceTypeId === line.priceTypeId ? line : each))
    : [...lines, line]
}
