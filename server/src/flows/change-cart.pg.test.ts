import { randomUUID } from "node:crypto"
import { expect, it } from "vitest"
import { changeCart } from "#flows/change-cart.ts"
import { openStockLane } from "#flows/stock-lane.ts"
import { findCart, tokenHash } from "#store/carts.ts"
import {
  anEvent,
  aPriceType,
  aProduct,
  aStorefront,
  aVariant,
  firstOf,
  insertStorefront,
} from "#testing/fixtures.ts"
import { openCounter } from "#testing/shopper.ts"

const done = (rev: number) => ({ outcome: "done", rev })
const refused = (rev: number, refusal: object) => ({ outcome: "refused", rev, refusal })

it("opens the cart with its first tickets and holds them", async () => {
  await using counter = await openCounter()
  const { priceType, variant } = firstOf(counter.shop)
  const ann = counter.shopper()
  expect(await ann.set(priceType.id, 2)).toEqual(done(1))
  const { cart, liveHolds } = await ann.cart()
  expect(cart).toMatchObject({ state: "open", rev: 1, regionId: counter.shop.regions[0].id })
  expect(cart.lines).toEqual([{ variantId: variant.id, priceTypeId: priceType.id, quantity: 2 }])
  expect(liveHolds).toEqual(new Map([[variant.id, 2]]))
})

it("moves the hold with the quantity, and lets go of it at 0", async () => {
  await using counter = await openCounter()
  const { priceType } = firstOf(counter.shop)
  const ann = counter.shopper()
  await ann.set(priceType.id, 4)
  await ann.set(priceType.id, 1)
  expect([...(await ann.cart()).liveHolds.values()]).toEqual([1])
  expect(await ann.set(priceType.id, 0)).toEqual(done(3))
  const { cart, liveHolds } = await ann.cart()
  expect(cart.lines).toEqual([])
  expect(cart.holdsExpireAt).toBeUndefined()
  expect(liveHolds.size).toBe(0)
})

it("takes 0 of what is not in the cart for what it is: nothing to do", async () => {
  await using counter = await openCounter()
  expect(await counter.shopper().set(firstOf(counter.shop).priceType.id, 0)).toEqual(done(0))
})

it("says how many are left when somebody was quicker, and keeps what was there", async () => {
  await using counter = await openCounter(aStorefront(), 5)
  const { priceType, product } = firstOf(counter.shop)
  const [ann, bob] = [counter.shopper(), counter.shopper()]
  await ann.set(priceType.id, 2)
  await bob.set(priceType.id, 1)
  const soldOut = { reason: "sold-out", title: product.title, remaining: 3 }
  expect(await bob.set(priceType.id, 4)).toEqual(refused(1, soldOut))
  expect((await bob.cart()).cart.lines[0]?.quantity).toBe(1)
})

it("answers a replay with the first answer, and does it once", async () => {
  await using counter = await openCounter()
  const { priceType } = firstOf(counter.shop)
  const ann = counter.shopper()
  const click = ann.command("set-quantity", { price: priceType.id, quantity: 2 })
  expect(await changeCart(counter, click)).toEqual(done(1))
  await ann.set(priceType.id, 5)
  expect(await changeCart(counter, click)).toEqual(done(1))
  expect((await ann.cart()).cart.lines[0]?.quantity).toBe(5)
})

it("does nothing for the same op with another body", async () => {
  await using counter = await openCounter()
  const { priceType } = firstOf(counter.shop)
  const ann = counter.shopper()
  const click = ann.command("set-quantity", { price: priceType.id, quantity: 2 })
  const other = {
    ...ann.command("set-quantity", { price: priceType.id, quantity: 3 }),
    op: click.op,
  }
  await changeCart(counter, click)
  expect(await changeCart(counter, other)).toEqual({ outcome: "op-reused" })
})

it("lets two tabs click at once, in some order, on one cart", async () => {
  await using counter = await openCounter()
  const { priceType } = firstOf(counter.shop)
  const ann = counter.shopper()
  const sameAnn = counter.shopper(ann.token)
  const revs = await Promise.all([ann.set(priceType.id, 2), sameAnn.set(priceType.id, 3)])
  expect(revs).toEqual([done(1), done(2)])
  expect([...(await ann.cart()).liveHolds.values()]).toEqual([3])
})

it("knows no cart of another account by its token", async () => {
  await using counter = await openCounter()
  const other = await insertStorefront(counter.database.owner, aStorefront(), 10)
  const ann = counter.shopper()
  await ann.set(firstOf(counter.shop).priceType.id, 2)
  expect(await findCart(counter.pool.db, other.account.id, tokenHash(ann.token))).toBeUndefined()
  const elsewhere = counter.shopper(ann.token, other)
  expect(await elsewhere.set(firstOf(other).priceType.id, 1)).toEqual(done(1))
  expect((await ann.cart()).cart.lines[0]?.quantity).toBe(2)
  expect((await elsewhere.cart()).cart.id).not.toBe((await ann.cart()).cart.id)
})

it("does not sell what another account sells", async () => {
  await using counter = await openCounter()
  const other = await insertStorefront(counter.database.owner, aStorefront(), 10)
  const outcome = await counter.shopper().set(firstOf(other).priceType.id, 1)
  expect(outcome).toEqual(refused(0, { reason: "not-on-sale", title: "" }))
})

it("does not know a price that never was", async () => {
  await using counter = await openCounter()
  const outcome = await counter.shopper().set(randomUUID(), 1)
  expect(outcome).toEqual(refused(0, { reason: "not-on-sale", title: "" }))
})

