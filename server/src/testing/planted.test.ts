import { expect, it } from "vitest"

it("fails when a failure is planted, so that the runner's own check has something to find", () => {
  expect(process.env["VITE_PLANTED_FAILURE"]).toBeUndefined()
})
