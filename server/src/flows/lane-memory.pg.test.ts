import fc from "fast-check"
import { expect, it } from "vitest"
import type { CartCommand } from "#core/cart-change.ts"
import { openStockLane, type StockLane } from "#flows/stock-lane.ts"
import { freezeCart, tokenHash, unfreezeCart } from "#store/carts.ts"
import { type Pool, withTx } from "#store/db.ts"
import { newId } from "#store/ids.ts"
import { aCartCommand, cartWorld, type CartWorld, wanting } from "#testing/cart-world.ts"
import { anEvent, aPriceType, aProduct, aStorefront, aToken, aVariant } from "#testing/fixtures.ts"
import { type Counter, openCounter } from "#testing/shopper.ts"

const capacity = 6
const rooms = [0, 1].map(() => {
  const priceType = aPriceType()
  const variant = aVariant({ priceTypes: [priceType] })
  return { product: aProduct({ variants: [variant] }), variantId: variant.id, priceType }
})
const shop = aStorefront({ events: [anEvent({ products: rooms.map(({ product }) => product) })] })

type Click = {
  readonly process: number
  readonly cart: number
  readonly room: number
  readonly quantity: number
}

type Step =
  | ({ readonly do: "click" | "again" } & Click)
  /** What is typed is kept without a new revision. */
  | { readonly do: "type"; readonly process: number; readonly cart: number; readonly text: string }
  | { readonly do: "freeze" | "thaw"; readonly cart: number }
  | { readonly do: "lapse" }
  | { readonly do: "reap"; readonly process: number }

const process = fc.nat({ max: 1 })
const cart = fc.nat({ max: 2 })
const click = {
  process,
  cart,
  room: fc.nat({ max: 1 }),
  quantity: fc.nat({ max: 4 }),
}
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant("click" as const), ...click }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("again" as const), ...click }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("type" as const),
      process,
      cart,
      text: fc.stringMatching(/^[a-z]{1,5}$/),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom("freeze" as const, "thaw" as const), cart }),
  },
  { weight: 1, arbitrary: fc.constant({ do: "lapse" as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reap" as const), process }) },
)

it("decides from memory what it would have decided had it asked, whatever another process and other flows do between", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 20, maxLength: 40 }), async (steps) => {
      const places = new Map(rooms.map(({ variantId }) => [variantId, capacity]))
      await using counter = await openCounter(shop, places)
      await using other = openStockLane({ pool: counter.pool })
      const play = aPlay(counter, [counter.lane, other])
      for (const step of steps) {
        const { told, wanted } = await play(step)
        expect(told).toEqual(wanted)
      }
    }),
    { numRuns: 12 },
  )
})

/** Does each step with the lanes and in a world in memory, which forgets nothing and guesses nothing. */
function aPlay(counter: Counter, lanes: readonly StockLane[]) {
  const world = cartWorld(
    rooms.map(({ variantId }) => variantId),
    capacity,
  )
  const tokens = [0, 1, 2].map(() => tokenHash(aToken()).toString("hex"))
  const sent: CartCommand[] = []
  const submit = async (at: number, command: CartCommand) => {
    sent.push(command)
    const told = await lanes[at]!.submit(command)
    const wanted = world.run(command)[0]
    const inWorld = world.hasCart(command.tokenHash)
      ? world.liveOf(world.cartOf(command.tokenHash).id)
      : new Map()
    return {
      told: { told, live: await liveHolds(counter.pool, command.tokenHash) },
      wanted: { told: wanted, live: Object.fromEntries(inWorld) },
    }
  }
  return async (step: Step): Promise<{ told: unknown; wanted: unknown }> => {
    const none = { told: undefined, wanted: undefined }
    switch (step.do) {
      case "click":
        return submit(step.process, aClick(counter, tokens[step.cart]!, step))
      case "again": {
        const command = sent[step.quantity % Math.max(1, sent.length)]
        return command ? submit(step.process, command) : none
      }
      case "type":
        return submit(step.process, typing(counter, tokens[step.cart]!, step.text))
      case "freeze":
      case "thaw":
        await move(counter.pool, world, tokens[step.cart]!, step.do)
        return none
      case "lapse":
        await counter.letTimePass()
        world.pass(60)
        return none
      case "reap":
        await lanes[step.process]!.reap(rooms.map(({ variantId }) => variantId))
        return none
    }
  }
}

