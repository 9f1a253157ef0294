import { dimensionNames, nameOf } from "#core/breakdown-file.ts"
import { otherValue, type Measures } from "#core/report-fold.ts"
import {
  averageMinor,
  conversionPpm,
  dayOf,
  dimensions,
  keptPpm,
  queryText,
  type Report,
  type ReportQuery,
  type ReportRow,
  revenueMinor,
  type SeriesPoint,
} from "#core/report.ts"
import { button, linkButton } from "#views/console/kit/button.ts"
import { card, delta, emptyState, type Kpi, kpis } from "#views/console/kit/card.ts"
import {
  type ChartPoint,
  type Flag,
  funnelBars,
  lineChart,
  rankBars,
  rankLegend,
  spark,
} from "#views/console/kit/charts.ts"
import { axisMoney, money, number, percentOf } from "#views/console/kit/figures.ts"
import { hidden } from "#views/console/kit/form.ts"
import { segmented, tabs } from "#views/console/kit/nav.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { table } from "#views/console/kit/table.ts"
import { type Health, pixelTable } from "#views/console/pixel-health.ts"
import {
  countOf,
  dateText,
  dayText,
  rangeText,
  rateOf,
  weekdayText,
  zoneName,
} from "#views/console/report-figures.ts"
import { rangeSelects } from "#views/console/report-filters.ts"
import { reportTabs } from "#views/console/report-tabs.ts"
import { savedViews, viewLinks, type ViewName } from "#views/console/saved-views.ts"
import { html, type Html, none, type Part, url } from "#views/html.ts"

export type AttributionPage = {
  readonly visit: Surroundings & { readonly account: { readonly timeZone: string } }
  readonly query: ReportQuery
  readonly report: Report
  readonly ranking: readonly ReportRow[]
  readonly events: readonly { readonly slug: string; readonly title: string }[]
  readonly views: readonly ViewName[]
  readonly pixels: readonly Health[]
  /** What began in these days, by instants in ISO 8601, the earliest first. */
  readonly beginnings: readonly {
    readonly at: string
    readonly what: "sales" | "code"
    readonly name: string
  }[]
  /** "15:24", in the account's time zone; absent before anything was counted. */
  readonly countedAt?: string
  readonly isBehind: boolean
  /** The account's date. */
  readonly today: string
}

/** What sold tickets? The figures, the course of days, where they came from, and the table that says it all. */
export function attributionPage(page: AttributionPage): Html {
  const { visit, report } = page
  const isEmpty = report.currencies.length === 0
  return consolePage({
    visit,
    title: "What sold tickets?",
    active: "reports",
    lead: leadOf(page),
    actions: html`${linkButton({ label: "Build a link", icon: "link", href: pathOf(page, "reports/links") })}
    ${!isEmpty && linkButton({ label: "CSV", icon: "download", href: address(page, {}, "reports.csv"), download: true })}`,
    body: html`${reportTabs(visit, "reports")} ${filters(page)} ${viewLinks(page)}
    ${isEmpty ? nothingYet(page) : [figures(page), course(page), sources(page), breakdown(page)]}
    ${savedViews(page)}`,
  })
}

function leadOf({ countedAt, isBehind, visit, query, today }: AttributionPage): string {
  const days = `${rangeText(query.days, today)}.`
  const zone = `Times in ${zoneName(visit.account.timeZone)}.`
  if (countedAt === undefined) return `${days} ${zone}`
  const behind = isBehind ? ", newer sales are being counted" : ""
  return `${days} Last update ${countedAt}${behind}. ${zone}`
}

function pathOf({ visit }: AttributionPage, path: string): string {
  return `/console/${visit.account.slug}/${path}`
}

/** The same report, asked a little differently. */
function address(page: AttributionPage, other: Partial<ReportQuery>, path = "reports"): string {
  const text = queryText({ ...page.query, currency: page.report.currency, ...other })
  return pathOf(page, text === "" ? path : `${path}?${text}`)
}

function filters(page: AttributionPage): Html {
  const { query, visit } = page
  const { model, dimension, currency } = query
  return html`<form
    class="row"
    method="get"
    action="${url(`/console/${visit.account.slug}/reports`)}"
    aria-label="What the report covers"
  >
    ${rangeSelects(page)} ${model !== "last" && hidden("model", model)}
    ${dimension !== "campaign" && hidden("by", dimension)}
    ${currency !== undefined && hidden("currency", currency)} ${button({ label: "Show" })}
    ${modelChoice(page)}
  </form>`
}

