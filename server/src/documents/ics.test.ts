import { expect, it } from "vitest"
import type { OrderLine, OrderSummary } from "#core/order.ts"
import { orderCalendar } from "#documents/ics.ts"

const aLine = (parts: Partial<OrderLine> = {}): OrderLine => ({
  lineNo: 1,
  variantId: "v",
  priceTypeId: "p",
  kind: "ticket",
  tracked: true,
  eventSlug: "late-night-laughs",
  eventTitle: "Late Night Laughs",
  title: "Adult",
  detail: "",
  startsAt: "2026-11-29T01:00:00.000Z",
  startsLocal: "2026-11-28T20:00:00",
  timeZone: "America/Toronto",
  durationMinutes: 90,
  venueName: "The Laughing Stock",
  venueAddress: "1 Queen St W, Toronto",
  quantity: 2,
  unitMinor: 2000,
  discountMinor: 0,
  feePassedMinor: 0,
  feeAbsorbedMinor: 0,
  taxAddedMinor: 0,
  taxIncludedMinor: 0,
  feeTaxAbsorbedMinor: 0,
  totalMinor: 4000,
  ...parts,
})

const anOrder = (lines: readonly OrderLine[]): OrderSummary => ({
  id: "01a1f92c-df52-7683-8afe-c9f57c0d52e2",
  accountId: "a",
  number: "LS-7KQ2MX",
  publicToken: "token",
  state: "paid",
  currency: "cad",
  locale: "en",
  subtotalMinor: 4000,
  discountMinor: 0,
  feeMinor: 0,
  taxMinor: 0,
  shippingMinor: 0,
  totalMinor: 4000,
  taxes: [],
  email: "ada@example.com",
  firstName: "Ada",
  lastName: "Lovelace",
  lines,
  tickets: [],
})

/** Long lines are folded: put together again. */
const calendar = (lines: readonly OrderLine[]) =>
  orderCalendar(anOrder(lines), "https://tickets.example").replaceAll(/\r\n[ \t]/g, "")

it("has the exact instant and length of the showtime, whatever zone its reader is in", () => {
  const text = calendar([aLine()])
  expect(text).toContain("DTSTART:20261129T010000Z")
  expect(text).toContain("DURATION:PT90M")
  expect(text).toContain("SUMMARY:Late Night Laughs")
  expect(text).toContain("URL:https://tickets.example/orders/token")
})

it("has one entry a showtime, however many lines are for it, and none for what is no ticket", () => {
  const later = { startsAt: "2026-11-30T01:00:00.000Z", startsLocal: "2026-11-29T20:00:00" }
  const text = calendar([
    aLine(),
    aLine({ lineNo: 2, priceTypeId: "student" }),
    aLine({ lineNo: 3, ...later }),
    aLine({ lineNo: 4, kind: "merchandise" }),
  ])
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2)
  expect(new Set(text.match(/UID:.*/g)).size).toBe(2)
})

it("keeps the identity of an entry when it is made again", () => {
  const uidOf = (text: string) => /UID:(.*)/.exec(text)?.[1]
  expect(uidOf(calendar([aLine()]))).toBe(uidOf(calendar([aLine({ lineNo: 7 })])))
})

it("keeps an organizer's line breaks and commas inside their field", () => {
  const text = calendar([
    aLine({ eventTitle: "Laughs\r\nATTENDEE:mailto:x@y.z", venueName: "A, B; C" }),
  ])
  expect(text).not.toMatch(/^ATTENDEE/m)
  expect(text).toContain("A\\, B\\; C")
})
