import { expect, it } from "vitest"
import { makeReport, reportQuery } from "#core/report.ts"
import { showsOf } from "#core/sales-history.ts"
import { salesPage } from "#views/console/sales-history.ts"

const now = "2026-11-20T15:00:00Z"
const query = reportQuery({ event: "jam" }, "2026-11-20")

const soldOn = (startsAt: string, daysBefore: number, tickets: number) => ({
  startsAt,
  startsLocal: startsAt.slice(0, 19),
  daysBefore,
  tickets,
  soldMinor: tickets * 2000,
})

const page = String(
  salesPage({
    visit: {
      actor: { role: "owner" },
      person: { name: "Dana", email: "dana@example.com" },
      account: { slug: "club", name: "Club" },
      accounts: [],
    },
    query,
    report: { ...makeReport(query, [], []), currency: "usd" },
    byEvent: [],
    events: [{ slug: "jam", title: "Jam" }],
    shows: showsOf([
      // In ten days and five hours.
      soldOn("2026-11-30T20:00:00.000Z", 20, 7),
      soldOn("2026-11-30T20:00:00.000Z", 12, 4),
      // Sold out long before it was played.
      soldOn("2026-11-13T20:00:00.000Z", 30, 90),
    ]),
    today: "2026-11-20",
    now,
  }),
)

/** The cells of the row of that name, in the table of that caption. */
const cellsOf = (caption: string, head: string) => {
  const tables = page
    .split("<table>")
    .filter((text) => /<caption[^>]*>([^<]*)/.exec(text)?.[1]?.includes(caption))
  const row =
    tables[0]?.split("<tr>").find((text) => text.includes(`<th scope="row">${head}`)) ?? ""
  const cells = [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)]
  return cells.map(([, cell = ""]) => cell.replaceAll(/<[^>]*>/g, "").trim())
}

it("says nothing of days to come, and all of a show that was sold out early", () => {
  expect(cellsOf("Shows of this event", "Mon 30 Nov 2026")).toEqual([
    "0",
    "7",
    "—",
    "—",
    "11",
    "$220.00",
  ])
  expect(cellsOf("Shows of this event", "Fri 13 Nov 2026")).toEqual([
    "90",
    "90",
    "90",
    "90",
    "90",
    "$1,800.00",
  ])
})

it("draws the way to a show no further than it has come", () => {
  expect(cellsOf("Tickets sold by days to the show", "11 days before")).toEqual(["11", "90"])
  expect(cellsOf("Tickets sold by days to the show", "10 days before")).toEqual(["11 so far", "90"])
  expect(cellsOf("Tickets sold by days to the show", "9 days before")).toEqual(["—", "90"])
  expect(cellsOf("Tickets sold by days to the show", "Day of the show")).toEqual(["—", "90"])
})
