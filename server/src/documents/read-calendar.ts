import ICAL from "ical.js"
import { cleanLine, cleanText, type ToldEvent, type ToldTime } from "#core/found-event.ts"
import { isTimeZone } from "#core/schedule.ts"
import { repeatedDays, type RepeatRule } from "#core/repeated-days.ts"

export type ReadCalendar =
  | { readonly ok: true; readonly events: readonly ToldEvent[]; readonly notes: readonly string[] }
  | { readonly ok: false; readonly reason: "not-a-calendar" | "too-much" }

/** What is parsed at all: the parser holds up everything else meanwhile, most of all with parameters, each of which it searches a line for. */
const mostParsed = 5000
const mostParameters = 50_000
/** Of what is to come. */
const mostEvents = 500
const mostSeries = 200
const mostRepeats = 200
/** How far ahead what repeats without end is followed, from today or from its beginning. */
const monthsAhead = 18

/**
 * The events of an iCalendar file (RFC 5545) that are not past. What repeats is followed for a year and a half; exceptions, moved and called-off
 * dates are heeded. `today` is `2026-11-20`. Not ok: it is no calendar, or would take too long to read.
 */
export function readCalendar(text: string, today: string): ReadCalendar {
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text)) return { ok: false, reason: "not-a-calendar" }
  if (isTooMuch(text)) return { ok: false, reason: "too-much" }
  const root = parsed(text)
  if (!root) return { ok: false, reason: "not-a-calendar" }
  const all = root.getAllSubcomponents("vevent")
  const zones = zonesOf(root)
  const moved = movedDates(all)
  const ahead = all
    .filter((event) => !isMoved(event) || textOf(event, "summary") !== "")
    .filter((event) => !isPast(event, today))
  const [series, single] = [ahead.filter(isSeries), ahead.filter((event) => !isSeries(event))]
  const chosen = new Set([...series.slice(0, mostSeries), ...single].slice(0, mostEvents))
  const events = ahead
    .filter((event) => chosen.has(event))
    .map((event) => toldEvent(event, zones, moved, today))
  const notes =
    ahead.length > chosen.size
      ? [`The calendar has ${ahead.length} events to come; ${chosen.size} of them were read.`]
      : []
  return { ok: true, events, notes }
}

function isTooMuch(text: string): boolean {
  return (
    (text.match(/BEGIN:VEVENT/gi)?.length ?? 0) > mostParsed ||
    (text.match(/;/g)?.length ?? 0) > mostParameters
  )
}

/** Over by any clock: a day is left for zones. Of what tells no date, or repeats in a way that must be followed first, it is not known. */
function isPast(event: ICAL.Component, today: string): boolean {
  const rule = read(() => event.getFirstPropertyValue("rrule"))
  const last = isSeries(event)
    ? rule instanceof ICAL.Recur && !event.hasProperty("rdate") && rule.until
    : timeValue(event, "dtstart")
  return Boolean(last) && String(last).slice(0, 10) < dayBefore(today)
}

function isSeries(event: ICAL.Component): boolean {
  return event.hasProperty("rrule") || event.hasProperty("rdate")
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
}

function parsed(text: string): ICAL.Component | undefined {
  try {
    const calendars: unknown = ICAL.parse(text.replace(/^\uFEFF/, "").trim())
    const [first] =
      Array.isArray(calendars) && Array.isArray(calendars[0]) ? calendars : [calendars]
    return new ICAL.Component(first as string)
  } catch {
    return undefined
  }
}

type Zones = ReadonlyMap<string, string>
/** By uid: the days of a series that have an entry of their own. */
type Moved = ReadonlyMap<string, ReadonlySet<string>>

/** Calendars name zones as they like; many say in the zone's own part which one they mean. */
function zonesOf(root: ICAL.Component): Zones {
  const zones = new Map<string, string>()
  for (const zone of root.getAllSubcomponents("vtimezone").slice(0, 500)) {
    const meant = textOf(zone, "x-lic-location")
    if (isTimeZone(meant)) zones.set(textOf(zone, "tzid"), meant)
  }
  return zones
}

