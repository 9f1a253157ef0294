import type { OrderState } from "#core/order.ts"
import type { OrderKind } from "#core/order-search.ts"
import type { PaymentState } from "#core/payment.ts"
import type { RefundState } from "#core/order-state.ts"
import { badge, type BadgeKind } from "#views/console/kit/card.ts"
import type { Html } from "#views/html.ts"

type Sign = readonly [BadgeKind, string]

const orderSigns: Readonly<Record<OrderState, Sign>> = {
  awaiting_payment: ["warn", "Waiting for payment"],
  processing: ["warn", "Processing"],
  paid: ["ok", "Paid"],
  partially_refunded: ["info", "Part refund"],
  refunded: ["plain", "Refunded"],
  disputed: ["bad", "Disputed"],
  expired: ["plain", "Never paid"],
  canceled: ["plain", "Canceled"],
  payment_unfulfillable: ["warn", "Money going back"],
}

/** A state of an order in a word. */
export function orderBadge(state: OrderState): Html {
  return badge(...orderSigns[state])
}

export function orderStateName(state: OrderState): string {
  return orderSigns[state][1]
}

const paymentSigns: Readonly<Record<PaymentState, Sign>> = {
  created: ["plain", "Begun"],
  submitting: ["warn", "Processing"],
  requires_action: ["warn", "Waiting for the buyer"],
  processing: ["warn", "Processing"],
  succeeded: ["ok", "Succeeded"],
  failed: ["bad", "Declined"],
  canceled: ["plain", "Canceled"],
  unknown: ["warn", "No answer yet"],
}

export function paymentBadge(state: PaymentState): Html {
  return badge(...paymentSigns[state])
}

const refundSigns: Readonly<Record<RefundState, Sign>> = {
  pending: ["warn", "On its way"],
  submitting: ["warn", "On its way"],
  succeeded: ["ok", "Sent back"],
  failed: ["bad", "Failed"],
  unknown: ["warn", "No answer yet"],
}

export function refundBadge(state: RefundState): Html {
  return badge(...refundSigns[state])
}

export const kindNames: Readonly<Record<OrderKind, string>> = {
  sold: "Any status",
  paid: "Paid",
  waiting: "Waiting for payment",
  returned: "Canceled or refunded",
  disputed: "Disputed",
  "never-paid": "Never paid",
}

const declines: Readonly<Record<string, string>> = {
  insufficient_funds: "Not enough funds",
  expired_card: "The card has expired",
  incorrect_cvc: "Wrong security code",
  lost_card: "Declined by the bank",
  stolen_card: "Declined by the bank",
  card_velocity_exceeded: "Over the card’s limit",
  authentication_required: "The bank wanted a confirmation",
  processing_error: "The bank had a problem",
}

/** What a bank's code means, in words. */
export function declineReason(code: string | undefined): string {
  return code === undefined ? "Declined" : (declines[code] ?? "Declined by the bank")
}
