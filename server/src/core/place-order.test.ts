import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Cart } from "#core/cart.ts"
import { add } from "#core/money.ts"
import { issueTickets, type OrderIdentity, snapshotOrder, ticketCount } from "#core/place-order.ts"
import { priceCart } from "#core/price-cart.ts"
import type { Question, Storefront } from "#core/storefront.ts"
import { anyCart, type ShopAndCart } from "#testing/any-cart.ts"
import {
  canada,
  context,
  event,
  line,
  now,
  orderLine,
  priceType,
  product,
  shop,
  variant,
} from "#testing/club.ts"

const identity: OrderIdentity = { id: "order-1", number: "LS-7KQ2MX", publicToken: "token", now }

function cart(given: Partial<Cart> = {}): Cart {
  return {
    id: "cart-1",
    accountId: "laughing-stock",
    state: "open",
    rev: 7,
    regionId: canada.id,
    locale: "fr",
    details: { email: " sam@example.com ", firstName: "Sam ", lastName: "Okafor" },
    lines: [line("adult", 2), line("nachos", 1)],
    ...given,
  }
}

function snapshot(of: Storefront = shop(), given: Partial<Cart> = {}) {
  const wanted = cart(given)
  return snapshotOrder(priceCart(of, wanted, context()), wanted, of, canada, identity)
}

function snapshotOf({ shop: of, ...wanted }: ShopAndCart) {
  return { priced: priceCart(of, wanted, context()), taken: snapshot(of, wanted) }
}

describe("the snapshot of an order", () => {
  it("has who, what and how much", () => {
    const taken = snapshot(shop(), { promoCode: "laugh10" })
    expect(taken).toMatchObject({
      cartId: "cart-1",
      cartRev: 7,
      regionSlug: "ca",
      answers: [],
      order: {
        id: "order-1",
        accountId: "laughing-stock",
        number: "LS-7KQ2MX",
        publicToken: "token",
        state: "awaiting_payment",
        currency: "cad",
        locale: "fr",
        email: "sam@example.com",
        firstName: "Sam",
        lastName: "Okafor",
        promoCode: "LAUGH10",
        subtotalMinor: 5800,
        discountMinor: 500,
        feeMinor: 300,
        taxMinor: 728,
        totalMinor: 6328,
        tickets: [],
      },
    })
    expect(taken).not.toHaveProperty("phone")
    expect(taken.order).not.toHaveProperty("placedAt")
  })

  it("copies what a ticket says: where, when, what", () => {
    const of = shop({
      events: [event({ doorsMinutes: 45, durationMinutes: 90, picture: "/media/headliners.jpg" })],
    })
    const [ticket, nachos] = snapshot(of).order.lines
    expect(ticket).toEqual({
      lineNo: 1,
      variantId: "seats",
      priceTypeId: "adult",
      kind: "ticket",
      tracked: true,
      title: "General admission",
      detail: "adult",
      eventSlug: "headliners",
      eventTitle: "Saturday Night Headliners",
      picture: "/media/headliners.jpg",
      venueName: "The Cellar",
      venueAddress: "214 Ossington Ave, Toronto, ON, CA",
      startsAt: "2026-11-29T01:00:00Z",
      startsLocal: "2026-11-28T20:00:00",
      timeZone: "America/Toronto",
      doorsMinutes: 45,
      durationMinutes: 90,
      quantity: 2,
      unitMinor: 2500,
      discountMinor: 0,
      feePassedMinor: 300,
      feeAbsorbedMinor: 0,
      taxAddedMinor: 689,
      taxIncludedMinor: 0,
      feeTaxAbsorbedMinor: 0,
      totalMinor: 5989,
    })
    expect(nachos).toMatchObject({ lineNo: 2, tracked: false, kind: "add-on" })
    expect(nachos).not.toHaveProperty("startsAt")
    expect(nachos).not.toHaveProperty("doorsMinutes")
  })

  it("keeps a telephone number and the answers, choices by their title, unanswered ones not at all", () => {
    const question: Question = {
      id: "seating",
      section: "",
      sectionNote: "",
      label: "Where?",
      help: "",
      kind: "choice",
      choices: [{ slug: "front", title: "At the front", description: "" }],
      required: false,
    }
    const questions: Question[] = [
      question,
      { ...question, id: "story", kind: "text", label: "Story?", choices: [] },
      { ...question, id: "silent" },
      { ...question, id: "elsewhere", eventId: "improv" },
    ]
    const details = {
      ...cart().details,
      phone: "416 555 0123",
      "q-seating": "front",
      "q-story": " A man walks in ",
      "q-silent": "  ",
      "q-elsewhere": "front",
    }
    expect(snapshot(shop({ questions }), { details })).toMatchObject({
      phone: "416 555 0123",
      answers: [
        { questionId: "seating", label: "Where?", answer: "At the front" },
        { questionId: "story", label: "Story?", answer: "A man walks in" },
      ],
    })
  })

  it("of a free order is paid as it is made", () => {
    const free = shop({
      events: [event({ products: [product("Seat", [variant("seats", [priceType("seat", 0)])])] })],
    })
    expect(snapshot(free, { lines: [line("seat", 2)] }).order).toMatchObject({
      state: "paid",
      placedAt: now,
      totalMinor: 0,
    })
  })

  it("leaves out a code that did not apply and lines that are no longer sold", () => {
    const taken = snapshot(shop(), {
      promoCode: "NOPE",
      lines: [line("adult", 1), line("gone", 1)],
    })
    expect(taken.order).not.toHaveProperty("promoCode")
    expect(taken.order.lines).toHaveLength(1)
  })
})

