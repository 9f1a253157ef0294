import type { CartLine } from "#core/cart.ts"
import { findOffer, isOnSale, type Offer } from "#core/offer.ts"
import { isPayable, paymentMinimum } from "#core/payment-minimum.ts"
import { unitPrice } from "#core/price-cart.ts"
import type { PricedCart } from "#core/priced-cart.ts"
import type { Refusal } from "#core/screen.ts"
import type { Region, Storefront } from "#core/storefront.ts"

/** One line as somebody wants it to be. `amountMinor` is for pay-what-you-like, per unit; `now` is ISO 8601. */
export type LineWish = {
  readonly shop: Storefront
  /** The cart as it is, the line itself included or not. */
  readonly cartLines: readonly CartLine[]
  /** False: what the cart had of the line is no longer held for it. */
  readonly isHeld?: boolean
  readonly priceTypeId: string
  readonly quantity: number
  readonly amountMinor?: number | undefined
  readonly region: Region
  readonly now: string
}

/**
 * Why a line may not be set to this quantity; undefined when it may. Whether there is stock is the stock's to say. Less of what is held for
 * the cart is always allowed, and nothing at all even of what is no longer known: the way out must stay open.
 */
export function checkLine(wish: LineWish): Refusal | undefined {
  if (wish.quantity === 0) return undefined
  const offer = findOffer(wish.shop, wish.priceTypeId)
  const leastMinor = offer && unitPrice(offer.priceType, wish.region.currency, 0)
  if (!offer || leastMinor === undefined)
    return { reason: "not-on-sale", title: offer?.product.title ?? "" }
  const tooLow = checkAmount(offer, wish, leastMinor)
  if (tooLow) return tooLow
  if (wish.quantity <= promisedQuantity(wish)) return undefined
  if (!isOnSale(offer, wish.now)) return { reason: "not-on-sale", title: offer.product.title }
  return checkMaximums(offer, wish)
}

/**
 * What to check before an order is made. Minimums are checked here and not at each click, because a cart grows one click at a time. What is no
 * longer on sale is named while the shop knows it.
 */
export function checkOrder(priced: PricedCart, shop: Storefront): Refusal | undefined {
  if (priced.lines.length === 0) return { reason: "cart-empty" }
  const [gone] = priced.unavailable
  if (gone) {
    const title = findOffer(shop, gone.priceTypeId)?.product.title ?? ""
    return { reason: "not-on-sale", title }
  }
  const tooFew = checkMinimums(priced)
  if (tooFew) return tooFew
  if (!isPayable(priced.totalMinor, priced.currency))
    return { reason: "below-payment-minimum", minimumMinor: paymentMinimum(priced.currency) }
  return undefined
}

function promisedQuantity({ cartLines, priceTypeId, isHeld = true }: LineWish): number {
  if (!isHeld) return 0
  return cartLines.find((line) => line.priceTypeId === priceTypeId)?.quantity ?? 0
}

function checkAmount(offer: Offer, wish: LineWish, leastMinor: number): Refusal | undefined {
  if (offer.priceType.kind !== "pay-what-you-like" || wish.amountMinor === undefined)
    return undefined
  return wish.amountMinor < leastMinor
    ? { reason: "amount-too-low", minimumMinor: leastMinor }
    : undefined
}

/** The narrowest limit is said first: it is the one that can be understood beside the stepper. */
function checkMaximums(offer: Offer, wish: LineWish): Refusal | undefined {
  const { event, product, priceType } = offer
  const others = otherLines(wish)
  const ofProduct = quantityOf(others, (other) => other.product.id === product.id)
  const ofEvent = quantityOf(
    others,
    (other) => other.event.id === event.id && other.product.kind === "ticket",
  )
  const limits = [
    { title: priceType.title, maximum: priceType.maxPerOrder, others: 0 },
    { title: product.title, maximum: product.maxPerOrder, others: ofProduct },
    {
      title: event.title,
      maximum: product.kind === "ticket" ? event.maxPerOrder : undefined,
      others: ofEvent,
    },
  ]
  const passed = limits.find(
    (limit) => limit.maximum !== undefined && limit.others + wish.quantity > limit.maximum,
  )
  return passed && { reason: "over-maximum", title: passed.title, maximum: passed.maximum ?? 0 }
}

type CountedOffer = Offer & { readonly quantity: number }

function otherLines(wish: LineWish): CountedOffer[] {
  return wish.cartLines.flatMap((line) => {
    const offer = findOffer(wish.shop, line.priceTypeId)
    return offer && line.priceTypeId !== wish.priceTypeId
      ? [{ ...offer, quantity: line.quantity }]
      : []
  })
}

function checkMinimums(priced: PricedCart): Refusal | undefined {
  const lines = priced.lines.map((line) => ({ ...line, quantity: line.line.quantity }))
  for (const { event, product } of lines) {
    const ofProduct = quantityOf(lines, (other) => other.product.id === product.id)
    if (ofProduct < product.minPerOrder) return tooFew(product.title, product.minPerOrder)
    const ofEvent = quantityOf(
      lines,
      (other) => other.event.id === event.id && other.product.kind === "ticket",
    )
    // An order of T-shirts alone has no tickets to count.
    if (ofEvent > 0 && ofEvent < event.minPerOrder) return tooFew(event.title, event.minPerOrder)
  }
  return undefined
}

function tooFew(title: string, minimum: number): Refusal {
  return { reason: "below-minimum-quantity", title, minimum }
}

function quantityOf(lines: readonly CountedOffer[], counts: (offer: Offer) => boolean): number {
  return lines.filter(counts).reduce((sum, line) => sum + line.quantity, 0)
}
