import { expect, it } from "vitest"
import type { OrderSummary } from "#core/order.ts"
import { aStorefront } from "#testing/fixtures.ts"
import { cancellationMail } from "#views/mail/cancellation.ts"

const { account, brand } = aStorefront()

const order: OrderSummary = {
  id: "o",
  accountId: account.id,
  number: "LS-7KQ2MX",
  publicToken: "t",
  state: "canceled",
  currency: "cad",
  locale: "en",
  subtotalMinor: 5000,
  discountMinor: 0,
  feeMinor: 0,
  taxMinor: 0,
  shippingMinor: 0,
  totalMinor: 5000,
  taxes: [],
  email: "ada@example.com",
  firstName: "Ada",
  lastName: "Lovelace",
  placedAt: "2026-11-20T20:00:00Z",
  lines: [
    {
      lineNo: 1,
      variantId: "v",
      priceTypeId: "p",
      kind: "ticket",
      tracked: true,
      eventSlug: "gala",
      eventTitle: "Gala <b>&",
      title: "General",
      detail: "",
      startsAt: "2026-12-31T02:00:00Z",
      startsLocal: "2026-12-30T21:00:00",
      timeZone: "America/Toronto",
      venueName: "Hall",
      venueAddress: "",
      quantity: 2,
      unitMinor: 2500,
      discountMinor: 0,
      feePassedMinor: 0,
      feeAbsorbedMinor: 0,
      taxAddedMinor: 0,
      taxIncludedMinor: 0,
      feeTaxAbsorbedMinor: 0,
      totalMinor: 5000,
    },
  ],
  tickets: [{ id: "1", lineNo: 1, seq: 1, code: "7KQ2MXTDF4", state: "void" }],
}

it("says what was canceled, what comes back, and that the tickets are worth nothing", () => {
  const { subject, html, text } = cancellationMail({ order, account, brand, refundMinor: 5000 })
  expect(subject).toBe("Canceled: your order LS-7KQ2MX")
  for (const body of [html, text]) {
    expect(body).toContain("CA$50.00")
    expect(body).toContain("no longer valid")
    expect(body).toMatch(/2 × General/)
    expect(body).toMatch(/Wed 30 Dec, 21:00/)
    expect(body).not.toContain("7KQ2M XTDF4")
  }
  expect(html).toContain("Gala &#60;b&#62;&#38;")
})

it("says nothing of money that never came, nor of tickets that never were", () => {
  const { text } = cancellationMail({
    order: { ...order, tickets: [] },
    account,
    brand,
    refundMinor: 0,
  })
  expect(text).not.toMatch(/\$|valid/)
})

it("speaks the buyer's language", () => {
  const { subject, text } = cancellationMail({
    order: { ...order, locale: "fr" },
    account,
    brand,
    refundMinor: 5000,
  })
  expect(subject).toBe("Annulée : votre commande LS-7KQ2MX")
  expect(text).toMatch(/50,00\s\$\sCA vous sont remboursés/)
})
