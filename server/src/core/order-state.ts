import type { Cart } from "#core/cart.ts"
import type { OrderState } from "#core/order.ts"
import type { PaymentState } from "#core/payment.ts"

export type HoldState = "held" | "paying" | "sold" | "released" | "expired"

export type RefundState = "pending" | "submitting" | "succeeded" | "failed" | "unknown"
export type RedemptionState = "reserved" | "used" | "released"
export type ConversionState = "pending" | "handed_out" | "acknowledged" | "skipped"

/** Nothing of the order is the buyer's any more: its tickets open no door, and what was paid went back or is on its way. */
export function isUndone(state: OrderState): boolean {
  return state === "canceled" || state === "refunded"
}

/** Before the row exists. */
export type Unmade = "(new)"

type Moves<State extends string> = Readonly<Record<Unmade | State, readonly State[]>>

/**
 * Every legal move of the state columns. The database has the same table in `ops.transition` and a trigger that holds every row to it; a test
 * keeps the two equal.
 */
export const transitions: {
  readonly cart: Moves<Cart["state"]>
  readonly order: Moves<OrderState>
  readonly hold: Moves<HoldState>
  readonly payment: Moves<PaymentState>
  readonly refund: Moves<RefundState>
  readonly redemption: Moves<RedemptionState>
  readonly conversion: Moves<ConversionState>
} = {
  cart: {
    "(new)": ["open"],
    open: ["frozen", "completed", "expired"],
    frozen: ["open", "completed"],
    // Late money is honoured, and a shopper may come back on another day.
    expired: ["open", "completed"],
    completed: [],
  },
  order: {
    "(new)": ["awaiting_payment", "paid"],
    awaiting_payment: ["processing", "paid", "expired", "canceled", "payment_unfulfillable"],
    processing: ["paid", "awaiting_payment", "canceled", "payment_unfulfillable"],
    expired: ["paid", "payment_unfulfillable", "canceled"],
    // Never paid, or paid and canceled by the organizer: then its money goes back.
    canceled: ["payment_unfulfillable", "refunded"],
    paid: ["partially_refunded", "refunded", "disputed", "canceled"],
    partially_refunded: ["refunded", "disputed", "canceled"],
    disputed: ["paid", "partially_refunded", "refunded"],
    payment_unfulfillable: ["refunded"],
    refunded: [],
  },
  hold: {
    "(new)": ["held"],
    held: ["paying", "sold", "released", "expired"],
    paying: ["held", "sold", "released", "expired"],
    sold: [],
    released: [],
    expired: [],
  },
  payment: {
    "(new)": ["created"],
    created: ["submitting", "canceled"],
    submitting: [
      "requires_action",
      "processing",
      "succeeded",
      "failed",
      "canceled",
      "unknown",
      "created",
    ],
    requires_action: ["unknown", "processing", "succeeded", "failed", "canceled"],
    processing: ["unknown", "succeeded", "failed", "requires_action", "canceled"],
    // A decline keeps the same payment: the next card goes through it.
    failed: ["submitting", "requires_action", "processing", "succeeded", "canceled", "unknown"],
    unknown: ["submitting", "requires_action", "processing", "succeeded", "failed", "canceled"],
    succeeded: [],
    canceled: [],
  },
  refund: {
    "(new)": ["pending"],
    pending: ["submitting"],
    submitting: ["succeeded", "pending", "failed", "unknown"],
    unknown: ["submitting", "succeeded", "failed"],
    // The shopper's account may be closed by the time the bank has it.
    succeeded: ["failed"],
    failed: [],
  },
  redemption: {
    "(new)": ["reserved"],
    reserved: ["used", "released"],
    // Late money is honoured at the price that it was paid for.
    released: ["used"],
    // The paid order was canceled.
    used: ["released"],
  },
  conversion: {
    "(new)": ["pending"],
    pending: ["handed_out", "acknowledged", "skipped"],
    handed_out: ["acknowledged", "skipped"],
    skipped: ["acknowledged"],
    acknowledged: [],
  },
}

export type Machine = keyof typeof transitions
export type StateOf = {
  readonly cart: Cart["state"]
  readonly order: OrderState
  readonly hold: HoldState
  readonly payment: PaymentState
  readonly refund: RefundState
  readonly redemption: RedemptionState
  readonly conversion: ConversionState
}

/** Whether a row may go from one state to another; staying where it is is no move and always legal. */
export function canMove<M extends Machine>(
  machine: M,
  from: StateOf[M] | Unmade,
  to: StateOf[M],
): boolean {
  const moves: Readonly<Record<string, readonly string[]>> = transitions[machine]
  return from === to || (moves[from]?.includes(to) ?? false)
}
