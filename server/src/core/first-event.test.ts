import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { catalogueFaults } from "./catalogue-checks.ts"
import { catalogueSchema } from "./catalogue-file.ts"
import { type TypedEvent, withFirstEvent } from "./first-event.ts"
import { shapeFaults } from "./json-schema.ts"
import { newAccountFile } from "./new-account.ts"

const now = "2026-11-20T17:00:00Z"
const file = newAccountFile("laughing-stock", {
  name: "Laughing Stock",
  country: "CA",
  currency: "cad",
  timeZone: "America/Toronto",
})

function typed(parts: Partial<TypedEvent> = {}): TypedEvent {
  return {
    title: "Friday Night Stand-up",
    summary: "",
    picture: "",
    venue: "The Cellar",
    street: "",
    city: "Toronto",
    subdivision: "ON",
    at: "2026-11-28T20:00",
    repeat: "once",
    times: "",
    capacity: "120",
    tickets: [
      { title: "Adult", price: "28" },
      { title: "Student", price: "18.50" },
      { title: "", price: "" },
    ],
    fee: "shopper",
    feePercent: "4",
    feeFixed: "0.50",
    taxName: "HST",
    taxPercent: "13",
    ...parts,
  }
}
const made = (parts: Partial<TypedEvent> = {}) => withFirstEvent(file, typed(parts), now)
const faultsOf = (parts: Partial<TypedEvent>) => {
  const result = made(parts)
  return result.ok ? [] : result.faults.map(({ field }) => field)
}

describe("the short form of a first event", () => {
  it("makes an event that can be sold, with its fee and its tax", () => {
    const result = made()
    if (!result.ok) throw new Error(JSON.stringify(result.faults))
    expect(shapeFaults(catalogueSchema, result.file)).toEqual([])
    expect(catalogueFaults(result.file)).toEqual([])
    expect(result.slug).toBe("friday-night-stand-up")
    expect(result.file.events[0]).toMatchObject({
      showtimes: [{ at: "2026-11-28T20:00" }],
      products: [
        {
          capacity: 120,
          fee: "service",
          priceTypes: [
            { slug: "adult", prices: { cad: "28.00" } },
            { slug: "student", prices: { cad: "18.50" } },
          ],
        },
      ],
    })
    expect(result.file.fees).toMatchObject([{ percent: "4", amounts: { cad: { fixed: "0.50" } } }])
    expect(result.file.taxClasses[0]!.rates).toEqual([
      { country: "CA", subdivision: "ON", name: "HST", percent: "13" },
    ])
  })

  it("needs no more than a name, a place, a time and a price", () => {
    const result = made({
      subdivision: "",
      capacity: "",
      tickets: [{ title: "", price: "0" }],
      fee: "none",
      feePercent: "",
      feeFixed: "",
      taxName: "",
      taxPercent: "",
    })
    if (!result.ok) throw new Error(JSON.stringify(result.faults))
    expect(catalogueFaults(result.file)).toEqual([])
    expect(result.file.fees).toBeUndefined()
    expect(result.file.events[0]!.products[0]).toMatchObject({ capacity: null })
  })

  it("repeats over a change of the clock, and names a second event of the same name apart", () => {
    const first = made({ repeat: "week", times: "20" })
    if (!first.ok) throw new Error(JSON.stringify(first.faults))
    const second = withFirstEvent(first.file, typed({ fee: "organizer" }), now)
    if (!second.ok) throw new Error(JSON.stringify(second.faults))
    expect(second.slug).toBe("friday-night-stand-up-2")
    expect(catalogueFaults(second.file)).toEqual([])
    expect(second.file.fees).toHaveLength(1)
    expect(second.file.taxClasses[0]!.rates).toHaveLength(1)
  })

  it.each([
    [{ title: "" }, ["title"]],
    [{ venue: "", city: "" }, ["venue", "city"]],
    [{ subdivision: "Ontario" }, ["subdivision"]],
    [{ at: "" }, ["at"]],
    [{ at: "28/11/2026 20:00" }, ["at"]],
    [{ at: "2026-02-30T20:00" }, ["at"]],
    [{ at: "2020-01-01T20:00" }, ["at"]],
    [{ at: "2027-03-14T02:30" }, ["at"]],
    [{ at: "2027-03-07T02:30", repeat: "week", times: "3" }, ["at"]],
    [{ repeat: "week", times: "" }, ["times"]],
    [{ repeat: "week", times: "1000000" }, ["times"]],
    [{ capacity: "many" }, ["capacity"]],
    [{ capacity: "0" }, ["capacity"]],
    [{ tickets: [{ title: "", price: "" }] }, ["tickets[0].price"]],
    [{ tickets: [{ title: "Adult", price: "" }] }, ["tickets[0].price"]],
    [{ tickets: [{ title: "Adult", price: "-5" }] }, ["tickets[0].price"]],
    [{ tickets: [{ title: "Adult", price: "€5" }] }, ["tickets[0].price"]],
    [
      {
        tickets: [
          { title: "", price: "5" },
          { title: "B", price: "6" },
        ],
      },
      ["tickets[0].title"],
    ],
    [{ title: "x".repeat(201), taxName: "x".repeat(41) }, ["title", "taxName"]],
    [{ fee: "nobody" }, ["fee"]],
    [{ feePercent: "101" }, ["feePercent"]],
    [{ feeFixed: "a lot" }, ["feeFixed"]],
    [{ taxPercent: "13", taxName: "" }, ["taxName"]],
    [{ taxPercent: "thirteen" }, ["taxPercent"]],
  ])("says what is wrong with %j", (parts, fields) => {
    expect(faultsOf(parts)).toEqual(fields)
  })

  it("tells of an hour that clocks skip", () => {
    const result = made({ at: "2027-03-14T02:30" })
    expect(!result.ok && result.faults[0]!.message).toContain("does not exist")
  })

  it("makes nothing that the catalogue would refuse by its contents, whatever is typed", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("0", "12,50", "100", "5 %", "ON", "service"))
    const anything = fc.record({
      title: fc.string({ maxLength: 200 }).map((each) => each.trim()),
      summary: fc.string({ maxLength: 300 }),
      venue: fc.string({ maxLength: 200 }).map((each) => each.trim()),
      city: fc.string({ maxLength: 200 }).map((each) => each.trim()),
      subdivision: fc.constantFrom("", "ON", "x"),
      repeat: fc.constantFrom("once", "week", "day", "never"),
      times: fc.constantFrom("", "2", "30", "NaN", "1e3"),
      capacity: fc.constantFrom("", "5", "999999", "1e9", "-1"),
      fee: fc.constantFrom("none", "shopper", "organizer"),
      feePercent: text,
      feeFixed: text,
      taxName: fc.string({ maxLength: 40 }).map((each) => each.trim()),
      taxPercent: text,
      tickets: fc.array(fc.record({ title: fc.string({ maxLength: 50 }), price: text }), {
        maxLength: 3,
      }),
    })
    fc.assert(
      fc.property(anything, (parts) => {
        const result = made(parts)
        if (!result.ok) {
          expect(result.faults.length).toBeGreaterThan(0)
          return
        }
        expect(shapeFaults(catalogueSchema, result.file)).toEqual([])
        expect(catalogueFaults(result.file)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})
