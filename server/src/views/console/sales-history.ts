import { keptPpm, queryText, type Report, type ReportQuery, revenueMinor } from "#core/report.ts"
import {
  curveDays,
  daysAhead,
  type EventSales,
  landmarks,
  type Show,
  soldSoFar,
} from "#core/sales-history.ts"
import { button, linkButton } from "#views/console/kit/button.ts"
import { card, delta, emptyState, type Kpi, kpis } from "#views/console/kit/card.ts"
import { barChart, lineChart } from "#views/console/kit/charts.ts"
import { axisMoney, counted, money, number } from "#views/console/kit/figures.ts"
import { hidden, select } from "#views/console/kit/form.ts"
import { tabs } from "#views/console/kit/nav.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { table } from "#views/console/kit/table.ts"
import { countOf, dayText, rangeText, weekdayText } from "#views/console/report-figures.ts"
import { rangeSelects } from "#views/console/report-filters.ts"
import { reportTabs } from "#views/console/report-tabs.ts"
import { html, type Html, type Part, url } from "#views/html.ts"

export type SalesPage = {
  readonly visit: Surroundings
  readonly query: ReportQuery
  readonly report: Report
  readonly byEvent: readonly EventSales[]
  readonly events: readonly { readonly slug: string; readonly title: string }[]
  readonly shows: readonly Show[]
  /** The showtimes that are compared, by their instants; the latest two when none is chosen. */
  readonly show?: string
  readonly beside?: string
  readonly today: string
  /** ISO 8601. */
  readonly now: string
}

/** How do sales go? By day, by event, and show by show on the way to it. */
export function salesPage(page: SalesPage): Html {
  const { visit, report, query } = page
  const isEmpty = report.now.ordersPpm === 0 && report.former.ordersPpm === 0
  return consolePage({
    visit,
    title: "How do sales go?",
    active: "sales",
    lead: rangeText(query.days, page.today),
    actions:
      (page.byEvent.length > 0 || page.shows.length > 0) &&
      linkButton({
        label: "CSV",
        icon: "download",
        href: address(page, {}, "sales.csv"),
        download: true,
      }),
    body: html`${reportTabs(visit, "sales")} ${filters(page)}
    ${isEmpty ? nothingSold() : [figures(page), course(page)]}
    ${page.shows.length > 0 && shows(page)}
    ${!isEmpty && query.event === undefined && byEvent(page)}`,
  })
}

function address(page: SalesPage, other: Partial<ReportQuery>, name = "sales"): string {
  const { visit, query, report } = page
  const text = queryText({ ...query, dimension: "campaign", currency: report.currency, ...other })
  return `/console/${visit.account.slug}/reports/${name}${text === "" ? "" : `?${text}`}`
}

function filters(page: SalesPage): Html {
  const { visit, query } = page
  return html`<form
    class="row"
    method="get"
    action="${url(`/console/${visit.account.slug}/reports/sales`)}"
    aria-label="What the history covers"
  >
    ${rangeSelects(page)} ${query.currency !== undefined && hidden("currency", query.currency)}
    ${button({ label: "Show" })}
  </form>`
}

function nothingSold(): Html {
  return card({
    label: "Nothing to show",
    body: emptyState({
      title: "Nothing was sold in these days",
      text: "Choose other days, or another event.",
    }),
  })
}

function figures(page: SalesPage): Html {
  const { report, query } = page
  const { currencies, currency, now, former } = report
  const inMoney = (minor: number) => money(minor, currency)
  const item = (label: string, [value, before]: [number, number], text: (of: number) => string) =>
    ({
      label,
      value: text(value),
      ...(query.former && { note: html`${delta(value, before)} from ${text(before)}` }),
    }) satisfies Kpi
  return card({
    label: "Figures",
    body: html`${tabs({
      label: "Currency",
      items: currencies.map((each) => ({
        label: each.currency.toUpperCase(),
        note: money(revenueMinor(each.now), each.currency),
        href: address(page, { currency: each.currency }),
        current: each.currency === currency,
      })),
    })}
    ${kpis([
      item("Revenue", [revenueMinor(now), revenueMinor(former)], inMoney),
      item("Sold", [now.soldMinor, former.soldMinor], inMoney),
      {
        label: "Refunds",
        value: inMoney(now.refundedMinor),
        ...(query.former && { note: `from ${inMoney(former.refundedMinor)}` }),
      },
      item("Orders", [keptPpm(now), keptPpm(former)], countOf),
      item("Tickets", [now.ticketsPpm, former.ticketsPpm], countOf),
    ])}`,
  })
}

function course(page: SalesPage): Html {
  const { report, query, today } = page
  const { currency, series, now } = report
  const names = {
    now: rangeText(query.days, today),
    ...(query.former && { before: rangeText(query.former, today) }),
  }
  return card({
    title: "Revenue over time",
    body: barChart({
      id: "sales",
      title: `Revenue in ${currency.toUpperCase()}, ${names.now}`,
      finding: `The days total ${money(revenueMinor(now), currency)}.`,
      value: (minor) => money(minor, currency),
      axis: (minor) => axisMoney(minor, currency),
      names,
      column: "From",
      points: series.map((point) => ({
        label:
          point.from === point.to
            ? weekdayText(point.from)
            : `${dayText(point.from)} to ${dayText(point.to)}`,
        tick: dayText(point.from),
        now: revenueMinor(point.now),
        part: point.to === today,
        ...(query.former && { before: revenueMinor(point.former) }),
        ...(point.formerFrom !== undefined && { beforeLabel: dayText(point.formerFrom) }),
      })),
    }),
  })
}

