import fc from "fast-check"
import { expect, it } from "vitest"
import { aCatalogue } from "#testing/catalogue-file.ts"
import { type ExportedRows, exportedCatalogue, normalCatalogue } from "./catalogue-export.ts"
import type { CatalogueFile } from "./catalogue-file.ts"
import { catalogueRows } from "./catalogue-rows.ts"

const idOf = (...path: readonly string[]) => path.join("/")

function rowsOf(file: CatalogueFile): ExportedRows {
  const rows = catalogueRows(file, idOf)
  return {
    ...rows,
    capacities: new Map(rows.capacities.map(({ variantId, capacity }) => [variantId, capacity])),
  }
}

it("does not depend on the order in which a database happens to hold the rows", () => {
  const rows = rowsOf(aCatalogue())
  const tables = Object.entries(rows).filter(([name]) => name !== "capacities")
  const shuffled = fc
    .tuple(...tables.map(([name, table]) => fc.tuple(fc.constant(name), shuffledOf(table))))
    .map((entries) => ({ ...rows, ...Object.fromEntries(entries) }))
  const ordered = exportedCatalogue(rows)
  fc.assert(
    fc.property(shuffled, (other) => {
      expect(exportedCatalogue(other as ExportedRows)).toEqual(ordered)
    }),
  )
})

function shuffledOf(table: unknown) {
  const rows = [...(table as readonly unknown[])]
  return fc.shuffledSubarray(rows, { minLength: rows.length })
}

it("makes one of files that say the same", () => {
  const plain = normalCatalogue(aCatalogue(), idOf)
  expect(normalCatalogue(plain, idOf)).toEqual(plain)
  const wordier = aCatalogue((file) => {
    file.events[0].description = ""
    file.events[0].status = "on-sale"
    file.events[0].products[1].perShowtime = false
    const { at, repeat } = file.events[0].showtimes.shift()
    file.events[0].showtimes.push({ at }, { at: "2030-12-17T19:30" })
    expect(repeat.times).toBe(3)
  })
  expect(normalCatalogue(wordier, idOf)).toEqual(plain)
  const other = aCatalogue((file) => (file.events[0].products[0].capacity = 71))
  expect(normalCatalogue(other, idOf)).not.toEqual(plain)
})
