import { views } from "@foyer/shared/protocol"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Cart } from "#core/cart.ts"
import { backFrom, type Surroundings, viewFor } from "#core/navigation.ts"

const line = { variantId: "v", priceTypeId: "p", quantity: 2 }
const open: Cart = {
  id: "c",
  accountId: "a",
  state: "open",
  rev: 3,
  regionId: "r",
  locale: "en",
  details: {},
  lines: [line],
}
const around: Surroundings = {
  cart: open,
  eventKnown: true,
  lostLines: 0,
  detailsIncomplete: false,
  orderShown: false,
}

describe("viewFor", () => {
  it.each(["browse", "event", "cart", "details", "payment"] as const)(
    "goes to %s when nothing stands in the way",
    (view) => expect(viewFor({ view }, around)).toBe(view),
  )

  it("shows the list when the event is not sold here", () => {
    expect(viewFor({ view: "event", event: "gone" }, { ...around, eventKnown: false })).toBe(
      "browse",
    )
  })

  it.each(["details", "payment"] as const)("shows an empty cart instead of %s", (view) => {
    expect(viewFor({ view }, { ...around, cart: { ...open, lines: [] } })).toBe("cart")
  })

  it("asks for the details that paying needs", () => {
    expect(viewFor({ view: "payment" }, { ...around, detailsIncomplete: true })).toBe("details")
  })

  it.each(["cart", "details", "payment"] as const)("says what was lost before %s goes on", (view) =>
    expect(viewFor({ view }, { ...around, lostLines: 1 })).toBe("expired"),
  )

  it("never calls a cart lost while its payment is under way", () => {
    const paying = { ...around, cart: { ...open, state: "frozen" as const }, lostLines: 1 }
    expect(viewFor({ view: "payment" }, paying)).toBe("payment")
  })

  it.each(["cart", "details", "payment", "success"] as const)(
    "ends at the order from %s once the cart is completed",
    (view) => {
      const done = { ...around, cart: { ...open, state: "completed" as const }, orderShown: true }
      expect(viewFor({ view }, done)).toBe("success")
      expect(viewFor({ view }, { ...done, orderShown: false })).toBe("browse")
    },
  )

  it("lets a shopper browse on after an order", () => {
    const done = { ...around, cart: { ...open, state: "completed" as const }, orderShown: true }
    expect(viewFor({ view: "browse" }, done)).toBe("browse")
  })

  it("shows success only to a completed cart", () => {
    expect(viewFor({ view: "success" }, around)).toBe("browse")
  })
})

describe("backFrom", () => {
  it("returns to the event the shopper came from", () => {
    expect(backFrom({ view: "cart", event: "gala" })).toEqual({ view: "event", event: "gala" })
    expect(backFrom({ view: "cart" })).toEqual({ view: "browse" })
  })

  it("always ends at the list", () => {
    fc.assert(
      fc.property(fc.constantFrom(...views), (view) => {
        let place = { view } as Parameters<typeof backFrom>[0]
        for (let step = 0; step < 4; step++) place = backFrom(place)
        return place.view === "browse"
      }),
    )
  })
})
