import { describe, expect, it } from "vitest"
import {
  type Availability,
  eventOffer,
  fewAtMost,
  filters,
  filtersAbove,
  matchesFilter,
  productRows,
  rowOffer,
  type Selling,
  showtimeOffer,
  upcoming,
  upcomingEvents,
} from "#core/availability.ts"
import { offersOf } from "#core/offer.ts"
import type { Event, PriceType, Showtime } from "#core/storefront.ts"
import { event, now, priceType, product, showtime, variant } from "#testing/club.ts"

const selling = (
  left: Readonly<Record<string, number>> = {},
  given: Partial<Selling> = {},
): Selling => ({
  currency: "cad",
  remaining: new Map(Object.entries(left)),
  now,
  ...given,
})

/** One event, one ticket, one price: what is asked is only its availability. */
function single(given: {
  readonly event?: Partial<Event>
  readonly showtime?: Partial<Showtime>
  readonly priceType?: Partial<PriceType>
}): Event {
  const adult = priceType("adult", 2500, given.priceType)
  const seats = variant("seats", [adult], { showtimeId: "saturday" })
  return event({
    showtimes: [showtime(given.showtime)],
    products: [product("seat", [seats])],
    ...given.event,
  })
}

function availabilityOf(
  of: Event,
  left: Readonly<Record<string, number>> = { seats: 100 },
): Availability {
  return rowOffer(offersOf(of)[0]!, selling(left))!.availability
}

const opensAt = "2026-11-21T15:00:00Z"

describe("a price type", () => {
  it.each<[string, Event, Availability]>([
    ["is available", single({}), { state: "available" }],
    [
      "is ended when the showtime has begun",
      single({ showtime: { startsAt: now } }),
      { state: "ended" },
    ],
    [
      "is ended when the showtime is canceled",
      single({ showtime: { status: "canceled" } }),
      { state: "ended" },
    ],
    ["is ended when its sale is", single({ priceType: { saleEndsAt: now } }), { state: "ended" }],
    ["is paused with its event", single({ event: { status: "paused" } }), { state: "paused" }],
    [
      "is paused with its showtime",
      single({ showtime: { status: "paused" } }),
      { state: "paused" },
    ],
    [
      "opens with its event",
      single({ event: { salesOpenAt: opensAt } }),
      { state: "opens-at", opensAt },
    ],
    [
      "opens with its own sale",
      single({ priceType: { saleStartsAt: opensAt } }),
      { state: "opens-at", opensAt },
    ],
    [
      "opens when both have",
      single({
        event: { salesOpenAt: opensAt },
        priceType: { saleStartsAt: "2026-11-20T18:00:00Z" },
      }),
      { state: "opens-at", opensAt },
    ],
    [
      "is open from the moment it opens",
      single({ event: { salesOpenAt: now } }),
      { state: "available" },
    ],
  ])("%s", (_what, of, expected) => {
    expect(availabilityOf(of)).toEqual(expected)
  })

  it("says how many are left only when they are few", () => {
    expect(availabilityOf(single({}), {})).toEqual({ state: "available" })
    expect(availabilityOf(single({}), { seats: fewAtMost + 1 })).toEqual({ state: "available" })
    expect(availabilityOf(single({}), { seats: fewAtMost })).toEqual({
      state: "few",
      remaining: 12,
    })
    expect(availabilityOf(single({}), { seats: 0 })).toEqual({ state: "sold-out" })
  })

  it("is no row where it has no price", () => {
    expect(rowOffer(offersOf(single({}))[0]!, selling({}, { currency: "eur" }))).toBeUndefined()
  })
})

/** Two showtimes of two price types each, and a T-shirt. */
const friday = showtime({
  id: "friday",
  startsAt: "2026-11-28T01:00:00Z",
  startsLocal: "2026-11-27T20:00:00",
})
const seatsOf = (id: string, adultMinor: number) =>
  variant(
    `${id}-seats`,
    [priceType(`${id}-adult`, adultMinor), priceType(`${id}-student`, adultMinor - 700)],
    {
      showtimeId: id,
    },
  )
const weekend = event({
  showtimes: [showtime(), friday],
  products: [
    product("General admission", [seatsOf("saturday", 2500), seatsOf("friday", 2200)]),
    product("T-shirt", [variant("shirt", [priceType("shirt", 1000)])], { kind: "merchandise" }),
  ],
})

describe("a showtime", () => {
  it("is priced from its cheapest ticket, not from a T-shirt", () => {
    expect(showtimeOffer(weekend, showtime(), selling())).toEqual({
      fromMinor: 1800,
      payWhatYouLike: false,
      availability: { state: "available" },
    })
    expect(showtimeOffer(weekend, friday, selling()).fromMinor).toBe(1500)
  })

  it("counts seats that adults and students share once", () => {
    expect(showtimeOffer(weekend, friday, selling({ "friday-seats": 4 })).availability).toEqual({
      state: "few",
      remaining: 4,
    })
  })

  it("is sold out when its seats are, whatever the other has", () => {
    const left = selling({ "friday-seats": 0, "saturday-seats": 9 })
    expect(showtimeOffer(weekend, friday, left).availability).toEqual({ state: "sold-out" })
  })
})

