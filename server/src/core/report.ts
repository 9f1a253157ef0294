import { Temporal } from "temporal-polyfill"
import {
  type DimensionValue,
  type StoredDimension,
  storedDimensions,
} from "#core/report-dimensions.ts"
import {
  addAmounts,
  byRank,
  type MeasuredRow,
  type Measures,
  type Model,
  models,
  nothing,
  otherValue,
} from "#core/report-fold.ts"

/** What a report can be broken down by. */
export type Dimension = StoredDimension | "source" | "medium" | "source-medium"

export const dimensions: readonly Dimension[] = [
  "campaign",
  "source-medium",
  "source",
  "medium",
  "content",
  "term",
  "click",
  "referrer",
  "landing",
  "promo",
  "ref",
]

/** Days of the account's time zone, both within: `2026-10-22` to `2026-11-20`. */
export type DayRange = { readonly from: string; readonly to: string }

export type Comparison = "before" | "year" | "none"

/** What a marketer asks; made of whatever an address says by `reportQuery`. */
export type ReportQuery = {
  readonly range: RangeName
  readonly days: DayRange
  readonly comparison: Comparison
  /** What the range is compared with. */
  readonly former?: DayRange
  readonly model: Model
  readonly dimension: Dimension
  /** Event slug. */
  readonly event?: string
  readonly currency?: string
}

export type RangeName = "7d" | "30d" | "90d" | "month" | "last-month" | "year" | "12m" | "custom"

export const rangeNames: readonly RangeName[] = [
  "7d",
  "30d",
  "90d",
  "month",
  "last-month",
  "year",
  "12m",
  "custom",
]

/** Longer ranges are cut at their beginning. */
export const mostDays = 1100

/** One day of one currency, as it was rolled up. */
export type RolledDay = {
  readonly day: string
  readonly currency: string
  readonly rows: readonly MeasuredRow[]
}

export type ReportRow = DimensionValue & {
  readonly now: Measures
  readonly former: Measures
}

export type Report = {
  /** Each currency that anything happened in, the one with the most revenue first; never added to another. */
  readonly currencies: readonly { readonly currency: string; readonly now: Measures }[]
  readonly currency: string
  readonly now: Measures
  readonly former: Measures
  readonly series: readonly SeriesPoint[]
  /** The best first; what is beyond the bound is the last row. */
  readonly rows: readonly ReportRow[]
}

/** A day, or the days of a bucket, beside as many of the range before. */
export type SeriesPoint = {
  readonly from: string
  readonly to: string
  readonly now: Measures
  readonly formerFrom?: string
  readonly former: Measures
}

/** Reads what an address asks, leniently: what makes no sense is what a report begins with. `today` in the account's time zone. */
export function reportQuery(
  asked: Readonly<Record<string, string | undefined>>,
  today: string,
): ReportQuery {
  const range = oneOf(rangeNames, asked["range"]) ?? (asked["from"] ? "custom" : "30d")
  const custom = customRange(asked["from"], asked["to"], today)
  const days = (range === "custom" && custom) || presetRange(range, today)
  const comparison = oneOf(["before", "year", "none"] as const, asked["compare"]) ?? "before"
  const former = formerRange(days, comparison)
  const event = asked["event"]?.match(/^[a-z0-9-]{1,80}$/)?.[0]
  const currency = asked["currency"]?.toLowerCase().match(/^[a-z]{3}$/)?.[0]
  return {
    range,
    days,
    comparison,
    model: oneOf(models, asked["model"]) ?? "last",
    dimension: oneOf(dimensions, asked["by"]) ?? "campaign",
    ...(former && { former }),
    ...(event && { event }),
    ...(currency && { currency }),
  }
}

function oneOf<T extends string>(all: readonly T[], asked: string | undefined): T | undefined {
  return all.find((each) => each === asked)
}

/** The address that asks for this: what a report begins with is left out. */
export function queryText(query: ReportQuery): string {
  const { range, days, comparison, model, dimension, event, currency } = query
  const said = new URLSearchParams()
  if (range === "custom") {
    said.set("from", days.from)
    said.set("to", days.to)
  } else if (range !== "30d") said.set("range", range)
  if (comparison !== "before") said.set("compare", comparison)
  if (event) said.set("event", event)
  if (model !== "last") said.set("model", model)
  if (currency) said.set("currency", currency)
  if (dimension !== "campaign") said.set("by", dimension)
  return said.toString()
}