function modelChoice(page: AttributionPage): Html {
  const models = [
    { model: "first", label: "First touch" },
    { model: "last", label: "Last touch" },
    { model: "linear", label: "Linear" },
  ] as const
  return segmented({
    label: "Which touch is credited",
    push: true,
    items: models.map(({ model, label }) => ({
      label,
      href: address(page, { model }),
      current: page.query.model === model,
    })),
  })
}

function nothingYet(page: AttributionPage): Html {
  if (page.isBehind)
    return card({
      label: "Nothing to show yet",
      body: emptyState({
        title: "Being counted",
        text: "There are visits or sales that are not counted yet. Look again in a moment.",
        action: linkButton({ label: "Look again", href: address(page, {}) }),
      }),
    })
  return card({
    label: "Nothing to show",
    body: emptyState({
      title: "Nobody came in these days",
      text: "Visits and sales appear here as soon as somebody sees a widget. Links that say where they stand show what works.",
      action: linkButton({
        label: "Build a link",
        icon: "link",
        kind: "primary",
        href: pathOf(page, "reports/links"),
      }),
    }),
  })
}

function figures(page: AttributionPage): Html {
  const { report } = page
  const { currency, now, former } = report
  const isCompared = page.query.former !== undefined
  const inMoney = (minor: number) => money(minor, currency)
  const item = (label: string, pick: (of: Measures) => number, text: (value: number) => string) =>
    kpi(label, [pick(now), pick(former)], text, isCompared)
  const [average, formerAverage] = [averageMinor(now), averageMinor(former)]
  return card({
    label: "Figures",
    id: "figures",
    body: html`${currencyTabs(page)}
    ${kpis([
      item("Revenue", revenueMinor, inMoney),
      item("Orders", keptPpm, countOf),
      item("Tickets", (of) => of.ticketsPpm, countOf),
      average === undefined
        ? { label: "Average order", value: "—" }
        : kpi("Average order", [average, formerAverage ?? 0], inMoney, isCompared),
      conversionKpi(page),
    ])}`,
  })
}

/** A figure with its former value and how far it is from it. */
function kpi(
  label: string,
  [now, former]: readonly [number, number],
  text: (value: number) => string,
  isCompared: boolean,
): Kpi {
  if (!isCompared) return { label, value: text(now) }
  return { label, value: text(now), note: html`${delta(now, former)} from ${text(former)}` }
}

function conversionKpi({ report, query }: AttributionPage): Kpi {
  const [now, former] = [conversionPpm(report.now), conversionPpm(report.former)]
  const label = "Conversion"
  if (now === undefined) return { label, value: "—" }
  if (!query.former || former === undefined) return { label, value: rateOf(now, 2) }
  const points = (difference: number) => `${(difference / 10_000).toFixed(2)} pt`
  return {
    label,
    value: rateOf(now, 2),
    note: html`${delta(now, former, points)} from ${rateOf(former, 2)}`,
  }
}

function currencyTabs(page: AttributionPage): Html {
  const { currencies, currency } = page.report
  return tabs({
    label: "Currency",
    items: currencies.map((each) => ({
      label: each.currency.toUpperCase(),
      note: money(revenueMinor(each.now), each.currency),
      href: address(page, { currency: each.currency }),
      current: each.currency === currency,
    })),
  })
}

const steps = { 1: "day", 7: "week", 30: "30 days" } as const

function course(page: AttributionPage): Html {
  const { report, query, today } = page
  const { currency, series, now, former } = report
  const unit = stepOf(series)
  const names = {
    now: rangeText(query.days, today),
    ...(query.former && { before: rangeText(query.former, today) }),
  }
  const inMoney = (minor: number) => money(minor, currency)
  const title = `Revenue by ${unit}`
  return card({
    title,
    id: "course",
    body: lineChart({
      id: "revenue",
      title: `${title} in ${currency.toUpperCase()}, ${names.now}`,
      finding: findingOf(page),
      value: inMoney,
      axis: (minor) => axisMoney(minor, currency),
      names,
      column: unit === "day" ? "Day" : "From",
      points: series.map((point) => chartPoint(page, point)),
      flags: flagsOf(page),
    }),
    foot:
      revenueMinor(now) === 0 && revenueMinor(former) === 0
        ? "No sales in these days yet."
        : undefined,
  })
}

