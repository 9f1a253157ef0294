import { existsSync, readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readCatalogue } from "#core/read-catalogue.ts"
import { dated } from "#sandbox/demo/dated.ts"
import { drawings } from "#sandbox/demo/drawings.ts"
import { demoCatalogue, demoCatalogues } from "#sandbox/demo/ensure-demo.ts"

const origin = "http://localhost:4001"
const anyDay = fc.integer({ min: 0, max: 366 * 12 }).map((days) => dayAt(days))

describe("the demo's dates", () => {
  it.each([
    ["{saturday}", "2026-11-20", "2026-11-21"],
    ["{saturday}", "2026-11-21", "2026-11-28"],
    ["{saturday+1}T20:00", "2026-11-20", "2026-11-28T20:00"],
    ["{today-30}", "2026-11-20", "2026-10-21"],
    ["{new-years-eve}", "2026-11-20", "2026-12-31"],
    ["{new-years-eve}", "2026-12-17", "2026-12-31"],
    ["{new-years-eve}", "2026-12-18", "2027-12-31"],
  ])("%s on %s is %s", (text, today, date) => {
    expect(dated(text, today)).toBe(date)
  })
})

describe.each(demoCatalogues)("the demo catalogue $slug", ({ text }) => {
  it("is free of faults and all ahead, on whatever day it is loaded", () => {
    fc.assert(
      fc.property(anyDay, (today) => {
        const read = readCatalogue(demoCatalogue(text, today, origin))
        expect(read).toMatchObject({ ok: true })
        if (!read.ok) return
        for (const { showtimes, salesOpen } of read.file.events)
          for (const { at } of showtimes) {
            expect(at > today).toBe(true)
            if (salesOpen !== undefined) expect(at > salesOpen).toBe(true)
          }
      }),
      { numRuns: 60 },
    )
  })

  it("has a picture for each event and each thing to take home", () => {
    const file = JSON.parse(text) as DemoFile
    const pictures = file.events.flatMap(({ picture, products }) => [
      picture,
      ...products.flatMap((product) => (product.kind === "merchandise" ? [product.picture] : [])),
    ])
    for (const picture of pictures) {
      const name = /^\/media\/demo\/(.+)\.svg$/.exec(picture ?? "")?.[1] ?? ""
      expect(Object.keys(drawings)).toContain(name)
    }
  })
})

it("keeps its pictures as they are drawn", () => {
  for (const [name, svg] of Object.entries(drawings)) {
    const file = new URL(`./pictures/${name}.svg`, import.meta.url)
    expect(existsSync(file) && readFileSync(file, "utf8"), name).toBe(svg)
  }
})

type DemoFile = {
  readonly events: readonly {
    readonly picture?: string
    readonly products: readonly { readonly kind: string; readonly picture?: string }[]
  }[]
}

function dayAt(days: number): string {
  return new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString().slice(0, 10)
}
