import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Audience, Buyer } from "#core/audience.ts"
import type { Bogo } from "#core/bogo.ts"
import { add } from "#core/money.ts"
import { applyPromotion, type DiscountableLine, findPromotion } from "#core/promotion.ts"
import type { Promotion } from "#core/storefront.ts"
import { now, promotion, shop } from "#testing/club.ts"

const adult: DiscountableLine = {
  priceTypeId: "adult",
  eventSlug: "headliners",
  kind: "ticket",
  unitMinor: 2500,
  quantity: 2,
}
const nachos: DiscountableLine = {
  ...adult,
  priceTypeId: "nachos",
  kind: "add-on",
  unitMinor: 800,
  quantity: 1,
}
const improv: DiscountableLine = {
  ...adult,
  priceTypeId: "improv",
  eventSlug: "improv",
  unitMinor: 1200,
}

function apply(
  given: Partial<Promotion>,
  lines: readonly DiscountableLine[] = [adult, nachos],
  usesSoFar = 0,
) {
  return applyPromotion(promotion(given), lines, { currency: "cad", now, usesSoFar })
}
const discounts = (given: Partial<Promotion>, lines?: readonly DiscountableLine[]) => {
  const result = apply(given, lines)
  return result.applies ? result.discountsMinor : result.reason
}
const off = (amountMinor: number, minimumMinor = 0): Partial<Promotion> => ({
  kind: "amount",
  amounts: { cad: { amountMinor, minimumMinor } },
})

describe("what is taken off", () => {
  it.each<[string, Partial<Promotion>, readonly number[]]>([
    ["a percentage of tickets", {}, [500, 0]],
    ["a percentage of everything", { appliesTo: "everything" }, [500, 80]],
    ["all of it", { percentPpm: 1_000_000 }, [5000, 0]],
    ["a percentage, a half rounded up", { percentPpm: 100 }, [1, 0]],
    ["an amount of the order", off(1000), [1000, 0]],
    [
      "an amount shared by what it applies to",
      { ...off(1000), appliesTo: "everything" },
      [862, 138],
    ],
    ["no more than there is", { ...off(99_999), appliesTo: "everything" }, [5000, 800]],
    ["an amount off each ticket", { ...off(300), per: "ticket" }, [600, 0]],
    ["no more than each ticket costs", { ...off(3000), per: "ticket" }, [5000, 0]],
    [
      "an amount off each piece of everything",
      { ...off(900), per: "ticket", appliesTo: "everything" },
      [1800, 800],
    ],
  ])("%s", (_what, given, expected) => {
    expect(discounts(given)).toEqual(expected)
  })

  it("gives the odd cent to the same line in whatever order the lines stand", () => {
    const lines = ["c", "a", "b"].map((priceTypeId) => ({ ...adult, priceTypeId, quantity: 1 }))
    expect(discounts(off(100), lines)).toEqual([33, 34, 33])
    expect(discounts(off(100), lines.toReversed())).toEqual([33, 34, 33])
  })

  it("comes only off the events it is for", () => {
    expect(discounts({ eventSlugs: ["improv"] }, [adult, improv])).toEqual([0, 240])
    expect(discounts({ eventSlugs: ["improv"] }, [adult])).toBe("not-for-these-events")
    expect(discounts({}, [nachos])).toBe("not-for-these-events")
  })
})

describe("when it applies", () => {
  it.each<[string, Partial<Promotion>, string]>([
    ["before it starts", { startsAt: "2026-11-20T17:00:01Z" }, "not-started"],
    ["at the moment it ends", { endsAt: now }, "expired"],
    [
      "after it ended",
      { startsAt: "2026-01-01T00:00:00Z", endsAt: "2026-11-01T00:00:00Z" },
      "expired",
    ],
    [
      "without an amount in the currency",
      { kind: "amount", amounts: { usd: { amountMinor: 1, minimumMinor: 0 } } },
      "not-in-this-currency",
    ],
    ["below the minimum", off(500, 5001), "below-minimum"],
    [
      "below the minimum of a percentage",
      { amounts: { cad: { amountMinor: 0, minimumMinor: 5001 } } },
      "below-minimum",
    ],
  ])("is not %s", (_when, given, reason) => {
    expect(apply(given)).toEqual({ applies: false, reason })
  })

  it("is from its first instant on, at exactly the minimum", () => {
    expect(discounts({ ...off(500, 5000), startsAt: now })).toEqual([500, 0])
  })

  it("measures the minimum by what it applies to", () => {
    expect(discounts(off(500, 5800))).toBe("below-minimum")
    expect(discounts({ ...off(500, 5800), appliesTo: "everything" })).not.toBe("below-minimum")
  })

  it("is not after it was stopped, whatever its dates say", () => {
    expect(apply({ stopped: true, endsAt: "2099-01-01T00:00:00Z" })).toEqual({
      applies: false,
      reason: "expired",
    })
  })

  it("is until the last use", () => {
    expect(apply({ usageLimit: 2 }, [adult], 1).applies).toBe(true)
    expect(apply({ usageLimit: 2 }, [adult], 2)).toEqual({ applies: false, reason: "used-up" })
  })

  it("a percentage needs no amounts", () => {
    expect(discounts({ amounts: {} })).toEqual([500, 0])
  })

  it("waits in an empty cart, as long as it runs", () => {
    expect(apply({ eventSlugs: ["improv"] }, []).applies).toBe(true)
    expect(apply({ endsAt: now }, []).applies).toBe(false)
    expect(applyPromotion(undefined, [], { currency: "cad", now, usesSoFar: 0 })).toEqual({
      applies: false,
      reason: "unknown-code",
    })
  })
})

