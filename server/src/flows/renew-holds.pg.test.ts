import { expect, it } from "vitest"
import { releaseHolds } from "#flows/release-holds.ts"
import { anEvent, aProduct, aStorefront, aVariant, firstOf } from "#testing/fixtures.ts"
import { openCounter } from "#testing/shopper.ts"

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
  expect(await releaseHolds(counter)).toBe(0)
  await counter.letTimePass()
  expect(await releaseHolds(counter)).toBe(1)
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
  expect(await releaseHolds(counter, 1)).toBe(2)
})

it("asks for a cart where there is none", async () => {
  await using counter = await openCounter()
  for (const type of ["renew-holds", "discard-lost", "go-to-checkout"] as const)
    expect(await counter.shopper().send(type)).toEqual(refused(0, { reason: "cart-empty" }))
})
