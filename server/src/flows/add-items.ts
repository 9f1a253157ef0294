import type { CommandData } from "@foyer/shared/protocol"
import type { CartChange, HoldWish } from "#core/cart-change.ts"
import { isOnSale, type Offer } from "#core/offer.ts"
import type { Outcome } from "#core/outcome.ts"
import { chooseRegion } from "#core/region.ts"
import { offersNamed } from "#core/named-offers.ts"
import { setQuantity } from "#flows/change-cart.ts"
import { takeAllBack, takeShares, unlessDone } from "#flows/hold-share.ts"
import { type CartDeps, runCartCommand } from "#flows/open-cart.ts"
import { withPagePromo } from "#flows/page-promo.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"

type AddItems = ShopperCommand<CommandData<"add-items">>
type Wanted = { readonly offer: Offer; readonly quantity: number }

export type Added = {
  readonly outcome: Outcome
  /** Slug of the event in which the shopper must choose first: what the button names is sold in more than one way. */
  readonly chooseIn?: string
}

/**
 * `add-items`: what a buy button names, at least so many of each; a second press adds nothing. All of it or none. Refused as `set-quantity` is;
 * `not-on-sale` too for what does not exist.
 */
export async function addItems(deps: CartDeps, shopper: AddItems, now: Date): Promise<Added> {
  const wanted: Wanted[] = []
  for (const { item, quantity } of shopper.data.items) {
    const offers = onSaleHere(shopper, offersNamed(shopper.shop, item), now)
    const [offer, rival] = offers
    if (!offer) return { outcome: notOnSale(shopper) }
    if (rival)
      return { outcome: { outcome: "done", rev: shopper.base }, chooseIn: offer.event.slug }
    wanted.push({ offer, quantity })
  }
  return { outcome: await addAll(deps, shopper, wanted) }
}

function onSaleHere({ region }: AddItems, offers: readonly Offer[], now: Date): Offer[] {
  const { currency } = region
  return offers.filter(
    (offer) =>
      isOnSale(offer, now.toISOString()) && Object.hasOwn(offer.priceType.prices, currency),
  )
}

function notOnSale({ base }: AddItems): Outcome {
  return { outcome: "refused", rev: base, refusal: { reason: "not-on-sale", title: "" } }
}

async function addAll(
  deps: CartDeps,
  shopper: AddItems,
  wanted: readonly Wanted[],
): Promise<Outcome> {
  const counted = wanted.filter(({ offer }) => offer.variant.tracked)
  const lines = counted.map(({ offer, quantity }) => ({
    priceTypeId: offer.priceType.id,
    quantity,
  }))
  // The cart may have more of a line already, and keeps it.
  const shares = takeShares(deps.lane.holdLimit.takeAtLeast, shopper, lines)
  if (!shares)
    return { outcome: "refused", rev: shopper.base, refusal: { reason: "too-many-holds" } }
  const change = withPagePromo(shopper, changeOf(shopper, wanted))
  const variantIds = counted.map(({ offer }) => offer.variant.id)
  return unlessDone(
    () => takeAllBack(shares),
    () => runCartCommand(deps, shopper, change, { variantIds }),
  )
}

/** One line after the other, as if each had been clicked; the stock is asked for all of them together. */
function changeOf(shopper: AddItems, wanted: readonly Wanted[]): CartChange {
  return (held, now) => {
    const region = chooseRegion(shopper.shop, { cartRegionId: held.cart.regionId })
    let { lines } = held.cart
    const holds = new Map<string, HoldWish>()
    for (const { offer, quantity } of wanted) {
      const price = offer.priceType.id
      const has = lines.find((line) => line.priceTypeId === price)?.quantity ?? 0
      const data = { price, quantity: Math.max(has, quantity) }
      const cart = { ...held.cart, lines, regionId: region.id }
      const decision = setQuantity({ ...shopper, data }, offer, { ...held, cart }, now)
      if (decision.refusal) return { refusal: decision.refusal }
      lines = decision.patch?.lines ?? lines
      if (decision.wish?.type === "hold")
        for (const wish of decision.wish.variants) holds.set(wish.variantId, wish)
    }
    const variants = [...holds.values()]
    return {
      patch: { lines },
      ...(variants.length > 0 && { wish: { type: "hold", mode: "all", variants } }),
    }
  }
}
