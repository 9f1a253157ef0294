import fc from "fast-check"
import { expect, it } from "vitest"
import { aCatalogue } from "#testing/catalogue-file.ts"
import { canonicalJson } from "./canonical-json.ts"
import type { CatalogueFile } from "./catalogue-file.ts"
import { feesPart, promotionPart } from "./catalogue-part.ts"
import { type Answer, asForm, type Conflict, conflictOf, settled, type Side } from "./conflict.ts"
import { ticketsPart } from "./event-part.ts"

const plain = aCatalogue() as CatalogueFile
const code = plain.promotions?.[0]?.code ?? ""
const promotion = promotionPart(code)
const was = { code, percentOff: "10", appliesTo: "tickets", usageLimit: 5 }
const theirs = { ...was, percentOff: "15", usageLimit: 9 }
const yours = { ...was, percentOff: "30", appliesTo: "everything" }

function between(current: unknown, value: unknown, answer?: Answer): Conflict {
  const file = promotion.set(plain, current)
  const conflict = conflictOf(promotion, file, { value, seen: canonicalJson(was), answer })
  if (!conflict) throw new Error("there is no conflict")
  return conflict
}

function answerTo({ theirs: shown }: Conflict, ...choices: [string, Side][]): Answer {
  return { theirs: shown, choices: new Map(choices) }
}

it("is none while the part is as it was seen", () => {
  const seen = canonicalJson(promotion.get(plain))
  expect(conflictOf(promotion, plain, { value: yours, seen })).toBeUndefined()
})

it("asks where both changed something, and keeps the change of who alone made one", () => {
  const { disagreements, isSettled } = between(theirs, yours)
  expect(disagreements).toEqual([
    { path: "percentOff", seen: "10", before: "15", after: "30", by: "both", side: undefined },
    {
      path: "appliesTo",
      seen: "tickets",
      before: "tickets",
      after: "everything",
      by: "you",
      side: "mine",
    },
    { path: "usageLimit", seen: 5, before: 9, after: 5, by: "them", side: "theirs" },
  ])
  expect(isSettled).toBe(false)
})

it("is settled by an answer, and stays open while a choice is missing", () => {
  const shown = between(theirs, yours)
  expect(between(theirs, yours, answerTo(shown))).toMatchObject({ isSettled: false })
  const mine = between(theirs, yours, answerTo(shown, ["percentOff", "mine"]))
  expect(mine.isSettled).toBe(true)
  expect(settled(mine)).toEqual({ ...yours, usageLimit: 9 })
  const choices: [string, Side][] = [
    ["percentOff", "theirs"],
    ["appliesTo", "theirs"],
    ["usageLimit", "mine"],
  ]
  expect(settled(between(theirs, yours, answerTo(shown, ...choices)))).toEqual({
    ...was,
    percentOff: "15",
  })
})

it("is shown also where nothing is left to choose, but not where both made the same of it", () => {
  expect(between(theirs, was).isSettled).toBe(false)
  const same = between(theirs, theirs)
  expect(same).toMatchObject({ disagreements: [], isSettled: true })
  expect(settled(same)).toEqual(theirs)
})

it("asks anew where they have changed it again since the answer", () => {
  const answer = answerTo(between(theirs, yours), ["percentOff", "mine"])
  const again = between({ ...theirs, percentOff: "20" }, yours, answer)
  expect(again.isSettled).toBe(false)
  expect(again.disagreements[0]).toMatchObject({ before: "20", side: undefined })
})

it("keeps what is typed beside the choices after they were shown", () => {
  const answer = answerTo(between(theirs, yours), ["percentOff", "theirs"])
  const more = { ...yours, minimum: { cad: "20.00" } }
  expect(settled(between(theirs, more, answer))).toEqual({
    ...more,
    percentOff: "15",
    usageLimit: 9,
  })
})

it("takes what nobody can have seen for nothing seen: every difference is asked for", () => {
  const file = promotion.set(plain, theirs)
  for (const seen of ["", "{", "null", '{"__proto__":{}}', "[".repeat(100_000)]) {
    const conflict = conflictOf(promotion, file, { value: yours, seen })
    expect(conflict?.disagreements.map(({ by }) => by)).toEqual(["both", "both", "both"])
  }
})

it("asks for a row that one has changed and the other has taken away", () => {
  const part = ticketsPart("show")
  const file = aCatalogue((loose) => (loose.events[0].products[0].capacity = 90))
  const seen = part.get(plain) as { products: readonly { slug: string }[] }
  const value = { ...seen, products: seen.products.slice(1) }
  const gone = conflictOf(part, file, { value, seen: canonicalJson(seen) })
  expect(gone?.disagreements).toMatchObject([{ path: "products.admission", by: "both" }])
  const back = conflictOf(part, part.set(file, value), {
    value: part.get(file),
    seen: canonicalJson(seen),
  })
  expect(back?.disagreements).toMatchObject([{ path: "products.admission", by: "both" }])
})

it("gives new rows their names, so that each stands for itself", () => {
  const part = ticketsPart("show")
  const file = aCatalogue((loose) => (loose.events[0].products[0].capacity = 90))
  const seen = part.get(plain) as { products: readonly object[] }
  const value = { ...seen, products: [...seen.products, { title: "Balcony", priceTypes: [] }] }
  const conflict = conflictOf(part, file, { value, seen: canonicalJson(seen) })
  expect(conflict?.disagreements).toMatchObject([
    { path: "products.admission.capacity", by: "them" },
    { path: "products.balcony", before: undefined, by: "you" },
  ])
})

it("loses nothing: all theirs is theirs, all mine is mine, and who typed nothing has theirs", () => {
  const fee = fc.record({
    slug: fc.constantFrom("a", "b", "c"),
    percent: fc.constantFrom("1", "2"),
    bearer: fc.constantFrom("shopper", "organizer"),
    amounts: fc.constant({}),
  })
  const rows = fc.uniqueArray(fee, { maxLength: 3, selector: ({ slug }) => slug })
  const fees = fc.record({ fees: rows })
  const form = (value: unknown) => asForm(feesPart, feesPart.get(feesPart.set(plain, value)))
  fc.assert(
    fc.property(fees, fees, fees, (first, other, typed) => {
      const seen = canonicalJson(first)
      const file = feesPart.set(plain, other)
      const shown = conflictOf(feesPart, file, { value: typed, seen })
      fc.pre(shown !== undefined)
      const all = (side: Side) =>
        answerTo(shown, ...shown.disagreements.map(({ path }): [string, Side] => [path, side]))
      const chosen = (side: Side) =>
        conflictOf(feesPart, file, { value: typed, seen, answer: all(side) })
      expect(settled(chosen("theirs") ?? shown)).toEqual(form(other))
      expect(settled(chosen("mine") ?? shown)).toEqual(form(typed))
      const untouched = conflictOf(feesPart, file, { value: first, seen })
      expect(untouched && settled(untouched)).toEqual(form(other))
    }),
  )
})
