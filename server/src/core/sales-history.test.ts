import { describe, expect, it } from "vitest"
import { nothing } from "#core/report-fold.ts"
import { curveDays, salesByEvent, showsOf, soldBy } from "#core/sales-history.ts"

const row = (soldMinor: number) => ({
  value: "",
  source: "",
  medium: "",
  ...nothing(),
  ordersPpm: 1_000_000,
  soldMinor,
})
const day = (event: string, at: string, soldMinor: number, currency = "usd") => ({
  event,
  day: at,
  currency,
  rows: [row(soldMinor)],
})

describe("salesByEvent", () => {
  const query = {
    days: { from: "2026-11-01", to: "2026-11-30" },
    former: { from: "2026-10-02", to: "2026-10-31" },
  }

  it("puts the best event first, each beside what it sold before", () => {
    const days = [
      day("jam", "2026-11-05", 100),
      day("gala", "2026-11-05", 900),
      day("gala", "2026-10-31", 400),
      day("gala", "2026-11-05", 7, "cad"),
      day("gala", "2026-09-05", 5000),
    ]
    expect(
      salesByEvent(days, query, "usd").map(({ event, now, former }) => [
        event,
        now.soldMinor,
        former.soldMinor,
      ]),
    ).toEqual([
      ["gala", 900, 400],
      ["jam", 100, 0],
    ])
  })

  it("leaves out what was only looked at", () => {
    const looked = { ...day("gala", "2026-11-05", 0), rows: [{ ...row(0), ordersPpm: 0 }] }
    expect(salesByEvent([looked], query, "usd")).toEqual([])
  })
})

describe("a show's way", () => {
  const sold = (startsAt: string, daysBefore: number, tickets: number) => ({
    startsAt,
    startsLocal: startsAt.slice(0, 19),
    daysBefore,
    tickets,
    soldMinor: tickets * 2000,
  })
  const shows = showsOf([
    sold("2026-11-20T01:00:00.000Z", 30, 10),
    sold("2026-11-20T01:00:00.000Z", 2, 5),
    sold("2026-11-27T01:00:00.000Z", 9, 3),
  ])

  it("adds up what was sold until a day before the show", () => {
    const [next, last] = shows
    expect(next).toMatchObject({ tickets: 3 })
    expect([40, 30, 3, 2, 0].map((days) => soldBy(last!, days))).toEqual([0, 10, 10, 15, 15])
  })

  it("begins with the first sale and ends with the show", () => {
    const days = curveDays(shows)
    expect([days[0], days.at(-1), days.length]).toEqual([30, 0, 31])
    expect(curveDays([])[0]).toBe(7)
    expect(curveDays([{ days: [{ daysBefore: 400, tickets: 1 }] }])[0]).toBe(90)
  })
})