function presetRange(name: RangeName, today: string): DayRange {
  const now = Temporal.PlainDate.from(today)
  const back = (days: number) => ({ from: now.subtract({ days }).toString(), to: today })
  const month = now.with({ day: 1 })
  switch (name) {
    case "7d":
      return back(6)
    case "90d":
      return back(89)
    case "month":
      return { from: month.toString(), to: today }
    case "last-month":
      return {
        from: month.subtract({ months: 1 }).toString(),
        to: month.subtract({ days: 1 }).toString(),
      }
    case "year":
      return { from: now.with({ month: 1, day: 1 }).toString(), to: today }
    case "12m":
      return back(364)
    case "30d":
    case "custom":
      return back(29)
  }
}

/** The wrong way round is turned, the future is cut off; undefined for what are no dates. */
function customRange(
  from: string | undefined,
  to: string | undefined,
  today: string,
): DayRange | undefined {
  const days = [from, to ?? today].flatMap((text) => dateOf(text) ?? []).sort(compareDays)
  const [first, last] = days
  if (!first || !last) return undefined
  const now = Temporal.PlainDate.from(today)
  const end = compareDays(last, now) > 0 ? now : last
  const begin = compareDays(first, end) > 0 ? end : first
  const earliest = end.subtract({ days: mostDays - 1 })
  return {
    from: (compareDays(begin, earliest) < 0 ? earliest : begin).toString(),
    to: end.toString(),
  }
}

/** Nothing was sold before 1900, and databases know no year 0. */
function dateOf(text: string | undefined): Temporal.PlainDate | undefined {
  if (!text || !/^(?:19|2\d)\d{2}-\d{2}-\d{2}$/.test(text)) return undefined
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" })
  } catch {
    return undefined
  }
}

const compareDays = (a: Temporal.PlainDate, b: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(a, b)

/** As many days just before, or the same days a year before. */
function formerRange({ from, to }: DayRange, comparison: Comparison): DayRange | undefined {
  if (comparison === "none") return undefined
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)]
  if (comparison === "year")
    return {
      from: first.subtract({ years: 1 }).toString(),
      to: last.subtract({ years: 1 }).toString(),
    }
  const days = countDays({ from, to })
  return {
    from: first.subtract({ days }).toString(),
    to: first.subtract({ days: 1 }).toString(),
  }
}

export function countDays({ from, to }: DayRange): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days + 1
}

