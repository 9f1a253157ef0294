import { describe, expect, it } from "vitest"
import { foldCartCommands } from "#core/cart-batch.ts"
import type { CartCommand } from "#core/cart-change.ts"
import { openLaneMemory } from "#flows/lane-memory.ts"
import { wanting } from "#testing/cart-world.ts"

const seats = { variantId: "seats", capacity: 10, held: 0, sold: 0, version: 1 }
const noon = "2026-11-20T12:00:00.000Z"

/** A memory that has seen the stock at noon, on a clock that the test moves. */
function aMemory() {
  const clock = { ms: 0 }
  const memory = openLaneMemory(() => clock.ms)
  let ids = 0
  const write = (command: CartCommand, by = "7") => {
    const recalled = memory.recall([command])
    if (!recalled) throw new Error("too little is remembered")
    const batch = foldCartCommands(recalled.locked, [command], () => `id-${++ids}`)
    memory.expect(batch)
    const now = new Date(Date.parse(noon) + clock.ms).toISOString()
    return {
      batch,
      recalled,
      learn: () => memory.learn({ batch, stamp: { now, by }, variantIds: [], stocks: [] }),
    }
  }
  const nothing = foldCartCommands(
    { now: noon, carts: [], stocks: [], lapsed: [], hasMoreLapsed: false, known: [] },
    [],
    String,
  )
  memory.learn({
    batch: nothing,
    stamp: { now: noon, by: "1" },
    variantIds: ["seats", "merch"],
    stocks: [seats],
  })
  return { clock, memory, write }
}

describe("a lane's memory", () => {
  it("knows nothing until it has been told the time", () => {
    expect(openLaneMemory(() => 0).recall([wanting("ann", "seats", 1)])).toBeUndefined()
  })

  it("takes a cart it never met for a new one, and counts time on from what it was told", () => {
    const { clock, memory } = aMemory()
    clock.ms = 1500
    const command = wanting("ann", "seats", 1)
    expect(memory.recall([command])).toMatchObject({
      locked: { now: "2026-11-20T12:00:01.500Z", carts: [], stocks: [seats] },
      expected: { carts: [], newCarts: [command], stocks: new Map([["seats", seats]]) },
    })
  })

  it("knows which variants nobody counts, and asks about one it never met", () => {
    const { memory } = aMemory()
    const expected = { stocks: new Map([["merch", undefined]]) }
    expect(memory.recall([wanting("ann", "merch", 1)])).toMatchObject({ expected })
    expect(memory.recall([wanting("ann", "elsewhere", 1)])).toBeUndefined()
  })

  it("knows a cart by the transaction that wrote it last", () => {
    const { memory, write } = aMemory()
    write(wanting("ann", "seats", 2)).learn()
    expect(memory.recall([wanting("ann", "seats", 3)])).toMatchObject({
      locked: { carts: [{ cart: { rev: 1 } }], stocks: [{ held: 2, version: 2 }] },
      expected: { carts: [{ by: "7" }], newCarts: [] },
    })
  })

  it("builds on stock that is on its way, and forgets it when it never arrives", () => {
    const { memory, write } = aMemory()
    const ann = wanting("ann", "seats", 2)
    const { recalled } = write(ann)
    const next = write(wanting("ben", "seats", 1))
    expect(next.recalled.expected.stocks.get("seats")).toMatchObject({ held: 2, version: 2 })
    memory.forget([ann], recalled)
    expect(memory.recall([wanting("cat", "seats", 1)])).toBeUndefined()
  })

  it("keeps what is on its way when an older transaction is heard of late", () => {
    const { memory, write } = aMemory()
    const first = write(wanting("ann", "seats", 2))
    write(wanting("ben", "seats", 1))
    first.learn()
    const { expected } = memory.recall([wanting("cat", "seats", 1)])!
    expect(expected.stocks.get("seats")).toMatchObject({ held: 3, version: 3 })
  })

  it("asks when a hold may be over by the database's clock", () => {
    const { clock, memory, write } = aMemory()
    write(wanting("ann", "seats", 2)).learn()
    clock.ms = 15 * 60_000 - 2001
    expect(memory.recall([wanting("ann", "seats", 3)])).toBeDefined()
    clock.ms += 1
    expect(memory.recall([wanting("ann", "seats", 3)])).toBeUndefined()
  })

  it("guesses one time in eight while each guess is wrong, and always again soon after", () => {
    const { memory } = aMemory()
    const guesses = (times: number, isRight: boolean) =>
      Array.from({ length: times }, () => {
        const recalled = memory.recall([wanting("ann", "merch", 1)])
        const expected = { now: noon, carts: [], newCarts: [], stocks: new Map() }
        if (recalled && !isRight) memory.forget([], { ...recalled, expected })
        return recalled
      }).filter((recalled) => recalled !== undefined).length
    expect(guesses(80, false)).toBe(11)
    guesses(8, true)
    expect(guesses(100, true)).toBe(100)
  })
})
