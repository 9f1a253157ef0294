import {
  cleanLine,
  cleanText,
  type ToldEvent,
  type ToldTicket,
  type ToldTime,
} from "#core/found-event.ts"
import {
  attributeOf,
  decodedText,
  type Element,
  elementsOf,
  inTurn,
  ownText,
  type Patience,
  textIn,
} from "#documents/html-nodes.ts"

type Thing = Readonly<Record<string, unknown>>

const mostThings = 20_000
const mostEvents = 2000

/** The schema.org events of a page: in JSON-LD (https://json-ld.org) and in microdata. Whatever else is in them is not read. */
export function readPageEvents(body: Uint8Array, contentType?: string): ToldEvent[] {
  const elements = elementsOf(decodedText(body, contentType))
  const things = [...linkedThings(elements), ...microdataThings(elements)]
  return things.filter(isEvent).slice(0, mostEvents).map(toldEvent)
}

// Where the things are ---------------------------------------------------------------------------------------------------------------------

/** Everything in the page's JSON-LD, however deep it stands in lists and graphs. */
function linkedThings(elements: readonly Element[]): Thing[] {
  const waiting: unknown[] = elements
    .filter(
      ({ tagName, attrs }) =>
        tagName === "script" &&
        attrs.some(({ name, value }) => name === "type" && /^application\/ld\+json/i.test(value)),
    )
    .slice(0, 200)
    .map((element) => parsed(ownText(element)))
    .toReversed()
  const things: Thing[] = []
  for (let steps = 0; waiting.length > 0 && steps < mostThings; steps += 1) {
    const next = waiting.pop()
    if (Array.isArray(next)) waiting.push(...next.slice(0, mostThings).toReversed())
    if (!isThing(next)) continue
    things.push(next)
    waiting.push(
      next["subEvent"],
      next["itemListElement"],
      next["item"],
      next["mainEntity"],
      next["event"],
      next["events"],
      next["@graph"],
    )
  }
  return things
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.trim().replace(/^<!--|-->$|^\/\/<!\[CDATA\[|\/\/\]\]>$/g, ""))
  } catch {
    return undefined
  }
}

/** Items of https://html.spec.whatwg.org/multipage/microdata.html, as things of the same shape. */
function microdataThings(elements: readonly Element[]): Thing[] {
  const patience = { left: mostLooks }
  return elements
    .filter((element) => attributeOf(element, "itemscope") !== undefined)
    .filter((element) =>
      /schema\.org\/\w*(Event|Festival)\b/.test(attributeOf(element, "itemtype") ?? ""),
    )
    .slice(0, mostEvents)
    .map((element) => itemOf(element, 0, patience))
}

/** Items may stand within each other, and each is told with all that is in it: a page of them deep in one another is not read to its end. */
const mostLooks = 1_000_000
/** What an event has of one kind that anybody reads. */
const mostOfOne = 50

function itemOf(element: Element, depth: number, patience: Patience): Thing {
  const type = /schema\.org\/(\w+)/.exec(attributeOf(element, "itemtype") ?? "")?.[1]
  const properties = new Map<string, unknown[]>()
  const waiting = inTurn(element)
  for (let node = waiting.pop(); node && patience.left > 0; node = waiting.pop()) {
    patience.left -= 1
    if (!("tagName" in node)) continue
    const isItem = attributeOf(node, "itemscope") !== undefined
    const wanted = namesOf(node).filter((name) => (properties.get(name)?.length ?? 0) < mostOfOne)
    const value =
      wanted.length > 0 &&
      (isItem && depth < 4 ? itemOf(node, depth + 1, patience) : valueOf(node, patience))
    for (const name of wanted) properties.set(name, [...(properties.get(name) ?? []), value])
    if (!isItem) inTurn(node, waiting)
  }
  const entries = [...properties].map(([name, all]) => [name, all.length > 1 ? all : all[0]])
  return { ...Object.fromEntries(entries), "@type": type ?? "" }
}

/** Only what is read of an event, so that no page makes work with names of its own. */
const readNames = new Set(
  "name description startDate endDate location address streetAddress addressLocality addressRegion addressCountry eventStatus offers price lowPrice priceCurrency".split(
    " ",
  ),
)

function namesOf(element: Element): string[] {
  const names = (attributeOf(element, "itemprop") ?? "").slice(0, 500).split(/\s+/)
  return [...new Set(names)].filter((name) => readNames.has(name))
}

function valueOf(element: Element, patience: Patience): string {
  const named = ["content", "datetime", "href", "src"].flatMap(
    (name) => attributeOf(element, name) ?? [],
  )
  return named[0] ?? textIn(element, 20_000, patience)
}