/** The date in a time zone at an instant (ISO 8601). */
export function dayOf(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** When a day begins in a time zone, ISO 8601; `plusDays` later ones. */
export function startOfDay(day: string, timeZone: string, plusDays = 0): string {
  const start = Temporal.PlainDate.from(day).add({ days: plusDays }).toZonedDateTime(timeZone)
  return new Date(start.epochMilliseconds).toISOString()
}

/** Which rollup a dimension is read from: sources and media are kept with campaigns. */
export function storedOf(dimension: Dimension): StoredDimension {
  return storedDimensions.find((each) => each === dimension) ?? "campaign"
}

/** Rows that a table and its file show; what is beyond is one row more. */
export const mostShown = 100

/** Makes a report of rolled up days. `now` and `former` are of the query's ranges, model, event and stored dimension. */
export function makeReport(
  query: ReportQuery,
  now: readonly RolledDay[],
  former: readonly RolledDay[],
): Report {
  const currencies = currenciesOf(now, former)
  const currency =
    currencies.find((each) => each.currency === query.currency)?.currency ??
    currencies[0]?.currency ??
    query.currency ??
    ""
  const ours = now.filter((day) => day.currency === currency)
  const theirs = former.filter((day) => day.currency === currency)
  return {
    currencies,
    currency,
    now: totalOf(ours),
    former: totalOf(theirs),
    series: seriesOf(query, ours, theirs),
    rows: rowsBy(query.dimension, ours, theirs),
  }
}

function currenciesOf(now: readonly RolledDay[], former: readonly RolledDay[]) {
  const all = [...new Set([...now, ...former].map((day) => day.currency))]
  return all
    .map((currency) => ({
      currency,
      now: totalOf(now.filter((day) => day.currency === currency)),
    }))
    .sort(
      (a, b) =>
        b.now.ordersPpm - a.now.ordersPpm ||
        b.now.visits - a.now.visits ||
        (a.currency < b.currency ? -1 : 1),
    )
}

function totalOf(days: readonly RolledDay[]): Measures {
  const total = nothing()
  for (const { rows } of days) for (const row of rows) addAmounts(total, row)
  return total
}

/** Groups rows by a dimension; the rank is by what was earned. */
export function rowsBy(
  dimension: Dimension,
  now: readonly RolledDay[],
  former: readonly RolledDay[],
  most = mostShown,
): ReportRow[] {
  const grouped = new Map<string, ReportRow>()
  const collect = (days: readonly RolledDay[], side: "now" | "former") => {
    for (const { rows } of days)
      for (const row of rows) {
        const at = groupOf(dimension, row)
        const key = `${at.value}\n${at.source}\n${at.medium}`
        const known = grouped.get(key) ?? { ...at, now: nothing(), former: nothing() }
        grouped.set(key, known)
        addAmounts(known[side], row)
      }
  }
  collect(now, "now")
  collect(former, "former")
  const sorted = [...grouped.values()].sort(
    (a, b) =>
      byRank({ ...a, ...a.now }, { ...b, ...b.now }) ||
      byRank({ ...a, ...a.former }, { ...b, ...b.former }),
  )
  return withOther(sorted, most)
}

/** What is beyond `most`, and what was beyond the bound of a day already, is one last row. */
export function withOther(rows: readonly ReportRow[], most: number): ReportRow[] {
  const named = rows.filter(({ value }) => value !== otherValue)
  const rest = [...named.slice(most), ...rows.filter(({ value }) => value === otherValue)]
  if (rest.length === 0) return [...named]
  const other: ReportRow = {
    value: otherValue,
    source: "",
    medium: "",
    now: nothing(),
    former: nothing(),
  }
  for (const { now, former } of rest) {
    addAmounts(other.now, now)
    addAmounts(other.former, former)
  }
  return [...named.slice(0, most), other]
}

export function groupOf(dimension: Dimension, row: DimensionValue): DimensionValue {
  const { value, source, medium } = row
  const plain = (text: string) => ({ value: text, source: "", medium: "" })
  if (value === otherValue && source === "") return plain(otherValue)
  if (dimension === "source") return plain(source)
  if (dimension === "medium") return plain(medium)
  return dimension === "source-medium" ? plain(`${source} / ${medium}`) : { value, source, medium }
}

/** Days up to a quarter, weeks up to a year, then months of thirty days. */
function bucketOf(days: number): number {
  if (days <= 100) return 1
  return days <= 400 ? 7 : 30
}

function seriesOf(
  query: ReportQuery,
  now: readonly RolledDay[],
  former: readonly RolledDay[],
): SeriesPoint[] {
  const { days, former: before } = query
  const count = countDays(days)
  const size = bucketOf(count)
  const begin = Temporal.PlainDate.from(days.from)
  const sums = bucketed(days, size, now)
  const formerSums = before ? bucketed(before, size, former) : []
  return Array.from({ length: Math.ceil(count / size) }, (_, index) => {
    const first = begin.add({ days: index * size })
    const last = Math.min((index + 1) * size, count) - 1
    return {
      from: first.toString(),
      to: begin.add({ days: last }).toString(),
      now: sums[index] ?? nothing(),
      former: formerSums[index] ?? nothing(),
      ...(before && {
        formerFrom: Temporal.PlainDate.from(before.from)
          .add({ days: index * size })
          .toString(),
      }),
    }
  })
}

function bucketed({ from, to }: DayRange, size: number, days: readonly RolledDay[]): Measures[] {
  const buckets = Array.from({ length: Math.ceil(countDays({ from, to }) / size) }, nothing)
  const startMs = Date.parse(from)
  for (const { day, rows } of days) {
    const bucket = buckets[Math.floor((Date.parse(day) - startMs) / 86_400_000 / size)]
    if (bucket) for (const row of rows) addAmounts(bucket, row)
  }
  return buckets
}

/** What is left of what was sold, in minor units. */
export function revenueMinor({ soldMinor, refundedMinor }: Measures): number {
  return soldMinor - refundedMinor
}

/** Orders that stand, in millionths. */
export function keptPpm({ ordersPpm, returnedPpm }: Measures): number {
  return ordersPpm - returnedPpm
}

/** Minor units, rounded; undefined without orders. */
export function averageMinor(measures: Measures): number | undefined {
  const kept = keptPpm(measures)
  return kept > 0 ? Math.round((revenueMinor(measures) * 1_000_000) / kept) : undefined
}

/** Orders of a million visits; undefined without visits. */
export function conversionPpm(measures: Measures): number | undefined {
  return measures.visits > 0 ? Math.round(keptPpm(measures) / measures.visits) : undefined
}