it("refuses more than an order may have, counting what is in the cart", async () => {
  const prices = [aPriceType({ title: "Adult" }), aPriceType({ title: "Student" })]
  const product = aProduct({ maxPerOrder: 4, variants: [aVariant({ priceTypes: prices })] })
  const shop = aStorefront({ events: [anEvent({ products: [product] })] })
  await using counter = await openCounter(shop)
  const ann = counter.shopper()
  await ann.set(prices[0]!.id, 3)
  expect(await ann.set(prices[1]!.id, 2)).toEqual(
    refused(1, { reason: "over-maximum", title: product.title, maximum: 4 }),
  )
  expect(await ann.set(prices[1]!.id, 1)).toEqual(done(2))
  expect([...(await ann.cart()).liveHolds.values()]).toEqual([4])
})

it("holds nothing of what is unlimited", async () => {
  const product = aProduct({ kind: "digital", variants: [aVariant({ tracked: false })] })
  await using counter = await openCounter(
    aStorefront({ events: [anEvent({ products: [product] })] }),
  )
  const ann = counter.shopper()
  expect(await ann.set(product.variants[0]!.priceTypes[0]!.id, 900)).toEqual(done(1))
  const { cart, liveHolds } = await ann.cart()
  expect(liveHolds.size).toBe(0)
  expect(cart.holdsExpireAt).toBeUndefined()
})

it("keeps the amount of pay-what-you-like as it was typed, and refuses what is no amount or too little", async () => {
  const prices = { cad: { unitMinor: 500, suggestedMinor: 1500 } }
  const priceType = aPriceType({ kind: "pay-what-you-like", prices })
  const product = aProduct({ variants: [aVariant({ priceTypes: [priceType] })] })
  await using counter = await openCounter(
    aStorefront({ events: [anEvent({ products: [product] })] }),
  )
  const ann = counter.shopper()
  expect(await ann.set(priceType.id, 1, "12.50")).toEqual(done(1))
  expect((await ann.cart()).cart.lines[0]?.amountMinor).toBe(1250)
  expect(await ann.set(priceType.id, 1, "a lot")).toEqual(
    refused(1, { reason: "amount-not-a-number" }),
  )
  expect(await ann.set(priceType.id, 1, "4.99")).toEqual(
    refused(1, { reason: "amount-too-low", minimumMinor: 500 }),
  )
  expect(await ann.set(priceType.id, 2)).toEqual(done(2))
  expect((await ann.cart()).cart.lines[0]).toMatchObject({ quantity: 2, amountMinor: 1250 })
})

it("lets a line out that has left the catalogue, and its hold with it", async () => {
  await using counter = await openCounter()
  const ann = counter.shopper()
  await ann.set(firstOf(counter.shop).priceType.id, 2)
  const emptied = { ...counter.shop, events: [] }
  expect(
    await counter.shopper(ann.token, emptied).set(firstOf(counter.shop).priceType.id, 0),
  ).toEqual(done(2))
  expect((await ann.cart()).liveHolds.size).toBe(0)
})

it("remembers once where the shopper came from", async () => {
  await using counter = await openCounter()
  const { priceType } = firstOf(counter.shop)
  const ann = counter.shopper()
  const touches = [
    { at: Date.UTC(2026, 10, 20), source: "newsletter\u0000", clickIds: { gclid: "x" } },
    { at: Date.UTC(2026, 10, 21), ref: "bob" },
  ]
  for (const quantity of [1, 2]) {
    const click = ann.command("set-quantity", { price: priceType.id, quantity })
    await changeCart(counter, { ...click, touches })
  }
  const { rows } = await counter.database.owner.query(
    "select seq, source, click_ids, ref from marketing.touch order by seq",
  )
  expect(rows).toEqual([
    { seq: 1, source: "newsletter", click_ids: { gclid: "x" }, ref: null },
    { seq: 2, source: null, click_ids: {}, ref: "bob" },
  ])
})

it("does nothing without a token", async () => {
  await using counter = await openCounter()
  const { priceType } = firstOf(counter.shop)
  const { token: _, ...click } = counter
    .shopper()
    .command("set-quantity", { price: priceType.id, quantity: 1 })
  expect(await changeCart(counter, click)).toEqual(refused(0, { reason: "cart-empty" }))
})

it("does not let one address set a whole house aside, cart by cart", async () => {
  await using counter = await openCounter(aStorefront(), 100)
  await using lane = openStockLane({ pool: counter.pool, mostPerAddress: 10 })
  const { priceType } = firstOf(counter.shop)
  const take = (quantity: number, address: string) => {
    const click = counter.shopper().command("set-quantity", { price: priceType.id, quantity })
    return changeCart({ lane }, { ...click, address })
  }
  expect(await take(6, "192.0.2.1")).toEqual(done(1))
  expect(await take(6, "192.0.2.1")).toEqual(refused(0, { reason: "too-many-holds" }))
  expect(await take(6, "192.0.2.2")).toEqual(done(1))
})

it("counts nothing for a click that failed", async () => {
  await using counter = await openCounter(aStorefront(), 100)
  await using lane = openStockLane({ pool: counter.pool, mostPerAddress: 10 })
  const { priceType } = firstOf(counter.shop)
  const click = () =>
    counter.shopper().command("set-quantity", { price: priceType.id, quantity: 10 })
  await counter.database.owner.query("alter table sales.cart rename to lost")
  await expect(changeCart({ lane }, click())).rejects.toThrow()
  await counter.database.owner.query("alter table sales.lost rename to cart")
  expect(await changeCart({ lane }, click())).toEqual(done(1))
})
