import type { CatalogueFile, EventEntry } from "./catalogue-file.ts"
import { epochMs } from "./instant.ts"
import { parseAmount, toDecimal } from "./money.ts"
import { instantOf, repeated } from "./schedule.ts"
import { slugFrom } from "./slug.ts"

/** The short form of a first event, as typed: every field a text. */
export type TypedEvent = {
  readonly title: string
  readonly summary: string
  /** Path of a picture that is kept already. */
  readonly picture: string
  readonly venue: string
  readonly street: string
  readonly city: string
  /** ISO 3166-2 without its country, in capitals. */
  readonly subdivision: string
  /** `2026-11-28T20:00`. */
  readonly at: string
  readonly repeat: string
  readonly times: string
  readonly capacity: string
  readonly tickets: readonly { readonly title: string; readonly price: string }[]
  readonly fee: string
  readonly feePercent: string
  readonly feeFixed: string
  readonly taxName: string
  readonly taxPercent: string
}

/** What is wrong at one field, as a whole sentence. Rows of tickets are `tickets[0].price`. */
export type EventFault = { readonly field: string; readonly message: string }

export type FirstEvent =
  | { readonly ok: true; readonly slug: string; readonly file: CatalogueFile }
  | { readonly ok: false; readonly faults: readonly EventFault[] }

/** Room for three kinds of tickets; more are added later. */
export const ticketRows = 3
const mostTimes = 52

/**
 * The file with one more event, on sale, from the short form: its fee and its tax are made with it. Refuses with what is wrong at each field.
 * Amounts are read as people of the account's language write them; `now` is an instant.
 */
export function withFirstEvent(file: CatalogueFile, typed: TypedEvent, now: string): FirstEvent {
  const tickets = typed.tickets.filter(({ title, price }) => title !== "" || price !== "")
  const faults = [
    ...wordFaults(typed),
    ...timeFaults(typed, file.account.timeZone, now),
    ...ticketFaults(typed, file),
    ...feeFaults(typed, file),
    ...taxFaults(typed),
  ]
  if (faults.length > 0) return { ok: false, faults }
  const slug = slugFrom(typed.title, new Set(file.events.map((event) => event.slug)), "event")
  const withTax = typed.taxPercent === "" ? file : taxed(file, typed)
  const withFee = typed.fee === "none" ? withTax : charged(withTax, typed)
  const event = eventEntry(file, { ...typed, tickets }, slug)
  return { ok: true, slug, file: { ...withFee, events: [...file.events, event] } }
}

/** What the catalogue takes. */
const mostLetters = {
  title: 200,
  summary: 300,
  venue: 200,
  street: 200,
  city: 200,
  taxName: 40,
} as const

function wordFaults(typed: TypedEvent): EventFault[] {
  return [
    ...faultIf(typed.title === "", "title", "Give your event a name."),
    ...faultIf(typed.venue === "", "venue", "Say where it happens: the room’s name."),
    ...faultIf(typed.city === "", "city", "Say in which city."),
    ...Object.entries(mostLetters).flatMap(([field, most]) =>
      faultIf(
        Array.from(typed[field as keyof typeof mostLetters]).length > most,
        field,
        `Use at most ${most} letters.`,
      ),
    ),
    ...faultIf(
      typed.subdivision !== "" && !/^[A-Z0-9]{1,3}$/.test(typed.subdivision),
      "subdivision",
      "Use the short form of the state or province, like ON or NY.",
    ),
  ]
}

const clockWords = {
  "not-a-date": "Choose a day and a time.",
  "unknown-zone": "Your organization’s time zone is not known; correct it in the settings.",
  "skipped-by-clock-change":
    "Clocks are put forward in that hour, so it does not exist that day. Choose another time.",
} as const

function timeFaults({ at, repeat, times }: TypedEvent, zone: string, now: string): EventFault[] {
  const count = Number(times)
  const isRepeated = repeat === "day" || repeat === "week"
  if (isRepeated && !(Number.isInteger(count) && count >= 2 && count <= mostTimes))
    return [{ field: "times", message: `Say how often: from 2 to ${mostTimes} times.` }]
  const first = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(at) ? instantOf(at, zone) : undefined
  if (!first) return [{ field: "at", message: clockWords["not-a-date"] }]
  if (!first.ok) return [{ field: "at", message: clockWords[first.reason] }]
  if (epochMs(first.at) <= epochMs(now))
    return [{ field: "at", message: "That is in the past. Choose a time to come." }]
  const skipped = isRepeated
    ? repeated(at, { every: repeat, times: count }).find((each) => !instantOf(each, zone).ok)
    : undefined
  return faultIf(
    skipped !== undefined,
    "at",
    `On ${skipped?.slice(0, 10)} clocks are put forward in that hour, so it does not exist. Choose another time.`,
  )
}

function ticketFaults({ tickets, capacity }: TypedEvent, file: CatalogueFile): EventFault[] {
  const isCounted = capacity === "" || /^[1-9]\d{0,5}$/.test(capacity)
  const given = tickets.filter(({ title, price }) => title !== "" || price !== "")
  return [
    ...faultIf(
      !isCounted,
      "capacity",
      "Say how many tickets there are, as a number; empty: any number.",
    ),
    ...faultIf(
      given.length === 0,
      "tickets[0].price",
      "Say what a ticket costs; 0 when it is free.",
    ),
    ...tickets.flatMap(({ title, price }, i) => [
      ...faultIf(
        title === "" && price !== "" && given.length > 1,
        `tickets[${i}].title`,
        "Give each kind of ticket a name: Adult, Student.",
      ),
      ...faultIf(Array.from(title).length > 200, `tickets[${i}].title`, "Use at most 200 letters."),
      ...faultIf(
        (title !== "" || price !== "") && amountOf(price, file) === undefined,
        `tickets[${i}].price`,
        `Say the price in ${currencyOf(file).toUpperCase()}, like 25 or 25.50; 0 when it is free.`,
      ),
    ]),
  ]
}