describe("any order", () => {
  it("is what was priced, line by line and in all", () => {
    fc.assert(
      fc.property(anyCart, (of) => {
        const { priced, taken } = snapshotOf(of)
        const { order } = taken
        expect(order).toMatchObject({
          currency: priced.currency,
          subtotalMinor: priced.subtotalMinor,
          discountMinor: priced.discountMinor,
          feeMinor: priced.feeMinor,
          taxMinor: priced.taxMinor,
          shippingMinor: priced.shippingMinor,
          totalMinor: priced.totalMinor,
          taxes: priced.taxes,
        })
        expect(order.totalMinor).toBe(
          add(order.shippingMinor, ...order.lines.map((each) => each.totalMinor)),
        )
        order.lines.forEach((each, index) => {
          const { unitMinor, discountMinor, totalMinor, line: wanted } = priced.lines[index]!
          expect(each).toMatchObject({
            lineNo: index + 1,
            unitMinor,
            discountMinor,
            totalMinor,
            quantity: wanted.quantity,
          })
        })
      }),
    )
  })

  it("never changes, whatever becomes of the storefront, the cart and its prices", () => {
    fc.assert(
      fc.property(anyCart, (of) => {
        const { shop: catalogue, ...given } = structuredClone(of)
        const wanted = cart(given)
        const priced = priceCart(catalogue, wanted, context())
        const taken = snapshotOrder(priced, wanted, catalogue, structuredClone(canada), identity)
        const before = structuredClone(taken)
        for (const source of [priced, wanted, catalogue]) overwrite(source)
        expect(taken).toEqual(before)
      }),
    )
  })
})

describe("tickets", () => {
  const lines = [
    orderLine({ lineNo: 1, quantity: 2 }),
    orderLine({ lineNo: 2, kind: "add-on", quantity: 5 }),
    orderLine({ lineNo: 3, quantity: 1 }),
  ]
  const codes = ["a", "b", "c"].map((id) => ({ id, code: `CODE-${id}` }))

  it("are one for each place, numbered within its line", () => {
    expect(ticketCount(lines)).toBe(3)
    expect(issueTickets(lines, codes)).toEqual([
      { id: "a", code: "CODE-a", lineNo: 1, seq: 1, state: "valid" },
      { id: "b", code: "CODE-b", lineNo: 1, seq: 2, state: "valid" },
      { id: "c", code: "CODE-c", lineNo: 3, seq: 1, state: "valid" },
    ])
  })

  it("need a code each", () => {
    expect(() => issueTickets(lines, codes.slice(1))).toThrow(RangeError)
    expect(issueTickets([orderLine({ kind: "merchandise" })], [])).toEqual([])
  })
})

/** Puts another value in every place of a structure, as a careless writer could. */
function overwrite(value: unknown, seen = new Set<unknown>()): void {
  if (typeof value !== "object" || value === null || seen.has(value)) return
  seen.add(value)
  if (value instanceof Map || value instanceof Set) {
    for (const each of value.values()) overwrite(each, seen)
    value.clear()
    return
  }
  for (const [name, each] of Object.entries(value)) {
    overwrite(each, seen)
    Reflect.set(value, name, typeof each === "number" ? each + 1 : "changed")
  }
}
