import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { catalogueSchema } from "./catalogue-file.ts"
import { formEntriesOf, readFormTree } from "./form-tree.ts"
import { list, object, type SchemaNode, shaped, whole, words, yesOrNo } from "./json-schema.ts"

const show = object(
  "A show.",
  { title: words("", 20, 1), dates: list("", shaped("a date", "^\\d+$"), 10) },
  {
    capacity: whole("", 0, 10),
    open: yesOrNo(""),
    venue: object("", { city: words("", 20, 1) }, { street: words("", 20) }),
    tags: list("", words("", 20), 10),
    rows: list("", object("", { name: words("", 20) }, { n: whole("", 0, 9) }), 10),
  },
)

it("types what was typed, and leaves wrong texts to the schema", () => {
  const entries: [string, string][] = [
    ["title", "  The Show \r\nlive "],
    ["capacity", "12"],
    ["open", "false"],
    ["open", "on"],
    ["venue.city", "Toronto"],
    ["venue.street", ""],
    ["base", "not ours"],
  ]
  expect(readFormTree(show, entries)).toEqual({
    title: "The Show \nlive",
    capacity: 12,
    open: true,
    venue: { city: "Toronto" },
    dates: [],
  })
  expect(readFormTree(show, [["capacity", "many"]])).toEqual({ capacity: "many", dates: [] })
})

it("leaves out what is empty, closes the gaps of lists, and keeps what is required", () => {
  const entries: [string, string][] = [
    ["rows[7].name", "last"],
    ["rows[2].name", "first"],
    ["rows[4].name", " "],
    ["rows[4].n", ""],
    ["venue.city", ""],
    ["venue.street", ""],
  ]
  const read = readFormTree(show, entries)
  expect(read).toEqual({ dates: [], rows: [{ name: "first" }, { name: "last" }] })
  expect(readFormTree(show, [])).toEqual({ dates: [] })
  expect(readFormTree(show, [["venue.street", "Main"]])).toEqual({
    dates: [],
    venue: { street: "Main" },
  })
})

it("reads a list of texts from one field, or from many of one name", () => {
  const entries: [string, string][] = [
    ["dates", "1, 2\n3"],
    ["tags", "stand up\r\n\r\nlate show"],
    ["tags", "new"],
  ]
  expect(readFormTree(show, entries)).toEqual({
    dates: ["1", "2", "3"],
    tags: ["stand up", "late show", "new"],
  })
})

describe("hostile names", () => {
  it.each([
    "__proto__.polluted",
    "constructor.prototype.polluted",
    "venue.__proto__.polluted",
    'venue["__proto__"].polluted',
    "venue.toString",
    "rows[0].__proto__.polluted",
    "rows[999999999].name",
    "rows[10].name",
    "rows[-1].name",
    "rows[1e3].name",
    "rows.length",
    "title.length",
    "title[0]",
    ".title",
    "title..x",
    "",
    "[",
    'venue["',
    "venue[".repeat(100),
    `${"a.".repeat(5000)}b`,
  ])("%j reach nothing", (name) => {
    expect(readFormTree(show, [[name, "x"]])).toEqual({ dates: [] })
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
  })

  it("stay names in a map, and nothing else", () => {
    const { prices } =
      catalogueSchema.properties!["events"]!.items!.properties!["products"]!.items!.properties![
        "priceTypes"
      ]!.items!.properties!
    const read = readFormTree(prices!, [
      ["__proto__", "1"],
      ["constructor", "2"],
      ['["a b"]', "3"],
    ]) as object
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
    expect(Object.entries(read)).toEqual([
      ["constructor", "2"],
      ["a b", "3"],
    ])
  })

  it("never make it throw, whatever was sent", () => {
    const names = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc
        .array(fc.constantFrom("rows", "venue", "[", "]", '"', ".", "0", "9999999", "__proto__"))
        .map((all) => all.join("")),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.string({ unit: "binary" }))), (entries) => {
        const read = readFormTree(show, entries) as { rows?: unknown[]; dates: unknown[] }
        expect((read.rows ?? []).length).toBeLessThanOrEqual(10)
        expect(Object.keys(show.properties!)).toEqual(expect.arrayContaining(Object.keys(read)))
      }),
    )
  })

  it("are read up to a limit", () => {
    const many = (function* () {
      for (;;) yield ["tags", "x"] as const
    })()
    expect((readFormTree(show, many) as { tags: unknown[] }).tags).toHaveLength(20_000)
  })
})

it("reads back any part of any catalogue from the fields that say it", () => {
  fc.assert(
    fc.property(valuesOf(catalogueSchema), (file) => {
      expect(readFormTree(catalogueSchema, formEntriesOf(catalogueSchema, file))).toEqual(file)
    }),
    { numRuns: 50 },
  )
  const event = catalogueSchema.properties!["events"]!.items!
  fc.assert(
    fc.property(valuesOf(event), (entry) => {
      expect(readFormTree(event, formEntriesOf(event, entry))).toEqual(entry)
    }),
    { numRuns: 50 },
  )
})

/** Values of a schema's shape, not of its rules; without empty ones, which a form cannot tell from absent ones. */
function valuesOf(schema: SchemaNode): fc.Arbitrary<unknown> {
  const types = [schema.type ?? []].flat()
  if (types.includes("null"))
    return fc.oneof(fc.constant(null), valuesOf({ ...schema, type: types[0]! }))
  if (types[0] === "integer") return fc.integer()
  if (types[0] === "boolean") return fc.boolean()
  if (types[0] === "object") return objectsOf(schema)
  if (types[0] === "array") return fc.array(valuesOf(schema.items!), { minLength: 1, maxLength: 3 })
  return fc
    .string({ unit: "grapheme", minLength: 1 })
    .map((text) => `x${text.replaceAll(/[\r\s,]/g, "")}`)
}

function objectsOf(schema: SchemaNode): fc.Arbitrary<unknown> {
  const { properties, required = [], additionalProperties } = schema
  if (!properties)
    return fc.dictionary(
      fc.string({ maxLength: 5 }).filter((name) => name !== "__proto__"),
      valuesOf(additionalProperties as SchemaNode),
      { minKeys: 1, maxKeys: 3, noNullPrototype: true },
    )
  const entries = Object.entries(properties).map(([name, each]) => [name, valuesOf(each)])
  return fc
    .record(Object.fromEntries(entries) as Record<string, fc.Arbitrary<unknown>>, {
      requiredKeys: [...required],
      noNullPrototype: true,
    })
    .filter((value) => Object.keys(value).length > 0)
}
