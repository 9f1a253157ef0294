import { expect, it } from "vitest"
import { openLimits } from "#web/limits.ts"

it("lets through as much as the budget has, for each key by itself", async () => {
  const limits = openLimits()
  const tries = Array.from({ length: 45 }, () => limits.allows("socket-command", "a"))
  expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(40)
  expect(await limits.allows("socket-command", "b")).toBe(true)
  expect(await limits.allows("address-command", "a")).toBe(true)
})
