import { expect, it } from "vitest"
import { may, type Permission, roles } from "#core/role.ts"

const personal: readonly Permission[] = [
  "see-today",
  "see-orders",
  "handle-orders",
  "export-orders",
  "see-waitlist",
]

it("lets an owner alone see to the team", () => {
  expect(roles.filter((role) => may({ role }, "manage-team"))).toEqual(["owner"])
})

it("shows a marketer the reports, and nothing with a shopper's name", () => {
  expect(may({ role: "marketer" }, "see-reports")).toBe(true)
  expect(personal.filter((permission) => may({ role: "marketer" }, permission))).toEqual([])
})

it("lets only who runs the shows change what is sold", () => {
  for (const permission of ["edit-events", "edit-promotions", "edit-settings"] as const)
    expect(roles.filter((role) => may({ role }, permission))).toEqual(["owner", "manager"])
})
