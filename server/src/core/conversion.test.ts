import { describe, expect, it } from "vitest"
import { conversionPayloads, ga4Item, vendorAmount } from "#core/conversion.ts"
import type { Pixel } from "#core/storefront.ts"
import { order, orderLine } from "#testing/club.ts"

const pixels: readonly Pixel[] = [
  { destination: "meta", target: "123456789" },
  { destination: "ga4", target: "G-ABC123" },
  { destination: "google-ads", target: "AW-987/label" },
  { destination: "reddit", target: "a2_xyz" },
]
const bought = order()
const callsOf = (destination: Pixel["destination"], of = bought) =>
  conversionPayloads(of, pixels).find((payload) => payload.destination === destination)?.calls

describe("a purchase", () => {
  it("is one payload for each pixel, under the order's own id", () => {
    expect(
      conversionPayloads(bought, pixels).map(({ destination, id }) => [destination, id]),
    ).toEqual([
      ["meta", bought.id],
      ["ga4", bought.id],
      ["google-ads", bought.id],
      ["reddit", bought.id],
    ])
    expect(conversionPayloads(bought, [])).toEqual([])
  })

  it("is told to Meta for the organizer's own pixel, with an event id", () => {
    expect(callsOf("meta")).toEqual([
      {
        library: "fbq",
        args: [
          "trackSingle",
          "123456789",
          "Purchase",
          {
            value: 54.24,
            currency: "CAD",
            content_type: "product",
            content_ids: ["adult"],
            contents: [{ id: "adult", quantity: 2, item_price: 25 }],
            num_items: 2,
          },
          { eventID: bought.id },
        ],
      },
    ])
  })

  const purchase = {
    transaction_id: "LS-7KQ2MX",
    value: 54.24,
    currency: "CAD",
    tax: 6.24,
    shipping: 0,
    coupon: "LAUGH10",
    items: [
      {
        item_id: "adult",
        item_name: "Saturday Night Headliners: General admission",
        item_variant: "Adult",
        item_category: "ticket",
        affiliation: "Saturday Night Headliners",
        price: 22.5,
        discount: 2.5,
        quantity: 2,
      },
    ],
  }

  it("is told to GA4 by gtag, or by the data layer where only that is there", () => {
    expect(callsOf("ga4")).toEqual([
      { library: "gtag", args: ["event", "purchase", { send_to: "G-ABC123", ...purchase }] },
      {
        library: "dataLayer",
        args: [{ ecommerce: null }, { event: "purchase", ecommerce: purchase }],
      },
    ])
  })

  it("is told to Google Ads with its transaction, so that it counts once", () => {
    expect(callsOf("google-ads")).toEqual([
      {
        library: "gtag",
        args: [
          "event",
          "conversion",
          { send_to: "AW-987/label", value: 54.24, currency: "CAD", transaction_id: "LS-7KQ2MX" },
        ],
      },
    ])
  })

  it("is told to Reddit with a conversion id", () => {
    expect(callsOf("reddit")).toEqual([
      {
        library: "rdt",
        args: [
          "track",
          "Purchase",
          {
            conversionId: bought.id,
            value: 54.24,
            currency: "CAD",
            transactionId: "LS-7KQ2MX",
            itemCount: 2,
            products: [
              {
                id: "adult",
                name: "Saturday Night Headliners: General admission",
                category: "ticket",
              },
            ],
          },
        ],
      },
    ])
  })

  it("says nothing of who bought", () => {
    const told = JSON.stringify(conversionPayloads(bought, pixels))
    for (const secret of [bought.email, bought.lastName, bought.publicToken])
      expect(told).not.toContain(secret)
  })

  it("survives being written as JSON and read again", () => {
    const payloads = conversionPayloads(bought, pixels)
    expect(JSON.parse(JSON.stringify(payloads))).toEqual(payloads)
  })
})

describe("amounts", () => {
  it.each([
    [5424, "cad", 54.24],
    [3000, "jpy", 3000],
    [1234, "kwd", 1.234],
    [0, "cad", 0],
    [1_999_999_999_999, "cad", 19_999_999_999.99],
  ])("%i in %s are told as %f", (minor, currency, value) => {
    expect(vendorAmount(minor, currency)).toBe(value)
  })

  it("are in the currency's own decimals throughout", () => {
    const inYen = order({
      currency: "jpy",
      totalMinor: 6000,
      lines: [orderLine({ unitMinor: 3000, discountMinor: 0 })],
    })
    expect(callsOf("meta", inYen)?.[0]?.args[3]).toMatchObject({
      value: 6000,
      currency: "JPY",
      contents: [{ item_price: 3000 }],
    })
  })
})

describe("a GA4 item", () => {
  it("leaves out what there is not", () => {
    const item = ga4Item(orderLine({ detail: "", discountMinor: 0 }), "cad")
    expect(item).toMatchObject({ price: 25, quantity: 2 })
    expect(item).not.toHaveProperty("item_variant")
    expect(item).not.toHaveProperty("discount")
  })

  it("tells a discount by the unit, to the cent", () => {
    expect(ga4Item(orderLine({ quantity: 3, discountMinor: 100 }), "cad")).toMatchObject({
      price: 24.67,
      discount: 0.33,
    })
  })
})
