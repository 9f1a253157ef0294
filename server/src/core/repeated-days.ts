/** How a calendar says that something comes again (RFC 5545, 3.3.10), as far as it is read. Weekdays are 1 (Monday) to 7. */
export type RepeatRule = {
  readonly frequency: "daily" | "weekly" | "monthly" | "yearly"
  readonly interval: number
  readonly count?: number
  /** The last day, `2026-12-31`. */
  readonly until?: string
  readonly weekdays: readonly { readonly day: number; readonly ordinal?: number }[]
  readonly monthDays: readonly number[]
  readonly months: readonly number[]
}

const dayMs = 86_400_000
/** Rules begin in the past; further back than this nobody's calendar goes. */
const mostDays = 366 * 25

/**
 * The days of a rule from `start` (itself the first) to `last`, at most `most` from `from` on. Every day in between is looked at once, so that no rule,
 * however it is meant, takes longer than its years have days.
 */
export function repeatedDays(
  start: string,
  rule: RepeatRule,
  wanted: { readonly from: string; readonly last: string; readonly most: number },
): string[] {
  const days: string[] = []
  const first = Date.parse(start)
  const from = Date.parse(wanted.from)
  const end = Math.min(Date.parse(wanted.last), Date.parse(rule.until ?? wanted.last))
  let count = 0
  for (let at = first, steps = 0; at <= end && steps < mostDays; at += dayMs, steps += 1) {
    if (at !== first && !isHit(new Date(at), new Date(first), rule)) continue
    count += 1
    if (rule.count !== undefined && count > rule.count) break
    if (at >= from) days.push(new Date(at).toISOString().slice(0, 10))
    if (days.length >= wanted.most) break
  }
  return days
}

function isHit(day: Date, first: Date, rule: RepeatRule): boolean {
  const months = monthsBetween(first, day)
  if (rule.months.length > 0 && !rule.months.includes(day.getUTCMonth() + 1)) return false
  switch (rule.frequency) {
    case "daily":
      return daysBetween(first, day) % rule.interval === 0 && isWeekday(day, rule)
    case "weekly":
      return (
        weeksBetween(first, day) % rule.interval === 0 &&
        (rule.weekdays.length > 0 ? isWeekday(day, rule) : day.getUTCDay() === first.getUTCDay())
      )
    case "monthly":
      return months % rule.interval === 0 && isDayOfMonth(day, first, rule)
    case "yearly":
      return (
        Math.floor(months / 12) % rule.interval === 0 &&
        (rule.months.length > 0 || day.getUTCMonth() === first.getUTCMonth()) &&
        isDayOfMonth(day, first, rule)
      )
  }
}

function isDayOfMonth(day: Date, first: Date, rule: RepeatRule): boolean {
  const date = day.getUTCDate()
  const length = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate()
  if (rule.monthDays.length > 0)
    return rule.monthDays.some((each) => (each < 0 ? length + 1 + each : each) === date)
  if (rule.weekdays.length === 0) return date === first.getUTCDate()
  return rule.weekdays.some(
    ({ day: weekday, ordinal }) =>
      weekday === weekdayOf(day) &&
      (ordinal === undefined ||
        (ordinal > 0
          ? Math.ceil(date / 7) === ordinal
          : Math.ceil((length - date + 1) / 7) === -ordinal)),
  )
}

function isWeekday(day: Date, { weekdays }: RepeatRule): boolean {
  return weekdays.length === 0 || weekdays.some((each) => each.day === weekdayOf(day))
}

function weekdayOf(day: Date): number {
  return day.getUTCDay() || 7
}

function daysBetween(a: Date, b: Date): number {
  return Math.round((b.getTime() - a.getTime()) / dayMs)
}

/** Weeks begin on Monday, which is what calendars mean unless they say otherwise. */
function weeksBetween(a: Date, b: Date): number {
  const monday = (day: Date) => day.getTime() - (weekdayOf(day) - 1) * dayMs
  return Math.round((monday(b) - monday(a)) / (7 * dayMs))
}

function monthsBetween(a: Date, b: Date): number {
  return (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth()
}
