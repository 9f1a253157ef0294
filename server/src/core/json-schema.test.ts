import { readFileSync } from "node:fs"
import { Ajv2020 } from "ajv/dist/2020.js"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { aCatalogue, type LooseFile } from "#testing/catalogue-file.ts"
import { catalogueSchema, catalogueSchemaDocument } from "./catalogue-file.ts"
import { shapeFaults } from "./json-schema.ts"

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true })
const validate = ajv.compile(catalogueSchemaDocument())

describe("the catalogue schema", () => {
  it("is what the documentation offers to editors", () => {
    const offered = new URL("../../../docs/catalogue.schema.json", import.meta.url)
    expect(JSON.parse(readFileSync(offered, "utf8"))).toEqual(catalogueSchemaDocument())
  })

  it("accepts a plain file, as any validator of JSON Schema does", () => {
    expect(validate(aCatalogue()), JSON.stringify(validate.errors)).toBe(true)
    expect(shapeFaults(catalogueSchema, aCatalogue())).toEqual([])
  })

  it("is checked as a validator of JSON Schema checks it, whatever is put anywhere into a file", () => {
    const places = placesIn(aCatalogue())
    const odd = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        "",
        "x",
        "25.00",
        "UPPER",
        "2030-12-03T19:30",
        -1,
        0,
        1.5,
        1e12,
      ),
      fc.constantFrom<unknown>(true, [], {}, [{}], { size: "l" }, "a".repeat(20_000)),
    )
    fc.assert(
      fc.property(fc.constantFrom(...places), odd, fc.boolean(), (place, value, adds) => {
        const file = aCatalogue((all) => put(all, place, value, adds))
        const same = validate(file)
        expect(shapeFaults(catalogueSchema, file).length === 0).toBe(same)
      }),
      { numRuns: 1000 },
    )
  })

  it("names every fault with its place", () => {
    const file = aCatalogue((all) => {
      delete all.account.name
      all.account.colour = "red"
      all.regions[0].currency = "CAD"
      all.events[0].products[0].priceTypes[0].prices.cad = 12
      all.events[0].products[0].capacity = 1.5
      all.events[0].showtimes[0].repeat.every = "month"
      all.fees = {}
    })
    expect(shapeFaults(catalogueSchema, file)).toEqual([
      { path: "account.name", message: "is missing" },
      {
        path: "account.colour",
        message: expect.stringContaining("is not known; here can be slug, name"),
      },
      {
        path: "regions[0].currency",
        message: "must be a currency as three lower-case letters (ISO 4217)",
      },
      { path: "fees", message: "must be a list" },
      { path: "events[0].showtimes[0].repeat.every", message: "must be one of day, week" },
      { path: "events[0].products[0].capacity", message: "must be a whole number or null" },
      { path: "events[0].products[0].priceTypes[0].prices.cad", message: "must be text" },
    ])
  })
})

type Place = readonly (string | number)[]

function placesIn(value: unknown, place: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [place]
  const inner = Object.entries(value).flatMap(([key, element]) =>
    placesIn(element, [...place, Array.isArray(value) ? Number(key) : key]),
  )
  return [place, ...inner]
}

function put(file: object, place: Place, value: unknown, adds: boolean): void {
  const parent = place.slice(0, -1).reduce<LooseFile>((inner, key) => inner[key], file)
  const key = place.at(-1)
  if (key === undefined) return
  if (adds) parent[Array.isArray(parent) ? parent.length : "unknown"] = value
  else parent[key] = value
}
