/** Money for one order: our side of what the provider has. Amounts in minor units of `currency`. */
export type Payment = {
  readonly id: string
  readonly accountId: string
  readonly orderId: string
  readonly provider: string
  /** Absent until the provider has told it. */
  readonly providerId?: string
  readonly currency: string
  readonly amountMinor: number
  readonly state: PaymentState
  readonly capturedMinor: number
  /** The provider's decline code, when the last attempt failed. */
  readonly failureCode?: string
  readonly failureAttempt?: string
  readonly idempotencyKey: string
  readonly createdAt: string
  /** When the provider was asked for the newest report that is merged, ISO 8601. */
  readonly seenAt?: string
  /** A person must look: nothing happens to it by itself. */
  readonly parkedReason?: string
}

export type PaymentState =
  | "created"
  | "submitting"
  | "requires_action"
  | "processing"
  | "succeeded"
  | "failed"
  | "canceled"
  | "unknown"

/** What the provider said about a payment when it was asked. */
export type PaymentReport = {
  /** ISO 8601, by our database's clock: before the question was sent. */
  readonly askedAt: string
  readonly state: "requires_action" | "processing" | "succeeded" | "failed" | "canceled"
  readonly amountMinor: number
  readonly receivedMinor: number
  readonly currency: string
  readonly failure?: { readonly code: string; readonly attempt: string }
}

export type PaymentNews =
  /** Known already, or older than what is known. */
  | { readonly news: "none" }
  /** Money of another amount than we asked for: parked, never fulfilled. */
  | { readonly news: "mismatch"; readonly reason: string }
  | { readonly news: "succeeded"; readonly capturedMinor: number }
  | { readonly news: "failed"; readonly code: string; readonly attempt: string }
  | { readonly news: "canceled" | "processing" | "requires_action" }

/**
 * What a report, read from the provider itself, changes. Reports may come twice, late and out of order; a payment that succeeded or
 * was canceled absorbs whatever else is said, except that money which came after all is always news.
 */
export function readReport(payment: Payment, report: PaymentReport): PaymentNews {
  const isParked = payment.parkedReason !== undefined && !isThoughtLost(payment)
  if (isParked || payment.state === "succeeded") return { news: "none" }
  if (report.state === "succeeded") return judgeMoney(payment, report)
  if (payment.state === "canceled") return { news: "none" }
  if (report.state === "canceled") return { news: "canceled" }
  if (payment.seenAt !== undefined && report.askedAt < payment.seenAt) return { news: "none" }
  if (report.state !== "failed")
    return { news: report.state === payment.state ? "none" : report.state }
  const failure = report.failure ?? { code: "card_declined", attempt: "" }
  // The shopper is trying again: the provider repeats the old decline until the new attempt has an end.
  if (failure.attempt === payment.failureAttempt) return reportAgain(payment)
  return { news: "failed", ...failure }
}

/** Why a payment is parked that the provider says it never had, as it also does when it is asked with the keys of another account. */
export function lostReason(code: string): string {
  return `${lost}: ${code}`
}

const lost = "not at the provider"

/** Parked for nothing, if any report of it ever comes. */
export function isThoughtLost({ parkedReason }: Pick<Payment, "parkedReason">): boolean {
  return parkedReason?.startsWith(lost) ?? false
}

/** A decline that is known: at most it says that the payment can be confirmed. */
function reportAgain(payment: Payment): PaymentNews {
  const waits = payment.state === "requires_action" || payment.state === "failed"
  return waits ? { news: "none" } : { news: "requires_action" }
}

function judgeMoney(payment: Payment, report: PaymentReport): PaymentNews {
  const expected = `${payment.amountMinor} ${payment.currency}`
  const received = `${report.receivedMinor} ${report.currency}`
  if (expected !== received || payment.state === "canceled")
    return {
      news: "mismatch",
      reason: `${payment.state}: expected ${expected}, received ${received}`,
    }
  return { news: "succeeded", capturedMinor: report.receivedMinor }
}

/** Whether nothing more is to be expected of it, unless money comes after all. */
export function isEnded(payment: Pick<Payment, "state">): boolean {
  return payment.state === "succeeded" || payment.state === "canceled"
}
