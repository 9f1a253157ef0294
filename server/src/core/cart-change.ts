import type { Cart, CartLine, Details } from "#core/cart.ts"
import { hasLapsed, type Hold } from "#core/hold.ts"
import { findOffer, type Offer } from "#core/offer.ts"
import type { Outcome } from "#core/outcome.ts"
import type { Refusal } from "#core/screen.ts"
import type { Storefront } from "#core/storefront.ts"

/** A cart with its live holds by variant id; they count in the variants' `held`, lapsed or not, until they are reaped. */
export type HeldCart = { readonly cart: Cart; readonly holds: ReadonlyMap<string, Hold> }

/** What a command makes of the cart as it is under its lock. Pure: it may run again when its batch fails. `now` is ISO 8601. */
export type CartChange = (held: HeldCart, now: string) => CartDecision

/** A change and a refusal may come together: what was typed is kept although the form is incomplete. */
export type CartDecision = {
  readonly refusal?: Refusal
  readonly patch?: CartPatch
  readonly wish?: StockWish
}

/** What becomes different on the cart itself; what is absent stays. */
export type CartPatch = {
  readonly lines?: readonly CartLine[]
  readonly regionId?: string
  /** `null` removes it. */
  readonly promoCode?: string | null
  readonly details?: Details
  /** The new details are part of what the shopper was shown and agrees to: the revision rises. Drafts do not raise it. */
  readonly areDetailsShown?: boolean
}

export type StockWish =
  /** These variants' holds become these quantities. `all`: all of them or the command is refused; `each`: what can be had. */
  | { readonly type: "hold"; readonly variants: readonly HoldWish[]; readonly mode: "all" | "each" }
  /** The deadline moves once, to the account's hold time from now. */
  | { readonly type: "extend" }

export type HoldWish = {
  readonly variantId: string
  /** Of all the cart's lines of this variant together; 0 releases. */
  readonly quantity: number
  /** What the shopper asked for, to be named in a refusal. */
  readonly title: string
  /** Of the variant's other lines: what is left for the line in question is without them. */
  readonly otherQuantity: number
}

/** One shopper's command as the writer takes it. */
export type CartCommand = {
  readonly op: string
  readonly type: string
  /** SHA-256 of type and data, hexadecimal. */
  readonly requestHash: string
  readonly accountId: string
  /** SHA-256 of the cart's token, hexadecimal: names the cart, which the command opens when there is none. */
  readonly tokenHash: string
  readonly opening: CartOpening
  /** What to answer instead of opening a cart; absent: open one. */
  readonly withoutCart?: Outcome
  /** Variants whose stock the change may touch. */
  readonly variantIds: readonly string[]
  /** And those of all lines of the cart. */
  readonly isAboutAllLines: boolean
  readonly touches: readonly TouchToRecord[]
  readonly change: CartChange
}

export type CartOpening = {
  readonly regionId: string
  readonly locale: string
  readonly holdMinutes: number
}

/** A marketing touch, cleaned, under the fingerprint (hexadecimal) that makes it one. `at` is ISO 8601. */
export type TouchToRecord = {
  readonly fingerprint: string
  readonly at: string
  readonly source?: string
  readonly medium?: string
  readonly campaign?: string
  readonly content?: string
  readonly term?: string
  readonly clickIds?: Readonly<Record<string, string>>
  readonly ref?: string
  readonly customerReferralCode?: string
  readonly accessCode?: string
  readonly referrer?: string
  readonly landingPage?: string
}

/** How many of a variant the cart wants, over all its price types. */
export function wantedOf(lines: readonly CartLine[], variantId: string): number {
  return lines
    .filter((line) => line.variantId === variantId)
    .reduce((sum, line) => sum + line.quantity, 0)
}

/** What the cart really has of a variant at `now`. */
export function liveQuantity(held: HeldCart, variantId: string, now: string): number {
  const hold = held.holds.get(variantId)
  return hold && !hasLapsed(hold, now) ? hold.quantity : 0
}

/** A counted variant of the cart: what the lines want of it and what is really held. */
export type CountedVariant = {
  readonly offer: Offer
  readonly variantId: string
  readonly wanted: number
  readonly live: number
}

/** The cart's counted variants, in the order of its lines. Those that left the catalogue are not among them. */
export function countedVariants(shop: Storefront, held: HeldCart, now: string): CountedVariant[] {
  const { lines } = held.cart
  const counted = lines.flatMap((line) => {
    const offer = findOffer(shop, line.priceTypeId)
    return offer?.variant.tracked ? [[offer.variant.id, offer] as const] : []
  })
  return [...new Map(counted)].map(([variantId, offer]) => ({
    offer,
    variantId,
    wanted: wantedOf(lines, variantId),
    live: liveQuantity(held, variantId, now),
  }))
}