/** What began in these days, where it stands among them; all of one column under one letter. */
function flagsOf({ report: { series }, beginnings, visit }: AttributionPage): readonly Flag[] {
  const told = beginnings.map(({ at, what, name }) => {
    const day = dayOf(at, visit.account.timeZone)
    return {
      at: series.findIndex(({ from, to }) => from <= day && day <= to),
      text: `${what === "sales" ? `${name} on sale` : `Code ${name} begins`}, ${weekdayText(day)}`,
    }
  })
  const columns = Map.groupBy(told, ({ at }) => at)
  return [...columns]
    .filter(([at]) => at >= 0)
    .map(([at, all]) => ({ at, text: all.map(({ text }) => text).join("; ") }))
}

function stepOf(series: readonly SeriesPoint[]): string {
  const [first] = series
  const days = first ? (Date.parse(first.to) - Date.parse(first.from)) / 86_400_000 + 1 : 1
  return days <= 1 ? steps[1] : days <= 7 ? steps[7] : steps[30]
}

function chartPoint(page: AttributionPage, point: SeriesPoint): ChartPoint {
  const { query, today } = page
  const isDay = point.from === point.to
  const label = isDay ? weekdayText(point.from) : `${dayText(point.from)} to ${dayText(point.to)}`
  const days = { from: point.from, to: point.to }
  return {
    label,
    tick: dayText(point.from),
    now: revenueMinor(point.now),
    part: point.to === today,
    href: ordersAddress(page, { days, range: "custom" }),
    ...(query.former && { before: revenueMinor(point.former) }),
    ...(point.formerFrom !== undefined && { beforeLabel: dayText(point.formerFrom) }),
  }
}

function findingOf({ report, query }: AttributionPage): string {
  const { series, currency, now, former } = report
  const best = series.toSorted((a, b) => revenueMinor(b.now) - revenueMinor(a.now))[0]
  const total = `The days total ${money(revenueMinor(now), currency)}`
  const against = query.former
    ? `, against ${money(revenueMinor(former), currency)} in those they are compared with.`
    : "."
  if (!best || revenueMinor(best.now) <= 0) return `${total}${against}`
  const peak = `The highest is ${dateText(best.from)} with ${money(revenueMinor(best.now), currency)}.`
  return `${peak} ${total}${against}`
}

/** Where the orders of a row, a day or all of it are listed. */
function ordersAddress(
  page: AttributionPage,
  other: Partial<ReportQuery>,
  row?: ReportRow,
): string {
  const base = address(page, other, "reports/orders")
  if (!row) return base
  const said = new URLSearchParams({ value: row.value })
  if (row.source !== "") said.set("source", row.source)
  if (row.medium !== "") said.set("medium", row.medium)
  return `${base}${base.includes("?") ? "&" : "?"}${said.toString()}`
}

function sources(page: AttributionPage): Html {
  return html`<div class="cols even level">
    ${ranking(page)}
    <div class="stack">${funnel(page)} ${health(page)}</div>
  </div>`
}

function ranking(page: AttributionPage): Html {
  const { ranking: rows, report, query, today } = page
  const { currency, now } = report
  const total = revenueMinor(now)
  return card({
    title: "By source and medium",
    id: "sources",
    padded: true,
    actions: query.former && rankLegend(rangeText(query.former, today)),
    body: rankBars(
      rows.map((row) => ({
        label: nameOf("source-medium", row),
        href:
          row.value === otherValue
            ? address(page, { dimension: "source-medium" })
            : ordersAddress(page, { dimension: "source-medium" }, row),
        value: revenueMinor(row.now),
        text: money(revenueMinor(row.now), currency),
        share: total > 0 ? percentOf(revenueMinor(row.now), total, 0) : undefined,
        before: query.former && revenueMinor(row.former),
      })),
    ),
    foot: "Choose a bar to see its orders.",
  })
}

function funnel(page: AttributionPage): Html {
  const { report, query } = page
  const { now, former } = report
  const step = (label: string, pick: (of: Measures) => number) => ({
    label,
    value: pick(now),
    text: countOf(pick(now)),
    before: query.former && pick(former),
  })
  return card({
    title: "From visit to order",
    id: "funnel",
    padded: true,
    actions: html`<span class="sub">${query.event ? eventTitle(page) : "All campaigns"}</span>`,
    body: funnelBars([
      step("Visited", (of) => of.visits * 1_000_000),
      step("Added a ticket", (of) => of.addedPpm),
      step("Began checkout", (of) => of.beganPpm),
      step("Paid", keptPpm),
    ]),
    foot: "Each share is of the step above.",
  })
}

