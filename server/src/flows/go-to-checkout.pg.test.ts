import { expect, it } from "vitest"
import { anEvent, aPriceType, aProduct, aStorefront, aVariant, firstOf } from "#testing/fixtures.ts"
import { openCounter } from "#testing/shopper.ts"

const done = (rev: number) => ({ outcome: "done", rev })
const refused = (rev: number, refusal: object) => ({ outcome: "refused", rev, refusal })

it("gives the hold time once more, once", async () => {
  await using counter = await openCounter()
  const { owner } = counter.database
  const ann = counter.shopper()
  await ann.set(firstOf(counter.shop).priceType.id, 2)
  const soon = "clock_timestamp() + interval '1 minute'"
  const hurry = async () => {
    await owner.query(`update inv.hold set expires_at = ${soon}`)
    await owner.query(
      `update sales.cart set holds_expire_at = (select min(expires_at) from inv.hold)`,
    )
    return (await ann.cart()).cart.holdsExpireAt
  }
  const before = await hurry()
  expect(await ann.send("go-to-checkout")).toEqual(done(2))
  const extended = (await ann.cart()).cart
  expect((extended.holdsExpireAt ?? "") > (before ?? "")).toBe(true)
  const { rows } = await owner.query("select expires_at from inv.hold")
  expect(rows[0]?.expires_at.toISOString()).toBe(extended.holdsExpireAt)
  const again = await hurry()
  expect(await ann.send("go-to-checkout")).toEqual(done(2))
  expect((await ann.cart()).cart.holdsExpireAt).toBe(again)
})

it("has nothing to check out in an empty cart", async () => {
  await using counter = await openCounter()
  const ann = counter.shopper()
  await ann.set(firstOf(counter.shop).priceType.id, 1)
  await ann.set(firstOf(counter.shop).priceType.id, 0)
  expect(await ann.send("go-to-checkout")).toEqual(refused(2, { reason: "cart-empty" }))
})

it("does not go on with what the clock took", async () => {
  await using counter = await openCounter()
  const ann = counter.shopper()
  await ann.set(firstOf(counter.shop).priceType.id, 1)
  await counter.letTimePass()
  expect(await ann.send("go-to-checkout")).toEqual(refused(1, { reason: "holds-expired" }))
})

it("does not begin what no order could be made of", async () => {
  const product = aProduct({ minPerOrder: 3 })
  await using counter = await openCounter(
    aStorefront({ events: [anEvent({ products: [product] })] }),
  )
  const ann = counter.shopper()
  await ann.set(firstOf(counter.shop).priceType.id, 2)
  expect(await ann.send("go-to-checkout")).toEqual(
    refused(1, { reason: "below-minimum-quantity", title: product.title, minimum: 3 }),
  )
})

it("keeps what is typed, known controls only, without a new revision", async () => {
  await using counter = await openCounter()
  const ann = counter.shopper()
  await ann.set(firstOf(counter.shop).priceType.id, 1)
  const values = { email: "ann@", attributes: "x" }
  expect(await ann.send("save-details", { values })).toEqual(done(1))
  expect(await ann.send("save-details", { values: { firstName: "Ann" } })).toEqual(done(1))
  expect((await ann.cart()).cart.details).toEqual({ email: "ann@", firstName: "Ann" })
})

it("refuses an incomplete form and keeps it; takes a complete one", async () => {
  await using counter = await openCounter()
  const ann = counter.shopper()
  await ann.set(firstOf(counter.shop).priceType.id, 1)
  const values = { email: "ann@example.com", firstName: "Ann", lastName: "" }
  expect(await ann.send("submit-details", { values })).toEqual(
    refused(2, { reason: "details-incomplete" }),
  )
  expect((await ann.cart()).cart.details).toMatchObject({ email: "ann@example.com" })
  const whole = { values: { ...values, lastName: "Example" } }
  expect(await ann.send("submit-details", whole)).toEqual(done(3))
  expect(await ann.send("submit-details", whole)).toEqual(done(3))
})

it("moves a cart to another region with its lines and holds; a chosen amount does not change currency", async () => {
  const free = aPriceType({
    kind: "pay-what-you-like",
    prices: { cad: { unitMinor: 500 }, eur: { unitMinor: 300, suggestedMinor: 900 } },
  })
  const fixed = aPriceType()
  const product = aProduct({ variants: [aVariant({ priceTypes: [fixed, free] })] })
  await using counter = await openCounter(
    aStorefront({ events: [anEvent({ products: [product] })] }),
  )
  const ann = counter.shopper()
  await ann.set(fixed.id, 1)
  await ann.set(free.id, 2, "20")
  expect(await ann.send("choose-region", { region: "europe" })).toEqual(done(3))
  const { cart, liveHolds } = await ann.cart()
  expect(cart.regionId).toBe(counter.shop.regions[1]?.id)
  expect(cart.lines.map((line) => [line.quantity, line.amountMinor])).toEqual([
    [1, undefined],
    [2, 900],
  ])
  expect([...liveHolds.values()]).toEqual([3])
  expect(await ann.send("choose-region", { region: "europe" })).toEqual(done(3))
  expect(await ann.send("choose-region", { region: "atlantis" })).toEqual(done(3))
})

it("leaves the choice of a region to the browser while there is no cart", async () => {
  await using counter = await openCounter()
  const ann = counter.shopper()
  expect(await ann.send("choose-region", { region: "europe" })).toEqual(done(0))
  await expect(ann.cart()).rejects.toThrow("no cart")
})
