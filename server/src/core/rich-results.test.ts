import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Listing, richResults } from "#core/rich-results.ts"
import * as club from "#testing/club.ts"
import { richResultFaults } from "#testing/rich-result-rules.ts"

const url = "https://tickets.example.com/e/laughing-stock/headliners"

function listing(parts: Partial<Listing> = {}): Listing {
  return {
    shop: club.shop(),
    event: club.event(),
    currency: "cad",
    remaining: new Map(),
    now: club.now,
    url,
    organizerUrl: "https://tickets.example.com/e/laughing-stock",
    ...parts,
  }
}

// oxlint-disable-next-line typescript/no-explicit-any -- the tests look into plain JSON
const results = (parts: Partial<Listing> = {}): any[] => richResults(listing(parts))
const twoShows = [
  club.showtime({ id: "late", startsAt: "2026-11-29T03:30:00Z" }),
  club.showtime(),
  club.showtime({ id: "past", startsAt: "2026-11-01T00:00:00Z" }),
]

describe("an event for search engines", () => {
  it("says what Google requires, by Google's rules", () => {
    const [result] = results({ imageUrl: "https://tickets.example.com/media/a.jpg" })
    expect(richResultFaults(result)).toEqual([])
    expect(result).toMatchObject({
      name: "Saturday Night Headliners",
      startDate: "2026-11-28T20:00:00-05:00",
      eventStatus: "https://schema.org/EventScheduled",
      location: {
        name: "The Cellar",
        address: { streetAddress: "214 Ossington Ave", addressRegion: "ON", addressCountry: "CA" },
      },
      organizer: { name: "Laughing Stock", url: "https://tickets.example.com/e/laughing-stock" },
      image: ["https://tickets.example.com/media/a.jpg"],
    })
    expect(result).not.toHaveProperty("performer")
  })

  it("is one event for each showtime to come, the soonest first", () => {
    const dates = results({ event: club.event({ showtimes: twoShows }) }).map(
      (result) => result.startDate,
    )
    expect(dates).toEqual(["2026-11-28T20:00:00-05:00", "2026-11-28T22:30:00-05:00"])
  })

  it("has one offer for each ticket, none for what goes with it, with the fee in the price", () => {
    const [{ offers }] = results()
    expect(offers.map((offer: { name: string }) => offer.name)).toEqual([
      "General admission, adult",
      "General admission, student",
    ])
    expect(offers[0]).toMatchObject({
      price: "26.50",
      priceCurrency: "CAD",
      availability: "https://schema.org/InStock",
      url,
    })
  })

  it("leaves a fee that the organizer absorbs out of the price", () => {
    const shop = club.shop()
    const fees = new Map([...shop.fees].map(([id, fee]) => [id, { ...fee, bearer: "organizer" }]))
    expect(results({ shop: { ...shop, fees } as never })[0].offers[0].price).toBe("25.00")
  })

  it("says what is sold out, what opens later and from when", () => {
    expect(results({ remaining: new Map([["seats", 0]]) })[0].offers[0].availability).toBe(
      "https://schema.org/SoldOut",
    )
    const opening = results({ event: club.event({ salesOpenAt: "2026-11-21T15:00:00Z" }) })[0]
    expect(opening.offers[0]).toMatchObject({
      availability: "https://schema.org/PreOrder",
      validFrom: "2026-11-21T10:00:00-05:00",
    })
    expect(richResultFaults(opening)).toEqual([])
  })

  it("offers nothing while sales are paused, and keeps the date of what is called off", () => {
    expect(results({ event: club.event({ status: "paused" }) })[0]).not.toHaveProperty("offers")
    const [result] = results({
      event: club.event({ showtimes: [club.showtime({ status: "canceled" })] }),
    })
    expect(result).toMatchObject({
      eventStatus: "https://schema.org/EventCancelled",
      startDate: "2026-11-28T20:00:00-05:00",
    })
    expect(result).not.toHaveProperty("offers")
    expect(richResultFaults(result)).toEqual([])
  })

  it("tells when it ends and when doors open, where known, across a change of the clock", () => {
    const [result] = results({
      event: club.event({
        durationMinutes: 90,
        doorsMinutes: 45,
        showtimes: [club.showtime({ startsAt: "2027-03-14T06:30:00Z" })],
      }),
    })
    expect(result).toMatchObject({
      startDate: "2027-03-14T01:30:00-05:00",
      doorTime: "2027-03-14T00:45:00-05:00",
      endDate: "2027-03-14T04:00:00-04:00",
    })
  })

  it("says nothing of an event whose description is blank, rather than a space", () => {
    const [result] = results({ event: club.event({ summary: "", description: " " }) })
    expect(result).not.toHaveProperty("description")
    expect(richResultFaults(result)).toEqual([])
  })

  it("keeps to the rules whatever is sold", () => {
    const anEvent = fc.record({
      title: fc.string({ minLength: 1 }).filter((text) => text.trim() !== ""),
      description: fc.string(),
      durationMinutes: fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined }),
      doorsMinutes: fc.option(fc.integer({ min: 0, max: 1440 }), { nil: undefined }),
      status: fc.constantFrom("on-sale", "paused"),
      salesOpenAt: fc.option(fc.constantFrom(club.now, "2026-11-27T00:00:00Z"), { nil: undefined }),
      showtimes: fc.array(
        fc.record({
          id: fc.constant("saturday"),
          startsLocal: fc.constant(""),
          timeZone: fc.constantFrom(
            "America/Toronto",
            "Asia/Kolkata",
            "UTC",
            "Australia/Lord_Howe",
          ),
          startsAt: fc
            .integer({ min: 1.7e12, max: 2.2e12 })
            .map((ms) => new Date(ms).toISOString()),
          status: fc.constantFrom("on-sale", "paused", "canceled"),
        }),
        { maxLength: 4 },
      ),
    })
    fc.assert(
      fc.property(anEvent, fc.integer({ min: 0, max: 20 }), (event, left) => {
        const remaining = new Map([["seats", left]])
        const all = results({ event: club.event(event as never), remaining })
        expect(all.flatMap(richResultFaults)).toEqual([])
      }),
    )
  })
})

describe("Google's rules", () => {
  const [good] = results()
  it.each([
    ["no name", { name: " " }],
    ["no offset", { startDate: "2026-11-28T20:00:00" }],
    ["no place", { location: undefined }],
    ["a status of our own", { eventStatus: "on-sale" }],
    ["a relative picture", { image: ["/media/a.jpg"] }],
    ["an end before the start", { endDate: "2026-11-28T19:00:00-05:00" }],
    ["a price with a sign", { offers: [{ ...good.offers[0], price: "$25" }] }],
    ["lower-case currency", { offers: [{ ...good.offers[0], priceCurrency: "cad" }] }],
    ["our own availability", { offers: [{ ...good.offers[0], availability: "few" }] }],
    [
      "an offer to come without its day",
      { offers: [{ ...good.offers[0], availability: "https://schema.org/PreOrder" }] },
    ],
  ])("refuse %s", (_, change) => {
    expect(richResultFaults({ ...good, ...change })).toHaveLength("location" in change ? 5 : 1)
  })
})
