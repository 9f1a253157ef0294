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
  type TouchValues,
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

export type CountedVisit = {
  readonly event: string
  readonly currency: string
  readonly touch: Touch
}

export type CountedStep = {
  readonly step: "added" | "began"
  readonly event: string
  readonly currency: string
  readonly touches: readonly Touch[]
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
  visit(visit: CountedVisit): void
  step(step: CountedStep): void
  order(order: CountedOrder): void
  end(): Slice[]
}

/** One count in millionths. */
export const whole = 1_000_000
/** Rows of a slice; a day has no more that anybody reads, and a flood of made-up links must not fill the database. */
export const mostRows = 300
/** Stands for the rows beyond. */
export const otherValue = "(other)"

type Amounts = Partial<Measures>
/** One of `count` touches that share a sale. */
type Share = { readonly values: TouchValues; readonly index: number; readonly count: number }

export function openDayFold(): DayFold {
  const slices = new Map<string, Map<string, MeasuredRow>>()

  const add = (key: SliceKey, at: DimensionValue, amounts: Amounts) => {
    const name = sliceName(key)
    const rows = slices.get(name) ?? new Map<string, MeasuredRow>()
    slices.set(name, rows)
    const rowName = `${at.value}\n${at.source}\n${at.medium}`
    const row = rows.get(rowName) ?? { ...at, ...nothing() }
    rows.set(rowName, row)
    addAmounts(row, amounts)
  }

  /** Credits whole amounts to the touches of each model, in every dimension. */
  const credit = (from: Credited, amounts: Amounts) => {
    for (const model of models)
      for (const { values, index, count } of sharesOf(model, from.touches)) {
        const part = count === 1 ? amounts : partOf(amounts, index, count)
        for (const dimension of storedDimensions) {
          const at = dimension === "promo" ? promoValue(from.promoCode) : values[dimension]
          add({ currency: from.currency, event: from.event, model, dimension }, at, part)
        }
      }
  }

  return {
    visit: ({ touch, ...visit }) => credit({ ...visit, touches: [touch] }, { visits: 1 }),
    step: ({ step, ...from }) =>
      credit(from, step === "added" ? { addedPpm: whole } : { beganPpm: whole }),
    order(order) {
      const { currency, touches, promoCode } = order
      for (const { event, ...amounts } of scopesOf(order))
        credit({ currency, touches, event, ...(promoCode && { promoCode }) }, amounts)
    },
    end: () => [...slices].map(([name, rows]) => ({ ...sliceKey(name), rows: ranked(rows) })),
  }
}

type Credited = {
  readonly currency: string
  readonly event: string
  readonly touches: readonly Touch[]
  readonly promoCode?: string
}

/** The order as a whole, and each event's part of it: an order of two events is one order of either. */
function scopesOf(order: CountedOrder): (Amounts & { readonly event: string })[] {
  const { totalMinor, refundedMinor, isReturned, events } = order
  const tickets = events.reduce((sum, each) => sum + each.tickets, 0)
  const weights = events.map((each) => each.totalMinor)
  const refunds = events.length > 0 ? allocate(Math.min(refundedMinor, sum(weights)), weights) : []
  const counts = { ordersPpm: whole, returnedPpm: isReturned ? whole : 0 }
  const left = (count: number) => (isReturned ? 0 : count * whole)
  return [
    { event: "", soldMinor: totalMinor, refundedMinor, ticketsPpm: left(tickets), ...counts },
    ...events.map((each, index) => ({
      event: each.event,
      soldMinor: each.totalMinor,
      refundedMinor: refunds[index] ?? 0,
      ticketsPpm: left(each.tickets),
      ...counts,
    })),
  ]
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}

function sharesOf(model: Model, touches: readonly Touch[]): Share[] {
  const credited = creditedTouches(model, touches)
  return credited.map((touch, index) => ({
    values: valuesOf(touch),
    index,
    count: credited.length,
  }))
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

const known = new WeakMap<Touch, TouchValues>()

function valuesOf(touch: Touch): TouchValues {
  const values = known.get(touch) ?? touchValues(touch)
  known.set(touch, values)
  return values
}

/** What the touch at `index` of `count` gets of a whole: parts differ by one at most, the odd ones go to the earliest, and they sum to the whole. */
export function evenPart(amount: number, index: number, count: number): number {
  const rest = amount % count
  return (amount - rest) / count + (index < rest ? 1 : 0)
}

function partOf(amounts: Amounts, index: number, count: number): Amounts {
  const names = Object.keys(amounts) as (keyof Measures)[]
  return Object.fromEntries(names.map((name) => [name, evenPart(amounts[name] ?? 0, index, count)]))
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

export function addAmounts(to: Measures, amounts: Amounts): void {
  for (const name of Object.keys(amounts) as (keyof Measures)[]) to[name] += amounts[name] ?? 0
}

type SliceKey = Omit<Slice, "rows">

function sliceName({ currency, model, dimension, event }: SliceKey): string {
  return `${currency} ${model} ${dimension} ${event}`
}

function sliceKey(name: string): SliceKey {
  const [currency = "", model, dimension, event = ""] = name.split(" ")
  return { currency, event, model: model as Model, dimension: dimension as StoredDimension }
}

/** The best first, in one order only; what is beyond the bound becomes one row. */
function ranked(rows: ReadonlyMap<string, MeasuredRow>): MeasuredRow[] {
  const sorted = [...rows.values()].sort(byRank)
  const beyond = sorted.slice(mostRows)
  if (beyond.length === 0) return sorted
  const other = { value: otherValue, source: "", medium: "", ...nothing() }
  for (const { value: _, source: __, medium: ___, ...amounts } of beyond) addAmounts(other, amounts)
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
