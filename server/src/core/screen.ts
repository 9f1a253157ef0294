import type { ConversionPayload } from "@foyer/shared/conversion"
import type { Place } from "@foyer/shared/protocol"
import type { Cart } from "#core/cart.ts"
import type { OrderSummary } from "#core/order.ts"
import type { PricedCart } from "#core/priced-cart.ts"
import type { Event, Region, Showtime, Storefront, Widget } from "#core/storefront.ts"

/** What one widget instance shows: loaded by a flow, turned into HTML by `views/`, told apart by `view`. */
export type Screen = ScreenBase &
  (
    | { readonly view: "browse" }
    | { readonly view: "event"; readonly event: Event; readonly showtime?: Showtime }
    | { readonly view: "cart" }
    | { readonly view: "details"; readonly problems: readonly FieldProblem[] }
    | { readonly view: "payment"; readonly payment: PaymentStep }
    | {
        readonly view: "success"
        readonly order: OrderSummary
        /** What happens to the order is told by the cart that became it. */
        readonly cartId: string
        readonly conversions: readonly ConversionPayload[]
      }
    | { readonly view: "expired"; readonly lost: readonly LostLine[] }
  )

export type ScreenBase = {
  readonly shop: Storefront
  readonly widget: Widget
  readonly region: Region
  /** One of the account's locales. */
  readonly locale: string
  /** The visitor's IANA time zone: deadlines are shown on the visitor's clock. */
  readonly timeZone: string
  /** ISO 8601, the server's clock. */
  readonly now: string
  readonly place: Place
  /** Left to sell, by variant id; absent: unlimited. */
  readonly remaining: ReadonlyMap<string, number>
  readonly cart?: { readonly cart: Cart; readonly priced: PricedCart }
  /** Why the last command was refused, to be said in words. */
  readonly refusal?: Refusal
  /** Payments are pretended: said on every screen. */
  readonly sandbox: boolean
  /** The host page's address, as it may be passed on; absent when the browser did not tell. */
  readonly page?: string
  /** The server's public origin, for links and pictures. */
  readonly publicUrl: string
}

export type FieldProblem = {
  readonly control: string
  readonly reason: "missing" | "not-an-email" | "too-long" | "not-a-choice" | "not-a-phone"
}

export type PaymentStep = {
  readonly publishableKey: string
  /** The payment sandbox's own script. */
  readonly script?: string
  /** The last attempt, when it failed: the provider's decline code. */
  readonly declined?: string
  /** Money is on its way; the order completes by itself. */
  readonly processing: boolean
}

/** A line whose hold ran out, and whether it can be held again. */
export type LostLine = {
  readonly title: string
  readonly detail: string
  readonly quantity: number
  readonly totalMinor: number
  readonly stillAvailable: boolean
  readonly samePrice: boolean
}

/** Everything a command can be refused for, as short facts; `views/words` says them. */
export type Refusal =
  | { readonly reason: "sold-out"; readonly title: string; readonly remaining: number }
  | { readonly reason: "over-maximum"; readonly title: string; readonly maximum: number }
  | { readonly reason: "below-minimum-quantity"; readonly title: string; readonly minimum: number }
  | { readonly reason: "not-on-sale"; readonly title: string }
  | { readonly reason: "amount-too-low"; readonly minimumMinor: number }
  | { readonly reason: "amount-not-a-number" }
  | { readonly reason: "below-payment-minimum"; readonly minimumMinor: number }
  | { readonly reason: "promo-refused"; readonly code: string; readonly why: string }
  | { readonly reason: "price-changed"; readonly totalMinor: number }
  | { readonly reason: "details-incomplete" }
  | { readonly reason: "holds-expired" }
  | { readonly reason: "cart-empty" }
  | { readonly reason: "cart-completed" }
  | { readonly reason: "cart-busy-paying" }
  | { readonly reason: "too-many-holds" }
  | { readonly reason: "card-declined"; readonly code: string }
  | { readonly reason: "payment-unavailable" }
  | { readonly reason: "payment-processing" }
  | { readonly reason: "payment-returned" }
  | { readonly reason: "unknown-event" }
