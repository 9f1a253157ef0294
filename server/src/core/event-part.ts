import {
  type CatalogueFile,
  catalogueSchema,
  type EventEntry,
  type PriceTypeEntry,
  type ProductEntry,
} from "./catalogue-file.ts"
import { type CataloguePart, narrowed, picked, without } from "./catalogue-part.ts"
import type { SchemaNode } from "./json-schema.ts"
import { slugFrom } from "./slug.ts"

/** What one page of an event edits. */
export type EventPart = CataloguePart & {
  /** The form's name of the field at a fault's path in the file; undefined: it is on another page. */
  fieldAt(file: CatalogueFile, path: string): string | undefined
}

type QuestionEntry = NonNullable<CatalogueFile["questions"]>[number]
type OptionEntry = NonNullable<ProductEntry["options"]>[number]

const eventSchema = itemsAt(catalogueSchema, "events")
const productSchema = itemsAt(eventSchema, "products")
const questionSchema = itemsAt(catalogueSchema, "questions")

const saleKeys = ["salesOpen", "minPerOrder", "maxPerOrder"] as const
const ticketKeys = [
  "slug",
  "title",
  "description",
  "capacity",
  "perShowtime",
  "minPerOrder",
  "maxPerOrder",
  "priceTypes",
  "options",
  "variants",
] as const
const addOnKeys = [...ticketKeys, "kind", "picture"] as const
const pageKeys = [
  "title",
  "summary",
  "description",
  "picture",
  "pictureAlt",
  "category",
  "venue",
  "timeZone",
  "durationMinutes",
  "doorsMinutes",
] as const

/** Ticket types, their prices and stock, and when and how many are sold. */
export function ticketsPart(slug: string): EventPart {
  return productsPart(slug, saleKeys, ticketKeys, isTicket)
}

/** What is sold beside the tickets. */
export function addOnsPart(slug: string): EventPart {
  return productsPart(slug, [], addOnKeys, (product) => !isTicket(product))
}

/** What the page of the event says. */
export function pagePart(slug: string): EventPart {
  return {
    schema: narrowed(eventSchema, pageKeys),
    get: (file) => {
      const event = eventOf(file, slug)
      return event && picked(event, pageKeys)
    },
    set: (file, value) =>
      withEvent(
        file,
        slug,
        (event) => ({ ...without(event, pageKeys), ...(value as object) }) as EventEntry,
      ),
    at: (file) => placeOf(file, slug),
    fieldAt: (file, path) => {
      const field = fieldBelow(path, placeOf(file, slug))
      return pageKeys.some((key) => field === key || field?.startsWith(`${key}.`))
        ? field
        : undefined
    },
  }
}

/** Which fee and which tax each thing of the event has. */
export function chargesPart(slug: string): EventPart {
  const keys = ["slug", "fee", "taxClass"] as const
  return {
    schema: { type: "object", properties: { products: listOf(narrowed(productSchema, keys)) } },
    get: (file) => {
      const event = eventOf(file, slug)
      return event && { products: event.products.map((product) => picked(product, keys)) }
    },
    set: (file, value) => {
      const { products: typed = [] } = value as Partial<Pick<EventEntry, "products">>
      const chosen = new Map(typed.map((each) => [each.slug, each]))
      return withEvent(file, slug, (event) => ({
        ...event,
        products: event.products.map((product) => {
          const own = chosen.get(product.slug)
          return own
            ? ({ ...without(product, ["fee"]), ...picked(own, keys) } as ProductEntry)
            : product
        }),
      }))
    },
    at: (file) => placeOf(file, slug),
    fieldAt: (file, path) => fieldBelow(path, placeOf(file, slug)),
  }
}

/** What is asked of who buys this event; questions of all events are not among them. */
export function questionsPart(slug: string): EventPart {
  const own = ({ event }: QuestionEntry) => event === slug
  const othersOf = ({ questions = [] }: CatalogueFile) => questions.filter((each) => !own(each))
  const schema = narrowed(
    questionSchema,
    Object.keys(questionSchema.properties ?? {}).filter((key) => key !== "event"),
  )
  return {
    schema: { type: "object", properties: { questions: listOf(schema) }, required: ["questions"] },
    get: (file) =>
      eventOf(file, slug) && {
        questions: (file.questions ?? []).filter(own).map((each) => without(each, ["event"])),
      },
    set: (file, value) => {
      const { questions = [] } = value as { questions?: readonly QuestionEntry[] }
      return {
        ...file,
        questions: [
          ...othersOf(file),
          ...questionsNamed(questions).map((each) => ({ ...each, event: slug })),
        ],
      }
    },
    at: () => "questions",
    fieldAt: (file, path) => shifted(path, "questions", "questions", -othersOf(file).length),
  }
}