/** Quantities by variant id, of holds whose time is not over. */
async function liveHolds(pool: Pool, token: string): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ variant_id: string; qty: number }>(
    `select h.variant_id, h.qty from inv.hold h join sales.cart c on c.id = h.cart_id
     where c.token_hash = decode($1, 'hex') and h.state in ('held', 'paying') and h.expires_at > clock_timestamp()`,
    [token],
  )
  return Object.fromEntries(rows.map((row) => [row.variant_id, row.qty]))
}

const opening = { regionId: shop.regions[0].id, locale: "en", holdMinutes: 15 }

function aClick(counter: Counter, token: string, { room, quantity }: Click): CartCommand {
  const { variantId, priceType } = rooms[room]!
  return wanting(token, variantId, quantity, {
    op: newId(),
    accountId: counter.shop.account.id,
    requestHash: "00",
    opening,
    priceTypeId: priceType.id,
  })
}

function typing(counter: Counter, token: string, firstName: string): CartCommand {
  const change: CartCommand["change"] = ({ cart: { details } }) => ({
    patch: { details: { ...details, [`typed-${firstName}`]: firstName } },
  })
  const accountId = counter.shop.account.id
  return aCartCommand(token, change, { op: newId(), accountId, requestHash: "00", opening })
}

/** A payment begins or is left, in another flow. */
async function move(
  pool: Pool,
  world: CartWorld,
  token: string,
  to: "freeze" | "thaw",
): Promise<void> {
  const { rows } = await pool.query<{ id: string; state: string }>(
    "select id, state from sales.cart where token_hash = decode($1, 'hex')",
    [token],
  )
  const [kept] = rows
  if (kept?.state !== (to === "freeze" ? "open" : "frozen")) return
  await withTx(pool, (tx) =>
    to === "freeze" ? freezeCart(tx, kept.id, newId()) : unfreezeCart(tx, kept.id),
  )
  const cart = world.cartOf(token)
  const state = to === "freeze" ? "frozen" : "open"
  world.carts.set(cart.id, { ...cart, state, rev: cart.rev + 1 })
}

it("asks for nothing that it remembers: known carts, new ones, and the stock of both", async () => {
  await using counter = await openCounter(shop, new Map(rooms.map((room) => [room.variantId, 6])))
  const submit = (token: string, quantity: number) =>
    counter.lane.submit(aClick(counter, token, { process: 0, cart: 0, room: 0, quantity }))
  const [known, fresh] = [0, 1].map(() => tokenHash(aToken()).toString("hex")) as [string, string]
  await submit(known, 1)
  await counter.database.owner.query("alter function sales.lock_batch rename to asked")
  expect(await submit(known, 2)).toEqual({ outcome: "done", rev: 2 })
  expect(await submit(fresh, 3)).toEqual({ outcome: "done", rev: 1 })
  expect(await submit(fresh, 1)).toEqual({ outcome: "done", rev: 2 })
  await counter.database.owner.query("alter function sales.asked rename to lock_batch")
})

it("sets aside anew what it remembers as set aside, once its time is over by the database's clock", async () => {
  await using counter = await openCounter(shop, new Map(rooms.map((room) => [room.variantId, 6])))
  const token = tokenHash(aToken()).toString("hex")
  const submit = () =>
    counter.lane.submit(aClick(counter, token, { process: 0, cart: 0, room: 0, quantity: 2 }))
  await submit()
  await counter.letTimePass()
  expect(await liveHolds(counter.pool, token)).toEqual({})
  await submit()
  expect(await liveHolds(counter.pool, token)).toEqual({ [rooms[0]!.variantId]: 2 })
})
