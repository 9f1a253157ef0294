import type { Touch } from "@foyer/shared/protocol"
import { firstTouch, lastTouch } from "#core/attribution.ts"
import { allocate } from "#core/money.ts"
import {
  type DimensionValue,
  directTouch,
  promoValue,
  type StoredDimension,
  storedDimensions,
  touchValues,
} from "#core/report-dimensions.ts"

/** Which touch is credited with a sale: the first, the last that tells something, or all alike. */
export type Model = "first" | "last" | "linear"

export const models: readonly Model[] = ["first", "last", "linear"]

/** What a report counts. Counts but visits are in millionths, because a sale is shared by the touches that led to it. */
export type Measures = {
  visits: number
  addedPpm: number
  beganPpm: number
  /** Sold, whatever came of them later. */
  ordersPpm: number
  /** Given back as a whole. */
  returnedPpm: number
  /** Without those given back. */
  ticketsPpm: number
  soldMinor: number
  refundedMinor: number
}

export type MeasuredRow = DimensionValue & Measures

/** One dimension's rows of one day. `event`: a slug, or empty for all events together. */
export type Slice = {
  readonly currency: string
  readonly model: Model
  readonly dimension: StoredDimension
  readonly event: string
  readonly rows: readonly MeasuredRow[]
}

/** So many visits that tell the same. */
export type CountedVisits = {
  readonly event: string
  readonly currency: string
  readonly touch: Touch
  readonly count: number
}

/** How far one cart came, as a whole (`event` is empty) and with each event's tickets. */
export type CountedCart = {
  readonly touches: readonly Touch[]
  readonly steps: readonly {
    readonly event: string
    readonly currency: string
    readonly isAdded: boolean
    readonly isBegun: boolean
  }[]
}

/** An order that was paid, as it stands now. */
export type CountedOrder = {
  readonly currency: string
  readonly totalMinor: number
  /** What went back, or is on its way. */
  readonly refundedMinor: number
  /** Given back as a whole: canceled or refunded. */
  readonly isReturned: boolean
  readonly promoCode?: string
  readonly touches: readonly Touch[]
  readonly events: readonly {
    readonly event: string
    readonly totalMinor: number
    readonly tickets: number
  }[]
}

/** A day that is being counted: rows come in any order and any number, only what is counted is kept. */
export type DayFold = {
  visits(visits: CountedVisits): void
  cart(cart: CountedCart): void
  order(order: CountedOrder): void
  end(): Slice[]
}

/** One count in millionths. */
export const whole = 1_000_000
/** Rows of a slice; a day has no more that anybody reads, and a flood of made-up links must not fill the database. */
export const mostRows = 300
/** Stands for the rows beyond. */
export const otherValue = "(other)"

/** The rows of every model and dimension of one currency and event. */
type Slots = readonly (readonly Map<string, MeasuredRow>[])[]
/** A touch's values in the order of the dimensions, each with a name that no other has. */
type Named = readonly (DimensionValue & { readonly name: string })[]

export function openDayFold(): DayFold {
  const all = new Map<string, Slots>()

  const slotsOf = (currency: string, event: string): Slots => {
    const name = `${currency} ${event}`
    const known = all.get(name) ?? models.map(() => storedDimensions.map(() => new Map()))
    all.set(name, known)
    return known
  }

  /** Credits whole amounts to the touches of each model, in every dimension. */
  const credit = (slots: Slots, from: Credited, amounts: Measures) => {
    for (const [model, rows] of slots.entries()) {
      const touches = creditedTouches(models[model] ?? "last", from.touches)
      for (const [index, touch] of touches.entries())
        addTo(rows, namedOf(touch), from.promo, partOf(amounts, index, touches.length))
    }
  }

  return {
    visits: ({ event, currency, touch, count }) =>
      credit(slotsOf(currency, event), { touches: [touch] }, { ...nothing(), visits: count }),
    cart({ touches, steps }) {
      for (const { event, currency, isAdded, isBegun } of steps)
        credit(
          slotsOf(currency, event),
          { touches },
          { ...nothing(), addedPpm: isAdded ? whole : 0, beganPpm: isBegun ? whole : 0 },
        )
    },
    order(order) {
      const { currency, touches, promoCode } = order
      const from = { touches, ...(promoCode && { promo: named(promoValue(promoCode)) }) }
      for (const { event, amounts } of scopesOf(order))
        credit(slotsOf(currency, event), from, amounts)
    },
    end: () => [...all].flatMap(([name, slots]) => slicesOf(name, slots)),
  }
}

type Credited = { readonly touches: readonly Touch[]; readonly promo?: Named[number] }

function addTo(
  rows: readonly Map<string, MeasuredRow>[],
  values: Named,
  promo: Named[number] | undefined,
  amounts: Measures,
): void {
  for (const [index, own] of values.entries()) {
    const at = promo && index === promoIndex ? promo : own
    const known = rows[index]?.get(at.name)
    if (known) {
      addAmounts(known, amounts)
      continue
    }
    const { value, source, medium } = at
    rows[index]?.set(at.name, { value, source, medium, ...amounts })
  }
}

