import { countText } from "#core/breakdown-file.ts"
import { type CsvCell, csvLine, csvMark } from "#core/csv.ts"
import { toDecimal } from "#core/money.ts"
import { keptPpm, type ReportQuery, revenueMinor } from "#core/report.ts"
import { type EventSales, landmarks, type Show, soldSoFar } from "#core/sales-history.ts"

/** What sales history shows in a table, in one currency. */
type Shown = {
  readonly query: ReportQuery
  readonly currency: string
  readonly byEvent: readonly EventSales[]
  readonly events: readonly { readonly slug: string; readonly title: string }[]
  readonly shows: readonly Show[]
  /** ISO 8601. */
  readonly now: string
}

/** The table of the page as a file: events, or the shows of the one that is chosen. Days to come are empty. */
export function salesFile(shown: Shown): string {
  const lines = shown.query.event === undefined ? eventLines(shown) : showLines(shown)
  return [csvMark, ...lines.map((cells) => csvLine(cells))].join("")
}

/** A name for it: `sales-2026-10-22-2026-11-20-usd.csv`, `sales-friday-night-usd.csv`. */
export function salesFileName({ query, currency }: Pick<Shown, "query" | "currency">): string {
  const { event, days } = query
  return `sales-${event ?? `${days.from}-${days.to}`}-${currency || "none"}.csv`
}

function eventLines({ byEvent, events, currency, query }: Shown): CsvCell[][] {
  const titles = new Map(events.map(({ slug, title }) => [slug, title]))
  const former = query.former && `Revenue ${query.former.from} to ${query.former.to}`
  const money = (minor: number) => toDecimal(minor, currency)
  return [
    [
      "Event",
      "Orders",
      "Tickets",
      "Currency",
      "Sold",
      "Refunds",
      ...(former === undefined ? [] : [former]),
      "Revenue",
    ],
    ...byEvent.map(({ event, now, former: before }) => [
      titles.get(event) ?? event,
      countText(keptPpm(now)),
      countText(now.ticketsPpm),
      currency.toUpperCase(),
      money(now.soldMinor),
      money(-now.refundedMinor),
      ...(former === undefined ? [] : [money(revenueMinor(before))]),
      money(revenueMinor(now)),
    ]),
  ]
}

function showLines({ shows, currency, now }: Shown): CsvCell[][] {
  const ahead = landmarks.map((day) => (day === 1 ? "1 day before" : `${day} days before`))
  return [
    ["Show", ...ahead, "Tickets", "Currency", "Sold"],
    ...shows.map((show) => [
      show.startsLocal.slice(0, 16).replace("T", " "),
      ...landmarks.map((day) => soldSoFar(show, day, now) ?? null),
      show.tickets,
      currency.toUpperCase(),
      toDecimal(show.soldMinor, currency),
    ]),
  ]
}
