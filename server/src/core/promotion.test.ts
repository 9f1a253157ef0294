import fc from "fast-check"
import { describe, expect, it } from "vitest"
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
      kind: fc.constantFrom<Promotion["kind"]>("percent", "amount"),
      percentPpm: amount,
      per: fc.constantFrom<Promotion["per"]>("order", "ticket"),
      appliesTo: fc.constantFrom<Promotion["appliesTo"]>("tickets", "everything"),
      amounts: fc.record({ cad: fc.record({ amountMinor: amount, minimumMinor: fc.constant(0) }) }),
    })
    .map(promotion)

  it("takes no line below nothing, gives nothing to lines it is not for, and an order amount exactly once", () => {
    fc.assert(
      fc.property(anyPromotion, lines, (given, of) => {
        const result = applyPromotion(given, of, { currency: "cad", now, usesSoFar: 0 })
        if (!result.applies) return
        const isFor = (line: DiscountableLine) =>
          given.appliesTo === "everything" || line.kind === "ticket"
        of.forEach((line, index) => {
          expect(result.discountsMinor[index]).toBeGreaterThanOrEqual(0)
          expect(result.discountsMinor[index]).toBeLessThanOrEqual(
            isFor(line) ? line.unitMinor * line.quantity : 0,
          )
        })
        if (given.kind === "percent" || given.per === "ticket") return
        const targetedMinor = add(...of.filter(isFor).map((line) => line.unitMinor * line.quantity))
        expect(add(...result.discountsMinor)).toBe(
          Math.min(given.amounts["cad"]!.amountMinor, targetedMinor),
        )
      }),
    )
  })
})
