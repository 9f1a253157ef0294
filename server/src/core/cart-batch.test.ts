import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { mostHeldPerCart } from "#core/hold.ts"
import { evolve } from "#core/inventory.ts"
import { aCartCommand, type CartWorld, cartWorld, wanting } from "#testing/cart-world.ts"

const done = (rev: number) => ({ outcome: "done", rev })
const soldOut = (rev: number, title: string, remaining: number) => ({
  outcome: "refused",
  rev,
  refusal: { reason: "sold-out", title, remaining },
})
const level = (world: CartWorld, variantId: string) => world.stocks.get(variantId)

describe("a batch", () => {
  it("opens a cart once, however many of its first commands come together", () => {
    const world = cartWorld(["a", "b"], 10)
    expect(world.run(wanting("ann", "a", 2), wanting("ann", "b", 1))).toEqual([done(1), done(2)])
    expect(world.carts.size).toBe(1)
    expect(world.cartOf("ann").lines.map((line) => line.quantity)).toEqual([2, 1])
  })

  it("answers a replay with what was answered before and does nothing", () => {
    const world = cartWorld(["a"], 10)
    const click = wanting("ann", "a", 2)
    const [first] = world.run(click)
    world.run(wanting("ann", "a", 5))
    expect(world.run(click)).toEqual([first])
    expect(level(world, "a")?.held).toBe(5)
  })

  it("answers a replay within the same batch, too", () => {
    const world = cartWorld(["a"], 10)
    const click = wanting("ann", "a", 2)
    expect(world.run(click, click)).toEqual([done(1), done(1)])
    expect(world.events).toHaveLength(1)
  })

  it("answers a replay of a refusal with the refusal, although it could be done now", () => {
    const world = cartWorld(["a"], 1)
    world.run(wanting("ann", "a", 1))
    const click = wanting("bob", "a", 1)
    const [refused] = world.run(click)
    expect(refused).toEqual(soldOut(0, "a", 0))
    world.run(wanting("ann", "a", 0))
    expect(world.run(click)).toEqual([refused])
  })

  it("does nothing for an op that comes with another body", () => {
    const world = cartWorld(["a"], 10)
    const click = wanting("ann", "a", 2)
    world.run(click)
    const other = { ...wanting("ann", "a", 3), op: click.op, requestHash: "other" }
    expect(world.run(other)).toEqual([{ outcome: "op-reused" }])
    expect(level(world, "a")?.held).toBe(2)
  })

  it("refuses one command and carries on with the others", () => {
    const world = cartWorld(["a"], 3)
    const outcomes = world.run(
      wanting("ann", "a", 2),
      wanting("bob", "a", 2),
      wanting("eve", "a", 1),
    )
    expect(outcomes).toEqual([done(1), soldOut(0, "a", 1), done(1)])
    expect(world.cartOf("bob").lines).toEqual([])
  })

  it("does not open a cart for a command that needs one", () => {
    const world = cartWorld([], 0)
    const withoutCart = { outcome: "done", rev: 0 } as const
    expect(world.run(aCartCommand("ann", () => ({}), { withoutCart }))).toEqual([withoutCart])
    expect(world.carts.size).toBe(0)
  })
})

describe("a wish for several variants", () => {
  const both = (mode: "all" | "each") =>
    aCartCommand(
      "ann",
      () => ({
        wish: {
          type: "hold",
          mode,
          variants: ["a", "b"].map((variantId) => ({
            variantId,
            quantity: 2,
            title: variantId,
            otherQuantity: 0,
          })),
        },
      }),
      { variantIds: ["a", "b"] },
    )

  it("is all or nothing", () => {
    const world = cartWorld(["a", "b"], 2)
    world.run(wanting("bob", "b", 1))
    expect(world.run(both("all"))).toEqual([soldOut(0, "b", 1)])
    expect(level(world, "a")?.held).toBe(0)
    expect(world.events).toHaveLength(1)
  })

  it("takes what can be had when it is asked to, and says what could not", () => {
    const world = cartWorld(["a", "b"], 2)
    world.run(wanting("bob", "b", 1))
    expect(world.run(both("each"))).toEqual([soldOut(1, "b", 1)])
    expect(world.liveOf(world.cartOf("ann").id)).toEqual(new Map([["a", 2]]))
  })
})