/** The names that Windows gives the zones most calendars are from. */
const windowsZones: Readonly<Record<string, string>> = {
  "Pacific Standard Time": "America/Los_Angeles",
  "Mountain Standard Time": "America/Denver",
  "Central Standard Time": "America/Chicago",
  "Eastern Standard Time": "America/New_York",
  "Atlantic Standard Time": "America/Halifax",
  "GMT Standard Time": "Europe/London",
  "W. Europe Standard Time": "Europe/Berlin",
  "Romance Standard Time": "Europe/Paris",
  "Central Europe Standard Time": "Europe/Budapest",
  "Central European Standard Time": "Europe/Warsaw",
  "FLE Standard Time": "Europe/Helsinki",
  "AUS Eastern Standard Time": "Australia/Sydney",
  "New Zealand Standard Time": "Pacific/Auckland",
  "Tokyo Standard Time": "Asia/Tokyo",
  "India Standard Time": "Asia/Kolkata",
}

function movedDates(events: readonly ICAL.Component[]): Moved {
  const moved = new Map<string, Set<string>>()
  for (const event of events) {
    const day = timeValue(event, "recurrence-id")?.toString().slice(0, 10)
    if (day === undefined) continue
    const uid = textOf(event, "uid")
    moved.set(uid, (moved.get(uid) ?? new Set()).add(day))
  }
  return moved
}

function isMoved(event: ICAL.Component): boolean {
  return event.hasProperty("recurrence-id")
}

function toldEvent(event: ICAL.Component, zones: Zones, moved: Moved, today: string): ToldEvent {
  const start = timeValue(event, "dtstart")
  const first = start && toldTime(event, start, zones)
  const repeats = first ? repeatsOf(event, first, moved, today) : { times: [], doubts: [] }
  const place = textOf(event, "location")
  const [name = "", ...rest] = place.split(/,|\n/).map((part) => part.trim())
  const durationMinutes = durationOf(event, start)
  return {
    title: cleanLine(textOf(event, "summary"), 200),
    description: cleanText(textOf(event, "description"), 10_000),
    venue: {
      name: cleanLine(name, 200),
      street: cleanLine(rest.length > 1 ? rest[0] : "", 200),
      city: cleanLine(rest.length > 1 ? rest[1] : rest[0], 200),
      subdivision: "",
      country: "",
    },
    times: repeats.times,
    ...(durationMinutes !== undefined && { durationMinutes }),
    isCanceled: textOf(event, "status").toUpperCase() === "CANCELLED",
    tickets: [],
    doubts: [...repeats.doubts, ...(first ? [] : ["Its date could not be read."])],
  }
}

function toldTime(event: ICAL.Component, time: ICAL.Time, zones: Zones): ToldTime {
  const tzid = event.getFirstProperty("dtstart")?.getParameter("tzid")
  const named = typeof tzid === "string" ? tzid : undefined
  const text = time.toString()
  const zone = named === undefined ? undefined : (zones.get(named) ?? windowsZones[named] ?? named)
  return {
    local: `${text.slice(0, 10)}T${time.isDate ? "00:00" : text.slice(11, 16)}`,
    hasClock: !time.isDate,
    ...(text.endsWith("Z") && { offset: "Z" }),
    ...(zone !== undefined && !text.endsWith("Z") && { zone: cleanLine(zone, 60) }),
  }
}

function repeatsOf(event: ICAL.Component, first: ToldTime, moved: Moved, today: string) {
  const value = read(() => event.getFirstPropertyValue("rrule"))
  const start = first.local.slice(0, 10)
  const rule = value instanceof ICAL.Recur ? ruleOf(value) : undefined
  const isUnread = event.hasProperty("rrule") && !rule
  const days = rule
    ? repeatedDays(start, rule, {
        from: today,
        last: later(start > today ? start : today),
        most: mostRepeats,
      })
    : [start]
  const extra = valuesOf(event, "rdate").map((time) => time.toString().slice(0, 10))
  const left = new Set([
    ...valuesOf(event, "exdate").map((time) => time.toString().slice(0, 10)),
    ...(isMoved(event) ? [] : (moved.get(textOf(event, "uid")) ?? [])),
  ])
  return {
    times: [...days, ...extra]
      .slice(0, mostRepeats)
      .filter((day) => !left.has(day))
      .map((day) => ({ ...first, local: `${day}${first.local.slice(10)}` })),
    doubts: isUnread ? ["It repeats in a way that is not read: only its first date is here."] : [],
  }
}

