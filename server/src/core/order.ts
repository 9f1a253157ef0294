import type { LineAmounts } from "#core/priced-cart.ts"

/** An order as it was bought: a snapshot that stays true whatever the catalogue becomes. Money in minor units of `currency`. */
export type OrderSummary = {
  readonly id: string
  readonly accountId: string
  readonly number: string
  readonly publicToken: string
  readonly state: OrderState
  readonly currency: string
  readonly locale: string
  readonly subtotalMinor: number
  readonly discountMinor: number
  readonly feeMinor: number
  readonly taxMinor: number
  readonly shippingMinor: number
  readonly totalMinor: number
  readonly taxes: readonly {
    readonly name: string
    readonly ratePpm: number
    readonly addedMinor: number
    readonly includedMinor: number
  }[]
  readonly promoCode?: string
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly placedAt?: string
  readonly lines: readonly OrderLine[]
  readonly tickets: readonly Ticket[]
}

export type OrderState =
  | "awaiting_payment"
  | "processing"
  | "paid"
  | "partially_refunded"
  | "refunded"
  | "disputed"
  | "expired"
  | "canceled"
  | "payment_unfulfillable"

export type OrderLine = LineAmounts & {
  readonly lineNo: number
  readonly variantId: string
  readonly priceTypeId: string
  readonly kind: "ticket" | "add-on" | "merchandise" | "digital"
  readonly tracked: boolean
  readonly eventSlug: string
  readonly eventTitle: string
  readonly title: string
  readonly detail: string
  readonly picture?: string
  readonly startsAt?: string
  readonly startsLocal?: string
  readonly timeZone?: string
  readonly doorsMinutes?: number
  readonly durationMinutes?: number
  readonly venueName: string
  readonly venueAddress: string
  readonly quantity: number
}

export type Ticket = {
  readonly id: string
  readonly lineNo: number
  readonly seq: number
  /** Ten characters of Crockford base 32: what the QR says and what a person reads out. */
  readonly code: string
  readonly state: "valid" | "void"
}
