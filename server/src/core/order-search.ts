import { Temporal } from "temporal-polyfill"
import type { OrderState } from "#core/order.ts"
import { instantOf, isDate } from "#core/schedule.ts"

/** What somebody typed to find an order by. */
export type SearchText = {
  /** "LS-7KQ2MX", if it looks like one. */
  readonly number?: string
  /** Ten characters of Crockford base 32, if it looks like one. */
  readonly ticketCode?: string
  /** Lower case, each to be found in a name or an address. */
  readonly words: readonly string[]
}

const mostWords = 6
const longestWord = 60

/** Reads a line of search: a number and a code may be typed as people read them out, with spaces, and with O for 0, I or L for 1. */
export function readSearchText(text: string): SearchText {
  const trimmed = text.trim().slice(0, 200)
  const number = trimmed.toUpperCase().replace(/^#/, "")
  const code = readableCode(trimmed.replaceAll(/[\s-]/g, ""))
  return {
    ...(/^[A-Z0-9]{1,5}-[0-9A-Z]{4,12}$/.test(number) && { number: withReadableEnd(number) }),
    ...(/^[0-9A-HJKMNP-TV-Z]{10}$/.test(code) && { ticketCode: code }),
    words: trimmed
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== "")
      .slice(0, mostWords)
      .map((word) => word.slice(0, longestWord)),
  }
}

function withReadableEnd(number: string): string {
  const at = number.lastIndexOf("-") + 1
  return `${number.slice(0, at)}${readableCode(number.slice(at))}`
}

/** Crockford's: the letters that look like digits are read as them. */
function readableCode(text: string): string {
  return text.toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1")
}

/** What a list of orders is narrowed to, by a word that people choose from. */
export const orderKinds = ["sold", "paid", "waiting", "returned", "disputed", "never-paid"] as const
export type OrderKind = (typeof orderKinds)[number]

/** The states of a kind. "sold" is everything that was ever sold or may still be. */
export const statesOfKind: Readonly<Record<Exclude<OrderKind, "sold">, readonly OrderState[]>> = {
  paid: ["paid", "partially_refunded"],
  waiting: ["awaiting_payment", "processing"],
  returned: ["canceled", "refunded", "payment_unfulfillable"],
  disputed: ["disputed"],
  "never-paid": ["expired", "canceled"],
}

export function isOrderKind(text: string): text is OrderKind {
  return (orderKinds as readonly string[]).includes(text)
}

/** The days from `fromDay` to `untilDay` as instants, the end after its last moment; a day that is none is left out. */
export function daysBetween(
  { fromDay, untilDay }: { readonly fromDay: string; readonly untilDay: string },
  timeZone: string,
): { readonly from?: string; readonly until?: string } {
  const from = isDay(fromDay) ? startOfDay(fromDay, timeZone) : undefined
  const until = isDay(untilDay) ? startOfDay(dayAfter(untilDay), timeZone) : undefined
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) }
}

/** Nothing was sold before 1900, and databases know no year 0. */
function isDay(text: string): boolean {
  return text >= "1900" && isDate(text)
}

/** The first instant of a day; where daylight saving skips midnight, the hour after it. */
export function startOfDay(day: string, timeZone: string): string {
  const midnight = instantOf(`${day}T00:00`, timeZone)
  if (midnight.ok) return midnight.at
  const zoned = Temporal.PlainDate.from(day).toZonedDateTime(timeZone)
  return new Date(zoned.epochMilliseconds).toISOString()
}

export function dayAfter(day: string, days = 1): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

/** The smallest UUID of version 7 that can have been made at an instant: ids rise with time, so a range of time is a range of ids. */
export function firstIdAt(instant: string): string {
  const hex = Math.max(0, Date.parse(instant)).toString(16).padStart(12, "0").slice(-12)
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
