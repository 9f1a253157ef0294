import type { CatalogueFile, EventEntry, ShowtimeEntry } from "./catalogue-file.ts"
import { eventOf, isTicket, withEvent } from "./event-part.ts"
import { instantOf, isDate, isDoubled, localOf, repeated, timesUntil } from "./schedule.ts"

/** Dates as they are typed in: one, or every so many days or weeks. Local times of the event's clock. */
export type DatesWish = {
  /** `2026-11-28T20:00`. */
  readonly at: string
  readonly every: "once" | "day" | "week"
  readonly interval?: number
  readonly times?: number
  /** Last day, instead of how many. */
  readonly until?: string
  /** Days without a show. */
  readonly except?: readonly string[]
}

/** What is wrong with a field of the wish, as a sentence. */
export type WishFault = { readonly field: keyof DatesWish; readonly message: string }

export type NewDates =
  | {
      readonly ok: true
      readonly locals: readonly string[]
      /** Those that come twice when the clock is put back: the show begins the first time. */
      readonly doubled: readonly string[]
    }
  | { readonly ok: false; readonly faults: readonly WishFault[] }

const mostShowtimes = 500
const mostAtOnce = 400

/** The dates that a wish means. Refuses hours that the clock skips, dates there are already, and more than there may be. */
export function newDates(event: EventEntry, timeZone: string, wish: DatesWish): NewDates {
  const faults = wishFaults(wish)
  if (faults.length > 0) return { ok: false, faults }
  const locals = repeated(wish.at, repeatOf(wish))
  const known = new Set(event.showtimes.map(({ at }) => at))
  const again = locals.filter((local) => known.has(local))
  const skipped = locals.filter((local) => !instantOf(local, timeZone).ok)
  const wrong: WishFault[] = [
    ...some(skipped, "at", (days) =>
      wish.every === "once"
        ? `${wish.at.slice(11)} does not exist on ${days}: the clocks go forward over it. Choose another time.`
        : `${wish.at.slice(11)} does not exist on ${days}: the clocks go forward over it. Choose another time, or leave that day out.`,
    ),
    ...some(again, "at", (days) => `There is a show at that time on ${days} already.`),
    ...(locals.length === 0
      ? [{ field: "except", message: "No date is left." } as const]
      : known.size + locals.length > mostShowtimes
        ? [{ field: "times", message: `An event has at most ${mostShowtimes} dates.` } as const]
        : []),
  ]
  if (wrong.length > 0) return { ok: false, faults: wrong }
  return { ok: true, locals, doubled: locals.filter((local) => isDoubled(local, timeZone)) }
}

function wishFaults({
  at,
  every,
  interval = 1,
  times,
  until,
  except = [],
}: DatesWish): WishFault[] {
  const isMoment = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/.test(at) && isDate(at.slice(0, 10))
  if (!isMoment) return [{ field: "at", message: "Choose a day and a time." }]
  const wrongDay = except.find((day) => !isDate(day))
  const faults: WishFault[] = []
  if (every !== "once" && !(interval >= 1 && interval <= 52))
    faults.push({ field: "interval", message: "Choose a number from 1 to 52." })
  if (every !== "once" && until === undefined && !(times && times >= 2 && times <= mostAtOnce))
    faults.push({
      field: "times",
      message: `Choose a number from 2 to ${mostAtOnce}, or a last day.`,
    })
  if (until !== undefined && (!isDate(until) || until < at.slice(0, 10)))
    faults.push({ field: "until", message: "Choose a day after the first." })
  if (wrongDay !== undefined)
    faults.push({ field: "except", message: `${wrongDay} is no day. Write days like 2026-12-25.` })
  return faults
}

function repeatOf({ at, every, interval, times = 1, until, except = [] }: DatesWish) {
  if (every === "once") return undefined
  const rule = { every, ...(interval !== undefined && { interval }) }
  const count = until === undefined ? times : timesUntil(at, until, rule)
  return { ...rule, times: Math.min(count, mostAtOnce), except }
}

function some(
  locals: readonly string[],
  field: keyof DatesWish,
  say: (days: string) => string,
): WishFault[] {
  if (locals.length === 0) return []
  const days = locals.slice(0, 3).map((local) => dayOf(local))
  return [{ field, message: say([...days, ...(locals.length > 3 ? ["more"] : [])].join(", ")) }]
}

/** "8 March 2026". */
function dayOf(local: string): string {
  return new Date(`${local.slice(0, 10)}T12:00:00Z`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  })
}

