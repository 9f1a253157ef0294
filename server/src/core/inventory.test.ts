import fc from "fast-check"
import { expect, it } from "vitest"
import {
  decide,
  evolve,
  type InventoryChanged,
  type InventoryCommand,
  noStock,
  remainingOf,
  type Stock,
} from "#core/inventory.ts"
import { givenStock } from "#testing/stock.ts"

const variantId = "v"
const created = (remaining: number) =>
  ({ type: "RecordVariantCreated", variantId, remaining }) as const
const place = (quantity: number) =>
  ({ type: "PlaceHold", variantId, holdId: "h", quantity }) as const
const release = (quantity: number, reason: "released" | "expired" = "released") =>
  ({ type: "ReleaseHold", variantId, holdId: "h", quantity, reason }) as const
const sale = (quantity: number, held = 0) =>
  ({
    type: "RecordSale",
    variantId,
    orderId: "o",
    quantity,
    ...(held > 0 && { hold: { holdId: "h", quantity: held } }),
  }) as const

it("begins with what is left to sell", () => {
  givenStock()
    .when(created(10))
    .thenLevel({ capacity: 10, held: 0, sold: 0 })
    .thenReason("variant-created")
})

it("exists once", () => {
  givenStock(created(10)).when(created(5)).thenRefused({ reason: "variant-exists", variantId })
})

it("is not touched before it exists", () => {
  givenStock().when(place(1)).thenRefused({ reason: "unknown-variant", variantId })
})

it("holds up to the last one and not one more", () => {
  givenStock(created(2), place(2))
    .thenLevel({ capacity: 2, held: 2, sold: 0 })
    .when(place(1))
    .thenRefused({ reason: "sold-out", variantId, remaining: 0 })
})

it("says how many are left when that is not enough", () => {
  givenStock(created(5), place(2))
    .when(place(4))
    .thenRefused({ reason: "sold-out", variantId, remaining: 3 })
})

it("knows the moment it sells out and the moment it has something again", () => {
  const soldOut = givenStock(created(1)).when(place(1))
  expect(soldOut.newest).toMatchObject({ wasSoldOut: false, isSoldOut: true })
  const again = soldOut.when(release(1, "expired")).thenReason("hold-expired")
  expect(again.newest).toMatchObject({ wasSoldOut: true, isSoldOut: false })
})

it("sells from the hold, which ends whole, and takes the rest from what is left", () => {
  givenStock(created(5), place(3))
    .when(sale(2, 3))
    .thenLevel({ capacity: 5, held: 0, sold: 2 })
    .when(sale(3))
    .thenLevel({ capacity: 5, held: 0, sold: 5 })
    .when(sale(1))
    .thenRefused({ reason: "sold-out", variantId, remaining: 0 })
})

it("does not sell for one what is held for another", () => {
  givenStock(created(3), place(2))
    .when(sale(2))
    .thenRefused({ reason: "sold-out", variantId, remaining: 1 })
})

it("gives back no more than was held or sold", () => {
  givenStock(created(3), place(1))
    .when(release(2))
    .thenRefused({ reason: "more-than-there-is", variantId })
    .when({ type: "RecordReturn", variantId, orderId: "o", quantity: 1 })
    .thenRefused({ reason: "more-than-there-is", variantId })
})

it("is adjusted to what is left, whatever is held and sold", () => {
  givenStock(created(5), place(2), sale(1))
    .when({ type: "RecordAdminAdjustment", variantId, remaining: 7 })
    .thenLevel({ capacity: 10, held: 2, sold: 1 })
    .thenReason("adjusted")
})

it("notes no event for an adjustment to what is already so", () => {
  const stock = givenStock(created(5)).stock
  const decision = decide(stock, { type: "RecordAdminAdjustment", variantId, remaining: 5 })
  expect(decision).toEqual({ ok: true, events: [] })
})

it("swaps in only what is left, and out only what was sold", () => {
  givenStock(created(1))
    .when({ type: "RecordSwapIn", variantId, orderId: "o", quantity: 1 })
    .thenLevel({ capacity: 1, held: 0, sold: 1 })
    .when({ type: "RecordSwapIn", variantId, orderId: "o", quantity: 1 })
    .thenRefused({ reason: "sold-out", variantId, remaining: 0 })
    .when({ type: "RecordSwapOut", variantId, orderId: "o", quantity: 1 })
    .thenLevel({ capacity: 1, held: 0, sold: 0 })
})

const quantity = fc.integer({ min: 1, max: 8 })
const anyCommand: fc.Arbitrary<InventoryCommand> = fc.oneof(
  fc.integer({ min: 0, max: 12 }).map(created),
  quantity.map(place),
  fc.tuple(quantity, fc.constantFrom("released", "expired")).map(([q, why]) => release(q, why)),
  fc.tuple(quantity, fc.integer({ min: 0, max: 4 })).map(([q, held]) => sale(q, held)),
  quantity.map((q) => ({ type: "RecordReturn", variantId, orderId: "o", quantity: q }) as const),
  fc
    .integer({ min: 0, max: 12 })
    .map((remaining) => ({ type: "RecordAdminAdjustment", variantId, remaining }) as const),
  quantity.map((q) => ({ type: "RecordSwapOut", variantId, orderId: "o", quantity: q }) as const),
  quantity.map((q) => ({ type: "RecordSwapIn", variantId, orderId: "o", quantity: q }) as const),
)

it("keeps 0 <= held + sold <= capacity after every event, and its events say all of it", () => {
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 60 }), (commands) => {
      const { stock, events } = runAll(commands)
      expect(events.reduce(evolve, noStock(variantId))).toEqual(stock)
      expect(stock.version).toBe(events.length)
      for (const [index, event] of events.entries()) {
        const { capacity, held, sold } = event.after
        expect(held).toBeGreaterThanOrEqual(0)
        expect(sold).toBeGreaterThanOrEqual(0)
        expect(held + sold).toBeLessThanOrEqual(capacity)
        expect(event.before).toEqual(events[index - 1]?.after ?? { capacity: 0, held: 0, sold: 0 })
        expect(event.isSoldOut).toBe(remainingOf(event.after) === 0)
      }
    }),
  )
})

function runAll(commands: readonly InventoryCommand[]): {
  stock: Stock
  events: InventoryChanged[]
} {
  let stock = noStock(variantId)
  const events: InventoryChanged[] = []
  for (const command of commands) {
    const decision = decide(stock, command)
    if (!decision.ok) continue
    stock = decision.events.reduce(evolve, stock)
    events.push(...decision.events)
  }
  return { stock, events }
}
