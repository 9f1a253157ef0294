import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type WantedEvent, wantedOf, withBrought } from "./bring-events.ts"
import { catalogueFaults } from "./catalogue-checks.ts"
import { catalogueSchema } from "./catalogue-file.ts"
import type { FoundEvent } from "./found-event.ts"
import { shapeFaults } from "./json-schema.ts"
import { newAccountFile } from "./new-account.ts"

const file = newAccountFile("club", {
  name: "Club",
  country: "CA",
  currency: "cad",
  timeZone: "America/Toronto",
})
const gala: FoundEvent = {
  title: "Gala",
  description: "The last laugh.",
  venue: { name: "The Cellar", street: "", city: "Toronto", subdivision: "ON", country: "" },
  times: ["2026-12-31T21:00", "2027-01-01T21:00"],
  durationMinutes: 90,
  tickets: [
    { title: "Adult", price: "25.00" },
    { title: "Front row, with a view", price: "40" },
  ],
  capacity: 120,
  problems: [],
}
const bring = (parts: Partial<WantedEvent> = {}, status: "draft" | "on-sale" = "on-sale") =>
  withBrought(file, [{ ...wantedOf(gala), ...parts }], status)
const faultsOf = (...given: Parameters<typeof bring>) => {
  const made = bring(...given)
  return made.ok ? [] : made.faults.map(({ field, message }) => `${field}: ${message}`)
}

describe("events that were looked through", () => {
  it("become events of the catalogue as they were found", () => {
    const made = bring()
    if (!made.ok) throw new Error(JSON.stringify(made.faults))
    expect(shapeFaults(catalogueSchema, made.file)).toEqual([])
    expect(catalogueFaults(made.file)).toEqual([])
    expect(made.file.events[0]).toMatchObject({
      slug: "gala",
      venue: { country: "CA", subdivision: "ON" },
      showtimes: [{ at: "2026-12-31T21:00" }, { at: "2027-01-01T21:00" }],
      products: [
        {
          capacity: 120,
          priceTypes: [
            { slug: "adult", prices: { cad: "25.00" } },
            { title: "Front row, with a view", prices: { cad: "40.00" } },
          ],
        },
      ],
    })
    expect(made.file.events[0]).not.toHaveProperty("status")
  })

  it("may be drafts without dates and prices, and have names of their own", () => {
    const draft = { ...wantedOf(gala), dates: "", tickets: "", capacity: "" }
    const made = withBrought(file, [draft, draft], "draft")
    if (!made.ok) throw new Error(JSON.stringify(made.faults))
    expect(made.slugs).toEqual(["gala", "gala-2"])
    expect(catalogueFaults(made.file)).toEqual([])
    expect(made.file.events.map(({ status }) => status)).toEqual(["draft", "draft"])
  })

  it.each([
    [{ title: "", venue: "", city: "" }, ["title", "venue", "city"]],
    [{ dates: "" }, ["dates"]],
    [{ dates: "31/12/2026 21:00" }, ["dates"]],
    [{ dates: "2026-02-30 20:00" }, ["dates"]],
    [{ dates: "2027-03-14 02:30" }, ["dates"]],
    [{ tickets: "" }, ["tickets"]],
    [{ tickets: "Adult" }, ["tickets"]],
    [{ tickets: "25\n30" }, ["tickets"]],
    [{ capacity: "lots" }, ["capacity"]],
  ])("say what is wrong with %j", (parts, fields) => {
    expect(faultsOf(parts).map((fault) => fault.split(":")[0])).toEqual(fields)
  })

  it("tell of an hour that clocks skip, in the event's own zone", () => {
    expect(faultsOf({ dates: "2027-03-14 02:30" })[0]).toContain("does not exist")
    expect(
      faultsOf({ dates: "2027-03-14 02:30", found: { ...gala, timeZone: "Asia/Tokyo" } }),
    ).toEqual([])
  })

  it("never make what the catalogue refuses, whatever is typed", () => {
    const text = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.constantFrom("Adult 25", "=1+1 5", "2026-12-31 20:00"),
    )
    fc.assert(
      fc.property(
        fc.record({
          title: text,
          venue: text,
          city: text,
          dates: text,
          tickets: text,
          capacity: text,
        }),
        fc.constantFrom("draft", "on-sale"),
        (typed, status) => {
          const trimmed = Object.fromEntries(Object.entries(typed).map(([k, v]) => [k, v.trim()]))
          const made = bring(trimmed, status)
          if (!made.ok) return
          expect(shapeFaults(catalogueSchema, made.file)).toEqual([])
          expect(catalogueFaults(made.file)).toEqual([])
        },
      ),
      { numRuns: 500 },
    )
  })
})
