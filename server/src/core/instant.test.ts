import { expect, it } from "vitest"
import { epochMs, isAfter, isWithin } from "#core/instant.ts"

it("compares instants, however they are written", () => {
  expect(isAfter("2026-11-20T17:00:00.000Z", "2026-11-20T17:00:00Z")).toBe(false)
  expect(isAfter("2026-11-20T12:00:01-05:00", "2026-11-20T17:00:00Z")).toBe(true)
  expect(isAfter("2026-11-20T13:00:00+01:00", "2026-11-20T12:30:00Z")).toBe(false)
})

it.each([
  ["open at both ends", undefined, undefined, true],
  ["just begun", "2026-11-20T17:00:00Z", undefined, true],
  ["not yet begun", "2026-11-20T17:00:00.001Z", undefined, false],
  ["just over", undefined, "2026-11-20T17:00:00Z", false],
  ["going on", "2026-11-01T00:00:00Z", "2026-11-20T17:00:00.001Z", true],
])("knows a window %s", (_what, from, until, expected) => {
  expect(isWithin("2026-11-20T17:00:00Z", from, until)).toBe(expected)
})

it("refuses what is no instant", () => {
  expect(() => epochMs("soon")).toThrow(RangeError)
})
