import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { instantOf, isDate, isTimeZone, localOf, repeated, withOffset } from "./schedule.ts"

describe("a showtime's instant", () => {
  it.each([
    ["2026-11-28T20:00", "America/Toronto", "2026-11-29T01:00:00.000Z"],
    ["2026-07-01T20:00", "Europe/Berlin", "2026-07-01T18:00:00.000Z"],
    ["2026-07-01T20:00", "Asia/Tokyo", "2026-07-01T11:00:00.000Z"],
  ])("is %s in %s", (local, zone, at) => {
    expect(instantOf(local, zone)).toEqual({ ok: true, at })
  })

  it("does not exist in an hour that daylight saving skips", () => {
    expect(instantOf("2026-03-29T02:30", "Europe/Berlin")).toEqual({
      ok: false,
      reason: "skipped-by-clock-change",
    })
  })

  it("is the earlier of a doubled hour", () => {
    expect(instantOf("2026-10-25T02:30", "Europe/Berlin")).toEqual({
      ok: true,
      at: "2026-10-25T00:30:00.000Z",
    })
  })

  it.each([
    ["2026-02-29T20:00", "Europe/Berlin", "not-a-date"],
    ["soon", "Europe/Berlin", "not-a-date"],
    ["2026-02-28T20:00", "Europe/Atlantis", "unknown-zone"],
    ["2026-02-28T20:00", "+02:00", "unknown-zone"],
  ])("of %s in %s is refused: %s", (local, zone, reason) => {
    expect(instantOf(local, zone)).toEqual({ ok: false, reason })
  })

  it("leads back to the same wall clock, whatever the day", () => {
    const zone = fc.constantFrom("America/Toronto", "Europe/Berlin", "Asia/Tokyo", "Asia/Kolkata")
    const minute = fc.integer({ min: 0, max: 60 * 24 * 365 * 10 })
    fc.assert(
      fc.property(zone, minute, (timeZone, minutes) => {
        const local = new Date(Date.UTC(2025, 0, 1) + minutes * 60_000).toISOString().slice(0, 16)
        const instant = instantOf(local, timeZone)
        if (instant.ok) expect(localOf(instant.at, timeZone)).toBe(`${local}:00`)
        else expect(instant.reason).toBe("skipped-by-clock-change")
      }),
    )
  })
})

describe("a repeated showtime", () => {
  it("keeps the wall clock over a change of the clock and leaves dates out", () => {
    expect(
      repeated("2026-10-17T20:00", { every: "week", times: 4, except: ["2026-10-31"] }),
    ).toEqual(["2026-10-17T20:00", "2026-10-24T20:00", "2026-11-07T20:00"])
  })

  it("can be every second day", () => {
    expect(repeated("2026-12-30T19:30", { every: "day", interval: 2, times: 3 })).toEqual([
      "2026-12-30T19:30",
      "2027-01-01T19:30",
      "2027-01-03T19:30",
    ])
  })

  it("is itself without a rule", () => {
    expect(repeated("2026-12-30T19:30", undefined)).toEqual(["2026-12-30T19:30"])
  })
})

it("writes an instant with what the zone's clock is off UTC", () => {
  expect(withOffset("2026-11-29T01:00:00Z", "America/Toronto")).toBe("2026-11-28T20:00:00-05:00")
  expect(withOffset("2026-07-01T12:00:00.000Z", "Asia/Kolkata")).toBe("2026-07-01T17:30:00+05:30")
})

it("knows the calendar and the time zones", () => {
  expect(isDate("2028-02-29")).toBe(true)
  expect(isDate("2026-02-29")).toBe(false)
  expect(isTimeZone("Europe/Berlin")).toBe(true)
  expect(isTimeZone("Mars/Olympus")).toBe(false)
})
