import { describe, expect, it } from "vitest"
import { describeOffer, findOffer, hasEnded, isOnSale, isOver, offersOf } from "#core/offer.ts"
import { event, now, priceType, product, shop, showtime, variant } from "#testing/club.ts"

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
  })
})

describe("sales", () => {
  const offerOf = (id: string, given: Parameters<typeof event>[0] = {}) =>
    offersOf(event(given)).find((offer) => offer.priceType.id === id)!
  const past = { showtimes: [showtime({ startsAt: now })] }
  const over = showtime({ id: "over", startsAt: "2026-01-01T00:00:00Z" })

  it("are over for a showtime as it begins, or when it will not be", () => {
    expect(isOver(showtime(), now)).toBe(false)
    expect(isOver(showtime({ startsAt: now }), now)).toBe(true)
    expect(isOver(showtime({ status: "canceled" }), now)).toBe(true)
    expect(isOver(showtime({ status: "paused" }), now)).toBe(false)
  })

  it("of what is sold beside the showtimes end with the last of them", () => {
    expect(hasEnded(offerOf("nachos"), now)).toBe(false)
    expect(hasEnded(offerOf("nachos", { showtimes: [over, showtime()] }), now)).toBe(false)
    expect(hasEnded(offerOf("nachos", past), now)).toBe(true)
    expect(hasEnded(offerOf("nachos", { showtimes: [] }), now)).toBe(true)
  })

  it("are on between their opening and their end, while nothing is paused", () => {
    expect(isOnSale(offerOf("adult"), now)).toBe(true)
    expect(isOnSale(offerOf("adult", past), now)).toBe(false)
    expect(isOnSale(offerOf("adult", { status: "paused" }), now)).toBe(false)
    expect(isOnSale(offerOf("adult", { salesOpenAt: "2026-11-20T17:00:01Z" }), now)).toBe(false)
    expect(isOnSale(offerOf("adult", { salesOpenAt: now }), now)).toBe(true)
    const pausedShowtime = { showtimes: [showtime({ status: "paused" })] }
    expect(isOnSale(offerOf("adult", pausedShowtime), now)).toBe(false)
    expect(isOnSale(offerOf("nachos", pausedShowtime), now)).toBe(true)
  })
})
