import { describe, expect, it } from "vitest"
import { aCatalogue, type LooseFile } from "#testing/catalogue-file.ts"
import { catalogueFaults } from "./catalogue-checks.ts"
import { type CatalogueFile, catalogueSchema } from "./catalogue-file.ts"
import {
  addOnsPart,
  chargesPart,
  eventOf,
  type EventPart,
  pagePart,
  questionsPart,
  showtimePart,
  ticketsPart,
} from "./event-part.ts"
import { formEntriesOf, readFormTree } from "./form-tree.ts"
import { shapeFaults } from "./json-schema.ts"

function aFile(change?: (file: LooseFile) => void): CatalogueFile {
  return aCatalogue((file) => {
    file.events.unshift({ ...structuredClone(file.events[0]), slug: "other" })
    file.questions.unshift({
      slug: "diet",
      label: "Diet?",
      kind: "text",
      required: true,
      event: "show",
    })
    change?.(file)
  })
}

/** What a browser would send back of the part, with some fields typed anew. */
function sent(part: EventPart, file: CatalogueFile, typed: Readonly<Record<string, string>> = {}) {
  const entries = new Map(formEntriesOf(part.schema, part.get(file)))
  for (const [name, value] of Object.entries(typed)) entries.set(name, value)
  return readFormTree(part.schema, entries)
}

const parts: [string, EventPart][] = [
  ["tickets", ticketsPart("show")],
  ["add-ons", addOnsPart("show")],
  ["page", pagePart("show")],
  ["charges", chargesPart("show")],
  ["questions", questionsPart("show")],
  ["showtime", showtimePart("show", "2030-12-05T20:00")],
]

describe.each(parts)("the form of %s", (_, part) => {
  it("sent back as it came changes nothing that the file says", () => {
    const file = aFile()
    const after = part.set(file, sent(part, file))
    expect(part.get(after)).toEqual(part.get(file))
    expect(shapeFaults(catalogueSchema, after)).toEqual([])
    expect(catalogueFaults(after)).toEqual([])
    const sorted = ({ events, questions = [], ...rest }: CatalogueFile) => ({
      ...rest,
      events: JSON.parse(JSON.stringify(events)) as unknown,
      questions: questions.toSorted((a, b) => (a.slug < b.slug ? -1 : 1)),
    })
    expect(sorted(after)).toEqual(sorted(file))
  })

  it("has nothing to show of an event that is not there", () => {
    const { events: _all, ...rest } = aFile()
    expect(part.get({ ...rest, events: [] })).toBeUndefined()
  })
})

it("finds the field of a fault, and no other page's", () => {
  const file = aFile()
  const tickets = ticketsPart("show")
  expect(tickets.fieldAt(file, "events[1].products[0].capacity")).toBe("products[0].capacity")
  expect(tickets.fieldAt(file, "events[1].salesOpen")).toBe("salesOpen")
  expect(tickets.fieldAt(file, "events[1].title")).toBeUndefined()
  expect(tickets.fieldAt(file, "events[0].salesOpen")).toBeUndefined()
  const addOns = addOnsPart("show")
  expect(addOns.fieldAt(file, "events[1].products[1].title")).toBe("products[0].title")
  expect(addOns.fieldAt(file, "events[1].products[0].title")).toBeUndefined()
  const questions = questionsPart("show")
  expect(questions.fieldAt(file, "questions[1].label")).toBe("questions[0].label")
  expect(questions.fieldAt(file, "questions[0].label")).toBeUndefined()
  const page = pagePart("show")
  expect(page.fieldAt(file, "events[1].venue.city")).toBe("venue.city")
  expect(page.fieldAt(file, "events[1].products[0].title")).toBeUndefined()
  const showtime = showtimePart("show", "2030-12-05T20:00")
  expect(showtime.fieldAt(file, "events[1].showtimes[1].differences[0].capacity")).toBe(
    "differences[0].capacity",
  )
})

it("names what is new by its title, as nothing else is named", () => {
  const file = aFile()
  const part = ticketsPart("show")
  const after = part.set(
    file,
    sent(part, file, {
      "products[1].title": "Shirt",
      "products[1].priceTypes[0].prices.cad": "5.00",
      "products[1].priceTypes[1].title": "Early Bird",
      "products[1].priceTypes[1].prices.cad": "4.00",
      "products[0].priceTypes[2].title": "Adult",
      "products[0].priceTypes[2].prices.cad": "9.00",
    }),
  )
  const { products } = eventOf(after, "show")!
  expect(products.map(({ slug, kind }) => [slug, kind])).toEqual([
    ["admission", "ticket"],
    ["shirt-2", "ticket"],
    ["shirt", "merchandise"],
  ])
  expect(products[0]!.priceTypes.map(({ slug }) => slug)).toEqual(["adult", "any", "adult-2"])
  expect(products[1]).toMatchObject({
    taxClass: "admission",
    fee: "standard",
    priceTypes: [{ slug: "shirt-2" }, { slug: "early-bird" }],
  })
  expect(catalogueFaults(after)).toEqual([])
})

it("takes along nothing that differs in what is no longer there", () => {
  const file = aFile((each) => {
    each.events[1].showtimes[1].differences = [
      {
        product: "admission",
        capacity: 5,
        prices: { adult: { cad: "1.00" }, any: { cad: "0.50" } },
      },
    ]
  })
  const part = ticketsPart("show")
  const value = sent(part, file) as LooseFile
  value.products[0].priceTypes.pop()
  const without = part.set(file, value)
  expect(eventOf(without, "show")!.showtimes[1]!.differences).toEqual([
    { product: "admission", capacity: 5, prices: { adult: { cad: "1.00" } } },
  ])
  const none = part.set(file, { ...value, products: [] })
  expect(eventOf(none, "show")!.showtimes[1]!.differences).toEqual([])
  expect(catalogueFaults(none)).toEqual([])
  const shirts = addOnsPart("show")
  const sizes = sent(shirts, file) as LooseFile
  sizes.products[0].options[0].values.pop()
  const smaller = shirts.set(file, sizes)
  expect(eventOf(smaller, "show")!.products[1]!.variants).toEqual([])
  expect(catalogueFaults(smaller)).toEqual([])
})

it("keeps what a form does not show", () => {
  const file = aFile((each) => {
    each.events[1].products[0].picture = "/media/demo/x.png"
  })
  const part = ticketsPart("show")
  const after = part.set(file, sent(part, file, { "products[0].title": "Seats" }))
  expect(eventOf(after, "show")!.products[0]).toMatchObject({
    title: "Seats",
    picture: "/media/demo/x.png",
    fee: "standard",
    kind: "ticket",
  })
})

it("does not let a form of add-ons make tickets, nor the other way round", () => {
  const file = aFile()
  const addOns = addOnsPart("show")
  const after = addOns.set(file, sent(addOns, file, { "products[0].kind": "ticket" }))
  expect(eventOf(after, "show")!.products.map(({ kind }) => kind)).toEqual(["ticket", "add-on"])
})

it("clears a fee", () => {
  const file = aFile()
  const part = chargesPart("show")
  const after = part.set(file, sent(part, file, { "products[0].fee": "" }))
  expect(eventOf(after, "show")!.products[0]).not.toHaveProperty("fee")
})