/** The event with more dates, in their order. */
export function withDates(event: EventEntry, locals: readonly string[]): EventEntry {
  const showtimes = [...event.showtimes, ...locals.map((at) => ({ at }))]
  return { ...event, showtimes: showtimes.toSorted((a, b) => (a.at < b.at ? -1 : 1)) }
}

export type ShowtimeChange =
  | { readonly do: "pause" | "resume" | "cancel" | "remove" }
  | { readonly do: "move"; readonly to: string }

/** The event with one date changed; it takes along what differs at it. */
export function withShowtime(event: EventEntry, at: string, change: ShowtimeChange): EventEntry {
  const action = change.do
  if (action === "remove")
    return { ...event, showtimes: event.showtimes.filter((each) => each.at !== at) }
  const changed = (showtime: ShowtimeEntry): ShowtimeEntry =>
    action === "move"
      ? { ...showtime, at: change.to }
      : { ...showtime, status: statusAfter[action] }
  return {
    ...event,
    showtimes: event.showtimes.map((each) => (each.at === at ? changed(each) : each)),
  }
}

const statusAfter = { pause: "paused", resume: "on-sale", cancel: "canceled" } as const

/** What is missing before an event can be shown to anybody; empty: nothing. `now` is an instant. */
export function missingToSell(event: EventEntry, timeZone: string, now: string): string[] {
  const clock = localOf(now, event.timeZone ?? timeZone).slice(0, 16)
  const ahead = event.showtimes.some(({ at, status }) => at > clock && status !== "canceled")
  const priced = event.products.some(
    (product) =>
      isTicket(product) && product.priceTypes.some(({ prices }) => Object.keys(prices).length > 0),
  )
  return [...(ahead ? [] : ["a date to come"]), ...(priced ? [] : ["a ticket type with a price"])]
}

/**
 * The file with a copy of an event, as a draft without its past dates. Where all are past, the last one is put a year on, because what is sold
 * is counted by date.
 */
export function withCopy(
  file: CatalogueFile,
  slug: string,
  copy: { readonly slug: string; readonly title: string },
  now: string,
): CatalogueFile {
  const event = eventOf(file, slug)
  if (!event) return file
  const clock = localOf(now, event.timeZone ?? file.account.timeZone).slice(0, 16)
  const ahead = event.showtimes.filter(({ at, status }) => at > clock && status !== "canceled")
  const last = event.showtimes.at(-1)
  const showtimes = ahead.length > 0 || !last ? ahead : [{ ...last, at: nextAlike(last.at, clock) }]
  const entry: EventEntry = {
    ...event,
    ...copy,
    status: "draft",
    showtimes: showtimes.map((showtime) => ({ ...showtime, status: "on-sale" })),
  }
  const questions = (file.questions ?? []).filter((question) => question.event === slug)
  return {
    ...file,
    events: file.events.flatMap((each) => (each.slug === slug ? [each, entry] : [each])),
    questions: [
      ...(file.questions ?? []),
      ...questions.map((question) => ({ ...question, event: copy.slug })),
    ],
  }
}

/** The same weekday and time, the first one that is still to come. */
function nextAlike(at: string, clock: string): string {
  const weeks = timesUntil(at, clock.slice(0, 10), { every: "week" })
  const candidates = repeated(at, { every: "week", times: weeks + 2 })
  return candidates.find((candidate) => candidate > clock) ?? at
}

export function withStatus(
  file: CatalogueFile,
  slug: string,
  status: NonNullable<EventEntry["status"]>,
): CatalogueFile {
  return withEvent(file, slug, (event) => ({ ...event, status }))
}

/** The file without an event: it leaves every widget; questions and codes that were for it alone leave with it. */
export function withoutEvent(file: CatalogueFile, slug: string): CatalogueFile {
  const isLeft = (name: string) => name !== slug
  return {
    ...file,
    events: file.events.filter((event) => isLeft(event.slug)),
    ...(file.questions && { questions: file.questions.filter(({ event }) => event !== slug) }),
    ...(file.promotions && {
      promotions: file.promotions.flatMap((promotion) => {
        if (!promotion.events) return [promotion]
        const events = promotion.events.filter(isLeft)
        return events.length > 0 ? [{ ...promotion, events }] : []
      }),
    }),
    widgets: file.widgets.map((widget) =>
      widget.events ? { ...widget, events: widget.events.filter(isLeft) } : widget,
    ),
  }
}

/** Widgets that would have nothing to show without the event. */
export function onlyShownIn({ widgets }: CatalogueFile, slug: string): string[] {
  return widgets
    .filter(({ events }) => events?.every((name) => name === slug))
    .map((widget) => widget.slug)
}