/** Where one showtime differs from the others. */
export function showtimePart(slug: string, at: string): EventPart {
  const showtimeSchema = itemsAt(eventSchema, "showtimes")
  const placeIn = (file: CatalogueFile) => {
    const index = eventOf(file, slug)?.showtimes.findIndex((each) => each.at === at) ?? -1
    return `${placeOf(file, slug)}.showtimes[${index}]`
  }
  return {
    schema: narrowed(showtimeSchema, ["differences"]),
    get: (file) => {
      const showtime = eventOf(file, slug)?.showtimes.find((each) => each.at === at)
      return showtime && { differences: showtime.differences ?? [] }
    },
    set: (file, value) => {
      const { differences = [] } = value as Partial<EventEntry["showtimes"][number]>
      return withEvent(file, slug, (event) => ({
        ...event,
        showtimes: event.showtimes.map((each) =>
          each.at === at ? { ...each, differences } : each,
        ),
      }))
    },
    at: placeIn,
    fieldAt: (file, path) => fieldBelow(path, placeIn(file)),
  }
}

/** What a form said, without the rows that only name what they are about: their places are then those of the faults. */
export function withoutUnsaid(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnsaid)
  if (typeof value !== "object" || value === null) return value
  const entries = Object.entries(value).map(([key, each]: [string, unknown]) =>
    (key === "differences" || key === "variants") && Array.isArray(each)
      ? [key, each.filter((row: object) => Object.keys(row).some(isSaid))]
      : [key, withoutUnsaid(each)],
  )
  return Object.fromEntries(entries) as unknown
}

/** A row that only names what it is about says nothing of it. */
function isSaid(key: string): boolean {
  return key !== "product" && key !== "options"
}

export function eventOf(file: CatalogueFile, slug: string): EventEntry | undefined {
  return file.events.find((event) => event.slug === slug)
}

export function withEvent(
  file: CatalogueFile,
  slug: string,
  change: (event: EventEntry) => EventEntry,
): CatalogueFile {
  return {
    ...file,
    events: file.events.map((event) => (event.slug === slug ? change(event) : event)),
  }
}

export function isTicket({ kind }: Pick<ProductEntry, "kind">): boolean {
  return kind === "ticket"
}

function productsPart(
  slug: string,
  eventKeys: readonly (keyof EventEntry)[],
  keys: readonly (keyof ProductEntry)[],
  isOwn: (product: ProductEntry) => boolean,
): EventPart {
  const wantsTickets = isOwn({ kind: "ticket" } as ProductEntry)
  const own = narrowed(productSchema, keys)
  return {
    schema: {
      ...narrowed(eventSchema, eventKeys),
      properties: { ...narrowed(eventSchema, eventKeys).properties, products: listOf(own) },
      required: ["products"],
    },
    get: (file) => {
      const event = eventOf(file, slug)
      return (
        event && {
          ...picked(event, eventKeys),
          products: event.products.filter(isOwn).map((product) => picked(product, keys)),
        }
      )
    },
    set: (file, value) => {
      const { products: typed = [], ...said } = value as Partial<EventEntry>
      return withEvent(file, slug, (event) => {
        const others = event.products.filter((product) => !isOwn(product))
        const ours = productsNamed(typed, others).map((product) =>
          completed(product, event, file, keys, wantsTickets),
        )
        const products = wantsTickets ? [...ours, ...others] : [...others, ...ours]
        return tidied({ ...without(event, eventKeys), ...said, products } as EventEntry)
      })
    },
    at: (file) => placeOf(file, slug),
    fieldAt: (file, path) => {
      const place = placeOf(file, slug)
      const first = wantsTickets ? 0 : (eventOf(file, slug)?.products.filter(isTicket).length ?? 0)
      const field = shifted(path, `${place}.products`, "products", -first)
      return field ?? saleField(fieldBelow(path, place), eventKeys)
    },
  }
}

function saleField(field: string | undefined, keys: readonly string[]): string | undefined {
  return field !== undefined && keys.includes(field) ? field : undefined
}

/** What stands at a place but not in this form stays; what is new is taxed and charged as its neighbours are. */
function completed(
  typed: ProductEntry,
  event: EventEntry,
  file: CatalogueFile,
  keys: readonly (keyof ProductEntry)[],
  isTicketForm: boolean,
): ProductEntry {
  const known = event.products.find((product) => product.slug === typed.slug)
  const like = known ?? event.products.find(isTicket) ?? event.products[0]
  const taxClass = like?.taxClass ?? file.taxClasses[0]?.slug ?? ""
  const fee = known || !isTicketForm ? known?.fee : (like?.fee ?? file.fees?.[0]?.slug)
  // A form shows combinations only up to a number.
  const variants = typed.variants ?? known?.variants
  const kind = isTicketForm ? "ticket" : isTicket(typed) || !typed.kind ? "add-on" : typed.kind
  return {
    ...(known && without(known, keys)),
    ...(fee !== undefined && { fee }),
    ...typed,
    taxClass,
    kind,
    priceTypes: pricesNamed(typed.priceTypes ?? [], typed.slug),
    ...(typed.options && { options: optionsNamed(typed.options) }),
    ...(variants && { variants }),
  } as ProductEntry
}

