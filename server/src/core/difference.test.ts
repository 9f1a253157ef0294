import fc from "fast-check"
import { expect, it } from "vitest"
import { aCatalogue } from "#testing/catalogue-file.ts"
import { differences, merged } from "./difference.ts"

const event = () => aCatalogue().events[0]

it("names what differs, by what identifies it", () => {
  const after = event()
  after.title = "New"
  after.products[0].priceTypes[0].prices.cad = "14.00"
  after.products[0].priceTypes[0].prices.jpy = undefined
  after.products.unshift({ slug: "mug", kind: "merchandise" })
  after.showtimes.pop()
  expect(differences(event(), after)).toEqual([
    { path: "title", before: "The Show", after: "New" },
    {
      path: 'showtimes["2030-12-05T20:00"]',
      before: event().showtimes[1],
      after: undefined,
    },
    { path: "products.mug", before: undefined, after: { slug: "mug", kind: "merchandise" } },
    { path: "products.admission.priceTypes.adult.prices.cad", before: "12.00", after: "14.00" },
    { path: "products.admission.priceTypes.adult.prices.jpy", before: "1200", after: undefined },
  ])
})

it("tells a new order from other rows", () => {
  const after = event()
  after.products.reverse()
  expect(differences(event(), after)).toEqual([
    { path: "products", before: ["admission", "shirt"], after: ["shirt", "admission"] },
  ])
  expect(merged(event(), after, () => true)).toEqual(after)
  expect(merged(event(), after, () => false)).toEqual(event())
})

it("compares by place what nothing identifies, and different kinds as a whole", () => {
  expect(differences({ a: ["x", "y"] }, { a: ["x", "z"] })).toEqual([
    { path: "a", before: ["x", "y"], after: ["x", "z"] },
  ])
  expect(differences([{ slug: "a" }, { slug: "a" }], [])).toHaveLength(1)
  expect(differences({ a: null }, { a: { b: 1 } })).toEqual([
    { path: "a", before: null, after: { b: 1 } },
  ])
  expect(differences({ b: 1, a: 2 }, { a: 2, b: 1, c: undefined })).toEqual([])
})

it("takes the chosen places only", () => {
  const theirs = event()
  const mine = event()
  theirs.title = "Theirs"
  theirs.products[0].capacity = 90
  mine.products[0].capacity = 80
  mine.products.pop()
  const both = merged(theirs, mine, (path) => path !== "title" && path !== "products.shirt")
  expect(both).toMatchObject({ title: "Theirs", products: [{ capacity: 80 }, { slug: "shirt" }] })
})

it("tells what is absent from what is null", () => {
  expect(differences({ show: {} }, { show: { capacity: null } })).toEqual([
    { path: "show.capacity", before: undefined, after: null },
  ])
})

const part = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 1, 2, "a", "b"),
    fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("x", "y", "z"), tie("value"), { noNullPrototype: true }),
    fc.uniqueArray(
      fc.record(
        { slug: fc.constantFrom("a", "b", "c", "d"), v: tie("value") },
        {
          noNullPrototype: true,
        },
      ),
      { selector: ({ slug }) => slug },
    ),
  ),
})).value

it("loses nothing: all chosen is the one, none is the other, and no difference is none", () => {
  fc.assert(
    fc.property(part, part, (one, other) => {
      expect(merged(one, other, () => true)).toEqual(other)
      expect(merged(one, other, () => false)).toEqual(one)
      expect(differences(one, one)).toEqual([])
    }),
  )
})