describe("some cheaper with others", () => {
  const bogo = (given: Partial<Bogo> = {}, more: Partial<Promotion> = {}): Partial<Promotion> => ({
    kind: "bogo",
    percentPpm: 1_000_000,
    bogo: { buy: 2, get: 1, within: "event", ...given },
    ...more,
  })
  const many = (quantity: number, given: Partial<DiscountableLine> = {}) => ({
    ...adult,
    ...given,
    quantity,
  })
  const student = { priceTypeId: "student", unitMinor: 1800 }

  it.each<[string, Partial<Promotion>, readonly DiscountableLine[], readonly number[] | string]>([
    ["every third free", bogo(), [many(3)], [2500]],
    ["every third free, twice", bogo(), [many(7)], [5000]],
    ["one more needed", bogo(), [many(2)], "too-few"],
    ["the cheapest of the three", bogo(), [many(2), many(1, student)], [0, 1800]],
    ["the cheapest ones over two lines", bogo(), [many(5), many(1, student)], [2500, 1800]],
    ["buy one, get two, as far as it goes", bogo({ buy: 1, get: 2 }), [many(2)], [2500]],
    ["the second for half", bogo({ buy: 1 }, { percentPpm: 500_000 }), [many(2)], [1250]],
    ["not across events", bogo(), [many(2), { ...improv, quantity: 1 }], "too-few"],
    ["across events", bogo({ within: "order" }), [many(2), { ...improv, quantity: 1 }], [0, 1200]],
    [
      "not across price types",
      bogo({ within: "price-type" }),
      [many(2), many(1, student)],
      "too-few",
    ],
    ["of one price type", bogo({ within: "price-type" }), [many(3), many(2, student)], [2500, 0]],
    ["add-ons are not tickets", bogo(), [many(2), nachos], "too-few"],
    [
      "add-ons where it is for everything",
      bogo({}, { appliesTo: "everything" }),
      [many(2), nachos],
      [0, 800],
    ],
    [
      "what is free counts for nothing",
      bogo(),
      [many(2), many(5, { ...student, unitMinor: 0 })],
      "too-few",
    ],
    [
      "other shows do not count",
      bogo({}, { eventSlugs: ["improv"] }),
      [many(9)],
      "not-for-these-events",
    ],
  ])("%s", (_what, given, lines, expected) => {
    expect(discounts(given, lines)).toEqual(expected)
  })

  it("still asks for its minimum", () => {
    const amounts = { cad: { amountMinor: 0, minimumMinor: 7501 } }
    expect(discounts(bogo({}, { amounts }), [many(3)])).toBe("below-minimum")
  })
})

describe("whom it is for", () => {
  const emails = ["sam@example.com", "@club.example"]
  const listed = { who: "listed", emails } as const
  const judge = (audience: Audience, buyer?: Buyer) =>
    applyPromotion(promotion({ audience }), [adult], { currency: "cad", now, usesSoFar: 0, buyer })
  const buyer = (email: string, hasBought = false): Buyer => ({ email, hasBought })

  it.each<[string, Audience, Buyer, string | undefined]>([
    ["a first order", { who: "first-time" }, buyer("a@b.ca"), undefined],
    ["a second order", { who: "first-time" }, buyer("a@b.ca", true), "first-time-only"],
    ["who came back", { who: "returning" }, buyer("a@b.ca", true), undefined],
    ["who is new", { who: "returning" }, buyer("a@b.ca"), "returning-only"],
    ["who is listed", listed, buyer(" Sam@Example.com"), undefined],
    ["whose domain is listed", listed, buyer("ann@CLUB.example"), undefined],
    ["somebody else", listed, buyer("pat@example.com"), "not-on-the-list"],
    ["below a listed domain", listed, buyer("ann@sub.club.example"), "not-on-the-list"],
    ["a domain in a name", listed, buyer("x@club.example@evil.example"), "not-on-the-list"],
  ])("%s", (_who, audience, who, reason) => {
    const result = judge(audience, who)
    expect(result.applies ? undefined : result.reason).toBe(reason)
  })

  it("waits until the buyer is known", () => {
    expect(judge(listed).applies).toBe(true)
  })
})

