import { expect, it } from "vitest"
import { addItems } from "#flows/add-items.ts"
import { openStockLane } from "#flows/stock-lane.ts"
import {
  aProduct,
  anEvent,
  aStorefront,
  aVariant,
  aPriceType,
  aShopperCommand,
  aToken,
} from "#testing/fixtures.ts"
import { type Counter, openCounter } from "#testing/shopper.ts"

/** A show with seats at one price and standing at two, and a shirt that is not counted. */
function shop() {
  const seat = aProduct({ slug: "seat" })
  const standing = aProduct({
    slug: "standing",
    variants: [aVariant({ priceTypes: [aPriceType(), aPriceType({ title: "Student" })] })],
  })
  const shirt = aProduct({
    slug: "shirt",
    kind: "merchandise",
    variants: [aVariant({ tracked: false })],
  })
  return aStorefront({
    events: [anEvent({ slug: "gala", maxPerOrder: 6, products: [seat, standing, shirt] })],
  })
}

function presser(counter: Counter, token = aToken()) {
  const shopper = counter.shopper(token)
  const press = (...items: readonly (readonly [string, number])[]) => {
    const data = { items: items.map(([item, quantity]) => ({ item, quantity })) }
    const command = aShopperCommand(counter.shop, "add-items", data, { token })
    return addItems({ lane: counter.lane }, command, new Date())
  }
  const lines = async () => {
    const { cart, liveHolds } = await shopper.cart()
    return { quantities: cart.lines.map(({ quantity }) => quantity), held: [...liveHolds.values()] }
  }
  return { press, lines, shopper }
}

it("puts all that a button names into the cart at once, and holds it", async () => {
  await using counter = await openCounter(shop())
  const { press, lines } = presser(counter)
  expect(await press(["gala/seat", 2], ["gala/shirt", 1])).toEqual({
    outcome: { outcome: "done", rev: 1 },
  })
  expect(await lines()).toEqual({ quantities: [2, 1], held: [2] })
})

it("adds nothing when it is pressed again, and never takes away", async () => {
  await using counter = await openCounter(shop())
  const { press, lines } = presser(counter)
  await press(["gala/seat", 3])
  expect(await press(["gala/seat", 2])).toEqual({ outcome: { outcome: "done", rev: 1 } })
  await press(["gala/seat", 4])
  expect(await lines()).toEqual({ quantities: [4], held: [4] })
})

it("counts for its address what the cart keeps, not the less that a button names", async () => {
  await using counter = await openCounter(shop(), 100)
  await using lane = openStockLane({ pool: counter.pool, mostPerAddress: 6 })
  const press = (token: string, quantity: number) => {
    const data = { items: [{ item: "gala/seat", quantity }] }
    return addItems(
      { lane },
      aShopperCommand(counter.shop, "add-items", data, { token }),
      new Date(),
    )
  }
  const ann = aToken()
  await press(ann, 5)
  await press(ann, 1)
  expect(await press(aToken(), 2)).toMatchObject({
    outcome: { outcome: "refused", refusal: { reason: "too-many-holds" } },
  })
})

it("takes a price type's id, two of one stock together", async () => {
  await using counter = await openCounter(shop())
  const { press, lines } = presser(counter)
  const [adult, student] = counter.shop.events[0]!.products[1]!.variants[0]!.priceTypes
  await press([adult!.id, 1], [student!.id, 2])
  expect(await lines()).toEqual({ quantities: [1, 2], held: [3] })
})

it("leaves the choice to the shopper where a name means more than one thing", async () => {
  await using counter = await openCounter(shop())
  const { press } = presser(counter)
  const done = { outcome: "done", rev: 0 }
  expect(await press(["gala/standing", 1])).toEqual({ outcome: done, chooseIn: "gala" })
  expect(await press(["gala", 1])).toEqual({ outcome: done, chooseIn: "gala" })
})

it("does all of it or nothing", async () => {
  await using counter = await openCounter(shop(), 3)
  const { press, shopper } = presser(counter)
  const refused = (reason: string) => ({ outcome: { outcome: "refused", refusal: { reason } } })
  expect(await press(["gala/shirt", 1], ["gala/seat", 4])).toMatchObject(refused("sold-out"))
  expect((await shopper.cart()).cart.lines).toEqual([])
  expect(await press(["gala/seat", 7])).toMatchObject(refused("over-maximum"))
  expect(await press(["gala/none", 1])).toMatchObject(refused("not-on-sale"))
  expect(await press(["../x", 1])).toMatchObject(refused("not-on-sale"))
})
