import { epochMs, isAfter } from "#core/instant.ts"
import { add } from "#core/money.ts"
import { hasEnded, isOver, type Offer, offersOf } from "#core/offer.ts"
import { unitPrice } from "#core/price-cart.ts"
import type { Event, Product, Showtime, Widget } from "#core/storefront.ts"

/** What somebody who looks now may buy. `few` says how many are left. */
export type Availability =
  | { readonly state: "available" }
  | { readonly state: "few"; readonly remaining: number }
  | { readonly state: "sold-out" }
  | { readonly state: "opens-at"; readonly opensAt: string }
  | { readonly state: "paused" }
  | { readonly state: "ended" }

/** What availability depends on. `remaining` is by variant id; absent: unlimited. `now` is ISO 8601. */
export type Selling = {
  readonly currency: string
  readonly remaining: ReadonlyMap<string, number>
  readonly now: string
}

/** A price type's row: `unitMinor` is the price, or the least of pay-what-you-like, before fee and tax. */
export type RowOffer = Offer & { readonly unitMinor: number; readonly availability: Availability }

/** What a card or a showtime button says. */
export type GroupOffer = {
  /** The lowest unit price, before fee and tax; absent when nothing is sold in the currency. */
  readonly fromMinor?: number
  /** Everything on offer is pay-what-you-like. */
  readonly payWhatYouLike: boolean
  readonly availability: Availability
}

/** "Only 12 left": from here on the number is said. Said earlier it would press people for no reason. */
export const fewAtMost = 12

/** A month calendar and categories help only when there is much to choose from. */
export const filtersAbove = 8

/** Showtimes that are still to come and not canceled, soonest first. */
export function upcoming(event: Event, now: string): Showtime[] {
  return event.showtimes
    .filter((showtime) => !isOver(showtime, now))
    .toSorted((a, b) => epochMs(a.startsAt) - epochMs(b.startsAt))
}

/** A widget's events that have a showtime to come, the soonest first. */
export function upcomingEvents(events: readonly Event[], widget: Widget, now: string): Event[] {
  return events
    .filter((event) => widget.eventSlugs?.includes(event.slug) ?? true)
    .flatMap((event) => {
      const [next] = upcoming(event, now)
      return next ? [{ event, startsMs: epochMs(next.startsAt) }] : []
    })
    .toSorted((a, b) => a.startsMs - b.startsMs)
    .map(({ event }) => event)
}

/** One price type as it stands now; undefined when it is not sold in the currency. */
export function rowOffer(offer: Offer, selling: Selling): RowOffer | undefined {
  const unitMinor = unitPrice(offer.priceType, selling.currency, 0)
  if (unitMinor === undefined) return undefined
  return { ...offer, unitMinor, availability: availabilityOf(offer, selling) }
}

/** The rows of a product at a showtime, with those sold beside every showtime. */
export function productRows(
  event: Event,
  product: Product,
  showtime: Showtime | undefined,
  selling: Selling,
): RowOffer[] {
  return rowsOf(event, selling).filter(
    (row) => row.product.id === product.id && (!row.showtime || row.showtime.id === showtime?.id),
  )
}

/** The whole event: all tickets of all showtimes to come. `few` counts them together, so that it is true of the event. */
export function eventOffer(event: Event, selling: Selling): GroupOffer {
  const toCome = new Set(upcoming(event, selling.now).map((showtime) => showtime.id))
  return groupOffer(
    ticketRows(event, selling).filter((row) => !row.showtime || toCome.has(row.showtime.id)),
  )
}

/** The tickets of one showtime. */
export function showtimeOffer(event: Event, showtime: Showtime, selling: Selling): GroupOffer {
  return groupOffer(
    ticketRows(event, selling).filter((row) => !row.showtime || row.showtime.id === showtime.id),
  )
}

/** What the browse view may be narrowed to: months `2026-11` by the venue's calendar, and categories. Empty when there is little to choose from. */
export function filters(
  events: readonly Event[],
  now: string,
): { readonly months: readonly string[]; readonly categories: readonly string[] } {
  if (events.length <= filtersAbove) return { months: [], categories: [] }
  const months = new Set(events.flatMap((event) => monthsOf(event, now)))
  const categories = new Set(events.flatMap((event) => event.category ?? []))
  return { months: [...months].toSorted(), categories: [...categories].toSorted() }
}

/** Whether an event is shown under a filter: one of its months, or its category. */
export function matchesFilter(event: Event, filter: string, now: string): boolean {
  return event.category === filter || monthsOf(event, now).includes(filter)
}

function monthsOf(event: Event, now: string): string[] {
  return upcoming(event, now).map((showtime) => showtime.startsLocal.slice(0, 7))
}

function rowsOf(event: Event, selling: Selling): RowOffer[] {
  return offersOf(event).flatMap((offer) => rowOffer(offer, selling) ?? [])
}

/** An event that has no tickets is judged by what it has. */
function ticketRows(event: Event, selling: Selling): RowOffer[] {
  const rows = rowsOf(event, selling)
  const tickets = rows.filter((row) => row.product.kind === "ticket")
  return tickets.length > 0 ? tickets : rows
}

function availabilityOf(offer: Offer, selling: Selling): Availability {
  const { event, showtime, priceType, variant } = offer
  const { now } = selling
  if (hasEnded(offer, now)) return { state: "ended" }
  if (event.status === "paused" || showtime?.status === "paused") return { state: "paused" }
  const opensAt = latest(event.salesOpenAt, priceType.saleStartsAt)
  if (opensAt !== undefined && isAfter(opensAt, now)) return { state: "opens-at", opensAt }
  return stockAvailability(selling.remaining.get(variant.id))
}

function stockAvailability(remaining: number | undefined): Availability {
  if (remaining === undefined || remaining > fewAtMost) return { state: "available" }
  return remaining > 0 ? { state: "few", remaining } : { state: "sold-out" }
}

function groupOffer(rows: readonly RowOffer[]): GroupOffer {
  const buyable = rows.filter(isBuyable)
  const notEnded = rows.filter((row) => row.availability.state !== "ended")
  const shown = [buyable, notEnded, rows].find((group) => group.length > 0) ?? []
  return {
    ...(shown.length > 0 && { fromMinor: Math.min(...shown.map((row) => row.unitMinor)) }),
    payWhatYouLike:
      shown.length > 0 && shown.every((row) => row.priceType.kind === "pay-what-you-like"),
    availability: buyable.length > 0 ? remainingOf(buyable) : whyNot(rows),
  }
}

function isBuyable(row: RowOffer): boolean {
  return row.availability.state === "available" || row.availability.state === "few"
}

/** Adult and student share a room's seats: each variant counts once. */
function remainingOf(buyable: readonly RowOffer[]): Availability {
  const left = new Map<string, number>()
  for (const { variant, availability } of buyable) {
    if (availability.state !== "few") return { state: "available" }
    left.set(variant.id, availability.remaining)
  }
  return stockAvailability(add(...left.values()))
}

/** The most hopeful reason wins: something that opens, then what may come back, then a pause. */
function whyNot(rows: readonly RowOffer[]): Availability {
  const states = rows.map((row) => row.availability)
  const [opens] = states
    .filter((availability) => availability.state === "opens-at")
    .toSorted((a, b) => epochMs(a.opensAt) - epochMs(b.opensAt))
  const soldOut = states.find((availability) => availability.state === "sold-out")
  const paused = states.find((availability) => availability.state === "paused")
  return opens ?? soldOut ?? paused ?? { state: "ended" }
}

function latest(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return isAfter(a, b) ? a : b
}
