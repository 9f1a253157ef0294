import type { CatalogueFile, EventEntry } from "./catalogue-file.ts"
import { currencyOf } from "./first-event.ts"
import type { FoundEvent } from "./found-event.ts"
import { parseAmount, toDecimal } from "./money.ts"
import { instantOf } from "./schedule.ts"
import { slugFrom } from "./slug.ts"

/** One event as its organizer has looked it through: what was found, with what was typed over it. */
export type WantedEvent = {
  readonly found: FoundEvent
  readonly title: string
  readonly venue: string
  readonly city: string
  /** One local date and time a line, `2026-11-28 20:00`. */
  readonly dates: string
  /** One ticket a line, `Adult 25.00`; the amount stands at the end. */
  readonly tickets: string
  readonly capacity: string
}

/** What is wrong at a field of the event of that number in the list. */
export type WantedFault = {
  readonly index: number
  readonly field: WantedField
  readonly message: string
}
export type WantedField = "title" | "venue" | "city" | "dates" | "tickets" | "capacity"

export type Brought =
  | { readonly ok: true; readonly file: CatalogueFile; readonly slugs: readonly string[] }
  | { readonly ok: false; readonly faults: readonly WantedFault[] }

/** The file with the wanted events, all as drafts or all on sale, which needs a date and a price. Refuses with what is wrong at each field. */
export function withBrought(
  file: CatalogueFile,
  wanted: readonly WantedEvent[],
  status: "draft" | "on-sale",
): Brought {
  const taken = new Set(file.events.map(({ slug }) => slug))
  const faults: WantedFault[] = []
  const entries: EventEntry[] = []
  for (const [index, each] of wanted.entries()) {
    const made = entryOf(file, each, status, taken)
    if (!made.ok) faults.push(...made.faults.map((fault) => ({ index, ...fault })))
    else {
      taken.add(made.entry.slug)
      entries.push(made.entry)
    }
  }
  if (faults.length > 0) return { ok: false, faults }
  return {
    ok: true,
    file: { ...file, events: [...file.events, ...entries] },
    slugs: entries.map(({ slug }) => slug),
  }
}

/** The typed texts that say what was found. */
export function wantedOf(found: FoundEvent): WantedEvent {
  return {
    found,
    title: found.title,
    venue: found.venue.name,
    city: found.venue.city,
    dates: found.times.map((time) => time.replace("T", " ")).join("\n"),
    tickets: found.tickets.map(({ title, price }) => `${title} ${price}`.trim()).join("\n"),
    capacity: found.capacity === undefined ? "" : String(found.capacity),
  }
}

type Entry =
  | { readonly ok: true; readonly entry: EventEntry }
  | { readonly ok: false; readonly faults: readonly Omit<WantedFault, "index">[] }

function entryOf(
  file: CatalogueFile,
  wanted: WantedEvent,
  status: "draft" | "on-sale",
  taken: ReadonlySet<string>,
): Entry {
  const { found, capacity } = wanted
  const dates = datesOf(wanted, file)
  const tickets = ticketsOf(wanted.tickets, file)
  const isCounted = capacity === "" || /^[1-9]\d{0,5}$/.test(capacity)
  const faults = [
    ...faultIf(wanted.title === "", "title", "Give it a name."),
    ...faultIf(wanted.venue === "", "venue", "Say where it happens."),
    ...faultIf(wanted.city === "", "city", "Say in which city."),
    ...faultIf(dates.wrong !== undefined, "dates", dates.wrong ?? ""),
    ...faultIf(tickets.wrong !== undefined, "tickets", tickets.wrong ?? ""),
    ...faultIf(!isCounted, "capacity", "Say how many there are, as a number; empty: any number."),
    ...faultIf(
      status === "on-sale" && dates.all.length === 0,
      "dates",
      "To be on sale it needs a date.",
    ),
    ...faultIf(
      status === "on-sale" && tickets.all.length === 0 && tickets.wrong === undefined,
      "tickets",
      "To be on sale it needs a ticket with a price, like “Adult 25”.",
    ),
  ]
  if (faults.length > 0) return { ok: false, faults }
  const { venue, description, durationMinutes, timeZone } = found
  const place = venue.country === "" ? file.account.country : venue.country
  return {
    ok: true,
    entry: {
      slug: slugFrom(wanted.title, taken, "event"),
      title: wanted.title,
      ...(description !== "" && { description }),
      ...(status === "draft" && { status }),
      ...(timeZone !== undefined && { timeZone }),
      ...(durationMinutes !== undefined && { durationMinutes }),
      venue: {
        name: wanted.venue,
        city: wanted.city,
        country: place,
        ...(venue.street !== "" && { street: venue.street }),
        ...(venue.subdivision !== "" && { subdivision: venue.subdivision }),
      },
      showtimes: dates.all.map((at) => ({ at })),
      products:
        tickets.all.length === 0
          ? []
          : [
              {
                slug: "admission",
                kind: "ticket",
                title: "Admission",
                taxClass: file.taxClasses[0]?.slug ?? "standard",
                capacity: capacity === "" ? null : Number(capacity),
                priceTypes: tickets.all,
              },
            ],
    },
  }
}

const mostDates = 400

function datesOf({ dates, found }: WantedEvent, file: CatalogueFile) {
  const zone = found.timeZone ?? file.account.timeZone
  const lines = dates
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
  const all = [...new Set(lines.map((line) => line.replace(/\s+/, "T")))].toSorted()
  const wrong = all.find((at) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(at) || !instantOf(at, zone).ok)
  if (all.length > mostDates) return { all, wrong: `Keep at most ${mostDates} dates.` }
  if (wrong === undefined) return { all }
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wrong) ? instantOf(wrong, zone) : undefined
  const isSkipped = at && !at.ok && at.reason === "skipped-by-clock-change"
  const said = wrong.replace("T", " ").slice(0, 40)
  return {
    all,
    wrong: isSkipped
      ? `${said} does not exist: clocks are put forward in that hour.`
      : `“${said}” is no date. Write each like 2026-11-28 20:00.`,
  }
}

const mostTickets = 20

function ticketsOf(text: string, file: CatalogueFile) {
  const currency = currencyOf(file)
  const names = new Set<string>()
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
  const read = lines.slice(0, mostTickets).map((line) => {
    const [, title = "", price = line] = /^(.*\S)\s+(\S+)$/.exec(line) ?? []
    const amountMinor = parseAmount(price, currency, file.account.locale)
    const slug = slugFrom(title, names, "ticket")
    names.add(slug)
    return { line, title, slug, amountMinor }
  })
  const wrong = read.find(
    ({ amountMinor, title }) => amountMinor === undefined || title.length > 200,
  )
  const unnamed = read.length > 1 && read.some(({ title }) => title === "")
  const all = read.map(({ slug, title, amountMinor = 0 }) => ({
    slug,
    ...(title !== "" && { title }),
    prices: { [currency]: toDecimal(amountMinor, currency) },
  }))
  if (wrong)
    return {
      all,
      wrong: `“${wrong.line.slice(0, 60)}” has no price at its end. Write each like “Adult 25.00”.`,
    }
  if (unnamed) return { all, wrong: "Give each ticket a name, like “Adult 25.00”." }
  return lines.length > mostTickets
    ? { all, wrong: `Keep at most ${mostTickets} tickets.` }
    : { all }
}

function faultIf(holds: boolean, field: WantedField, message: string) {
  return holds ? [{ field, message }] : []
}
