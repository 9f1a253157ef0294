import type { CatalogueFile } from "./catalogue-file.ts"
import { currencyOf } from "./first-event.ts"
import { exponentOf } from "./money.ts"
import { instantOf, isTimeZone, localOf } from "./schedule.ts"

/** An event as a page, a calendar or a table tells of it, before it is known whether it can be sold. Texts are as long as the catalogue takes. */
export type ToldEvent = {
  readonly title: string
  readonly description: string
  readonly venue: {
    readonly name: string
    readonly street: string
    readonly city: string
    readonly subdivision: string
    readonly country: string
  }
  readonly times: readonly ToldTime[]
  readonly durationMinutes?: number
  readonly isCanceled: boolean
  readonly tickets: readonly ToldTicket[]
  readonly capacity?: number
  /** What its reader could not make out, as sentences. */
  readonly doubts: readonly string[]
}

/** A wall clock's time, by a zone or by what it is off UTC; without either by the account's clock. `hasClock`: false when only the day is told. */
export type ToldTime = {
  /** `2026-11-28T20:00`. */
  readonly local: string
  readonly zone?: string
  /** `Z` or `-05:00`. */
  readonly offset?: string
  readonly hasClock: boolean
}

export type ToldTicket = {
  readonly title: string
  /** Decimal text: "25.00". */
  readonly price: string
  /** Three lower-case letters; absent: the account's. */
  readonly currency?: string
}

/** One event to look through before it is brought in. */
export type FoundEvent = {
  readonly title: string
  readonly description: string
  readonly venue: ToldEvent["venue"]
  /** IANA; absent: the account's. */
  readonly timeZone?: string
  /** Local times to come, sorted. */
  readonly times: readonly string[]
  readonly durationMinutes?: number
  readonly tickets: readonly { readonly title: string; readonly price: string }[]
  readonly capacity?: number
  /** The title of an event that is there already and seems to be the same. */
  readonly sameAs?: string
  /** What to look at, as sentences. */
  readonly problems: readonly string[]
}

export const mostFound = 200
export const mostDates = 400
const mostTickets = 10
/** Of all events together: each date is put on a clock, which takes its time. */
const mostPlaced = 20_000
/** When only a day is told. */
const usualClock = "20:00"

/**
 * What was told, ready to be looked through: what is of one title and place is one event with several dates, times are by one clock, the past
 * and what was called off is left out, and what seems to be there already is marked.
 */
export function foundEvents(
  told: readonly ToldEvent[],
  file: CatalogueFile,
  now: string,
): FoundEvent[] {
  const live = told.filter(({ isCanceled, title }) => !isCanceled && title !== "")
  const groups = Map.groupBy(live, ({ title, venue }) =>
    [title, venue.name, venue.city].map(folded).join("\n"),
  )
  const some = [...groups.values()].slice(0, mostFound)
  const most = Math.min(mostDates, Math.max(50, Math.floor(mostPlaced / some.length)))
  return some
    .map((group) => merged(group, file, now, most))
    .filter(({ times, problems }) => times.length > 0 || problems.length > 0)
}

function merged(
  group: readonly ToldEvent[],
  file: CatalogueFile,
  now: string,
  most: number,
): FoundEvent {
  const [first] = group
  if (!first) throw new Error("a group has a first event")
  const zone = zoneOf(group, file.account.timeZone)
  const placed = distinct(group.flatMap(({ times }) => times))
    .slice(0, most)
    .map((time) => placedTime(time, zone))
  const all = [...new Set(placed.flatMap(({ local }) => local ?? []))].toSorted()
  const clock = localOf(now, zone).slice(0, 16)
  const times = all.filter((local) => local > clock).slice(0, mostDates)
  const { tickets, doubts } = ticketsOf(group, file)
  const same = existing(first, file)
  const durationMinutes = group.find((each) => each.durationMinutes)?.durationMinutes
  const capacity = group.find((each) => each.capacity !== undefined)?.capacity
  return {
    title: first.title,
    description: group.find(({ description }) => description !== "")?.description ?? "",
    venue: first.venue,
    ...(zone !== file.account.timeZone && { timeZone: zone }),
    times,
    tickets,
    ...(durationMinutes !== undefined && { durationMinutes }),
    ...(capacity !== undefined && { capacity }),
    ...(same && { sameAs: same }),
    problems: [
      ...new Set([
        ...group.flatMap((each) => each.doubts),
        ...placed.flatMap(({ problem }) => problem ?? []),
        ...doubts,
        ...problemIf(all.length > 0 && times.length === 0, "All its dates are past."),
        ...problemIf(
          all.length > 0 && times.length > 0 && times.length < all.length,
          "Past dates are left out.",
        ),
        ...problemIf(placed.length === 0, "It has no date."),
        ...problemIf(first.venue.name === "", "The venue is missing."),
        ...problemIf(first.venue.city === "", "The city is missing."),
      ]),
    ],
  }
}

