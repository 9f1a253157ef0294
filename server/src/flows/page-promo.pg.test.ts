import { randomUUID } from "node:crypto"
import { expect, it } from "vitest"
import type { Promotion } from "#core/storefront.ts"
import { aStorefront, firstOf } from "#testing/fixtures.ts"
import { type Counter, openCounter } from "#testing/shopper.ts"

const aPromotion = (code: string): Promotion => ({
  id: randomUUID(),
  code,
  kind: "percent",
  percentPpm: 100_000,
  per: "order",
  appliesTo: "everything",
  amounts: {},
})
const codes = [aPromotion("TENOFF"), aPromotion("FRIENDS")]
const shop = () => aStorefront({ promotions: new Map(codes.map((each) => [each.code, each])) })
const page = { promo: " tenoff" }
const priceIn = (counter: Counter) => firstOf(counter.shop).priceType.id

it("goes with the first tickets that are chosen on its page", async () => {
  await using counter = await openCounter(shop())
  const ann = counter.shopper()
  expect(await ann.set(priceIn(counter), 2, undefined, page)).toEqual({ outcome: "done", rev: 1 })
  expect((await ann.cart()).cart.promoCode).toBe("TENOFF")
})

it("goes to a cart without a code with its next change, on to the form too", async () => {
  await using counter = await openCounter(shop())
  const [ann, bob] = [counter.shopper(), counter.shopper()]
  await ann.set(priceIn(counter), 1)
  await ann.set(priceIn(counter), 2, undefined, page)
  expect((await ann.cart()).cart.promoCode).toBe("TENOFF")
  await bob.set(priceIn(counter), 1)
  await bob.send("go-to-checkout", {}, page)
  expect((await bob.cart()).cart.promoCode).toBe("TENOFF")
})

it("never takes the place of a code that the cart has", async () => {
  await using counter = await openCounter(shop())
  const ann = counter.shopper()
  await ann.set(priceIn(counter), 1)
  await ann.send("apply-promo", { code: "FRIENDS" })
  await ann.set(priceIn(counter), 2, undefined, page)
  expect((await ann.cart()).cart.promoCode).toBe("FRIENDS")
})

it("stands in nobody's way when it does not exist: the cart keeps it to say so", async () => {
  await using counter = await openCounter(shop())
  const ann = counter.shopper()
  const bought = await ann.set(priceIn(counter), 1, undefined, { promo: "mistyped" })
  expect(bought).toEqual({ outcome: "done", rev: 1 })
  expect((await ann.cart()).cart.promoCode).toBe("MISTYPED")
  expect(await ann.send("go-to-checkout")).toMatchObject({ outcome: "done" })
})

it("is not kept with tickets that could not be had", async () => {
  await using counter = await openCounter(shop(), 1)
  const ann = counter.shopper()
  const refused = await ann.set(priceIn(counter), 2, undefined, page)
  expect(refused).toMatchObject({ outcome: "refused", refusal: { reason: "sold-out" } })
  expect((await ann.cart()).cart.promoCode).toBeUndefined()
})
