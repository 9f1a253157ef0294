import type { Hold } from "#core/hold.ts"
import {
  decide,
  evolve,
  type InventoryChanged,
  type InventoryCommand,
  type InventoryRefusal,
  noStock,
  type Stock,
} from "#core/inventory.ts"

/** Stock as a transaction moves it, under the locks of its variants; what it leaves is written at the end. */
export type StockFold = {
  readonly newId: () => string
  readonly stocks: Map<string, Stock>
  readonly moved: Set<string>
  readonly events: StockEvent[]
  /** By `holdKey`. */
  readonly holds: Map<string, HoldToWrite>
}

/** What a transaction did to stock: the heads that moved as they are now, the events, and the holds placed, changed and ended. */
export type StockToWrite = {
  readonly stocks: readonly Stock[]
  readonly events: readonly StockEvent[]
  readonly holds: readonly HoldToWrite[]
}

/** One event of one variant's stream, at its version. */
export type StockEvent = {
  readonly eventId: string
  readonly variantId: string
  readonly version: number
  readonly event: InventoryChanged
  readonly commandId?: string
  readonly actor: Actor
}

/** Who moved stock: a shopper's cart, an order, a person of the organizer's, a file, or the clock. */
export type Actor = {
  readonly type: "cart" | "order" | "user" | "catalogue" | "clock"
  readonly id?: string
}

/** Who did it, and by which command. */
export type By = { readonly actor: Actor; readonly commandId?: string }

export type HoldToWrite = AnyHold & { readonly isNew: boolean }

type AnyHold = Omit<Hold, "state"> & {
  readonly state: Hold["state"] | "sold" | "released" | "expired"
}

export function beginFold(stocks: readonly Stock[], newId: () => string): StockFold {
  return {
    newId,
    stocks: new Map(stocks.map((stock) => [stock.variantId, stock])),
    moved: new Set(),
    events: [],
    holds: new Map(),
  }
}

export function endFold(fold: StockFold): StockToWrite {
  return {
    stocks: [...fold.moved].flatMap((variantId) => fold.stocks.get(variantId) ?? []),
    events: fold.events,
    holds: [...fold.holds.values()],
  }
}

export function stockIn(fold: StockFold, variantId: string): Stock {
  return fold.stocks.get(variantId) ?? noStock(variantId)
}

/** Does a command; answers why not. */
export function apply(
  fold: StockFold,
  command: InventoryCommand,
  by: By,
): InventoryRefusal | undefined {
  const decision = decide(stockIn(fold, command.variantId), command)
  if (!decision.ok) return decision.refusal
  record(fold, command.variantId, decision.events, by)
  return undefined
}

/** Puts decided events on a variant's stream. */
export function record(
  fold: StockFold,
  variantId: string,
  events: readonly InventoryChanged[],
  by: By,
): void {
  for (const event of events) {
    const stock = evolve(stockIn(fold, variantId), event)
    fold.stocks.set(variantId, stock)
    fold.moved.add(variantId)
    fold.events.push({ eventId: fold.newId(), variantId, version: stock.version, event, ...by })
  }
}

/** Gives back what a hold whose time is over set aside. A hold that its stock does not know is a bug, and thrown. */
export function reap(fold: StockFold, hold: Hold): void {
  const { holdId, variantId, quantity } = hold
  const refusal = apply(
    fold,
    { type: "ReleaseHold", variantId, holdId, quantity, reason: "expired" },
    { actor: { type: "clock" } },
  )
  if (refusal) throw new Error(`hold ${holdId} is not in its stock: ${refusal.reason}`)
  changeHold(fold, { ...hold, state: "expired" })
}

/** Sells a quantity for an order: from the cart's hold where it has one, the rest from what is left. */
export function sell(
  fold: StockFold,
  sale: { readonly variantId: string; readonly quantity: number; readonly orderId: string },
  hold: Hold | undefined,
  by: By,
): InventoryRefusal | undefined {
  const taken = hold && { holdId: hold.holdId, quantity: hold.quantity }
  const refusal = apply(fold, { type: "RecordSale", ...sale, ...(taken && { hold: taken }) }, by)
  if (!refusal && hold) changeHold(fold, { ...hold, state: "sold" })
  return refusal
}

/** Notes a hold as it now is. One that came and went within the transaction leaves its events only. */
export function changeHold(fold: StockFold, hold: AnyHold, isPlacedNow = false): void {
  const key = `${hold.holdId} ${hold.variantId}`
  const isNew = fold.holds.get(key)?.isNew ?? isPlacedNow
  const isLive = hold.state === "held" || hold.state === "paying"
  if (isNew && !isLive) fold.holds.delete(key)
  else fold.holds.set(key, { ...hold, isNew })
}
