import { createEvents, type DateArray, type EventAttributes } from "ics"
import type { OrderLine, OrderSummary } from "#core/order.ts"

/** A ticketed showtime without a known end is shown as this long. */
const usualMinutes = 120

/**
 * The order's calendar file: one entry for each showtime that its tickets are for, at the exact instant, so that every calendar shows
 * it in its reader's own zone. Entries keep their identity when the file is opened twice.
 */
export function orderCalendar(order: OrderSummary, publicUrl: string): string {
  const showtimes = showtimesOf(order).map((line) => entry(order, line, publicUrl))
  const { error, value } = createEvents(showtimes, { productId: "foyer/tickets" })
  if (error) throw error
  return value ?? ""
}

function showtimesOf(order: OrderSummary): readonly (OrderLine & { startsAt: string })[] {
  const byShowtime = new Map<string, OrderLine & { startsAt: string }>()
  for (const line of order.lines)
    if (line.kind === "ticket" && line.startsAt !== undefined)
      byShowtime.set(showtimeKey(line), { ...line, startsAt: line.startsAt })
  return [...byShowtime.values()]
}

function showtimeKey(line: OrderLine): string {
  return `${line.eventSlug}-${line.startsLocal ?? line.startsAt}`
}

function entry(
  order: OrderSummary,
  line: OrderLine & { startsAt: string },
  publicUrl: string,
): EventAttributes {
  const url = `${publicUrl}/orders/${order.publicToken}`
  return {
    uid: `${order.id}-${showtimeKey(line).replaceAll(/[^a-z0-9-]/gi, "")}@foyer`,
    title: line.eventTitle,
    start: utcParts(line.startsAt),
    startInputType: "utc",
    startOutputType: "utc",
    duration: { minutes: line.durationMinutes ?? usualMinutes },
    location: [line.venueName, line.venueAddress].filter(Boolean).join(", "),
    description: `${order.number}\n${url}`,
    url,
    status: "CONFIRMED",
    busyStatus: "BUSY",
  }
}

function utcParts(instant: string): DateArray {
  const date = new Date(instant)
  return [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
  ]
}