function feeFaults({ fee, feePercent, feeFixed }: TypedEvent, file: CatalogueFile): EventFault[] {
  if (fee === "none") return []
  return [
    ...faultIf(fee !== "shopper" && fee !== "organizer", "fee", "Choose who pays the service fee."),
    ...faultIf(!isPercent(feePercent), "feePercent", "Say the fee in percent, from 0 to 100."),
    ...faultIf(
      amountOf(feeFixed === "" ? "0" : feeFixed, file) === undefined,
      "feeFixed",
      "Say the amount for each ticket, like 0.50; 0 for none.",
    ),
  ]
}

function taxFaults({ taxName, taxPercent }: TypedEvent): EventFault[] {
  return [
    ...faultIf(
      taxPercent !== "" && !isPercent(taxPercent),
      "taxPercent",
      "Say the tax in percent, like 13 or 8.875; empty: none.",
    ),
    ...faultIf(
      taxPercent !== "" && taxName === "",
      "taxName",
      "Say what the tax is called: HST, VAT.",
    ),
  ]
}

function eventEntry(file: CatalogueFile, typed: TypedEvent, slug: string): EventEntry {
  const { title, summary, picture, venue, street, city, subdivision, at, repeat, times } = typed
  const every = repeat === "day" || repeat === "week" ? repeat : undefined
  return {
    slug,
    title,
    ...(summary !== "" && { summary }),
    ...(picture !== "" && { picture, pictureAlt: title }),
    venue: {
      name: venue,
      city,
      country: file.account.country,
      ...(street !== "" && { street }),
      ...(subdivision !== "" && { subdivision }),
    },
    showtimes: [{ at, ...(every && { repeat: { every, times: Number(times) } }) }],
    products: [ticketEntry(file, typed)],
  }
}

function ticketEntry(file: CatalogueFile, typed: TypedEvent): EventEntry["products"][number] {
  const names = new Set<string>()
  const currency = currencyOf(file)
  return {
    slug: "admission",
    kind: "ticket",
    title: "Admission",
    taxClass: taxClassOf(file),
    ...(typed.fee !== "none" && { fee: feeSlug }),
    capacity: typed.capacity === "" ? null : Number(typed.capacity),
    priceTypes: typed.tickets.map(({ title, price }) => {
      const slug = slugFrom(title, names, "ticket")
      names.add(slug)
      const amount = toDecimal(amountOf(price, file) ?? 0, currency)
      return { slug, ...(title !== "" && { title }), prices: { [currency]: amount } }
    }),
  }
}

const feeSlug = "service"

/** The account's one service fee as typed. */
function charged(file: CatalogueFile, typed: TypedEvent): CatalogueFile {
  const currency = currencyOf(file)
  const fee = {
    slug: feeSlug,
    percent: plain(typed.feePercent),
    bearer: typed.fee === "organizer" ? ("organizer" as const) : ("shopper" as const),
    taxClass: taxClassOf(file),
    amounts: {
      [currency]: { fixed: toDecimal(amountOf(typed.feeFixed || "0", file) ?? 0, currency) },
    },
  }
  const others = (file.fees ?? []).filter(({ slug }) => slug !== feeSlug)
  return { ...file, fees: [...others, fee] }
}

/** The rate of the venue's place takes that of an earlier try. */
function taxed(file: CatalogueFile, typed: TypedEvent): CatalogueFile {
  const { country } = file.account
  const { subdivision, taxName: name, taxPercent } = typed
  const rate = {
    country,
    name,
    percent: plain(taxPercent),
    ...(subdivision !== "" && { subdivision }),
  }
  const wanted = taxClassOf(file)
  return {
    ...file,
    taxClasses: file.taxClasses.map((each) =>
      each.slug === wanted
        ? { ...each, rates: [...each.rates.filter((old) => !isSameRate(old, rate)), rate] }
        : each,
    ),
  }
}

type Rate = CatalogueFile["taxClasses"][number]["rates"][number]

function isSameRate(a: Rate, b: Rate): boolean {
  return a.country === b.country && a.subdivision === b.subdivision && a.name === b.name
}

function taxClassOf({ taxClasses }: CatalogueFile): string {
  return taxClasses[0]?.slug ?? "standard"
}

export function currencyOf({ regions }: CatalogueFile): string {
  return regions[0]?.currency ?? "usd"
}

function amountOf(text: string, file: CatalogueFile): number | undefined {
  return parseAmount(text, currencyOf(file), file.account.locale)
}

/** "13", "8.875", "8,875 %". */
function isPercent(text: string): boolean {
  return /^(100|\d{1,2}([.,]\d{1,4})?)\s*%?$/.test(text)
}

function plain(percent: string): string {
  return percent.replace(",", ".").replace(/\s*%$/, "")
}

function faultIf(wrong: boolean, field: string, message: string): EventFault[] {
  return wrong ? [{ field, message }] : []
}
