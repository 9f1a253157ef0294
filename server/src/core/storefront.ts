import type { Audience } from "#core/audience.ts"
import type { Bogo } from "#core/bogo.ts"

/**
 * Everything an account sells and how, at one catalogue revision: read whole, kept in memory, never changed.
 * Instants are ISO 8601 strings in UTC; money is minor units in the price's currency; rates are parts per million.
 */
export type Storefront = {
  readonly account: Account
  /** Rises with every change of what is shown or priced. */
  readonly rev: number
  readonly brand: Brand
  readonly regions: readonly [Region, ...Region[]]
  /** Currencies whose prices already contain tax. */
  readonly taxIncluded: ReadonlySet<string>
  readonly taxRates: readonly TaxRate[]
  readonly fees: ReadonlyMap<string, ServiceFee>
  readonly widgets: readonly Widget[]
  readonly events: readonly Event[]
  readonly questions: readonly Question[]
  readonly promotions: ReadonlyMap<string, Promotion>
  readonly pixels: readonly Pixel[]
  readonly allowedOrigins: ReadonlySet<string>
}

export type Account = {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly locale: string
  readonly locales: readonly string[]
  readonly timeZone: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly orderPrefix: string
  readonly replyTo?: string
  readonly website?: string
  readonly holdMinutes: number
  /** Carts that were left behind with an e-mail are written about, once. */
  readonly recoveryMails?: boolean
}

/** Colours as `#rrggbb`. What is absent is the widget's own default. */
export type Brand = {
  readonly theme?: "light" | "dark"
  readonly colors: {
    readonly bg?: string
    readonly ink?: string
    readonly accent?: string
    readonly accentInk?: string
    readonly surface?: string
    readonly focus?: string
  }
  readonly radiusPx?: number
  readonly density?: number
  readonly gutterPx?: number
  readonly font?: string
  readonly fontHeading?: string
  readonly headingWeight?: number
}

/** A selling area with one currency, chosen by the visitor. */
export type Region = {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly currency: string
  readonly countries: readonly string[]
}

export type TaxRate = {
  readonly taxClassId: string
  readonly country: string
  /** ISO 3166-2 without the country; absent: the whole country. */
  readonly subdivision?: string
  readonly name: string
  readonly ratePpm: number
}

export type ServiceFee = {
  readonly id: string
  readonly percentPpm: number
  /** Passed on to the shopper, or absorbed by the organizer. */
  readonly bearer: "shopper" | "organizer"
  readonly taxClassId?: string
  readonly amounts: Readonly<
    Record<string, { readonly fixedMinor: number; readonly capMinor?: number }>
  >
}

export type Widget = {
  readonly id: string
  readonly slug: string
  readonly title: string
  /** Absent: every event. */
  readonly eventSlugs?: readonly string[]
  readonly allowNullOrigin: boolean
}

export type Venue = {
  readonly name: string
  readonly street: string
  readonly city: string
  readonly subdivision?: string
  readonly country: string
}

export type Event = {
  readonly id: string
  readonly slug: string
  readonly title: string
  readonly summary: string
  readonly description: string
  /** Path on the server, `/media/...`. */
  readonly picture?: string
  readonly pictureAlt: string
  readonly category?: string
  readonly venue: Venue
  readonly durationMinutes?: number
  /** Minutes before the start. */
  readonly doorsMinutes?: number
  readonly status: "on-sale" | "paused"
  readonly salesOpenAt?: string
  /** Tickets of the event in one order. */
  readonly minPerOrder: number
  readonly maxPerOrder?: number
  readonly showtimes: readonly Showtime[]
  readonly products: readonly Product[]
}

export type Showtime = {
  readonly id: string
  /** `2026-11-28T20:00:00`: what the poster says. */
  readonly startsLocal: string
  readonly timeZone: string
  readonly startsAt: string
  readonly status: "on-sale" | "paused" | "canceled"
}

export type ProductKind = "ticket" | "add-on" | "merchandise" | "digital"

export type Product = {
  readonly id: string
  readonly slug: string
  readonly kind: ProductKind
  readonly title: string
  readonly description: string
  readonly picture?: string
  readonly taxClassId: string
  readonly feeId?: string
  readonly minPerOrder: number
  readonly maxPerOrder?: number
  readonly options: readonly Option[]
  readonly variants: readonly Variant[]
}

export type Option = {
  readonly id: string
  readonly title: string
  readonly values: readonly { readonly id: string; readonly title: string }[]
}

/** What is counted: "Saturday 20:00, Balcony"; "T-shirt, M, blue". */
export type Variant = {
  readonly id: string
  /** Absent: sold beside every showtime. */
  readonly showtimeId?: string
  readonly optionValueIds: readonly string[]
  /** False: unlimited, nothing is held. */
  readonly tracked: boolean
  readonly priceTypes: readonly PriceType[]
}

/** Adult, student, early bird: they share the variant's stock. What a line names. */
export type PriceType = {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly kind: "fixed" | "pay-what-you-like"
  readonly saleStartsAt?: string
  readonly saleEndsAt?: string
  readonly maxPerOrder?: number
  /** By currency; without one it is not sold in that currency. Pay-what-you-like: `unitMinor` is the least. */
  readonly prices: Readonly<
    Record<string, { readonly unitMinor: number; readonly suggestedMinor?: number }>
  >
}

export type Question = {
  readonly id: string
  /** Absent: asked for every event. */
  readonly eventId?: string
  readonly section: string
  readonly sectionNote: string
  readonly label: string
  readonly help: string
  readonly kind: "text" | "long-text" | "choice" | "checkbox"
  readonly choices: readonly {
    readonly slug: string
    readonly title: string
    readonly description: string
  }[]
  readonly required: boolean
}

export type Promotion = {
  readonly id: string
  readonly code: string
  readonly kind: "percent" | "amount" | "bogo"
  /** Off everything it is for; `bogo`: off what is given. */
  readonly percentPpm: number
  /** `bogo` only. */
  readonly bogo?: Bogo
  /** `amount` only: once for the order, or for each ticket. */
  readonly per: "order" | "ticket"
  readonly appliesTo: "tickets" | "everything"
  /** Absent: every event. */
  readonly eventSlugs?: readonly string[]
  readonly startsAt?: string
  readonly endsAt?: string
  readonly usageLimit?: number
  /** Absent: everybody. */
  readonly audience?: Audience
  /** Ended by hand, whatever its dates say. */
  readonly stopped?: boolean
  /** By currency: what is taken off, and the subtotal of what it applies to that it needs. */
  readonly amounts: Readonly<
    Record<string, { readonly amountMinor: number; readonly minimumMinor: number }>
  >
}

export type Pixel = {
  readonly destination: "meta" | "ga4" | "google-ads" | "reddit"
  readonly target: string
}
