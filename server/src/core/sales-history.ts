import { addAmounts, type Measures, nothing } from "#core/report-fold.ts"
import { revenueMinor } from "#core/report.ts"

/** What an event sold in a range of days and in the one it is compared with. */
export type EventSales = {
  readonly event: string
  readonly now: Measures
  readonly former: Measures
}

/** What an event sold in one of the two ranges. */
export type RangeSales = {
  readonly event: string
  /** In the range itself; otherwise in the one it is compared with. */
  readonly isNow: boolean
  readonly measures: Measures
}

/** Each event that sold anything, the best first. */
export function salesByEvent(sales: readonly RangeSales[]): EventSales[] {
  const events = new Map<string, EventSales>()
  for (const { event, isNow, measures } of sales) {
    const known = events.get(event) ?? { event, now: nothing(), former: nothing() }
    events.set(event, known)
    addAmounts(isNow ? known.now : known.former, measures)
  }
  return [...events.values()]
    .filter(({ now, former }) => now.ordersPpm > 0 || former.ordersPpm > 0)
    .sort(
      (a, b) =>
        revenueMinor(b.now) - revenueMinor(a.now) ||
        revenueMinor(b.former) - revenueMinor(a.former) ||
        (a.event < b.event ? -1 : 1),
    )
}

/** One showtime's sales of one day before it. */
export type ShowDay = {
  readonly startsLocal: string
  readonly startsAt: string
  readonly daysBefore: number
  readonly tickets: number
  readonly soldMinor: number
}

/** How one show sold on its way. */
export type Show = {
  readonly startsLocal: string
  readonly startsAt: string
  readonly tickets: number
  readonly soldMinor: number
  readonly days: readonly Pick<ShowDay, "daysBefore" | "tickets">[]
}

/** Shows of an event, the next or latest first. */
export function showsOf(days: readonly ShowDay[]): Show[] {
  const shows = Map.groupBy(days, ({ startsAt }) => startsAt)
  return [...shows.values()]
    .flatMap((own) => {
      const [first] = own
      if (!first) return []
      return [
        {
          startsLocal: first.startsLocal,
          startsAt: first.startsAt,
          tickets: own.reduce((sum, { tickets }) => sum + tickets, 0),
          soldMinor: own.reduce((sum, { soldMinor }) => sum + soldMinor, 0),
          days: own,
        },
      ]
    })
    .sort((a, b) => (a.startsAt < b.startsAt ? 1 : -1))
}

/** Tickets sold until that many days before the show; after it began for a negative number. */
export function soldBy({ days }: Pick<Show, "days">, daysBefore: number): number {
  return days.reduce((sum, day) => sum + (day.daysBefore >= daysBefore ? day.tickets : 0), 0)
}

/** How many whole days lie before the show yet, as days before it are counted; negative once it has begun. */
export function daysAhead({ startsAt }: Pick<Show, "startsAt">, now: string): number {
  return Math.floor((Date.parse(startsAt) - Date.parse(now)) / 86_400_000)
}

/** Days before a show that shows are compared at. */
export const landmarks = [30, 14, 7, 1] as const

/** `soldBy`; undefined for a day that is still to come. */
export function soldSoFar(show: Show, daysBefore: number, now: string): number | undefined {
  return daysBefore < daysAhead(show, now) ? undefined : soldBy(show, daysBefore)
}

/** Days of a curve: from the first sale of either show, a quarter at most, to the day of the show. */
export function curveDays(shows: readonly Pick<Show, "days">[], longest = 90): number[] {
  const firsts = shows.flatMap(({ days }) => days.map(({ daysBefore }) => daysBefore))
  const first = Math.min(longest, Math.max(7, ...firsts))
  return Array.from({ length: first + 1 }, (_, index) => first - index)
}
