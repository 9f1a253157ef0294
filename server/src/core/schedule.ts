import { Temporal } from "temporal-polyfill"

/** What a local time is on the world's clock, or why it is none. */
export type LocalInstant =
  | { readonly ok: true; readonly at: string }
  | {
      readonly ok: false
      readonly reason: "not-a-date" | "unknown-zone" | "skipped-by-clock-change"
    }

/**
 * The instant (ISO 8601, UTC) of a wall clock's `2026-11-28T20:00` in an IANA time zone. An hour that daylight saving skips is refused,
 * a doubled one is the earlier.
 */
export function instantOf(local: string, timeZone: string): LocalInstant {
  const wall = readLocal(local)
  if (!wall) return { ok: false, reason: "not-a-date" }
  if (!isTimeZone(timeZone)) return { ok: false, reason: "unknown-zone" }
  const zoned = wall.toZonedDateTime(timeZone, { disambiguation: "earlier" })
  return zoned.toPlainDateTime().equals(wall)
    ? { ok: true, at: new Date(zoned.epochMilliseconds).toISOString() }
    : { ok: false, reason: "skipped-by-clock-change" }
}

/** What a wall clock in `timeZone` shows at an instant: `2026-11-28T20:00:00`. */
export function localOf(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: "second" })
}

/** An instant as a wall clock in `timeZone` shows it, with what that clock is off UTC: `2026-11-28T20:00:00-05:00`. */
export function withOffset(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO(timeZone)
    .toString({ smallestUnit: "second", timeZoneName: "never" })
}

/** Whether a wall clock shows this time twice, because it is put back over it. */
export function isDoubled(local: string, timeZone: string): boolean {
  const wall = readLocal(local)
  if (!wall || !isTimeZone(timeZone)) return false
  const [earlier, later] = (["earlier", "later"] as const).map((disambiguation) =>
    wall.toZonedDateTime(timeZone, { disambiguation }),
  )
  return (
    earlier !== undefined &&
    later !== undefined &&
    earlier.epochMilliseconds !== later.epochMilliseconds &&
    later.toPlainDateTime().equals(wall)
  )
}

export function isTimeZone(timeZone: string): boolean {
  try {
    Temporal.PlainDateTime.from("2026-01-01T00:00").toZonedDateTime(timeZone)
    return !/^[+-]/.test(timeZone)
  } catch {
    return false
  }
}

/** Whether a text like `2026-02-29` is a day of the calendar. */
export function isDate(date: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(date) && readLocal(`${date}T00:00`) !== undefined
}

export type Repeat = {
  readonly every: "day" | "week"
  /** Every second week: 2; absent: 1. */
  readonly interval?: number
  /** How many in all, left-out dates included. */
  readonly times: number
  /** Dates left out. */
  readonly except?: readonly string[]
}

/** How many times a rule happens from a first local time until the end of a day, 1 at least. */
export function timesUntil(
  first: string,
  until: string,
  { every, interval = 1 }: Pick<Repeat, "every" | "interval">,
): number {
  const days = Temporal.PlainDate.from(first.slice(0, 10)).until(until.slice(0, 10)).days
  return Math.max(1, Math.floor(days / ((every === "week" ? 7 : 1) * interval)) + 1)
}

/** The local times of a rule, from the first on, each at the same wall clock time. `first` must be a date. */
export function repeated(first: string, repeat: Repeat | undefined): string[] {
  const start = Temporal.PlainDateTime.from(first)
  const { every, interval = 1, times, except = [] } = repeat ?? { every: "day", times: 1 }
  const daysApart = (every === "week" ? 7 : 1) * interval
  const left = new Set(except)
  return Array.from({ length: times }, (_, index) => start.add({ days: index * daysApart }))
    .filter((wall) => !left.has(wall.toPlainDate().toString()))
    .map((wall) => wall.toString({ smallestUnit: "minute" }))
}

function readLocal(local: string): Temporal.PlainDateTime | undefined {
  try {
    return Temporal.PlainDateTime.from(local, { overflow: "reject" })
  } catch {
    return undefined
  }
}
