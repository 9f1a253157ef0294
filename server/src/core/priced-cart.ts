import type { AudienceRefusal, Buyer } from "#core/audience.ts"
import type { CartLine } from "#core/cart.ts"
import type {
  Event,
  PriceType,
  Product,
  Promotion,
  Region,
  Showtime,
  Variant,
} from "#core/storefront.ts"

/** A cart with every amount worked out, in minor units of `currency`. Totals are exact sums of their parts. */
export type PricedCart = {
  readonly currency: string
  readonly taxIncluded: boolean
  readonly lines: readonly PricedLine[]
  /** Unit prices times quantities, before the discount. */
  readonly subtotalMinor: number
  readonly discountMinor: number
  /** Service fees the shopper pays. */
  readonly feeMinor: number
  /** Tax on top of prices. */
  readonly taxMinor: number
  readonly shippingMinor: number
  readonly totalMinor: number
  /** As shown: one row a tax name and rate; included tax is information, added tax is part of the total. */
  readonly taxes: readonly TaxLine[]
  readonly promotion?: { readonly promotion: Promotion; readonly discountMinor: number }
  /** A code in the cart that does not apply now, and why. */
  readonly promotionRefused?: { readonly code: string; readonly reason: PromotionRefusal }
  /** Lines whose price, variant or showtime is no longer sold in this region: shown, never charged. */
  readonly unavailable: readonly CartLine[]
}

export type PricedLine = LineAmounts & {
  readonly line: CartLine
  readonly event: Event
  readonly showtime?: Showtime
  readonly product: Product
  readonly variant: Variant
  readonly priceType: PriceType
}

/** What a line costs, in minor units. */
export type LineAmounts = {
  readonly unitMinor: number
  readonly discountMinor: number
  readonly feePassedMinor: number
  readonly feeAbsorbedMinor: number
  readonly taxAddedMinor: number
  readonly taxIncludedMinor: number
  /** Tax on an absorbed fee: the organizer's, never in the total. */
  readonly feeTaxAbsorbedMinor: number
  /** `unit * quantity - discount + feePassed + taxAdded`. */
  readonly totalMinor: number
}

export type TaxLine = {
  readonly name: string
  readonly ratePpm: number
  readonly addedMinor: number
  readonly includedMinor: number
}

export type PromotionRefusal =
  | "unknown-code"
  | "not-started"
  | "expired"
  | "used-up"
  | "below-minimum"
  | "not-for-these-events"
  | "not-in-this-currency"
  | "too-few"
  | AudienceRefusal

/** Where and how a cart is priced. */
export type PricingContext = {
  readonly region: Region
  /** ISO 8601, from the database's clock. */
  readonly now: string
  /** Uses so far by promotion id, where a limit matters. */
  readonly promotionUses: ReadonlyMap<string, number>
  /** Who buys, where a code in the cart is not for everybody; absent: not known yet. */
  readonly buyer?: Buyer
}
