import { describe, expect, it } from "vitest"
import { describeOffer, findOffer, offersOf, optionTitles } from "#core/offer.ts"
import { event, priceType, product, shop, showtime, variant } from "#testing/club.ts"

const shirt = product(
  "T-shirt",
  [
    variant("m-blue", [priceType("m-blue-price", 3000)], { optionValueIds: ["blue", "m"] }),
    variant("one", [priceType("one-price", 3000), priceType("one-member", 2000)], {
      optionValueIds: ["s"],
    }),
  ],
  {
    kind: "merchandise",
    options: [
      {
        id: "size",
        title: "Size",
        values: [
          { id: "s", title: "S" },
          { id: "m", title: "M" },
        ],
      },
      { id: "colour", title: "Colour", values: [{ id: "blue", title: "Blue" }] },
    ],
  },
)
const offers = offersOf(event({ products: [...event().products, shirt] }))
const described = (id: string) => describeOffer(offers.find((offer) => offer.priceType.id === id)!)

describe("finding", () => {
  it("finds a price type with all it belongs to", () => {
    const offer = findOffer(shop(), "student")
    expect(offer).toMatchObject({
      event: { slug: "headliners" },
      showtime: { id: "saturday" },
      product: { title: "General admission" },
      variant: { id: "seats" },
      priceType: { id: "student" },
    })
    expect(findOffer(shop(), "nachos")).not.toHaveProperty("showtime")
    expect(findOffer(shop(), "gone")).toBeUndefined()
  })

  it("does not mix up storefronts", () => {
    const first = shop()
    expect(findOffer(first, "student")?.priceType.prices["cad"]?.unitMinor).toBe(1800)
    expect(findOffer(first, "student")).toBe(findOffer(first, "student"))
    expect(findOffer(shop({ events: [] }), "student")).toBeUndefined()
  })

  it("offers nothing of a showtime that is gone", () => {
    const moved = event({ showtimes: [showtime({ id: "sunday" })] })
    expect(offersOf(moved).map((offer) => offer.priceType.id)).toEqual(["nachos"])
  })
})

describe("naming", () => {
  it("names the price type only among several, and options in the product's order", () => {
    expect(described("adult")).toEqual({ title: "General admission", detail: "adult" })
    expect(described("nachos")).toEqual({ title: "Nachos for two", detail: "" })
    expect(described("m-blue-price")).toEqual({ title: "T-shirt", detail: "M, Blue" })
    expect(described("one-member")).toEqual({ title: "T-shirt", detail: "S, one-member" })
    expect(optionTitles(shirt, shirt.variants[0]!)).toBe("M, Blue")
  })
})
