import fc from "fast-check"
import { expect, it } from "vitest"
import {
  atFields,
  inSummary,
  labelOf,
  localWords,
  placeWords,
  sentenceOf,
  touchedWords,
  valueWords,
} from "./event-words.ts"

it.each([
  ["title", "Title"],
  ["products[0].title", "Name"],
  ["products[0].priceTypes[1].prices.usd", "Price in USD"],
  ["products[0].priceTypes[1].suggested.jpy", "Suggested in JPY"],
  ["differences[2].prices.adult.cad", "Price in CAD"],
  ["venue.name", "Venue"],
  ["questions[0].label", "Question"],
  ["something.new", "new"],
])("calls the field %s %s", (field, label) => {
  expect(labelOf(field)).toBe(label)
})

it.each([
  ["is missing", "Fill this in."],
  [
    'must be an amount as text, like "25.00", without sign or currency',
    "Write an amount, like 25.00.",
  ],
  ["must be a whole number from 1 to 1000", "Choose a whole number from 1 to 1000."],
  [
    "20 is less than what is sold (30) and held (2) of admission 2030-12-03T19:30",
    "30 are sold and 2 held for Tue 3 Dec 2030, 19:30: choose 32 or more.",
  ],
  [
    "2 is less than what is sold (3) and held (0) of shirt any/m",
    "3 are sold and 0 held: choose 3 or more.",
  ],
  [
    "2031-03-09T02:30 does not exist in America/Toronto: the clocks go forward over it",
    "This time does not exist that day: the clocks go forward over it. Choose another.",
  ],
  ["12.345 is too fine: cad has 2 decimals", "CAD has 2 decimals."],
  ["1.5 is too fine: jpy has 0 decimals", "JPY has no decimals."],
  ["there is no fee x", "There is no fee x."],
])("says %s as a sentence", (message, sentence) => {
  expect(sentenceOf(message)).toBe(sentence)
})

it("says one fault of a field, and of how many the same is true", () => {
  const path = "products[0].capacity"
  const faults = [1, 2, 3].map((sold) => ({
    path,
    message: `0 is less than what is sold (${sold}) and held (0) of admission any`,
  }))
  const said = "1 are sold and 0 held: choose 1 or more. The same is true 2 more times."
  expect(atFields(faults)).toEqual([{ field: path, message: said }])
  expect(inSummary(atFields(faults))).toEqual([{ field: path, message: `Capacity: ${said}` }])
  expect(inSummary([{ field: "", message: "All of it." }])).toEqual([
    { field: "", message: "All of it." },
  ])
})

it.each([
  ["events.show.title", "Title"],
  ["events.show.venue.city", "City"],
  ["events.show.products.floor.priceTypes.adult.prices.cad", "Floor, Adult: price in CAD"],
  ["events.show.products.floor", "Floor"],
  ['events.show.showtimes["2030-12-05T20:00"].status', "Thu 5 Dec 2030, 20:00: status"],
  ['showtimes["2030-12-05T20:00"]', "Thu 5 Dec 2030, 20:00"],
  ["questions.step-free.required", "Step free: needed"],
  ["events.show", "Event"],
  ["products", "Tickets and add-ons"],
])("names the place %s as %s", (path, words) => {
  expect(placeWords(path)).toBe(words)
})

it.each([
  [undefined, "nothing"],
  ["", "nothing"],
  [null, "no limit"],
  [true, "yes"],
  [1200, "1,200"],
  ["2030-12-05T20:00", "Thu 5 Dec 2030, 20:00"],
  [["a", "b"], "a, b"],
  [[{}, {}], "2 entries"],
  [{ slug: "x", title: "Floor" }, "Floor"],
  [{ at: "2030-12-05T20:00", status: "on-sale" }, "Thu 5 Dec 2030, 20:00"],
  [{ slug: "japan", name: "Japan" }, "Japan"],
  [{ usd: "1.00" }, "usd 1.00"],
  [
    { who: "listed", emails: ["a@x.example", "b@x.example"] },
    "who listed, emails a@x.example, b@x.example",
  ],
])("writes the value %j as %s", (value, words) => {
  expect(valueWords(value)).toBe(words)
})

it("has words for any place, value and fault, however odd", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.jsonValue(), (text, value) => {
      expect(typeof placeWords(text)).toBe("string")
      expect(typeof labelOf(text)).toBe("string")
      expect(typeof sentenceOf(text)).toBe("string")
      expect(typeof localWords(text)).toBe("string")
      expect(valueWords(value).length).toBeLessThan(300)
    }),
  )
})

it("says what a save will touch", () => {
  expect(touchedWords(42, false)).toBe("42 open pages will show them when you save.")
  expect(touchedWords(1, false)).toBe("1 open page will show it when you save.")
  expect(touchedWords(0, false)).toBe("Widgets show it at once.")
  expect(touchedWords(3, true)).toContain("A draft")
})
