import type { Comparison, RangeName, ReportQuery } from "#core/report.ts"
import { field, select } from "#views/console/kit/form.ts"
import { html, type Html } from "#views/html.ts"

const rangeLabels: Readonly<Record<RangeName, string>> = {
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
  month: "This month",
  "last-month": "Last month",
  year: "This year",
  "12m": "Last 12 months",
  custom: "Choose dates",
}

const comparisons: readonly { readonly value: Comparison; readonly label: string }[] = [
  { value: "before", label: "vs the days before" },
  { value: "year", label: "vs a year before" },
  { value: "none", label: "No comparison" },
]

/** Which days (the fields of dates are seen with "Choose dates"), compared with which, of which event: the controls of every report. */
export function rangeSelects(page: {
  readonly query: ReportQuery
  readonly events: readonly { readonly slug: string; readonly title: string }[]
  /** The account's date. */
  readonly today: string
}): Html {
  const { query, events, today } = page
  const { range, days, comparison, event } = query
  const ranges = Object.entries(rangeLabels).map(([value, label]) => ({ value, label }))
  const all = events.map(({ slug, title }) => ({ value: slug, label: title }))
  const date = (name: "from" | "to", label: string) =>
    field({ name, label, bare: true, type: "date", value: days[name], max: today })
  return html`${select({ name: "range", label: "Dates", bare: true, narrow: true, value: range, options: ranges })}
    <span class="row days">${date("from", "From")} ${date("to", "To")}</span>
    ${select({ name: "compare", label: "Compare with", bare: true, narrow: true, value: comparison, options: comparisons })}
    ${select({
      name: "event",
      label: "Event",
      bare: true,
      narrow: true,
      value: event ?? "",
      options: [{ value: "", label: "All events" }, ...all],
    })}`
}
