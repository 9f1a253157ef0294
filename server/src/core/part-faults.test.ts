import { expect, it } from "vitest"
import { partFaults } from "#core/part-faults.ts"

const labels = new Map([["percentOff", "Percentage off"]])
const labelOf = (field: string) => labels.get(field)

it("names the fields as the form does, and says where else something is wrong", () => {
  const faults = [
    { path: "promotions[3].percentOff", message: "is missing" },
    { path: "promotions[3].minimum.usd", message: 'must be an amount as text, like "25.00"' },
    { path: "promotions[3]", message: "must have one of percentOff, amountOff and bogo" },
    { path: "events[1].products[0].fee", message: "there is no fee x" },
    { path: "promotions[33].code", message: "is missing" },
  ]
  expect(partFaults(faults, "promotions[3]", labelOf)).toEqual([
    { field: "percentOff", message: "Percentage off is needed." },
    { field: "minimum.usd", message: "Usd must be an amount, like 25.00." },
    { field: "", message: "This must have one of percentOff, amountOff and bogo." },
    { field: "", message: "events[1].products[0].fee: there is no fee x." },
    { field: "", message: "promotions[33].code: is needed." },
  ])
})

it("takes the file's own places for a form of whole lists", () => {
  const faults = [{ path: "regions[0].countries[1]", message: "is no country" }]
  expect(partFaults(faults, "", labelOf)).toEqual([
    { field: "regions[0].countries[1]", message: "Countries is no country." },
  ])
})
