import type { EventState } from "#core/event-state.ts"
import { counted } from "#views/console/kit/figures.ts"
import { badge, type BadgeKind } from "#views/console/kit/card.ts"
import type { FieldFault } from "#views/console/kit/form.ts"
import type { Html } from "#views/html.ts"

/** A state as a badge; `opens` is when sales open, as it is said. */
export function stateBadge(state: EventState, opens = "later"): Html {
  if (state === "opens") return badge("warn", `From ${opens}`)
  const [kind, text] = states[state]
  return badge(kind, text)
}

const states: Readonly<Record<Exclude<EventState, "opens">, readonly [BadgeKind, string]>> = {
  draft: ["plain", "Draft"],
  paused: ["warn", "Paused"],
  "no-dates": ["plain", "No date yet"],
  past: ["plain", "Past"],
  "sold-out": ["info", "Sold out"],
  "on-sale": ["ok", "On sale"],
}

/** "Sat 28 Nov 2026, 20:00": a wall clock's time. */
export function localWords(local: string): string {
  const day = new Date(`${local.slice(0, 10)}T12:00:00Z`)
  if (Number.isNaN(day.getTime())) return local
  const words = day.toLocaleDateString("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  })
  return `${words.replace(",", "")}, ${local.slice(11, 16)}`
}

/** What a save will touch. */
export function touchedWords(openPages: number, isDraft: boolean): string {
  if (isDraft) return "A draft: nobody sees it until you publish it."
  if (openPages === 0) return "Widgets show it at once."
  return `${counted(openPages, "open page")} will show ${openPages === 1 ? "it" : "them"} when you save.`
}

const labels: Readonly<Record<string, string>> = {
  title: "Name",
  label: "Question",
  summary: "One line",
  description: "Description",
  picture: "Picture",
  pictureAlt: "Picture in words",
  category: "Category",
  "venue.name": "Venue",
  "venue.street": "Street",
  "venue.city": "City",
  "venue.subdivision": "State or province",
  "venue.country": "Country",
  timeZone: "Time zone",
  durationMinutes: "Length",
  doorsMinutes: "Doors",
  salesOpen: "Sales begin",
  saleStarts: "Sale begins",
  saleEnds: "Sale ends",
  minPerOrder: "Fewest in one order",
  maxPerOrder: "Most in one order",
  capacity: "Capacity",
  perShowtime: "Counted",
  priceTypes: "Prices",
  prices: "Price",
  suggested: "Suggested",
  kind: "Kind",
  fee: "Fee",
  taxClass: "Tax",
  options: "Choices",
  values: "Values",
  variants: "Combinations",
  showtimes: "Dates",
  products: "Tickets and add-ons",
  differences: "Differences",
  notSold: "Not sold",
  status: "Status",
  section: "Section",
  sectionNote: "Line under the section",
  help: "Line under the question",
  required: "Needed",
  choices: "Choices",
  at: "Date and time",
  repeat: "Repeats",
}

/** The name of a field as people read it: `products[0].priceTypes[1].prices.usd` is "Price in USD". */
export function labelOf(field: string): string {
  const bare = field.replaceAll(/\[[^\]]*\]/g, "")
  const [, list, currency] = /(prices|suggested)(?:\.[\w-]+)*\.([a-z]{3})$/.exec(bare) ?? []
  if (currency !== undefined)
    return `${list === "prices" ? "Price" : "Suggested"} in ${currency.toUpperCase()}`
  if (bare === "title") return "Title"
  if (Object.hasOwn(labels, bare)) return labels[bare] ?? bare
  const last = bare.split(".").at(-1) ?? bare
  return Object.hasOwn(labels, last) ? (labels[last] ?? last) : last
}

/** The file's own words are for who writes it by hand; a form says what to do. */
const sentences: readonly (readonly [RegExp, (found: readonly string[]) => string])[] = [
  [/^(is missing|must not be empty|is needed)$/, () => "Fill this in."],
  [/^must be an amount/, () => "Write an amount, like 25.00."],
  [/^must be a local date and time/, () => "Choose a day and a time."],
  [/^must be a whole number from (.*)$/, ([, range]) => `Choose a whole number from ${range}.`],
  [/^must be a whole number/, () => "Write a whole number."],
  [/^must have at most (\d+) characters$/, ([, most]) => `Use at most ${most} letters.`],
  [/^must have at least 1$/, () => "Add one at least."],
  [/^must offer at least two/, () => "Offer two answers at least."],
  [
    /^\d+ is less than what is sold \((\d+)\) and held \((\d+)\) of (\S+) (\S+)$/,
    ([, sold, held, , name = ""]) => {
      const where = /^\d{4}-/.test(name) ? ` for ${localWords(name)}` : ""
      return `${sold} are sold and ${held} held${where}: choose ${Number(sold) + Number(held)} or more.`
    },
  ],
  [
    /does not exist in .*: the clocks go forward/,
    () => "This time does not exist that day: the clocks go forward over it. Choose another.",
  ],
  [
    /^is after the last show begins, on (.*) at (.*)$/,
    ([, day, time]) =>
      `The last show begins on ${localWords(`${day}T${time}`)}. Choose then or earlier.`,
  ],
  [/^is not after (saleStarts|starts)$/, () => "Choose a time after the beginning."],
  [
    /^is less than minPerOrder (\d+)$/,
    ([, least]) => `Choose ${least} or more: that is the least.`,
  ],
  [
    /is too fine: (\w+) has (\d) decimals$/,
    ([, currency = "", decimals]) =>
      decimals === "0"
        ? `${currency.toUpperCase()} has no decimals.`
        : `${currency.toUpperCase()} has ${decimals} decimals.`,
  ],
  [/is more than can be charged$/, () => "This is more than can be charged."],
  [/^is more than the suggested (.*)$/, ([, most]) => `This is more than the suggested ${most}.`],
]

