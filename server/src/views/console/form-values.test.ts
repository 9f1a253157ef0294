import { expect, it } from "vitest"
import { formValues } from "#views/console/form-values.ts"

const values = formValues([
  ["name", "The Club"],
  ["flag", "false"],
  ["flag", "true"],
  ["tags[10]", "b"],
  ["tags[2]", "a"],
  ["rows[0].slug", "x"],
  ["rows[2].prices.usd", "5"],
  ["rows[2].tags[0]", "t"],
  ["rowsies[7].slug", "y"],
  ["words", "one"],
  ["words", "two"],
])

it("gives the last of several values, as a browser's own forms mean it", () => {
  expect(values.text("name")).toBe("The Club")
  expect(values.text("flag")).toBe("true")
  expect(values.text("constructor")).toBeUndefined()
})

it("gathers lists of texts in order, however they are named", () => {
  expect(values.all("tags")).toEqual(["a", "b"])
  expect(values.all("words")).toEqual(["one", "two"])
  expect(values.all("rows")).toEqual([])
})

it("counts rows by the highest", () => {
  expect(values.rows("rows")).toBe(3)
  expect(values.rows("none")).toBe(0)
})
