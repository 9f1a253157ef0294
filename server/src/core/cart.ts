/** The only editable thing: what a shopper wants, at one revision. Everything shown or charged is computed from it. */
export type Cart = {
  readonly id: string
  readonly accountId: string
  readonly state: "open" | "frozen" | "completed" | "expired"
  readonly rev: number
  readonly regionId: string
  readonly locale: string
  readonly promoCode?: string
  readonly details: Details
  readonly lines: readonly CartLine[]
  /** One deadline for every hold of the cart, ISO 8601. Absent: nothing is held. */
  readonly holdsExpireAt?: string
  readonly holdsExtendedAt?: string
  /** The live order while frozen, the paid one when completed. */
  readonly orderId?: string
}

/** A cart as it is shown: what its live holds really have, by variant id. Holds whose time is over are not live, reaped or not. */
export type ShownCart = { readonly cart: Cart; readonly liveHolds: ReadonlyMap<string, number> }

export type CartLine = {
  readonly variantId: string
  readonly priceTypeId: string
  readonly quantity: number
  /** Pay-what-you-like: what the shopper chose per unit, in the minor units of the cart's currency. */
  readonly amountMinor?: number
}

/** What was typed into the form, by control name: `email`, `firstName`, `lastName`, `phone`, shipping fields, `q-<question id>`. */
export type Details = Readonly<Record<string, string>>