const promoIndex = storedDimensions.indexOf("promo")

function slicesOf(name: string, slots: Slots): Slice[] {
  const [currency = "", event = ""] = name.split(" ")
  return slots.flatMap((dimensions, model) =>
    dimensions.flatMap((rows, index) => {
      const dimension = storedDimensions[index]
      if (!dimension || rows.size === 0) return []
      return [{ currency, event, model: models[model] ?? "last", dimension, rows: ranked(rows) }]
    }),
  )
}

/** The order as a whole, and each event's part of it: an order of two events is one order of either. */
function scopesOf(order: CountedOrder): { readonly event: string; readonly amounts: Measures }[] {
  const { totalMinor, refundedMinor, isReturned, events } = order
  const tickets = events.reduce((sum, each) => sum + each.tickets, 0)
  const weights = events.map((each) => each.totalMinor)
  const refunds = events.length > 0 ? allocate(Math.min(refundedMinor, sum(weights)), weights) : []
  const counts = { ...nothing(), ordersPpm: whole, returnedPpm: isReturned ? whole : 0 }
  const left = (count: number) => (isReturned ? 0 : count * whole)
  const all = { ...counts, soldMinor: totalMinor, refundedMinor, ticketsPpm: left(tickets) }
  return [
    { event: "", amounts: all },
    ...events.map((each, index) => ({
      event: each.event,
      amounts: {
        ...counts,
        soldMinor: each.totalMinor,
        refundedMinor: refunds[index] ?? 0,
        ticketsPpm: left(each.tickets),
      },
    })),
  ]
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}

/** The touches that share a sale alike, the earliest first; never none. */
export function creditedTouches(model: Model, touches: readonly Touch[]): readonly Touch[] {
  switch (model) {
    case "first":
      return [firstTouch(touches) ?? directTouch]
    case "last":
      return [lastTouch(touches) ?? directTouch]
    case "linear":
      return touches.length === 0 ? [directTouch] : touches.toSorted((a, b) => a.at - b.at)
  }
}

const known = new WeakMap<Touch, Named>()

function namedOf(touch: Touch): Named {
  const found = known.get(touch)
  if (found) return found
  const values = touchValues(touch)
  const made = storedDimensions.map((dimension) => named(values[dimension]))
  known.set(touch, made)
  return made
}

function named(at: DimensionValue): Named[number] {
  return { ...at, name: `${at.value}\n${at.source}\n${at.medium}` }
}

/** What the touch at `index` of `count` gets of a whole: parts differ by one at most, the odd ones go to the earliest, and they sum to the whole. */
export function evenPart(amount: number, index: number, count: number): number {
  const rest = amount % count
  return (amount - rest) / count + (index < rest ? 1 : 0)
}

function partOf(amounts: Measures, index: number, count: number): Measures {
  if (count === 1) return amounts
  const part = (amount: number) => evenPart(amount, index, count)
  return {
    visits: part(amounts.visits),
    addedPpm: part(amounts.addedPpm),
    beganPpm: part(amounts.beganPpm),
    ordersPpm: part(amounts.ordersPpm),
    returnedPpm: part(amounts.returnedPpm),
    ticketsPpm: part(amounts.ticketsPpm),
    soldMinor: part(amounts.soldMinor),
    refundedMinor: part(amounts.refundedMinor),
  }
}

export function nothing(): Measures {
  return {
    visits: 0,
    addedPpm: 0,
    beganPpm: 0,
    ordersPpm: 0,
    returnedPpm: 0,
    ticketsPpm: 0,
    soldMinor: 0,
    refundedMinor: 0,
  }
}

export function addAmounts(to: Measures, amounts: Measures): void {
  to.visits += amounts.visits
  to.addedPpm += amounts.addedPpm
  to.beganPpm += amounts.beganPpm
  to.ordersPpm += amounts.ordersPpm
  to.returnedPpm += amounts.returnedPpm
  to.ticketsPpm += amounts.ticketsPpm
  to.soldMinor += amounts.soldMinor
  to.refundedMinor += amounts.refundedMinor
}

/** The best first, in one order only; what is beyond the bound becomes one row. */
function ranked(rows: ReadonlyMap<string, MeasuredRow>): MeasuredRow[] {
  const sorted = [...rows.values()].sort(byRank)
  const beyond = sorted.slice(mostRows)
  if (beyond.length === 0) return sorted
  const other = { value: otherValue, source: "", medium: "", ...nothing() }
  for (const row of beyond) addAmounts(other, row)
  return [...sorted.slice(0, mostRows), other]
}

export function byRank(a: MeasuredRow, b: MeasuredRow): number {
  return (
    b.soldMinor - b.refundedMinor - (a.soldMinor - a.refundedMinor) ||
    b.ordersPpm - a.ordersPpm ||
    b.visits - a.visits ||
    compare(a.value, b.value) ||
    compare(a.source, b.source) ||
    compare(a.medium, b.medium)
  )
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
