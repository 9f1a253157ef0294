import { describe, expect, it } from "vitest"
import { nothing } from "#core/report-fold.ts"
import { curveDays, daysAhead, salesByEvent, showsOf, soldBy } from "#core/sales-history.ts"

const sold = (event: string, soldMinor: number, isNow = true) => ({
  event,
  isNow,
  measures: { ...nothing(), ordersPpm: 1_000_000, soldMinor },
})

describe("salesByEvent", () => {
  it("puts the best event first, each beside what it sold before", () => {
    const sales = [sold("jam", 100), sold("gala", 400, false), sold("gala", 900)]
    expect(
      salesByEvent(sales).map(({ event, now, former }) => [event, now.soldMinor, former.soldMinor]),
    ).toEqual([
      ["gala", 900, 400],
      ["jam", 100, 0],
    ])
  })

  it("leaves out what was only looked at", () => {
    const looked = { event: "gala", isNow: true, measures: { ...nothing(), visits: 7 } }
    expect(salesByEvent([looked])).toEqual([])
  })
})

describe("a show's way", () => {
  const soldOn = (startsAt: string, daysBefore: number, tickets: number) => ({
    startsAt,
    startsLocal: startsAt.slice(0, 19),
    daysBefore,
    tickets,
    soldMinor: tickets * 2000,
  })
  const shows = showsOf([
    soldOn("2026-11-20T01:00:00.000Z", 30, 10),
    soldOn("2026-11-20T01:00:00.000Z", 2, 5),
    soldOn("2026-11-27T01:00:00.000Z", 9, 3),
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

  it("knows how many days of it are still to come, as its sales are counted", () => {
    const at = { startsAt: "2026-11-27T01:00:00.000Z" }
    expect(daysAhead(at, "2026-11-20T00:59:00Z")).toBe(7)
    expect(daysAhead(at, "2026-11-20T01:01:00Z")).toBe(6)
    expect(daysAhead(at, "2026-11-27T01:00:00Z")).toBe(0)
    expect(daysAhead(at, "2026-11-27T02:00:00Z")).toBe(-1)
  })
})