/** Gives a name of its own to what has none yet. */
function named<T extends { readonly slug: string }>(
  rows: readonly T[],
  wordOf: (row: T) => unknown,
  fallback: string,
  others: readonly { readonly slug: string }[] = [],
): T[] {
  const taken = new Set([...rows, ...others].flatMap(({ slug }) => slug ?? []))
  return rows.map((row) => {
    if (row.slug) return row
    const word = wordOf(row)
    const slug = slugFrom(typeof word === "string" ? word : "", taken, fallback)
    taken.add(slug)
    return { ...row, slug }
  })
}

function productsNamed(rows: readonly ProductEntry[], others: readonly ProductEntry[]) {
  return named(rows, ({ title }) => title, "ticket", others)
}

/** A product's only price is called as the product. */
function pricesNamed(rows: readonly PriceTypeEntry[], product: string): PriceTypeEntry[] {
  return named(rows, ({ title }) => title ?? product, "price")
}

function optionsNamed(rows: readonly OptionEntry[]): OptionEntry[] {
  return named(rows, ({ title }) => title, "option").map((option) => ({
    ...option,
    values: named(option.values ?? [], ({ title }) => title, "value"),
  }))
}

function questionsNamed(rows: readonly QuestionEntry[]): QuestionEntry[] {
  return named(rows, ({ label }) => label, "question").map((question) => ({
    ...question,
    required: question.required ?? false,
    ...(question.choices && { choices: named(question.choices, ({ title }) => title, "choice") }),
  }))
}

/** Without what differs in something that is no longer there. */
function tidied(event: EventEntry): EventEntry {
  const products = new Map(event.products.map((product) => [product.slug, product]))
  return {
    ...event,
    products: event.products.map((product) => ({
      ...product,
      ...(product.variants && {
        variants: product.variants
          .filter(({ options }) => isChoiceOf(product, options ?? {}))
          .map((variant) => withKnownPrices(variant, product))
          .filter((variant) => Object.keys(variant).some(isSaid)),
      }),
    })),
    showtimes: event.showtimes.map((showtime) => ({
      ...showtime,
      ...(showtime.differences && {
        differences: showtime.differences.flatMap((difference) => {
          const product = products.get(difference.product)
          const { options } = difference
          if (!product || (options && !isChoiceOf(product, options))) return []
          return [withKnownPrices(difference, product)]
        }),
      }),
    })),
  }
}

function isChoiceOf(
  { options = [] }: ProductEntry,
  chosen: Readonly<Record<string, string>>,
): boolean {
  return (
    Object.keys(chosen).length === options.length &&
    options.every(({ slug, values }) => values?.some((value) => value.slug === chosen[slug]))
  )
}

function withKnownPrices<T extends { readonly prices?: Readonly<Record<string, unknown>> }>(
  difference: T,
  { priceTypes }: ProductEntry,
): T {
  if (!difference.prices) return difference
  const known = Object.entries(difference.prices).filter(([slug]) =>
    priceTypes.some((priceType) => priceType.slug === slug),
  )
  const { prices: _, ...rest } = difference
  return (known.length > 0 ? { ...rest, prices: Object.fromEntries(known) } : rest) as T
}

/** `questions[5].label` as `questions[2].label`; undefined for what stands before, or elsewhere. */
function shifted(path: string, list: string, name: string, by: number): string | undefined {
  if (path === list) return name
  const [, place, rest = ""] = /^\[(\d+)\](.*)$/.exec(path.slice(list.length)) ?? []
  if (!path.startsWith(`${list}[`) || place === undefined) return undefined
  const index = Number(place) + by
  return index < 0 ? undefined : `${name}[${index}]${rest}`
}

function placeOf(file: CatalogueFile, slug: string): string {
  return `events[${file.events.findIndex((event) => event.slug === slug)}]`
}

function fieldBelow(path: string, place: string): string | undefined {
  return path.startsWith(`${place}.`) ? path.slice(place.length + 1) : undefined
}

function itemsAt(schema: SchemaNode, key: string): SchemaNode {
  const items = schema.properties?.[key]?.items
  if (!items) throw new Error(`there is no list ${key}`)
  return items
}

function listOf(items: SchemaNode): SchemaNode {
  return { type: "array", items, maxItems: 200 }
}