describe("a hold", () => {
  it("is shared by the price types of its variant", () => {
    const world = cartWorld(["a"], 3)
    world.run(wanting("ann", "a", 2, { priceTypeId: "adult" }))
    expect(world.run(wanting("ann", "a", 1, { priceTypeId: "student" }))).toEqual([done(2)])
    expect([...world.holds.values()].map((hold) => hold.quantity)).toEqual([3])
    expect(world.run(wanting("ann", "a", 2, { priceTypeId: "student" }))).toEqual([
      soldOut(2, "a", 1),
    ])
  })

  it("takes the cart's deadline, and no later line moves it", () => {
    const world = cartWorld(["a", "b"], 10)
    world.run(wanting("ann", "a", 1))
    world.pass(10)
    world.run(wanting("ann", "b", 1))
    world.run(wanting("ann", "a", 3))
    const deadline = "2026-11-20T12:15:00.000Z"
    expect(world.cartOf("ann").holdsExpireAt).toBe(deadline)
    expect([...world.holds.values()].map((hold) => hold.expiresAt)).toEqual([deadline, deadline])
  })

  it("begins a new deadline once the cart held nothing", () => {
    const world = cartWorld(["a"], 10)
    world.run(wanting("ann", "a", 1))
    world.pass(10)
    world.run(wanting("ann", "a", 0))
    expect(world.cartOf("ann").holdsExpireAt).toBeUndefined()
    world.run(wanting("ann", "a", 1))
    expect(world.cartOf("ann").holdsExpireAt).toBe("2026-11-20T12:25:00.000Z")
  })

  it("is extended once", () => {
    const world = cartWorld(["a"], 10)
    const extend = () => aCartCommand("ann", () => ({ wish: { type: "extend" } }))
    world.run(wanting("ann", "a", 1))
    world.pass(10)
    world.run(extend())
    world.pass(10)
    world.run(extend())
    expect(world.cartOf("ann").holdsExpireAt).toBe("2026-11-20T12:25:00.000Z")
    expect([...world.holds.values()][0]?.expiresAt).toBe("2026-11-20T12:25:00.000Z")
  })

  it("is reaped before anybody is told that it is sold out", () => {
    const world = cartWorld(["a"], 1)
    world.run(wanting("ann", "a", 1))
    world.pass(15)
    expect(world.run(wanting("bob", "a", 1))).toEqual([done(1)])
    expect(world.events.map(({ event }) => event.reason)).toEqual([
      "hold-placed",
      "hold-expired",
      "hold-placed",
    ])
    expect(world.cartOf("ann").lines).toHaveLength(1)
    expect(world.liveOf(world.cartOf("ann").id).size).toBe(0)
  })

  it("is not reaped a millisecond early", () => {
    const world = cartWorld(["a"], 1)
    world.run(wanting("ann", "a", 1))
    world.now = "2026-11-20T12:14:59.999Z"
    expect(world.run(wanting("bob", "a", 1))).toEqual([soldOut(0, "a", 0)])
  })

  it("leaves only events when it comes and goes within one batch", () => {
    const world = cartWorld(["a"], 1)
    world.run(wanting("ann", "a", 1), wanting("ann", "a", 0))
    expect(world.holds.size).toBe(0)
    expect(world.events).toHaveLength(2)
    expect(level(world, "a")).toMatchObject({ held: 0, version: 3 })
  })

  it("is not placed beyond what one cart may hold", () => {
    const world = cartWorld(["a"], 1000)
    expect(world.run(wanting("ann", "a", mostHeldPerCart))).toEqual([done(1)])
    expect(world.run(wanting("ann", "a", mostHeldPerCart + 1))).toEqual([
      { outcome: "refused", rev: 1, refusal: { reason: "too-many-holds" } },
    ])
  })

  it("is refused for a variant without stock", () => {
    expect(cartWorld([], 0).run(wanting("ann", "ghost", 1))).toEqual([
      { outcome: "refused", rev: 0, refusal: { reason: "not-on-sale", title: "ghost" } },
    ])
  })
})