function byEvent(page: SalesPage): Html {
  const { byEvent: events, report, query, today } = page
  const { currency } = report
  const title = (slug: string) => page.events.find((each) => each.slug === slug)?.title ?? slug
  const before = query.former && rangeText(query.former, today)
  return card({
    title: "By event",
    body: table({
      caption: "Sales by event",
      columns: [
        { label: "Event" },
        { label: "Orders", kind: "num" },
        { label: "Tickets", kind: "num" },
        { label: "Sold", kind: "num" },
        { label: "Refunds", kind: "num" },
        ...(before === undefined ? [] : [{ label: before, kind: "num" as const }]),
        { label: "Revenue", kind: "lead" },
      ],
      rows: events.map(({ event, now, former }) => [
        html`<a class="link" href="${url(address(page, { event }))}">${title(event)}</a>`,
        countOf(keptPpm(now)),
        countOf(now.ticketsPpm),
        money(now.soldMinor, currency),
        now.refundedMinor === 0 ? "—" : money(-now.refundedMinor, currency),
        ...(before === undefined ? [] : [money(revenueMinor(former), currency)]),
        html`<b>${money(revenueMinor(now), currency)}</b>`,
      ]),
    }),
    foot: "An order with tickets for two events counts for each of them.",
  })
}

/** "Fri 27 Nov 2026, 20:00", as the poster says. */
function showText(startsLocal: string): string {
  const day = startsLocal.slice(0, 10)
  return `${weekdayText(day)} ${day.slice(0, 4)}, ${startsLocal.slice(11, 16)}`
}

function shows(page: SalesPage): Html {
  const chosen = page.shows.find((show) => show.startsAt === page.show) ?? page.shows[0]
  if (!chosen) return html``
  const beside =
    page.shows.find((show) => show.startsAt === page.beside && show !== chosen) ??
    page.shows.find((show) => show.startsAt < chosen.startsAt)
  return html`${card({
    title: "On the way to the show",
    id: "curve",
    body: html`<div class="pad">${comparison(page, chosen, beside)}</div>
      ${curve(page, chosen, beside)}`,
  })}
  ${card({ title: "Shows", body: showTable(page) })}`
}

function comparison(page: SalesPage, chosen: Show, beside: Show | undefined): Html {
  const { visit, query, report } = page
  const options = page.shows
    .slice(0, mostShows)
    .map((show) => ({ value: show.startsAt, label: showText(show.startsLocal) }))
  const said = [...new URLSearchParams(queryText({ ...query, currency: report.currency }))]
  return html`<form
    class="row"
    method="get"
    action="${url(`/console/${visit.account.slug}/reports/sales#curve`)}"
    aria-label="Shows to compare"
  >
    ${said.map(([name, value]) => hidden(name, value))}
    ${select({ name: "show", label: "Show", bare: true, narrow: true, value: chosen.startsAt, options })}
    ${beside && select({ name: "beside", label: "Compared with", bare: true, narrow: true, value: beside.startsAt, options })}
    ${button({ label: "Compare" })}
  </form>`
}

/** Enough to choose from. */
const mostShows = 100

function curve({ now }: SalesPage, chosen: Show, beside: Show | undefined): Html {
  const days = curveDays(beside ? [chosen, beside] : [chosen])
  const name = (show: Show) => showText(show.startsLocal)
  return lineChart({
    id: "way",
    title: `Tickets sold by days to the show, ${name(chosen)}`,
    finding: `${name(chosen)} has sold ${counted(chosen.tickets, "ticket")}${beside ? `, ${name(beside)} ${number(beside.tickets)}` : ""}.`,
    value: (tickets) => number(tickets),
    axis: (tickets) => number(tickets),
    names: { now: name(chosen), ...(beside && { before: name(beside) }) },
    column: "Days to the show",
    points: days.map((day) => ({
      label: day === 0 ? "Day of the show" : counted(day, "day") + " before",
      tick: String(day),
      now: soldSoFar(chosen, day, now),
      part: day === daysAhead(chosen, now),
      ...(beside && { before: soldSoFar(beside, day, now), beforeLabel: name(beside) }),
    })),
  })
}

function showTable({ shows: all, report, now }: SalesPage): Html {
  return table({
    caption: "Shows of this event",
    columns: [
      { label: "Show" },
      ...["30 days before", "14 days", "7 days", "1 day"].map((label) => ({
        label,
        kind: "num" as const,
      })),
      { label: "Tickets", kind: "num" },
      { label: "Sold", kind: "lead" },
    ],
    rows: all.slice(0, mostShows).map((show): Part[] => [
      showText(show.startsLocal),
      ...landmarks.map((day) => {
        const sold = soldSoFar(show, day, now)
        return sold === undefined ? "—" : number(sold)
      }),
      number(show.tickets),
      html`<b>${money(show.soldMinor, report.currency)}</b>`,
    ]),
  })
}