/** What is wrong, as a sentence to stand at its field. */
export function sentenceOf(message: string): string {
  for (const [pattern, say] of sentences) {
    const found = pattern.exec(message)
    if (found) return say(found)
  }
  const first = message.charAt(0).toUpperCase() + message.slice(1)
  return /[.!?]$/.test(first) ? first : `${first}.`
}

/** Faults as they stand at their fields, each once: a capacity may be too small for twenty dates. */
export function atFields(
  faults: readonly { readonly path: string; readonly message: string }[],
): FieldFault[] {
  const byField = Map.groupBy(faults, ({ path }) => path)
  return [...byField].map(([field, all]) => {
    const [first] = all
    const more = all.length > 1 ? ` The same is true ${all.length - 1} more times.` : ""
    return { field, message: `${sentenceOf(first?.message ?? "")}${more}` }
  })
}

/** The same for the summary above, which says whose they are. */
export function inSummary(faults: readonly FieldFault[]): FieldFault[] {
  return faults.map(({ field, message }) => ({
    field,
    message: field === "" ? message : `${labelOf(field)}: ${message}`,
  }))
}

/**
 * Where something changed: `events.show.products.general.priceTypes.adult.prices.usd` is "General, adult: price in USD". What a form has a name
 * of its own for is `named` so.
 */
export function placeWords(
  path: string,
  named: (path: string) => string | undefined = () => undefined,
): string {
  const steps = [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? "",
  )
  const inside = steps[0] === "events" ? steps.slice(2) : steps
  const names: string[] = []
  let what = ""
  for (let i = 0; i < inside.length; i += 1) {
    const step = inside[i] ?? ""
    if (lists.has(step)) {
      const name = inside[i + 1]
      what = step
      if (name !== undefined)
        names.push(step === "priceLists" ? name.toUpperCase() : nameWords(name))
      i += 1
    } else if (step === "prices" || step === "suggested") {
      what = inside.slice(i).join(".")
      break
    } else what = what === "venue" ? `venue.${step}` : step
  }
  const label = lists.has(what) && names.length > 0 ? "" : (named(path) ?? labelOf(what))
  if (names.length === 0) return label === "" ? "Event" : label
  const name = names.join(", ")
  return label === "" ? name : `${name}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`
}

const lists: ReadonlySet<string> = new Set([
  "products",
  "priceTypes",
  "showtimes",
  "options",
  "values",
  "variants",
  "differences",
  "questions",
  "choices",
  "regions",
  "taxClasses",
  "rates",
  "priceLists",
  "fees",
  "pixels",
])

/** A slug or a date as a name. */
function nameWords(name: string): string {
  if (/^\d{4}-\d\d-\d\dT/.test(name)) return localWords(name)
  const words = name.replaceAll("-", " ")
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A value of the file, short. */
export function valueWords(value: unknown): string {
  if (value === undefined || value === "") return "nothing"
  if (value === null) return "no limit"
  if (value === true) return "yes"
  if (value === false) return "no"
  if (typeof value === "string")
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value) ? localWords(value) : clipped(value)
  if (typeof value === "number") return clipped(value.toLocaleString("en"))
  if (Array.isArray(value))
    return value.every((each) => typeof each === "string")
      ? clipped(value.join(", "))
      : counted(value.length, "entry", "entries")
  return clipped(titleIn(value))
}

function titleIn(value: unknown): string {
  for (const key of ["title", "label", "name", "at", "slug"] as const) {
    const found: unknown = Reflect.get(value as object, key)
    if (typeof found === "string") return key === "at" ? localWords(found) : found
  }
  return Object.entries(value as object)
    .map(([key, each]) => `${key} ${valueWords(each)}`)
    .join(", ")
}

const longest = 200

function clipped(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text
}