describe("an event", () => {
  it("is few only when all its showtimes together are", () => {
    const offer = (left: Readonly<Record<string, number>>) =>
      eventOffer(weekend, selling(left)).availability
    expect(offer({ "friday-seats": 4 })).toEqual({ state: "available" })
    expect(offer({ "friday-seats": 4, "saturday-seats": 5 })).toEqual({
      state: "few",
      remaining: 9,
    })
    expect(offer({ "friday-seats": 9, "saturday-seats": 9 })).toEqual({ state: "available" })
    expect(offer({ "friday-seats": 0, "saturday-seats": 0 })).toEqual({ state: "sold-out" })
  })

  it("is priced from what can still be bought", () => {
    expect(eventOffer(weekend, selling({ "friday-seats": 0 })).fromMinor).toBe(1800)
    expect(eventOffer(weekend, selling({ "friday-seats": 0, "saturday-seats": 0 })).fromMinor).toBe(
      1500,
    )
  })

  it("forgets showtimes that have begun", () => {
    const later = selling({}, { now: "2026-11-28T02:00:00Z" })
    expect(eventOffer(weekend, later).fromMinor).toBe(1800)
  })

  it("tells the most hopeful reason, the soonest opening first", () => {
    const rows = [
      priceType("gone", 1, { saleEndsAt: now }),
      priceType("front", 2, { saleStartsAt: "2026-11-25T15:00:00Z" }),
      priceType("early", 3, { saleStartsAt: opensAt }),
    ]
    const of = single({
      event: {
        products: [product("seat", [variant("seats", rows), variant("full", [priceType("x", 4)])])],
      },
    })
    expect(eventOffer(of, selling({ full: 0 })).availability).toEqual({
      state: "opens-at",
      opensAt,
    })
  })

  it("is ended when all is over, and paused when all is paused", () => {
    expect(eventOffer(single({ priceType: { saleEndsAt: now } }), selling()).availability).toEqual({
      state: "ended",
    })
    expect(eventOffer(single({ event: { status: "paused" } }), selling()).availability).toEqual({
      state: "paused",
    })
  })

  it("is pay what you like only when every ticket is", () => {
    const jam = { kind: "pay-what-you-like" } as const
    expect(eventOffer(single({ priceType: jam }), selling())).toMatchObject({
      payWhatYouLike: true,
      fromMinor: 2500,
    })
    const both = product("seat", [
      variant("seats", [priceType("jam", 0, jam), priceType("adult", 1200)]),
    ])
    expect(eventOffer(event({ products: [both] }), selling())).toMatchObject({
      payWhatYouLike: false,
      fromMinor: 0,
    })
  })

  it("without tickets is judged by what it has, and without prices has none", () => {
    const shirts = event({ products: [weekend.products[1]!] })
    expect(eventOffer(shirts, selling()).fromMinor).toBe(1000)
    expect(eventOffer(weekend, selling({}, { currency: "eur" }))).toEqual({
      payWhatYouLike: false,
      availability: { state: "ended" },
    })
  })
})

describe("the rows of a product", () => {
  it("are those of the showtime", () => {
    const [tickets, shirts] = weekend.products
    const ids = (of: typeof tickets, at: Showtime | undefined) =>
      productRows(weekend, of!, at, selling()).map((row) => row.priceType.id)
    expect(ids(tickets, friday)).toEqual(["friday-adult", "friday-student"])
    expect(ids(tickets, undefined)).toEqual([])
    expect(ids(shirts, friday)).toEqual(["shirt"])
    expect(ids(shirts, undefined)).toEqual(["shirt"])
  })
})

describe("what is to come", () => {
  it("is in order of time, without what has begun or was canceled", () => {
    expect(upcoming(weekend, now).map((each) => each.id)).toEqual(["friday", "saturday"])
    expect(upcoming(weekend, friday.startsAt).map((each) => each.id)).toEqual(["saturday"])
    expect(upcoming(event({ showtimes: [showtime({ status: "canceled" })] }), now)).toEqual([])
    expect(upcoming(event({ showtimes: [showtime({ status: "paused" })] }), now)).toHaveLength(1)
  })

  it("is what a widget shows: its events, the soonest first, none without a showtime", () => {
    const past = event({
      slug: "past",
      showtimes: [showtime({ startsAt: "2026-01-01T00:00:00Z" })],
    })
    const soon = event({ slug: "soon", showtimes: [friday] })
    const all = [event({ slug: "later" }), past, soon]
    const widget = { id: "main", slug: "main", title: "", allowNullOrigin: false }
    const shown = (eventSlugs?: readonly string[]) =>
      upcomingEvents(all, { ...widget, ...(eventSlugs && { eventSlugs }) }, now).map(
        (each) => each.slug,
      )
    expect(shown()).toEqual(["soon", "later"])
    expect(shown(["later", "past"])).toEqual(["later"])
    expect(shown([])).toEqual([])
  })
})

describe("filters", () => {
  const december = event({
    category: "Improv",
    showtimes: [showtime({ startsLocal: "2026-12-31T23:30:00", startsAt: "2027-01-01T04:30:00Z" })],
  })
  const november = event({ category: "Stand-up" })
  const many = [...Array.from({ length: filtersAbove }, () => november), december]

  it("appear when there is much to choose from, months by the venue's calendar", () => {
    expect(filters(many, now)).toEqual({
      months: ["2026-11", "2026-12"],
      categories: ["Improv", "Stand-up"],
    })
    expect(filters(many.slice(1), now)).toEqual({ months: [], categories: [] })
  })

  it("match by category or month", () => {
    expect(matchesFilter(december, "Improv", now)).toBe(true)
    expect(matchesFilter(december, "2026-12", now)).toBe(true)
    expect(matchesFilter(december, "2027-01", now)).toBe(false)
    expect(matchesFilter(december, "Stand-up", now)).toBe(false)
  })
})
