import type { Place } from "@foyer/shared/protocol"
import type { Cart } from "#core/cart.ts"
import type { Screen } from "#core/screen.ts"

/** What decides which view a place leads to. */
export type Surroundings = {
  readonly cart?: Cart
  /** The place names an event that the widget shows. */
  readonly eventKnown: boolean
  /** Tracked lines whose hold is gone. */
  readonly lostLines: number
  /** The form still lacks something that is required. */
  readonly detailsIncomplete: boolean
  /** The completed order may still be shown to whoever holds the cart's token. */
  readonly orderShown: boolean
}

/**
 * The view that answers a wish to be somewhere. A place is only a wish: an empty cart has nothing to pay, a completed one is done, and a
 * cart whose holds ran out must be looked at before anything else is asked of the shopper.
 */
export function viewFor(place: Place, around: Surroundings): Screen["view"] {
  const { cart } = around
  if (place.view === "browse") return "browse"
  if (place.view === "event") return around.eventKnown ? "event" : "browse"
  if (cart?.state === "completed") return around.orderShown ? "success" : "browse"
  if (place.view === "success") return "browse"
  if (!cart || cart.lines.length === 0) return "cart"
  if (cart.state !== "frozen" && around.lostLines > 0) return "expired"
  if (place.view === "payment" && around.detailsIncomplete) return "details"
  return place.view
}

/** One step back in the checkout; the event of the place, if it has one, is where shopping goes on. */
export function backFrom(place: Place): Place {
  switch (place.view) {
    case "payment":
      return { ...place, view: "details" }
    case "details":
      return { ...place, view: "cart" }
    case "cart":
      return place.event ? { ...place, view: "event" } : { view: "browse" }
    case "browse":
    case "event":
    case "success":
      return { view: "browse" }
  }
}
