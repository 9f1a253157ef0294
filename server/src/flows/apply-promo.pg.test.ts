import { randomUUID } from "node:crypto"
import { expect, it } from "vitest"
import type { Promotion } from "#core/storefront.ts"
import { aStorefront, firstOf } from "#testing/fixtures.ts"
import { openCounter } from "#testing/shopper.ts"

const done = (rev: number) => ({ outcome: "done", rev })
const refusedPromo = (rev: number, code: string, why: string) => ({
  outcome: "refused",
  rev,
  refusal: { reason: "promo-refused", code, why },
})

function aPromotion(code: string, parts: Partial<Promotion> = {}): Promotion {
  return {
    id: randomUUID(),
    code,
    kind: "percent",
    percentPpm: 100_000,
    per: "order",
    appliesTo: "everything",
    amounts: { cad: { amountMinor: 0, minimumMinor: 0 } },
    ...parts,
  }
}

function shopWith(...promotions: readonly Promotion[]) {
  return aStorefront({ promotions: new Map(promotions.map((each) => [each.code, each])) })
}

it("keeps a code that takes something off, however it was typed, and lets it go", async () => {
  await using counter = await openCounter(shopWith(aPromotion("TENOFF")))
  const ann = counter.shopper()
  await ann.set(firstOf(counter.shop).priceType.id, 1)
  expect(await ann.send("apply-promo", { code: " tenoff" })).toEqual(done(2))
  expect((await ann.cart()).cart.promoCode).toBe("TENOFF")
  expect(await ann.send("remove-promo")).toEqual(done(3))
  expect((await ann.cart()).cart.promoCode).toBeUndefined()
})

it("keeps a code that comes before the first ticket", async () => {
  await using counter = await openCounter(shopWith(aPromotion("TENOFF")))
  const ann = counter.shopper()
  expect(await ann.send("apply-promo", { code: "TENOFF" })).toEqual(done(1))
})

it("refuses a code that does not exist and keeps the one before", async () => {
  await using counter = await openCounter(shopWith(aPromotion("TENOFF")))
  const ann = counter.shopper()
  await ann.set(firstOf(counter.shop).priceType.id, 1)
  await ann.send("apply-promo", { code: "TENOFF" })
  expect(await ann.send("apply-promo", { code: "NOPE" })).toEqual(
    refusedPromo(2, "NOPE", "unknown-code"),
  )
  expect(await ann.send("apply-promo", { code: "  " })).toMatchObject({ outcome: "refused" })
  expect((await ann.cart()).cart.promoCode).toBe("TENOFF")
})

it("judges a code by the cart as it is, not as the shopper's screen still shows it", async () => {
  const amounts = { cad: { amountMinor: 0, minimumMinor: 4000 } }
  await using counter = await openCounter(shopWith(aPromotion("BIG", { amounts })))
  const { priceType } = firstOf(counter.shop)
  const ann = counter.shopper()
  await ann.set(priceType.id, 2)
  const otherTab = counter.shopper(ann.token)
  await otherTab.set(priceType.id, 1)
  expect(await ann.send("apply-promo", { code: "BIG" })).toEqual(
    refusedPromo(2, "BIG", "below-minimum"),
  )
})

it("refuses a code whose uses are spent", async () => {
  const promotion = aPromotion("ONCE", { usageLimit: 1 })
  await using counter = await openCounter(shopWith(promotion))
  const ann = counter.shopper()
  await ann.set(firstOf(counter.shop).priceType.id, 1)
  const spend = (used: number) =>
    counter.database.owner.query("update catalogue.promotion set used = $1", [used])
  await spend(1)
  expect(await ann.send("apply-promo", { code: "ONCE" })).toEqual(
    refusedPromo(1, "ONCE", "used-up"),
  )
  await spend(0)
})