function distinct(times: readonly ToldTime[]): ToldTime[] {
  const key = ({ local, zone = "", offset = "" }: ToldTime) => `${local} ${zone} ${offset}`
  return [...new Map(times.map((time) => [key(time), time])).values()]
}

/** The zone that is told and known, if all agree; otherwise the account's. */
function zoneOf(group: readonly ToldEvent[], usual: string): string {
  const zones = new Set(group.flatMap(({ times }) => times.flatMap(({ zone }) => zone ?? [])))
  const [only] = zones
  return zones.size === 1 && only !== undefined && isTimeZone(only) ? only : usual
}

function placedTime(
  time: ToldTime,
  zone: string,
): { readonly local?: string; readonly problem?: string } {
  const { local, offset, hasClock } = time
  if (!hasClock) {
    const day = `${local.slice(0, 10)}T${usualClock}`
    return instantOf(day, zone).ok
      ? { local: day, problem: `It tells no time of day: ${usualClock} is put in its place.` }
      : { problem: `${local.slice(0, 10)} is no day.` }
  }
  if (offset !== undefined) return byOffset(local, offset, zone)
  if (time.zone !== undefined && time.zone !== zone) return byZone(local, time.zone, zone)
  const at = instantOf(local, zone)
  if (at.ok) return { local }
  return {
    problem:
      at.reason === "skipped-by-clock-change"
        ? `${local.replace("T", " ")} does not exist: clocks are put forward in that hour. The date is left out.`
        : `${local.replace("T", " ")} is no date and time.`,
  }
}

function byOffset(local: string, offset: string, zone: string) {
  const ms = Date.parse(`${local}:00${offset}`)
  if (Number.isNaN(ms)) return { problem: `${local.replace("T", " ")} is no date and time.` }
  return { local: localOf(new Date(ms).toISOString(), zone).slice(0, 16) }
}

function byZone(local: string, told: string, zone: string) {
  if (!isTimeZone(told))
    return instantOf(local, zone).ok
      ? { local, problem: `The time zone “${told}” is not known: times are taken as ${zone}.` }
      : { problem: `${local.replace("T", " ")} is no date and time.` }
  const at = instantOf(local, told)
  if (!at.ok) return { problem: `${local.replace("T", " ")} does not exist in ${told}.` }
  return { local: localOf(at.at, zone).slice(0, 16) }
}

function ticketsOf(group: readonly ToldEvent[], file: CatalogueFile) {
  const currency = currencyOf(file)
  const told = group.flatMap(({ tickets }) => tickets)
  const foreign = new Set(
    told.flatMap((each) =>
      each.currency !== undefined && each.currency !== currency ? [each.currency] : [],
    ),
  )
  const own = told.filter((each) => each.currency === undefined || each.currency === currency)
  const byName = new Map(own.map(({ title, price }) => [folded(title), { title, price }]))
  const fine = [...byName.values()].filter(({ price }) => fits(price, currency))
  return {
    tickets: fine.slice(0, mostTickets),
    doubts: [
      ...[...foreign].map(
        (each) =>
          `Prices in ${each.toUpperCase()} are left out: you sell in ${currency.toUpperCase()}.`,
      ),
      ...problemIf(fine.length < byName.size, "A price could not be read."),
      ...problemIf(told.length === 0, "It tells no price."),
    ],
  }
}

function fits(price: string, currency: string): boolean {
  const [, decimals = ""] = /^\d{1,9}(?:\.(\d+))?$/.exec(price) ?? []
  return (
    /^\d{1,9}(\.\d+)?$/.test(price) && decimals.replace(/0+$/, "").length <= exponentOf(currency)
  )
}

/** The same title at the same venue. */
function existing({ title, venue }: ToldEvent, { events }: CatalogueFile): string | undefined {
  return events.find(
    (event) =>
      folded(event.title) === folded(title) &&
      (venue.name === "" || folded(event.venue.name) === folded(venue.name)),
  )?.title
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim()
}

function problemIf(holds: boolean, problem: string): string[] {
  return holds ? [problem] : []
}

/** A text of somebody else as the catalogue takes it: no control characters, no half letters, at most so many. */
export function cleanText(text: unknown, most: number): string {
  if (typeof text !== "string" && typeof text !== "number") return ""
  return Array.from(
    String(text)
      .slice(0, most * 4)
      .toWellFormed()
      .replaceAll(/[\p{Cc}\p{Cs}]/gu, (char) => (char === "\n" ? "\n" : " ")),
  )
    .slice(0, most)
    .join("")
    .replaceAll(/[^\S\n]+/g, " ")
    .trim()
}

/** On one line. */
export function cleanLine(text: unknown, most: number): string {
  return cleanText(text, most).replaceAll(/\s+/g, " ")
}
