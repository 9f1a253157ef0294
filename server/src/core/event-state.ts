import { isAfter } from "./instant.ts"

/** What an event is for its organizer, in a word. */
export type EventState =
  | "draft"
  | "paused"
  | "no-dates"
  | "past"
  /** Sales open later. */
  | "opens"
  | "sold-out"
  | "on-sale"

/** `now` is an instant. */
export function eventStateOf(
  event: {
    readonly status: "draft" | "on-sale" | "paused"
    readonly dateCount: number
    /** Whether a date is to come. */
    readonly isAhead: boolean
    readonly salesOpenAt: string | null
    readonly stock?: { readonly capacity?: number; readonly sold: number; readonly held: number }
  },
  now: string,
): EventState {
  const { status, dateCount, isAhead, salesOpenAt, stock } = event
  if (status === "draft") return "draft"
  if (dateCount === 0) return "no-dates"
  if (!isAhead) return "past"
  if (status === "paused") return "paused"
  if (salesOpenAt !== null && isAfter(salesOpenAt, now)) return "opens"
  const isFull = stock?.capacity !== undefined && stock.sold >= stock.capacity
  return isFull ? "sold-out" : "on-sale"
}

/** "Every Friday, 20:00" where all dates are alike; otherwise the first of them is to be said. Local times of one clock. */
export function rhythmOf(dates: readonly string[]): string | undefined {
  const [first, ...more] = dates
  if (first === undefined || more.length === 0) return undefined
  const time = first.slice(11)
  const days = dates.map((at) => weekday(at))
  if (!dates.every((at) => at.slice(11) === time)) return undefined
  if (new Set(days).size === 1) return `Every ${days[0]}, ${time}`
  return isDaily(dates) ? `Daily, ${time}` : undefined
}

function weekday(local: string): string {
  return new Date(`${local.slice(0, 10)}T12:00:00Z`).toLocaleDateString("en-GB", {
    weekday: "long",
    timeZone: "UTC",
  })
}

const dayMs = 86_400_000

function isDaily(dates: readonly string[]): boolean {
  const days = dates.map((at) => Date.parse(`${at.slice(0, 10)}T12:00:00Z`) / dayMs)
  return days.every((day, i) => i === 0 || day - (days[i - 1] ?? 0) === 1)
}
