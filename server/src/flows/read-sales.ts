import { dayOf, makeReport, type Report, reportQuery, type ReportQuery } from "#core/report.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import { type EventSales, salesByEvent, type Show, showsOf } from "#core/sales-history.ts"
import type { ReportDeps } from "#flows/read-report.ts"
import {
  type EventName,
  listEventNames,
  readEventSales,
  readRollups,
  listShowSales,
} from "#store/reports.ts"

export type SalesHistory = {
  readonly outcome: "sales"
  readonly query: ReportQuery
  readonly report: Report
  /** Of all events, where none is chosen. */
  readonly byEvent: readonly EventSales[]
  readonly events: readonly EventName[]
  /** Of the chosen event, the next or latest first. */
  readonly shows: readonly Show[]
}

/** Sales over time, across events and currencies; with an event, how each of its shows sold on its way. */
export async function readSales(
  deps: ReportDeps,
  actor: Actor,
  timeZone: string,
  asked: Readonly<Record<string, string | undefined>>,
): Promise<SalesHistory | Forbidden> {
  if (!may(actor, "see-reports")) return forbidden("see-reports")
  const { db } = deps.reports
  const { accountId } = actor
  const query = reportQuery(asked, dayOf(deps.now().toISOString(), timeZone))
  const { days, former, event = "" } = query
  const wish = { accountId, model: "last", dimension: "promo", event } as const
  const [now, before, events] = await Promise.all([
    readRollups(db, { ...wish, ...days }),
    former ? readRollups(db, { ...wish, ...former }) : [],
    listEventNames(db, accountId),
  ])
  const report = makeReport({ ...query, dimension: "promo" }, now, before)
  const { currency } = report
  const [shows, sales] = await Promise.all([
    query.event === undefined ? [] : listShowSales(db, accountId, query.event, currency),
    query.event === undefined
      ? readEventSales(db, { accountId, currency, days, ...(former && { former }) })
      : [],
  ])
  const byEvent = salesByEvent(sales)
  return { outcome: "sales", query, report, byEvent, events, shows: showsOf(shows) }
}
