import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createAnnouncer } from "./announcer.ts"

const said: string[] = []
let announce: (text: string) => void
beforeEach(() => {
  vi.useFakeTimers()
  said.length = 0
  announce = createAnnouncer((text) => said.push(text))
})
afterEach(() => vi.useRealTimers())

it("speaks at once, and then at most every five seconds", () => {
  announce("5 left")
  expect(said).toEqual(["5 left"])
  announce("4 left")
  vi.advanceTimersByTime(4999)
  expect(said).toEqual(["5 left"])
  vi.advanceTimersByTime(1)
  expect(said).toEqual(["5 left", "4 left"])
  announce("3 left")
  vi.advanceTimersByTime(4999)
  expect(said).toHaveLength(2)
})

it("says only the last of what came meanwhile", () => {
  for (const text of ["5 left", "4 left", "3 left", "2 left"]) announce(text)
  vi.advanceTimersByTime(60_000)
  expect(said).toEqual(["5 left", "2 left"])
})

it("is quick again when nothing was said for a while", () => {
  announce("5 left")
  vi.advanceTimersByTime(5000)
  announce("4 left")
  expect(said).toEqual(["5 left", "4 left"])
})
