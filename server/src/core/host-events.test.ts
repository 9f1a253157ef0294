import { describe, expect, it } from "vitest"
import { ga4Purchase } from "#core/conversion.ts"
import { cartDetail, viewDetail } from "#core/host-events.ts"
import type { Cart } from "#core/cart.ts"
import { snapshotOrder } from "#core/place-order.ts"
import { priceCart } from "#core/price-cart.ts"
import type { Screen } from "#core/screen.ts"
import { canada, context, event, line, now, shop } from "#testing/club.ts"

const evening = { lines: [line("adult", 2), line("nachos", 1)], promoCode: "LAUGH10" }
const screen = {
  shop: shop(),
  widget: shop().widgets[0]!,
  region: canada,
  locale: "en",
  timeZone: "UTC",
  now,
  place: { view: "browse" },
  remaining: new Map(),
  sandbox: false,
  publicUrl: "https://tickets.example.com",
} as const satisfies Omit<Screen, "view">
const identity = { id: "order-1", number: "LS-1", publicToken: "token", now }
const bought = {
  id: "cart-1",
  accountId: "laughing-stock",
  state: "open",
  rev: 1,
  regionId: canada.id,
  locale: "en",
  details: {},
} as const

describe("foyer:view", () => {
  it("says which view, and which event", () => {
    expect(viewDetail({ ...screen, view: "browse" })).toEqual({ view: "browse", currency: "CAD" })
    expect(viewDetail({ ...screen, view: "event", event: event() })).toEqual({
      view: "event",
      currency: "CAD",
      event: "headliners",
      title: "Saturday Night Headliners",
    })
  })
})

describe("foyer:cart", () => {
  it("says what would be paid, and for what", () => {
    expect(cartDetail(priceCart(shop(), evening, context()))).toEqual({
      currency: "CAD",
      value: 63.28,
      coupon: "LAUGH10",
      items: [
        {
          item_id: "adult",
          item_name: "Saturday Night Headliners: General admission",
          item_variant: "adult",
          item_category: "ticket",
          affiliation: "Saturday Night Headliners",
          price: 22.5,
          discount: 2.5,
          quantity: 2,
        },
        {
          item_id: "nachos",
          item_name: "Saturday Night Headliners: Nachos for two",
          item_category: "add-on",
          affiliation: "Saturday Night Headliners",
          price: 8,
          quantity: 1,
        },
      ],
    })
  })

  it("names no code that does not apply", () => {
    const priced = priceCart(shop(), { ...evening, promoCode: "NOPE" }, context())
    expect(cartDetail(priced)).not.toHaveProperty("coupon")
  })
})

it("names items in the cart as in the purchase", () => {
  const priced = priceCart(shop(), evening, context())
  const wanted: Cart = { ...evening, ...bought }
  const { order } = snapshotOrder(priced, wanted, shop(), canada, identity)
  expect(cartDetail(priced)["items"]).toEqual(ga4Purchase(order)["items"])
})