const weekdays: Readonly<Record<string, number>> = {
  MO: 1,
  TU: 2,
  WE: 3,
  TH: 4,
  FR: 5,
  SA: 6,
  SU: 7,
}
const readParts = new Set(["BYDAY", "BYMONTHDAY", "BYMONTH"])

/** Undefined: it says more than is read, such as hours, or positions in a set. */
function ruleOf(recur: ICAL.Recur): RepeatRule | undefined {
  const frequency = recur.freq?.toLowerCase()
  const parts = recur.parts as Readonly<Record<string, readonly unknown[] | undefined>>
  if (Object.keys(parts).some((name) => !readParts.has(name))) return undefined
  if (
    frequency !== "daily" &&
    frequency !== "weekly" &&
    frequency !== "monthly" &&
    frequency !== "yearly"
  )
    return undefined
  const days = (parts["BYDAY"] ?? []).map((text) =>
    /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(String(text)),
  )
  if (days.some((match) => !match || weekdays[match[2] ?? ""] === undefined)) return undefined
  return {
    frequency,
    interval: Math.max(1, Math.trunc(recur.interval) || 1),
    ...(typeof recur.count === "number" && recur.count > 0 && { count: recur.count }),
    ...(recur.until && { until: recur.until.toString().slice(0, 10) }),
    weekdays: days.map((match) => ({
      day: weekdays[match?.[2] ?? ""] ?? 0,
      ...(match?.[1] !== undefined && { ordinal: Number(match[1]) }),
    })),
    monthDays: numbers(parts["BYMONTHDAY"]),
    months: numbers(parts["BYMONTH"]),
  }
}

function numbers(values: readonly unknown[] = []): number[] {
  return values.slice(0, 62).map(Number).filter(Number.isInteger)
}

function later(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + monthsAhead)
  return date.toISOString().slice(0, 10)
}

function durationOf(event: ICAL.Component, start: ICAL.Time | undefined): number | undefined {
  const end = timeValue(event, "dtend")
  const told = read(() => event.getFirstPropertyValue("duration"))
  const seconds =
    told instanceof ICAL.Duration
      ? told.toSeconds()
      : start && end && !start.isDate && !end.isDate
        ? (Date.parse(`${end.toString().slice(0, 16)}Z`) -
            Date.parse(`${start.toString().slice(0, 16)}Z`)) /
          1000
        : 0
  const minutes = Math.round(seconds / 60)
  return minutes >= 1 && minutes <= 24 * 60 ? minutes : undefined
}

function textOf(component: ICAL.Component, name: string): string {
  const value = read(() => component.getFirstPropertyValue(name))
  return typeof value === "string" ? value : ""
}

function timeValue(component: ICAL.Component, name: string): ICAL.Time | undefined {
  return valuesOf(component, name)[0]
}

/** The parser judges a value when it is asked for, and throws at a wrong one: it is then as good as none. */
function read<T>(value: () => T): T | undefined {
  try {
    return value()
  } catch {
    return undefined
  }
}

/** Only what is a day of the calendar. */
function valuesOf(component: ICAL.Component, name: string): ICAL.Time[] {
  return component
    .getAllProperties(name)
    .slice(0, mostRepeats)
    .flatMap((property) => (read(() => property.getValues()) ?? []) as unknown[])
    .filter((value): value is ICAL.Time => value instanceof ICAL.Time)
    .filter((time) => /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ?)?$/.test(time.toString()))
    .slice(0, mostRepeats)
}
