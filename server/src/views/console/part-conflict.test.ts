import fc from "fast-check"
import { expect, it } from "vitest"
import { feesPart, promotionPart } from "#core/catalogue-part.ts"
import { readFormTree } from "#core/form-tree.ts"
import { changedFields, mergedFields } from "#views/console/part-conflict.ts"

const { schema } = promotionPart("X")
const seen = { code: "X", percentOff: "10", appliesTo: "tickets", usageLimit: 5 }
const merge = (current: object, typed: object) =>
  readFormTree(schema, mergedFields(schema, { seen, current, typed }))

it("takes theirs where only they changed something, yours everywhere else", () => {
  const current = { ...seen, percentOff: "15", usageLimit: 9 }
  const typed = { code: "X", percentOff: "30", appliesTo: "everything", usageLimit: 5 }
  expect(merge(current, typed)).toEqual({
    code: "X",
    percentOff: "30",
    appliesTo: "everything",
    usageLimit: 9,
  })
  expect(changedFields(schema, { seen, current, typed })).toEqual([
    { field: "percentOff", was: "10", theirs: "15", yours: "30" },
    { field: "usageLimit", was: "5", theirs: "9", yours: "5" },
  ])
})

it("takes away what either has taken away", () => {
  const { usageLimit: _, ...unlimited } = seen
  expect(merge(unlimited, seen)).toEqual(unlimited)
  expect(merge(seen, unlimited)).toEqual(unlimited)
})

it("is theirs for who changed nothing, and yours when they changed nothing", () => {
  const fee = fc.record({
    slug: fc.constantFrom("a", "b"),
    percent: fc.constantFrom("1", "2"),
    bearer: fc.constantFrom("shopper", "organizer"),
    amounts: fc.constant({}),
  })
  const fees = fc.record({ fees: fc.array(fee, { maxLength: 3 }) })
  const read = (entries: [string, string][]) => readFormTree(feesPart.schema, entries)
  const own = (value: object) =>
    read(mergedFields(feesPart.schema, { seen: value, current: value, typed: value }))
  fc.assert(
    fc.property(fees, fees, (one, other) => {
      const theirs = mergedFields(feesPart.schema, { seen: one, current: other, typed: one })
      const yours = mergedFields(feesPart.schema, { seen: one, current: one, typed: other })
      expect(read(theirs)).toEqual(own(other))
      expect(read(yours)).toEqual(own(other))
    }),
  )
})
