import type { DayRange } from "#core/report.ts"
import { number } from "#views/console/kit/figures.ts"

const dayStyle = { day: "numeric", month: "short", timeZone: "UTC" } as const
const weekdayStyle = { ...dayStyle, weekday: "short" } as const
const yearStyle = { ...dayStyle, year: "numeric" } as const

const instantOf = (day: string) => new Date(`${day}T00:00:00Z`)

/** "12 Nov". */
export function dayText(day: string): string {
  return new Intl.DateTimeFormat("en-GB", dayStyle).format(instantOf(day))
}

/** "Thu 12 Nov". */
export function weekdayText(day: string): string {
  return new Intl.DateTimeFormat("en-GB", weekdayStyle).format(instantOf(day)).replace(",", "")
}

/** "12 Nov 2026". */
export function dateText(day: string): string {
  return new Intl.DateTimeFormat("en-GB", yearStyle).format(instantOf(day))
}

/** "22 Oct to 20 Nov"; with the year where `today` is in another. */
export function rangeText({ from, to }: DayRange, today: string): string {
  const isThisYear = from.slice(0, 4) === today.slice(0, 4) && to.slice(0, 4) === today.slice(0, 4)
  const text = isThisYear ? dayText : dateText
  return from === to ? text(from) : `${text(from)} to ${text(to)}`
}

/** A count in millionths: "2,037", or "12.5" where several touches share an order. */
export function countOf(ppm: number): string {
  const whole = ppm / 1_000_000
  return Number.isInteger(whole) ? number(whole) : number(Math.round(whole * 10) / 10)
}

/** A rate in parts per million: "4.85%". */
export function rateOf(ppm: number | undefined, decimals = 1): string {
  return ppm === undefined ? "—" : `${(ppm / 10_000).toFixed(decimals)}%`
}

/** "New York" for America/New_York. */
export function zoneName(timeZone: string): string {
  return (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ")
}