describe("a cart", () => {
  const inState = (state: "frozen" | "completed" | "expired") => {
    const world = cartWorld(["a"], 5)
    world.run(wanting("ann", "a", 1))
    const cart = world.cartOf("ann")
    world.carts.set(cart.id, { ...cart, state })
    return world
  }

  it("is left alone while it is paying, and the same click runs once the payment was left", () => {
    const world = inState("frozen")
    const click = wanting("ann", "a", 2)
    const refusal = { reason: "cart-busy-paying" }
    expect(world.run(click)).toEqual([{ outcome: "refused", rev: 1, refusal }])
    const cart = world.cartOf("ann")
    world.carts.set(cart.id, { ...cart, state: "open" })
    expect(world.run(click)).toEqual([done(2)])
  })

  it("is over once it is completed", () => {
    const refusal = { reason: "cart-completed" }
    expect(inState("completed").run(wanting("ann", "a", 2))).toEqual([
      { outcome: "refused", rev: 1, refusal },
    ])
  })

  it("comes back when somebody returns to it", () => {
    const world = inState("expired")
    expect(world.run(wanting("ann", "a", 2))).toEqual([done(2)])
    expect(world.cartOf("ann").state).toBe("open")
  })

  it("keeps its revision when nothing that is shown changes", () => {
    const world = cartWorld(["a"], 5)
    world.run(wanting("ann", "a", 1))
    const draft = aCartCommand("ann", () => ({ patch: { details: { email: "ann@" } } }))
    expect(world.run(wanting("ann", "a", 1), draft)).toEqual([done(1), done(1)])
    expect(world.cartOf("ann").details).toEqual({ email: "ann@" })
  })

  it("keeps what was typed although the form is refused", () => {
    const world = cartWorld([], 0)
    const form = aCartCommand("ann", () => ({
      patch: { details: { email: "ann@" }, areDetailsShown: true },
      refusal: { reason: "details-incomplete" },
    }))
    expect(world.run(form)).toEqual([
      { outcome: "refused", rev: 1, refusal: { reason: "details-incomplete" } },
    ])
    expect(world.cartOf("ann").details).toEqual({ email: "ann@" })
  })
})

const anyStep = fc.oneof(
  fc.record({
    shopper: fc.constantFrom("ann", "bob", "eve"),
    variantId: fc.constantFrom("a", "b"),
    quantity: fc.integer({ min: 0, max: 4 }),
  }),
  fc.record({ minutes: fc.integer({ min: 1, max: 20 }) }),
)

it("never oversells: held is the sum of the holds, heads are their events, whatever is clicked and however time goes", () => {
  fc.assert(
    fc.property(fc.array(fc.array(anyStep, { maxLength: 6 }), { maxLength: 12 }), (batches) => {
      const world = cartWorld(["a", "b"], 5)
      for (const batch of batches) {
        for (const step of batch) if ("minutes" in step) world.pass(step.minutes)
        const clicks = batch.filter((step) => "shopper" in step)
        world.run(
          ...clicks.map(({ shopper, variantId, quantity }) =>
            wanting(shopper, variantId, quantity),
          ),
        )
        expectSound(world)
      }
    }),
  )
})

function expectSound(world: CartWorld): void {
  for (const stock of world.stocks.values()) {
    const holds = [...world.holds.values()].filter((hold) => hold.variantId === stock.variantId)
    expect(stock.held).toBe(holds.reduce((sum, hold) => sum + hold.quantity, 0))
    expect(stock.held + stock.sold).toBeLessThanOrEqual(stock.capacity)
    const born = { ...stock, capacity: 5, held: 0, sold: 0, version: 1 }
    const own = world.events.filter((event) => event.variantId === stock.variantId)
    expect(own.map((event) => event.event).reduce(evolve, born)).toEqual(stock)
    expect(own.map((event) => event.version)).toEqual(own.map((_, index) => index + 2))
  }
  for (const cart of world.carts.values()) {
    const live = [...world.holds.values()].filter((hold) => hold.cartId === cart.id)
    const deadlines = new Set(live.map((hold) => hold.expiresAt).filter((at) => at > world.now))
    expect(deadlines.size).toBeLessThanOrEqual(1)
  }
}
