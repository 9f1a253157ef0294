import { expect, it } from "vitest"
import { timeZoneOr } from "#core/time-zone.ts"

it.each([
  ["Asia/Tokyo", "Asia/Tokyo"],
  ["america/toronto", "America/Toronto"],
  ["UTC", "UTC"],
  ["Mars/Olympus", "Europe/Berlin"],
  ["", "Europe/Berlin"],
  ["../etc/passwd", "Europe/Berlin"],
  [undefined, "Europe/Berlin"],
])("%s is read as %s", (timeZone, expected) => {
  expect(timeZoneOr("Europe/Berlin", timeZone)).toBe(expected)
})
