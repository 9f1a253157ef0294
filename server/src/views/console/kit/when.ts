import { formatDate, formatDateTime, formatTime } from "#core/format.ts"
import { epochMs } from "#core/instant.ts"
import { html, type Html } from "#views/html.ts"

/** How the console says when: in English, by the clock of the account. Instants are ISO 8601. */
const locale = "en"

/** "Today, 15:24", "Yesterday, 21:12", "Fri 13 Nov, 21:12", "13 Nov 2025, 21:12". */
export function dayAndTime(instant: string, now: string, timeZone: string): string {
  const time = formatTime(instant, locale, timeZone)
  const name = dayName(instant, now, timeZone)
  if (name !== undefined) return `${name}, ${time}`
  return isSameYear(instant, now, timeZone)
    ? formatDateTime(instant, locale, timeZone)
    : `${dayOf(instant, timeZone)}, ${time}`
}

/** The same for machines and eyes. */
export function moment(instant: string, now: string, timeZone: string): Html {
  return html`<time datetime="${instant}">${dayAndTime(instant, now, timeZone)}</time>`
}

/** "now", "3 min ago", "2 h ago", then the day. */
export function ago(instant: string, now: string, timeZone: string): string {
  const minutes = Math.floor((epochMs(now) - epochMs(instant)) / 60_000)
  if (minutes < 1) return "now"
  if (minutes < 60) return `${minutes} min ago`
  return minutes < 360 ? `${Math.floor(minutes / 60)} h ago` : dayAndTime(instant, now, timeZone)
}

/** "Tonight 20:00" from five on, "Today 15:00", "Tomorrow 20:00", "Sat 28 Nov, 20:00". */
export function upcoming(instant: string, now: string, timeZone: string): string {
  const time = formatTime(instant, locale, timeZone)
  const name = dayName(instant, now, timeZone)
  if (name === "Today") return `${time >= "17:00" ? "Tonight" : "Today"} ${time}`
  if (name === "Tomorrow") return `Tomorrow ${time}`
  return isSameYear(instant, now, timeZone)
    ? formatDateTime(instant, locale, timeZone)
    : `${dayOf(instant, timeZone)}, ${time}`
}

/** "15:24". */
export function clock(instant: string, timeZone: string): string {
  return formatTime(instant, locale, timeZone)
}

/** "Fri 13 Nov". */
export function shortDay(instant: string, timeZone: string): string {
  return formatDate(instant, locale, timeZone)
}

/** "Friday, 20 November". */
export function longDay(instant: string, timeZone: string): string {
  const day = written(instant, timeZone, "day-month")
  return `${weekdayOf(instant, timeZone)}, ${day}`
}

/** "Friday". */
export function weekdayOf(instant: string, timeZone: string): string {
  return written(instant, timeZone, "weekday")
}

/** "New York" of "America/New_York". */
export function placeOf(timeZone: string): string {
  return (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ")
}

function dayOf(instant: string, timeZone: string): string {
  return written(instant, timeZone, "day-of-year")
}

const forms = {
  "day-of-year": { day: "numeric", month: "short", year: "numeric" },
  "day-month": { day: "numeric", month: "long" },
  weekday: { weekday: "long" },
  iso: { year: "numeric", month: "2-digit", day: "2-digit" },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>

/** Making a formatter costs a hundred times what using one does, and a list has dozens of dates. */
const formats = new Map<string, Intl.DateTimeFormat>()
/** As many as there are zones of accounts, and some. */
const mostFormats = 2000

function written(instant: string, timeZone: string, form: keyof typeof forms): string {
  const key = `${form} ${timeZone}`
  let format = formats.get(key)
  if (!format) {
    if (formats.size >= mostFormats) formats.clear()
    const language = form === "iso" ? "en-CA" : "en-GB"
    format = new Intl.DateTimeFormat(language, { ...forms[form], timeZone })
    formats.set(key, format)
  }
  return format.format(epochMs(instant))
}

/** `2026-11-20`, as the clock of the zone has it. */
export function localDay(instant: string, timeZone: string): string {
  return written(instant, timeZone, "iso")
}

function dayName(instant: string, now: string, timeZone: string): string | undefined {
  const day = (at: string) => Date.parse(localDay(at, timeZone)) / 86_400_000
  const names: Readonly<Record<string, string>> = {
    "-1": "Yesterday",
    "0": "Today",
    "1": "Tomorrow",
  }
  return names[String(day(instant) - day(now))]
}

function isSameYear(instant: string, now: string, timeZone: string): boolean {
  return localDay(instant, timeZone).slice(0, 4) === localDay(now, timeZone).slice(0, 4)
}
