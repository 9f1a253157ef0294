import type { Cart, CartLine } from "#core/cart.ts"
import { foldCartCommands, type FoldedBatch, type KnownCommand } from "#core/cart-batch.ts"
import { type CartChange, type CartCommand, type HeldCart, wantedOf } from "#core/cart-change.ts"
import { hasLapsed, type Hold, minutesAfter } from "#core/hold.ts"
import type { Stock } from "#core/inventory.ts"
import type { Outcome } from "#core/outcome.ts"
import type { StockEvent } from "#core/stock-fold.ts"

/** Carts and stock in memory, with a clock that the test moves: batches run over them as the lane runs them over the database. */
export type CartWorld = {
  now: string
  readonly stocks: Map<string, Stock>
  readonly carts: Map<string, Cart>
  readonly holds: Map<string, Hold>
  readonly known: KnownCommand[]
  readonly events: StockEvent[]
  run(...commands: readonly CartCommand[]): readonly Outcome[]
  pass(minutes: number): void
  hasCart(tokenHash: string): boolean
  cartOf(tokenHash: string): Cart
  liveOf(cartId: string): ReadonlyMap<string, number>
}

/** Each variant with `capacity` places, at noon of an arbitrary day. */
export function cartWorld(variantIds: readonly string[], capacity: number): CartWorld {
  let ids = 0
  const tokens = new Map<string, string>()
  const world: CartWorld = {
    now: "2026-11-20T12:00:00.000Z",
    stocks: new Map(
      variantIds.map((variantId) => [
        variantId,
        { variantId, capacity, held: 0, sold: 0, version: 1 },
      ]),
    ),
    carts: new Map(),
    holds: new Map(),
    known: [],
    events: [],
    run(...commands) {
      const folded = foldCartCommands(lock(world, tokens, commands), commands, () => `id-${++ids}`)
      write(world, tokens, folded)
      return folded.outcomes
    },
    pass(minutes) {
      world.now = minutesAfter(world.now, minutes)
    },
    hasCart: (tokenHash) => tokens.has(tokenHash),
    cartOf(tokenHash) {
      const cart = world.carts.get(tokens.get(tokenHash) ?? "")
      if (!cart) throw new Error(`no cart of ${tokenHash}`)
      return cart
    },
    liveOf(cartId) {
      const own = [...world.holds.values()].filter((hold) => hold.cartId === cartId)
      const live = own.filter((hold) => !hasLapsed(hold, world.now))
      return new Map(live.map((hold) => [hold.variantId, hold.quantity]))
    },
  }
  return world
}

function lock(
  world: CartWorld,
  tokens: ReadonlyMap<string, string>,
  commands: readonly CartCommand[],
) {
  const holds = [...world.holds.values()]
  const carts = [...new Set(commands.map((command) => command.tokenHash))].flatMap((tokenHash) => {
    const cart = world.carts.get(tokens.get(tokenHash) ?? "")
    const own = holds.filter((hold) => hold.cartId === cart?.id)
    const byVariant = new Map(own.map((hold) => [hold.variantId, hold]))
    return cart ? [{ tokenHash, cart, holds: byVariant, fingerprints: [] }] : []
  })
  const whole = commands.filter((command) => command.isAboutAllLines)
  const ofLines = carts
    .filter(({ tokenHash }) => whole.some((command) => command.tokenHash === tokenHash))
    .flatMap(({ cart }) => cart.lines.map((line) => line.variantId))
  const locked = new Set([...commands.flatMap((command) => command.variantIds), ...ofLines])
  return {
    now: world.now,
    carts,
    stocks: [...world.stocks.values()].filter((stock) => locked.has(stock.variantId)),
    lapsed: holds.filter((hold) => locked.has(hold.variantId) && hasLapsed(hold, world.now)),
    hasMoreLapsed: false,
    known: world.known,
  }
}

function write(world: CartWorld, tokens: Map<string, string>, folded: FoldedBatch): void {
  for (const { cart, tokenHash } of folded.carts) {
    world.carts.set(cart.id, cart)
    tokens.set(tokenHash, cart.id)
  }
  for (const { isNew: _, state, ...hold } of folded.holds) {
    if (state === "held" || state === "paying") world.holds.set(hold.holdId, { ...hold, state })
    else world.holds.delete(hold.holdId)
  }
  for (const stock of folded.stocks) world.stocks.set(stock.variantId, stock)
  world.known.push(...folded.commands)
  world.events.push(...folded.events)
}

let ops = 0

/** A command for the cart of `tokenHash`; with another `op`, it is another click. */
export function aCartCommand(
  tokenHash: string,
  change: CartChange,
  parts: Partial<CartCommand> = {},
): CartCommand {
  return {
    op: `op-${++ops}`,
    type: "test",
    requestHash: "same",
    accountId: "account",
    tokenHash,
    opening: { regionId: "region", locale: "en", holdMinutes: 15 },
    variantIds: [],
    isAboutAllLines: false,
    touches: [],
    change,
    ...parts,
  }
}

/** Sets a line of a counted variant, as the stepper does. */
export function wanting(
  tokenHash: string,
  variantId: string,
  quantity: number,
  parts: Partial<CartCommand> & { readonly priceTypeId?: string } = {},
): CartCommand {
  const priceTypeId = parts.priceTypeId ?? `price of ${variantId}`
  const change = ({ cart }: HeldCart) => {
    const others = cart.lines.filter((line) => line.priceTypeId !== priceTypeId)
    const line: CartLine = { variantId, priceTypeId, quantity }
    const lines = quantity > 0 ? [...others, line] : others
    const wanted = wantedOf(lines, variantId)
    const wish = { variantId, quantity: wanted, title: variantId, otherQuantity: wanted - quantity }
    return { patch: { lines }, wish: { type: "hold", mode: "all", variants: [wish] } } as const
  }
  return aCartCommand(tokenHash, change, { ...parts, variantIds: [variantId] })
}
