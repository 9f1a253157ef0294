import { dayAfter, startOfDay } from "#core/order-search.ts"
import {
  dayOf,
  type Dimension,
  makeReport,
  type Report,
  reportQuery,
  type ReportQuery,
  type ReportRow,
  rowsBy,
  storedOf,
} from "#core/report.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import type { Deps } from "#flows/deps.ts"
import {
  type Beginning,
  type EventName,
  listBeginnings,
  listEventNames,
  type PixelHealth,
  readFreshness,
  readPixelHealth,
  readRollups,
} from "#store/reports.ts"
import { listSavedViews, type SavedView } from "#store/saved-views.ts"

export type ReportDeps = Pick<Deps, "reports" | "now">

export type ReadReport = {
  readonly outcome: "report"
  readonly query: ReportQuery
  readonly report: Report
  /** By source and medium, whatever else is asked. */
  readonly ranking: readonly ReportRow[]
  readonly events: readonly EventName[]
  readonly views: readonly SavedView[]
  /** Of the last 24 hours. */
  readonly pixels: readonly PixelHealth[]
  /** What began in these days, the earliest first. */
  readonly beginnings: readonly Beginning[]
  readonly freshness: { readonly countedAt?: string; readonly isBehind: boolean }
}

/** What sold tickets: the attribution report as an address asks for it, in the account's time zone. Of shoppers it knows nothing. */
export async function readReport(
  deps: ReportDeps,
  actor: Actor,
  timeZone: string,
  asked: Readonly<Record<string, string | undefined>>,
): Promise<ReadReport | Forbidden> {
  if (!may(actor, "see-reports")) return forbidden("see-reports")
  const { db } = deps.reports
  const { accountId } = actor
  const now = deps.now().toISOString()
  const query = reportQuery(asked, dayOf(now, timeZone))
  const dayAgo = new Date(Date.parse(now) - 86_400_000).toISOString()
  const [campaigns, chosen, events, views, pixels, beginnings, freshness] = await Promise.all([
    readBoth(deps, accountId, query, "source-medium"),
    storedOf(query.dimension) === "campaign"
      ? undefined
      : readBoth(deps, accountId, query, query.dimension),
    listEventNames(db, accountId),
    listSavedViews(db, accountId),
    readPixelHealth(db, accountId, dayAgo),
    listBeginnings(db, { accountId, ...instantsOf(query, timeZone, now), limit: mostBeginnings }),
    readFreshness(db, accountId),
  ])
  const rolled = chosen ?? campaigns
  const report = makeReport(query, rolled.now, rolled.former)
  const ours = (days: typeof rolled.now) => days.filter((day) => day.currency === report.currency)
  const ranking = rowsBy("source-medium", ours(campaigns.now), ours(campaigns.former), mostRanked)
  return { outcome: "report", query, report, ranking, events, views, pixels, beginnings, freshness }
}

const mostRanked = 8
/** More would hide the days they stand at. */
const mostBeginnings = 8

/** The days of a report that have begun, as instants. */
function instantsOf({ days, event = "" }: ReportQuery, timeZone: string, now: string) {
  const end = startOfDay(dayAfter(days.to), timeZone)
  return { from: startOfDay(days.from, timeZone), until: end < now ? end : now, event }
}

async function readBoth(
  { reports: { db } }: ReportDeps,
  accountId: string,
  query: ReportQuery,
  dimension: Dimension,
) {
  const wish = {
    accountId,
    model: query.model,
    dimension: storedOf(dimension),
    event: query.event ?? "",
  }
  const [now, former] = await Promise.all([
    readRollups(db, { ...wish, ...query.days }),
    query.former ? readRollups(db, { ...wish, ...query.former }) : [],
  ])
  return { now, former }
}
