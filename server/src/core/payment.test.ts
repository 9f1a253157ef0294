import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { canMove } from "#core/order-state.ts"
import {
  type Payment,
  type PaymentReport,
  type PaymentState,
  lostReason,
  readReport,
} from "#core/payment.ts"

const aPayment = (parts: Partial<Payment> = {}): Payment => ({
  id: "p",
  accountId: "a",
  orderId: "o",
  provider: "stripe",
  currency: "cad",
  amountMinor: 4000,
  state: "requires_action",
  capturedMinor: 0,
  idempotencyKey: "k",
  createdAt: "2026-11-20T12:00:00.000Z",
  ...parts,
})

const aReport = (parts: Partial<PaymentReport> = {}): PaymentReport => ({
  askedAt: "2026-11-20T12:00:10.000Z",
  state: "succeeded",
  amountMinor: 4000,
  receivedMinor: 4000,
  currency: "cad",
  ...parts,
})

const decline = { code: "insufficient_funds", attempt: "ch_1" }

describe("money", () => {
  it("of the right amount and currency is news, whatever was known before", () => {
    const states = ["submitting", "requires_action", "processing", "failed", "unknown"] as const
    for (const state of states)
      expect(readReport(aPayment({ state }), aReport())).toEqual({
        news: "succeeded",
        capturedMinor: 4000,
      })
  })

  it.each([
    ["less", { receivedMinor: 3999 }],
    ["more", { receivedMinor: 4001 }],
    ["another currency", { currency: "usd" }],
  ])("of %s is a mismatch", (_, parts) => {
    expect(readReport(aPayment(), aReport(parts)).news).toBe("mismatch")
  })

  it("for a payment that was canceled is a mismatch", () => {
    expect(readReport(aPayment({ state: "canceled" }), aReport()).news).toBe("mismatch")
  })

  it("that is known, or parked, is no news", () => {
    expect(readReport(aPayment({ state: "succeeded" }), aReport()).news).toBe("none")
    expect(readReport(aPayment({ parkedReason: "x" }), aReport()).news).toBe("none")
  })

  it("for a payment that the provider was thought to have lost is news", () => {
    const parkedReason = lostReason("resource_missing")
    expect(readReport(aPayment({ parkedReason }), aReport()).news).toBe("succeeded")
  })
})

describe("a decline", () => {
  const report = aReport({ state: "failed", receivedMinor: 0, failure: decline })

  it("is told once", () => {
    expect(readReport(aPayment(), report)).toEqual({ news: "failed", ...decline })
    const known = aPayment({ state: "failed", failureAttempt: "ch_1" })
    expect(readReport(known, report).news).toBe("none")
  })

  it("of before does not come back while the shopper tries again", () => {
    const trying = { failureAttempt: "ch_1" }
    expect(readReport(aPayment(trying), report).news).toBe("none")
    expect(readReport(aPayment({ ...trying, state: "submitting" }), report).news).toBe(
      "requires_action",
    )
  })

  it("of another attempt is told", () => {
    expect(readReport(aPayment({ failureAttempt: "ch_0" }), report).news).toBe("failed")
    const failed = aPayment({ state: "failed", failureAttempt: "ch_0" })
    expect(readReport(failed, report).news).toBe("failed")
  })
})

it("ignores what was asked before something newer was merged, unless it is final", () => {
  const payment = aPayment({ state: "processing", seenAt: "2026-11-20T12:00:11.000Z" })
  expect(readReport(payment, aReport({ state: "requires_action" })).news).toBe("none")
  expect(readReport(payment, aReport({ state: "canceled" })).news).toBe("canceled")
  expect(readReport(payment, aReport()).news).toBe("succeeded")
})

const states: readonly PaymentState[] = [
  "submitting",
  "requires_action",
  "processing",
  "succeeded",
  "failed",
  "canceled",
  "unknown",
]
const reported = ["requires_action", "processing", "succeeded", "failed", "canceled"] as const

it("only ever moves a payment along its legal moves", () => {
  const payments = fc.record({
    state: fc.constantFrom(...states),
    failureAttempt: fc.constantFrom("ch_1", "ch_2"),
  })
  const reports = fc.record({
    state: fc.constantFrom(...reported),
    receivedMinor: fc.constantFrom(0, 4000, 5000),
    failure: fc.record({ code: fc.constant("x"), attempt: fc.constantFrom("ch_1", "ch_2") }),
  })
  fc.assert(
    fc.property(payments, reports, (payment, report) => {
      const { news } = readReport(aPayment(payment), aReport(report))
      if (news === "none" || news === "mismatch") return
      expect(canMove("payment", payment.state, news)).toBe(true)
    }),
  )
})