function isThing(value: unknown): value is Thing {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function isEvent(thing: Thing): boolean {
  return [thing["@type"]]
    .flat()
    .some((type) => typeof type === "string" && /(^|\/)(\w*Event|Festival|Hackathon)$/.test(type))
}

// What they tell ---------------------------------------------------------------------------------------------------------------------------

function toldEvent(thing: Thing): ToldEvent {
  const start = timeOf(thing["startDate"])
  const end = timeOf(thing["endDate"])
  const durationMinutes = start && end ? minutesBetween(start, end) : undefined
  return {
    title: cleanLine(firstText(thing["name"]), 200),
    description: cleanText(plainText(firstText(thing["description"])), 10_000),
    venue: venueOf(thing["location"]),
    times: start ? [start] : [],
    ...(durationMinutes !== undefined && { durationMinutes }),
    isCanceled: /Cancelled|Canceled/.test(wordsOf(thing["eventStatus"])),
    tickets: [thing["offers"]].flat().slice(0, 50).flatMap(ticketOf),
    doubts: thing["startDate"] !== undefined && !start ? ["Its date could not be read."] : [],
  }
}

/** Texts in several languages are lists, or objects with `@value`. */
function firstText(value: unknown): unknown {
  const [first] = [value].flat()
  return isThing(first) ? first["@value"] : first
}

function wordsOf(value: unknown): string {
  const text = firstText(value)
  return typeof text === "string" || typeof text === "number" ? String(text) : ""
}

/** Some write HTML into a description. */
function plainText(value: unknown): string {
  const text = typeof value === "string" ? value : ""
  if (!/<\w|&\w+;/.test(text)) return text
  return elementsOf(`<body>${text.slice(0, 100_000)}`)
    .filter(({ tagName }) => tagName === "body")
    .map((body) => textIn(body))
    .join("")
}

/** `2026-11-28T20:00:00-05:00`, with or without seconds, offset or clock. */
export function timeOf(value: unknown): ToldTime | undefined {
  const text = wordsOf(value).trim()
  const match =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i.exec(text)
  if (!match) return undefined
  const [, day = "", clock, offset] = match
  return {
    local: `${day}T${clock ?? "00:00"}`,
    ...(offset !== undefined && {
      offset: offset.toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, "$1:$2"),
    }),
    hasClock: clock !== undefined,
  }
}

function minutesBetween(start: ToldTime, end: ToldTime): number | undefined {
  const ms = ({ local, offset = "Z" }: ToldTime) => Date.parse(`${local}:00${offset}`)
  const minutes = (ms(end) - ms(start)) / 60_000
  return start.hasClock && end.hasClock && minutes >= 1 && minutes <= 24 * 60 ? minutes : undefined
}

function venueOf(location: unknown): ToldEvent["venue"] {
  const [place] = [location].flat()
  if (typeof place === "string")
    return { name: cleanLine(place, 200), street: "", city: "", subdivision: "", country: "" }
  if (!isThing(place)) return { name: "", street: "", city: "", subdivision: "", country: "" }
  const [address] = [place["address"]].flat()
  const of = (name: string) => cleanLine(isThing(address) ? firstText(address[name]) : "", 200)
  const nation =
    isThing(address) && isThing(address["addressCountry"])
      ? address["addressCountry"]["name"]
      : of("addressCountry")
  return {
    name: cleanLine(firstText(place["name"]), 200),
    street: typeof address === "string" ? cleanLine(address, 200) : of("streetAddress"),
    city: of("addressLocality"),
    subdivision: shortRegion(of("addressRegion")),
    country: /^[a-z]{2}$/i.test(wordsOf(nation)) ? wordsOf(nation).toUpperCase() : "",
  }
}

/** The short form only: a name would be no ISO 3166-2. */
function shortRegion(region: string): string {
  const short = region.toUpperCase().replace(/^[A-Z]{2}-/, "")
  return /^[A-Z0-9]{1,3}$/.test(short) ? short : ""
}

function ticketOf(offer: unknown): ToldTicket[] {
  if (!isThing(offer)) return []
  const price = firstText(offer["price"] ?? offer["lowPrice"])
  if (price === undefined || price === "") return []
  const currency = cleanLine(firstText(offer["priceCurrency"]), 3).toLowerCase()
  return [
    {
      title: cleanLine(firstText(offer["name"]), 200),
      price: decimal(price),
      ...(/^[a-z]{3}$/.test(currency) && { currency }),
    },
  ]
}

/** "25", "25.00", "25,00", "$25.00", "1,200.50": with a point, and no sign. */
export function decimal(price: unknown): string {
  const bare = wordsOf(price)
    .slice(0, 40)
    .replaceAll(/[^\d.,-]/g, "")
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare)) return bare.replaceAll(",", "")
  if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(bare) && bare.includes(","))
    return bare.replaceAll(".", "").replace(",", ".")
  return bare.replace(",", ".")
}
