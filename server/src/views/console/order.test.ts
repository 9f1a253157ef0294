import { describe, expect, it } from "vitest"
import type { OrderState, OrderSummary } from "#core/order.ts"
import type { Role } from "#core/role.ts"
import { cancelOrderPage, type OrderPage, orderPage } from "#views/console/order.ts"

const order: OrderSummary = {
  id: "o",
  accountId: "a",
  number: "LS-7KQ2MX",
  publicToken: "secret-token",
  state: "paid",
  currency: "usd",
  locale: "en",
  subtotalMinor: 7400,
  discountMinor: 560,
  feeMinor: 420,
  taxMinor: 644,
  shippingMinor: 0,
  totalMinor: 7904,
  taxes: [{ name: "Tax", ratePpm: 88_750, addedMinor: 644, includedMinor: 0 }],
  promoCode: "LATE10",
  email: "ana@example.com",
  firstName: "Ana",
  lastName: '"><script>alert(1)</script>',
  placedAt: "2026-11-20T20:24:00Z",
  lines: [],
  tickets: [
    { id: "1", lineNo: 1, seq: 1, code: "7KQ2MXTDF4", state: "valid" },
    { id: "2", lineNo: 1, seq: 2, code: "8KQ2MXTDF4", state: "void" },
  ],
}

const visit = (role: Role) => ({
  actor: { role },
  person: { name: "Dana", email: "dana@example.com" },
  account: { slug: "club", name: "Club", timeZone: "America/New_York", currency: "usd" },
  accounts: [],
  now: "2026-11-20T21:00:00Z",
})

function pageOf(
  parts: Partial<OrderPage> = {},
  role: Role = "owner",
  state: OrderState = "paid",
): string {
  return String(
    orderPage({
      visit: visit(role),
      order: { ...order, state },
      contact: { createdAt: "2026-11-20T20:20:00Z" },
      answers: [],
      payments: [],
      refunds: [],
      touches: [],
      moments: [],
      conversions: [],
      otherOrders: 0,
      acts: [],
      ...parts,
    }),
  )
}

describe("one order", () => {
  it("adds up as the buyer saw it", () => {
    const page = pageOf()
    for (const text of ["Discount, LATE10", "−$5.60", "Service fee", "Tax, 8.875%", "$79.04"])
      expect(page).toContain(text)
  })

  it("offers what its state and the role allow", () => {
    const acts = (state: OrderState, role: Role = "owner") => {
      const page = pageOf({}, role, state)
      return [page.includes("/resend"), page.includes("/cancel")]
    }
    expect(acts("paid")).toEqual([true, true])
    expect(acts("disputed")).toEqual([true, false])
    expect(acts("refunded")).toEqual([false, false])
    expect(acts("canceled")).toEqual([false, false])
    expect(acts("awaiting_payment")).toEqual([false, false])
    expect(acts("paid", "finance")).toEqual([false, false])
    expect(acts("paid", "box-office")).toEqual([true, true])
  })

  it("credits each contact without losing a cent", () => {
    const at = (minute: number) => Date.UTC(2026, 10, 20, 19, minute)
    const page = pageOf({
      touches: [
        { at: at(1), source: "instagram", medium: "paid_social", campaign: "<reels>" },
        { at: at(2), ref: "priya" },
        { at: at(3), referrer: "https://www.google.com/search" },
      ],
    })
    expect(
      [...page.matchAll(/data-l="Linear"[^>]*>\s*([^<\s]+)/g)].map(([, text]) => text),
    ).toEqual(["$26.35", "$26.35", "$26.34"])
    for (const text of [
      "instagram / paid_social",
      "&#60;reels&#62;",
      "ref / affiliate",
      ">priya<",
      "google / organic",
    ])
      expect(page).toContain(text)
  })

  it("tells what happened, newest first, and who did it", () => {
    const page = pageOf({
      confirmedAt: "2026-11-20T20:24:05Z",
      moments: [
        {
          type: "PaymentDeclined",
          at: "2026-11-20T20:22:00Z",
          data: { code: "insufficient_funds" },
        },
        {
          type: "OrderPaid",
          at: "2026-11-20T20:24:00Z",
          data: { totalMinor: 7904, currency: "usd" },
        },
        { type: "SomethingNew", at: "2026-11-20T20:24:01Z", data: {} },
        { type: "OrderCanceled", at: "2026-11-20T20:50:00Z", data: {} },
      ],
      acts: [{ at: "2026-11-20T20:50:00.100Z", who: "Dana", action: "order.canceled" }],
    })
    const timeline = page.slice(page.indexOf("Timeline"))
    const said = [...timeline.matchAll(/<b>([^<]+)</g)].map(([, text]) => text)
    expect(said.slice(0, 5)).toEqual([
      "Canceled",
      "Confirmation sent",
      "Paid",
      "Payment declined",
      "Order begun",
    ])
    expect(timeline).toContain("by Dana")
    expect(timeline).toContain("Not enough funds")
  })

  it("names of the pixels only those that heard of it", () => {
    const told = (destination: string, outcome: string) => ({
      destination,
      state: "acknowledged",
      outcome,
      at: "2026-11-20T20:24:10Z",
    })
    const page = pageOf({
      conversions: [
        told("meta", "fired"),
        told("reddit", "no-consent"),
        told("ga4", "missing-library"),
      ],
    })
    expect(page).toContain("Conversions sent")
    expect(page).toContain("Meta")
    expect(page).not.toMatch(/Reddit|Google Analytics/)
    expect(pageOf({ conversions: [told("meta", "no-consent")] })).not.toContain("Conversions sent")
  })

  it("says whose dollars they are that are not the account's own", () => {
    const page = pageOf({ order: { ...order, currency: "cad" } })
    expect(page).toContain("CA$79.04")
    expect(page).not.toMatch(/[^A]\$79\.04/)
  })

  it("shows no name as markup and no secret of the buyer", () => {
    const page = pageOf({ answers: [{ label: "<i>", answer: "<u>" }] })
    expect(page).not.toMatch(/<script>alert|<i>|<u>/)
    expect(page).not.toContain("secret-token")
  })

  it("says what a person must look at", () => {
    const payment = {
      provider: "stripe",
      currency: "usd",
      amountMinor: 7904,
      capturedMinor: 7904,
      refundReservedMinor: 0,
      state: "succeeded",
      parkedReason: "amount",
      createdAt: "2026-11-20T20:24:00Z",
    } as const
    const refund = {
      currency: "usd",
      amountMinor: 7904,
      state: "failed",
      createdAt: payment.createdAt,
    } as const
    const page = pageOf({ payments: [payment], refunds: [refund] })
    expect(page).toContain("A person must look at this payment.")
    expect(page).toContain("$79.04 could not be sent back.")
  })
})

it("asks before it cancels, with what will happen", () => {
  const page = String(cancelOrderPage({ visit: visit("owner"), order, refundableMinor: 7904 }))
  expect(page).toMatch(/1 ticket stops working/)
  expect(page).toContain("<b>$79.04</b> goes back")
  expect(page).toContain('method="post" action="/console/club/orders/LS-7KQ2MX/cancel"')
})