function eventTitle({ query, events }: AttributionPage): string {
  return events.find(({ slug }) => slug === query.event)?.title ?? query.event ?? ""
}

function health(page: AttributionPage): Html {
  return card({
    title: "Pixel health",
    id: "pixels",
    actions: html`<a class="link sub" href="${url(pathOf(page, "reports/pixels"))}"
      >Last 24 hours</a
    >`,
    body:
      page.pixels.length > 0
        ? pixelTable(page.pixels)
        : html`<p class="pad-all pad-top sub">
            No pixel is set up, so nothing is reported to anybody.
          </p>`,
  })
}

function breakdown(page: AttributionPage): Html {
  const { query } = page
  return card({
    title: "Breakdown",
    id: "breakdown",
    actions: linkButton({
      label: "CSV of this table",
      icon: "download",
      kind: "quiet",
      href: address(page, {}, "reports.csv"),
      download: true,
    }),
    body: html`${tabs({
      label: "Broken down by",
      items: dimensions.map((dimension) => ({
        label: dimensionNames[dimension],
        href: `${address(page, { dimension })}#breakdown`,
        current: dimension === query.dimension,
      })),
    })}
    ${rowsTable(page)}`,
    foot: footOf(query),
  })
}

function footOf({ dimension, model }: ReportQuery): string {
  const said = [
    "Funnel: of 100 visits, how many added, began and paid.",
    ...(model === "linear" ? ["An order is shared alike by all touches that led to it."] : []),
    dimension === "promo"
      ? "Visits have no code; a code counts from the order on."
      : "Refunds count against what sold the order, on the day of the sale.",
    "Currencies are never added up.",
  ]
  return said.join(" ")
}

function rowsTable(page: AttributionPage): Html {
  const { report, query } = page
  const { rows, now, currency } = report
  const most = Math.max(0, ...rows.map((row) => sharesOf(row.now)[0] ?? 0))
  return table({
    caption: `Sales by ${dimensionNames[query.dimension].toLowerCase()}`,
    dense: true,
    columns: [
      { label: dimensionNames[query.dimension] },
      { label: "Funnel", kind: "wide" },
      ...["Visits", "Added", "Began", "Orders", "Conv. rate", "Sold", "Refunds"].map((label) => ({
        label,
        kind: "num" as const,
      })),
      { label: "Revenue", kind: "lead" },
    ],
    rows: rows.map((row) => [
      rowName(page, row),
      spark({ shares: sharesOf(row.now), most, says: saysOf(row.now) }),
      ...cellsOf(row.now, currency),
    ]),
    foot: ["All together", none, ...cellsOf(now, currency)],
  })
}

function rowName(page: AttributionPage, row: ReportRow): Part {
  const name = nameOf(page.query.dimension, row)
  const below =
    row.source !== "" && html`<br /><span class="sub">${row.source} / ${row.medium}</span>`
  if (row.value === otherValue) return name
  return html`<a class="link" href="${url(ordersAddress(page, {}, row))}">${name}</a>${below}`
}

/** Added, began and paid of a visit. */
function sharesOf(of: Measures): number[] {
  if (of.visits === 0) return [0, 0, 0]
  return [of.addedPpm, of.beganPpm, keptPpm(of)].map((ppm) =>
    Math.min(1, ppm / of.visits / 1_000_000),
  )
}

function saysOf(of: Measures): string {
  const [added = 0, began = 0, paid = 0] = sharesOf(of).map((share) => Math.round(share * 100))
  return `Of 100 visits ${added} added, ${began} began, ${paid} paid`
}

function cellsOf(of: Measures, currency: string): Part[] {
  return [
    number(of.visits),
    countOf(of.addedPpm),
    countOf(of.beganPpm),
    countOf(keptPpm(of)),
    rateOf(conversionPpm(of)),
    money(of.soldMinor, currency),
    of.refundedMinor === 0 ? "—" : money(-of.refundedMinor, currency),
    html`<b>${money(revenueMinor(of), currency)}</b>`,
  ]
}
