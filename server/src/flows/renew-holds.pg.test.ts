import { expect, it } from "vitest"
import type { Product } from "#core/storefront.ts"
import { changeCart } from "#flows/change-cart.ts"
import { releaseHolds } from "#flows/release-holds.ts"
import { renewHolds } from "#flows/renew-holds.ts"
import { openStockLane } from "#flows/stock-lane.ts"
import {
  anEvent,
  aProduct,
  aShopperCommand,
  aStorefront,
  aVariant,
  firstOf,
} from "#testing/fixtures.ts"
import { type Counter, openCounter, type Shopper } from "#testing/shopper.ts"

const done = (rev: number) => ({ outcome: "done", rev })
const refused = (rev: number, refusal: object) => ({ outcome: "refused", rev, refusal })

/** Two kinds of ticket for one show, each with its own places. */
function twoRooms() {
  const [floor, balcony] = [
    aProduct({ title: "Floor", variants: [aVariant()] }),
    aProduct({ title: "Balcony", variants: [aVariant()] }),
  ] as const
  const shop = aStorefront({ events: [anEvent({ products: [floor, balcony] })] })
  const priceOf = (product: typeof floor) => product.variants[0]!.priceTypes[0]!.id
  const variantOf = (product: typeof floor) => product.variants[0]!.id
  return { shop, floor, balcony, priceOf, variantOf }
}

async function fill(counter: Counter, prices: readonly string[]): Promise<Shopper> {
  const shopper = counter.shopper()
  for (const price of prices) await shopper.set(price, 1)
  return shopper
}

/** The same product, as it is sold after its sale has ended. */
function endedSale(product: Product): Product {
  const [variant] = product.variants
  const priceTypes = variant!.priceTypes.map((each) => ({
    ...each,
    saleEndsAt: "2020-01-01T00:00:00Z",
  }))
  return { ...product, variants: [{ ...variant!, priceTypes }] }
}

it("gives lapsed stock to who asks for it, in the asker's own transaction", async () => {
  await using counter = await openCounter(aStorefront(), 2)
  const { priceType, variant } = firstOf(counter.shop)
  const [ann, bob] = [counter.shopper(), counter.shopper()]
  await ann.set(priceType.id, 2)
  await counter.letTimePass()
  expect(await bob.set(priceType.id, 2)).toEqual(done(1))
  expect((await ann.cart()).liveHolds.size).toBe(0)
  expect((await ann.cart()).cart.lines).toHaveLength(1)
  const { rows } = await counter.database.owner.query(
    "select data->>'reason' as reason, actor_type, count(*) over (partition by xid)::int as together from es.event where stream = $1 order by version",
    [`variant-${variant.id}`],
  )
  expect(rows.slice(2)).toEqual([
    { reason: "hold-expired", actor_type: "clock", together: 2 },
    { reason: "hold-placed", actor_type: "cart", together: 2 },
  ])
})

it("holds again what the clock took, under a new deadline", async () => {
  await using counter = await openCounter(aStorefront(), 2)
  const ann = counter.shopper()
  await ann.set(firstOf(counter.shop).priceType.id, 2)
  const before = (await ann.cart()).cart.holdsExpireAt ?? ""
  await counter.letTimePass()
  expect(await ann.send("renew-holds")).toEqual(done(2))
  const { cart, liveHolds } = await ann.cart()
  expect([...liveHolds.values()]).toEqual([2])
  expect((cart.holdsExpireAt ?? "") > before).toBe(true)
})

it("holds nothing again of what is no longer on sale, and says so", async () => {
  const { shop, floor, balcony, priceOf, variantOf } = twoRooms()
  await using counter = await openCounter(shop, 3)
  const { token } = await fill(counter, [priceOf(floor), priceOf(balcony)])
  await counter.letTimePass()
  const ended = [floor, balcony].map((product) =>
    product === floor ? endedSale(product) : product,
  )
  const later = { ...shop, events: [{ ...shop.events[0]!, products: ended }] }
  const ann = counter.shopper(token, later)
  expect(await ann.send("renew-holds")).toEqual(
    refused(3, { reason: "not-on-sale", title: "Floor" }),
  )
  expect((await ann.cart()).liveHolds).toEqual(new Map([[variantOf(balcony), 1]]))
})

it("lets nobody come back to a lapsed line by asking for less of it once its sale has ended", async () => {
  const { shop, floor, priceOf } = twoRooms()
  await using counter = await openCounter(shop, 3)
  const { token } = await fill(counter, [priceOf(floor)])
  const later = { ...shop, events: [{ ...shop.events[0]!, products: [endedSale(floor)] }] }
  const ann = counter.shopper(token, later)
  expect(await ann.set(priceOf(floor), 1)).toEqual(done(1))
  await counter.letTimePass()
  expect(await ann.set(priceOf(floor), 1)).toEqual(
    refused(1, { reason: "not-on-sale", title: "Floor" }),
  )
})

