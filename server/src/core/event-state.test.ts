import { expect, it } from "vitest"
import { eventStateOf, rhythmOf } from "./event-state.ts"

const now = "2026-11-20T12:00:00Z"
const event = {
  status: "on-sale",
  dateCount: 2,
  isAhead: true,
  salesOpenAt: null,
  stock: { capacity: 10, sold: 4, held: 2 },
} as const

it.each<[string, Partial<Parameters<typeof eventStateOf>[0]>]>([
  ["on-sale", {}],
  ["on-sale", { stock: { sold: 100, held: 0 } }],
  ["on-sale", { salesOpenAt: "2026-11-19T12:00:00Z" }],
  ["opens", { salesOpenAt: "2026-11-21T12:00:00Z" }],
  ["sold-out", { stock: { capacity: 10, sold: 10, held: 0 } }],
  ["paused", { status: "paused" }],
  ["past", { isAhead: false }],
  ["past", { isAhead: false, status: "paused" }],
  ["no-dates", { dateCount: 0, isAhead: false }],
  ["draft", { status: "draft", isAhead: false }],
])("is %s", (state, parts) => {
  expect(eventStateOf({ ...event, ...parts }, now)).toBe(state)
})

it.each([
  [["2026-11-27T20:00", "2026-12-04T20:00"], "Every Friday, 20:00"],
  [["2026-11-27T20:00", "2026-12-11T20:00", "2026-12-18T20:00"], "Every Friday, 20:00"],
  [["2026-11-27T20:00", "2026-11-28T20:00", "2026-11-29T20:00"], "Daily, 20:00"],
  [["2026-11-27T20:00", "2026-11-27T22:00"], undefined],
  [["2026-11-27T20:00", "2026-11-29T20:00"], undefined],
  [["2026-11-27T20:00"], undefined],
  [[], undefined],
])("says the rhythm of %j", (dates, rhythm) => {
  expect(rhythmOf(dates)).toBe(rhythm)
})
