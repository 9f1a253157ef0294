import { parse } from "csv-parse/sync"
import { describe, expect, it } from "vitest"
import { nothing } from "#core/report-fold.ts"
import { reportQuery } from "#core/report.ts"
import { salesFile, salesFileName } from "#core/sales-file.ts"

const today = "2026-11-20"
const now = "2026-11-20T15:00:00Z"

const shown = (asked: Record<string, string>) => ({
  query: reportQuery(asked, today),
  currency: "cad",
  byEvent: [
    {
      event: "jam",
      now: {
        ...nothing(),
        ordersPpm: 3_000_000,
        returnedPpm: 1_000_000,
        ticketsPpm: 4_000_000,
        soldMinor: 15_003,
        refundedMinor: 5001,
      },
      former: { ...nothing(), soldMinor: 2000 },
    },
  ],
  events: [{ slug: "jam", title: "=HYPERLINK(1)" }],
  shows: [
    {
      startsAt: "2026-11-30T20:00:00.000Z",
      startsLocal: "2026-11-30T15:00:00",
      tickets: 11,
      soldMinor: 22_000,
      days: [
        { daysBefore: 20, tickets: 7 },
        { daysBefore: 12, tickets: 4 },
      ],
    },
  ],
  now,
})

const rowsOf = (file: string): string[][] => parse(file, { bom: true, recordDelimiter: "\r\n" })

describe("the file of sales history", () => {
  it("holds the events as they are shown, beside the days before, and no formula", () => {
    expect(rowsOf(salesFile(shown({})))).toEqual([
      [
        "Event",
        "Orders",
        "Tickets",
        "Currency",
        "Sold",
        "Refunds",
        "Revenue 2026-09-22 to 2026-10-21",
        "Revenue",
      ],
      ["'=HYPERLINK(1)", "2", "4", "CAD", "150.03", "-50.01", "20.00", "100.02"],
    ])
    expect(rowsOf(salesFile(shown({ compare: "none" })))[0]).toHaveLength(7)
  })

  it("holds the shows of a chosen event; days to come are empty", () => {
    expect(rowsOf(salesFile(shown({ event: "jam" })))).toEqual([
      [
        "Show",
        "30 days before",
        "14 days before",
        "7 days before",
        "1 day before",
        "Tickets",
        "Currency",
        "Sold",
      ],
      ["2026-11-30 15:00", "0", "7", "", "", "11", "CAD", "220.00"],
    ])
  })

  it("has a name that says what is in it", () => {
    expect(salesFileName(shown({}))).toBe("sales-2026-10-22-2026-11-20-cad.csv")
    expect(salesFileName(shown({ event: "jam" }))).toBe("sales-jam-cad.csv")
  })
})