it("does not let one address hold a whole house again, cart by cart", async () => {
  await using counter = await openCounter(aStorefront(), 100)
  const { priceType, variant } = firstOf(counter.shop)
  const shoppers = [counter.shopper(), counter.shopper()] as const
  for (const shopper of shoppers) await shopper.set(priceType.id, 6)
  await counter.letTimePass()
  await using lane = openStockLane({ pool: counter.pool, mostPerAddress: 10 })
  const renew = ({ token }: Shopper) =>
    renewHolds({ ...counter, lane }, aShopperCommand(counter.shop, "renew-holds", {}, { token }))
  expect(await renew(shoppers[0])).toEqual(done(2))
  expect(await renew(shoppers[1])).toEqual(refused(0, { reason: "too-many-holds" }))
  expect((await shoppers[0].cart()).liveHolds).toEqual(new Map([[variant.id, 6]]))
  expect((await shoppers[1].cart()).liveHolds.size).toBe(0)
})

it("counts for its address only what could be had again", async () => {
  const { shop, floor, balcony, priceOf } = twoRooms()
  await using counter = await openCounter(shop, 3)
  const ann = await fill(counter, [priceOf(floor), priceOf(balcony)])
  await counter.letTimePass()
  await counter.shopper().set(priceOf(floor), 3)
  await using lane = openStockLane({ pool: counter.pool, mostPerAddress: 3 })
  const { token } = ann
  const renew = aShopperCommand(shop, "renew-holds", {}, { token })
  expect(await renewHolds({ ...counter, lane }, renew)).toMatchObject({ outcome: "refused" })
  const two = counter.shopper().command("set-quantity", { price: priceOf(balcony), quantity: 2 })
  expect(await changeCart({ lane }, two)).toEqual(done(1))
})

it("has nothing to renew while everything is held", async () => {
  await using counter = await openCounter()
  const ann = counter.shopper()
  await ann.set(firstOf(counter.shop).priceType.id, 2)
  expect(await ann.send("renew-holds")).toEqual(done(1))
})

it("renews each variant whole or not at all, and says what could not be had", async () => {
  const { shop, floor, balcony, priceOf, variantOf } = twoRooms()
  await using counter = await openCounter(shop, 3)
  const [ann, bob] = [counter.shopper(), counter.shopper()]
  await ann.set(priceOf(floor), 2)
  await ann.set(priceOf(balcony), 2)
  await counter.letTimePass()
  await bob.set(priceOf(floor), 2)
  expect(await ann.send("renew-holds")).toEqual(
    refused(3, { reason: "sold-out", title: "Floor", remaining: 1 }),
  )
  expect((await ann.cart()).liveHolds).toEqual(new Map([[variantOf(balcony), 2]]))
  expect(await ann.send("go-to-checkout")).toEqual(refused(3, { reason: "holds-expired" }))
  expect(await ann.send("discard-lost")).toEqual(done(4))
  const { cart } = await ann.cart()
  expect(cart.lines.map((line) => line.variantId)).toEqual([variantOf(balcony)])
  expect(await ann.send("go-to-checkout")).toEqual(done(5))
})

it("gives lapsed holds back without being asked for the stock, and leaves their carts alone", async () => {
  await using counter = await openCounter(aStorefront(), 5)
  const { priceType, variant } = firstOf(counter.shop)
  const shoppers = [counter.shopper(), counter.shopper()] as const
  for (const shopper of shoppers) await shopper.set(priceType.id, 2)
  const told: string[] = []
  const live = { touched: ({ accountId }: { accountId: string }) => void told.push(accountId) }
  expect(await releaseHolds({ ...counter, live })).toBe(0)
  expect(told).toEqual([])
  await counter.letTimePass()
  expect(await releaseHolds({ ...counter, live })).toBe(1)
  expect(told).toEqual([counter.shop.account.id])
  const { rows } = await counter.database.owner.query(
    "select held, version from inv.variant where variant_id = $1",
    [variant.id],
  )
  expect(rows).toEqual([{ held: 0, version: 5 }])
  for (const shopper of shoppers) {
    const { cart, liveHolds } = await shopper.cart()
    expect(cart).toMatchObject({ rev: 1, state: "open", lines: [{ quantity: 2 }] })
    expect(liveHolds.size).toBe(0)
  }
})

it("sweeps through more variants than fit one transaction", async () => {
  const { shop, floor, balcony, priceOf } = twoRooms()
  await using counter = await openCounter(shop, 3)
  const ann = counter.shopper()
  await ann.set(priceOf(floor), 1)
  await ann.set(priceOf(balcony), 1)
  await counter.letTimePass()
  const live = { touched: () => {} }
  expect(await releaseHolds({ ...counter, live }, 1)).toBe(2)
})

it("asks for a cart where there is none", async () => {
  await using counter = await openCounter()
  for (const type of ["renew-holds", "discard-lost", "go-to-checkout"] as const)
    expect(await counter.shopper().send(type)).toEqual(refused(0, { reason: "cart-empty" }))
})
