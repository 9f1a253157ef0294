import { dayOf, makeReport, type Report, reportQuery, type ReportQuery } from "#core/report.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import { type EventSales, salesByEvent, type Show, showsOf } from "#core/sales-history.ts"
import type { ReportDeps } from "#flows/read-report.ts"
import {
  type EventName,
  listEventNames,
  readEventRollups,
  readRollups,
  readShowSales,
} from "#store/reports.ts"

export type SalesHistory = {
  readonly outcome: "sales"
  readonly query: ReportQuery
  readonly report: Report
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
  const { days, former = days, event = "" } = query
  const wish = { accountId, model: "last", dimension: "promo", event } as const
  const [now, before, eventDays, eventsOfBefore, events] = await Promise.all([
    readRollups(db, { ...wish, ...days }),
    query.former ? readRollups(db, { ...wish, ...query.former }) : [],
    readEventRollups(db, accountId, days.from, days.to),
    query.former ? readEventRollups(db, accountId, former.from, former.to) : [],
    listEventNames(db, accountId),
  ])
  const report = makeReport({ ...query, dimension: "promo" }, now, before)
  const { currency } = report
  const shows =
    query.event === undefined || currency === ""
      ? []
      : showsOf(await readShowSales(db, accountId, query.event, currency))
  const own = [...eventDays, ...eventsOfBefore.filter(({ day }) => day < days.from)]
  const byEvent = salesByEvent(own, query, currency)
  return { outcome: "sales", query, report, byEvent, events, shows }
}