it("finds a code however it is typed", () => {
  expect(findPromotion(shop(), " laugh10 ")?.code).toBe("LAUGH10")
  expect(findPromotion(shop(), "LAUGH")).toBeUndefined()
})

describe("any promotion and lines", () => {
  const amount = fc.integer({ min: 0, max: 1_000_000 })
  const lines = fc.uniqueArray(
    fc.record({
      priceTypeId: fc.string({ minLength: 1, maxLength: 4 }),
      eventSlug: fc.constantFrom("headliners", "improv"),
      kind: fc.constantFrom<DiscountableLine["kind"]>("ticket", "add-on"),
      unitMinor: amount,
      quantity: fc.integer({ min: 1, max: 50 }),
    }),
    { minLength: 1, maxLength: 6, selector: (line) => line.priceTypeId },
  )
  const anyPromotion = fc
    .record({
      kind: fc.constantFrom<Promotion["kind"]>("percent", "amount", "bogo"),
      percentPpm: amount,
      numbers: fc.record({
        buy: fc.integer({ min: 1, max: 5 }),
        get: fc.integer({ min: 1, max: 5 }),
        within: fc.constantFrom<Bogo["within"]>("event", "price-type", "order"),
      }),
      per: fc.constantFrom<Promotion["per"]>("order", "ticket"),
      appliesTo: fc.constantFrom<Promotion["appliesTo"]>("tickets", "everything"),
      amounts: fc.record({ cad: fc.record({ amountMinor: amount, minimumMinor: fc.constant(0) }) }),
    })
    .map(({ numbers, ...given }) =>
      promotion({ ...given, ...(given.kind === "bogo" && { bogo: numbers }) }),
    )
  const isFor = (given: Promotion) => (line: DiscountableLine) =>
    given.appliesTo === "everything" || line.kind === "ticket"

  it("takes no line below nothing, gives nothing to lines it is not for, and an order amount exactly once", () => {
    fc.assert(
      fc.property(anyPromotion, lines, (given, of) => {
        const result = applyPromotion(given, of, { currency: "cad", now, usesSoFar: 0 })
        if (!result.applies) return
        of.forEach((line, index) => {
          expect(result.discountsMinor[index]).toBeGreaterThanOrEqual(0)
          expect(result.discountsMinor[index]).toBeLessThanOrEqual(
            isFor(given)(line) ? line.unitMinor * line.quantity : 0,
          )
        })
        if (given.kind !== "amount" || given.per === "ticket") return
        const targetedMinor = add(
          ...of.filter(isFor(given)).map((line) => line.unitMinor * line.quantity),
        )
        expect(add(...result.discountsMinor)).toBe(
          Math.min(given.amounts["cad"]!.amountMinor, targetedMinor),
        )
      }),
    )
  })

  it("comes to the same for every line in whatever order the lines stand", () => {
    fc.assert(
      fc.property(
        anyPromotion,
        lines,
        fc.infiniteStream(fc.double({ noNaN: true })),
        (given, of, order) => {
          const context = { currency: "cad", now, usesSoFar: 0 }
          const shuffled = of
            .map((line) => ({ line, at: order.next().value as number }))
            .toSorted((a, b) => a.at - b.at)
            .map(({ line }) => line)
          const byLine = (some: readonly DiscountableLine[]) => {
            const result = applyPromotion(given, some, context)
            return result.applies
              ? new Map(some.map(({ priceTypeId }, i) => [priceTypeId, result.discountsMinor[i]]))
              : result.reason
          }
          expect(byLine(shuffled)).toEqual(byLine(of))
        },
      ),
    )
  })

  it("makes as many units cheaper as whole sets and the last one's rest give, and none dearer than one that is not", () => {
    fc.assert(
      fc.property(anyPromotion, lines, (given, of) => {
        const result = applyPromotion(given, of, { currency: "cad", now, usesSoFar: 0 })
        if (!given.bogo || !result.applies || given.bogo.within !== "order") return
        const { buy, get } = given.bogo
        const units = of.flatMap((line) =>
          isFor(given)(line) && line.unitMinor > 0
            ? Array.from({ length: line.quantity }, () => line.unitMinor)
            : [],
        )
        const sorted = units.toSorted((a, b) => a - b)
        // One unit after the other, as they go over a counter: the first of a set are paid, the others are not.
        const free = units.filter((_, i) => i % (buy + get) >= buy).length
        const expected = sorted
          .slice(0, free)
          .map((unit) => Math.floor((unit * given.percentPpm + 500_000) / 1_000_000))
        expect(add(...result.discountsMinor)).toBe(add(...expected))
      }),
    )
  })
})
