import { assert, constantFrom, property, record, string } from "fast-check"
import { describe, expect, it } from "vitest"
import { type MeasuredRow, nothing, otherValue } from "#core/report-fold.ts"
import {
  averageMinor,
  conversionPpm,
  countDays,
  dayOf,
  dimensions,
  makeReport,
  queryText,
  rangeNames,
  reportQuery,
  type RolledDay,
  startOfDay,
  withOther,
} from "#core/report.ts"

const today = "2026-11-20"
const ask = (asked: Record<string, string> = {}) => reportQuery(asked, today)

const row = (value: string, soldMinor: number, parts: Partial<MeasuredRow> = {}): MeasuredRow => ({
  value,
  source: "newsletter",
  medium: "email",
  ...nothing(),
  ordersPpm: 1_000_000,
  soldMinor,
  ...parts,
})
const day = (at: string, rows: readonly MeasuredRow[], currency = "usd"): RolledDay => ({
  day: at,
  currency,
  rows,
})

describe("reportQuery", () => {
  it("begins with the last thirty days, the thirty before, the last touch", () => {
    expect(ask()).toEqual({
      range: "30d",
      days: { from: "2026-10-22", to: "2026-11-20" },
      former: { from: "2026-09-22", to: "2026-10-21" },
      comparison: "before",
      model: "last",
      dimension: "campaign",
    })
  })

  it.each([
    ["7d", "2026-11-14", "2026-11-20"],
    ["90d", "2026-08-23", "2026-11-20"],
    ["month", "2026-11-01", "2026-11-20"],
    ["last-month", "2026-10-01", "2026-10-31"],
    ["year", "2026-01-01", "2026-11-20"],
    ["12m", "2025-11-21", "2026-11-20"],
  ])("knows %s", (range, from, to) => {
    expect(ask({ range }).days).toEqual({ from, to })
  })

  it("turns a range that is the wrong way round, and knows no future", () => {
    expect(ask({ from: "2026-11-10", to: "2026-11-01" }).days).toEqual({
      from: "2026-11-01",
      to: "2026-11-10",
    })
    expect(ask({ from: "2026-11-10", to: "2030-01-01" }).days.to).toBe(today)
    expect(ask({ from: "2030-01-01" }).days).toEqual({ from: today, to: today })
  })

  it("bounds what is asked for at once", () => {
    expect(countDays(ask({ from: "1900-01-01", to: today }).days)).toBe(1100)
  })

  it("compares with the same days of a year before, a leap day with the day it has", () => {
    const query = reportQuery(
      { from: "2028-02-29", to: "2028-03-01", compare: "year" },
      "2028-04-01",
    )
    expect(query.former).toEqual({ from: "2027-02-28", to: "2027-03-01" })
    expect(ask({ compare: "none" }).former).toBeUndefined()
  })

  it("asks the same again by its own address, whatever was asked", () => {
    const anyAsk = record({
      range: constantFrom(...rangeNames, "", "nonsense"),
      from: constantFrom("2026-10-01", "2026-11-31", "", "x"),
      to: constantFrom("2026-10-20", ""),
      compare: constantFrom("before", "year", "none", ""),
      model: constantFrom("first", "last", "linear", ""),
      by: constantFrom(...dimensions, "__proto__"),
      event: constantFrom("gala", "", "No Slug"),
      currency: string({ maxLength: 4 }),
    })
    assert(
      property(anyAsk, (asked) => {
        const query = ask(asked)
        const again = ask(Object.fromEntries(new URLSearchParams(queryText(query))))
        expect(again).toEqual(query)
      }),
    )
  })
})

describe("days", () => {
  it("are those of the zone", () => {
    expect(dayOf("2026-11-20T02:00:00Z", "America/New_York")).toBe("2026-11-19")
    expect(dayOf("2026-11-20T12:00:00Z", "Pacific/Auckland")).toBe("2026-11-21")
  })

  it("have 25 hours when the clock goes back, and begin late where midnight is skipped", () => {
    const hours = (at: string, zone: string) =>
      (Date.parse(startOfDay(at, zone, 1)) - Date.parse(startOfDay(at, zone))) / 3_600_000
    expect(hours("2026-11-01", "America/New_York")).toBe(25)
    expect(hours("2018-11-04", "America/Sao_Paulo")).toBe(23)
  })
})

describe("makeReport", () => {
  it("never adds one currency to another, and begins with the one that sells most", () => {
    const report = makeReport(
      ask(),
      [
        day("2026-11-20", [row("a", 100)], "cad"),
        day("2026-11-19", [row("a", 500)]),
        day("2026-11-20", [row("a", 700)]),
      ],
      [],
    )
    expect(report.currency).toBe("usd")
    expect(report.currencies.map(({ currency, now }) => [currency, now.soldMinor])).toEqual([
      ["usd", 1200],
      ["cad", 100],
    ])
    expect(report.now.soldMinor).toBe(1200)
  })

  it("puts days beside the days before them, and nothing where nothing was", () => {
    const report = makeReport(
      ask({ range: "7d" }),
      [day("2026-11-20", [row("a", 100)])],
      [day("2026-11-07", [row("a", 40)])],
    )
    expect(report.series).toHaveLength(7)
    expect(report.series[0]).toMatchObject({
      from: "2026-11-14",
      formerFrom: "2026-11-07",
      former: { soldMinor: 40 },
      now: { soldMinor: 0 },
    })
    expect(report.series[6]).toMatchObject({ from: today, now: { soldMinor: 100 } })
  })

  it("joins the days of a year to weeks, losing none", () => {
    const days = Array.from({ length: 365 }, (_, index) =>
      day(new Date(Date.parse("2025-11-21") + index * 86_400_000).toISOString().slice(0, 10), [
        row("a", 1),
      ]),
    )
    const { series } = makeReport(ask({ range: "12m" }), days, [])
    expect(series).toHaveLength(53)
    expect(series.reduce((sum, { now }) => sum + now.soldMinor, 0)).toBe(365)
    expect(series.at(-1)).toMatchObject({ from: today, to: today })
  })

  it("breaks campaigns down by source, medium or both", () => {
    const rows = [row("a", 300), row("b", 100, { source: "instagram", medium: "social" })]
    const by = (dimension: string) =>
      makeReport(ask({ by: dimension }), [day(today, rows)], []).rows.map(({ value }) => value)
    expect(by("source")).toEqual(["newsletter", "instagram"])
    expect(by("medium")).toEqual(["email", "social"])
    expect(by("source-medium")).toEqual(["newsletter / email", "instagram / social"])
    expect(by("campaign")).toEqual(["a", "b"])
  })
})

describe("withOther", () => {
  it("puts what is beyond the bound into one last row, and loses nothing", () => {
    const rows = ["a", "b", otherValue, "c"].map((value) => ({
      ...row(value, 10),
      now: { ...nothing(), soldMinor: 10 },
      former: nothing(),
    }))
    const shown = withOther(rows, 2)
    expect(shown.map(({ value, now }) => [value, now.soldMinor])).toEqual([
      ["a", 10],
      ["b", 10],
      [otherValue, 20],
    ])
  })
})

describe("rates", () => {
  it("are of what stands, and unknown where there is nothing to divide by", () => {
    const of = { ...nothing(), ordersPpm: 3_000_000, returnedPpm: 1_000_000, soldMinor: 9000 }
    expect(averageMinor({ ...of, refundedMinor: 3000 })).toBe(3000)
    expect(conversionPpm({ ...of, visits: 40 })).toBe(50_000)
    expect([averageMinor(nothing()), conversionPpm(of)]).toEqual([undefined, undefined])
  })
})
