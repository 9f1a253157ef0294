import type { FoldedBatch, LockedBatch, LockedCart } from "#core/cart-batch.ts"
import type { CartCommand } from "#core/cart-change.ts"
import { hasLapsed } from "#core/hold.ts"
import type { Stock } from "#core/inventory.ts"
import type { Expected, Stamp } from "#store/stock-commit.ts"

/**
 * What a lane last wrote or read, so that the next batch need not ask first: a guess, which the database checks under its locks. Nothing here is true;
 * everything may be forgotten.
 */
export type LaneMemory = {
  /** What a batch would find; undefined when too little is remembered, or guesses have been wrong too often of late. */
  recall(commands: readonly CartCommand[]): Recalled | undefined
  /** The stock as a batch will leave it, on its way to the database: the next batch builds on it. */
  expect(batch: FoldedBatch): void
  /** A batch is written: `locked` is what it was decided from. */
  learn(written: WrittenBatch): void
  /** A guess was wrong, or nobody knows: nothing about these is sure. */
  forget(commands: readonly CartCommand[], recalled: Recalled): void
}

export type Recalled = { readonly locked: LockedBatch; readonly expected: Expected }

export type WrittenBatch = {
  readonly batch: FoldedBatch
  readonly stamp: Stamp
  /** What was asked for and has no stock is not counted. */
  readonly variantIds: readonly string[]
  readonly stocks: readonly Stock[]
}

type KnownCart = LockedCart & { readonly by: string }

const mostCarts = 10_000
const mostVariants = 20_000
/** A hold so near to its end may be over by the database's clock. */
const marginMs = 2000
/** What a wrong guess costs of the trust that eight right ones bring back: where other processes write as much, asking first is cheaper. */
const mostTrust = 16
const wrongGuess = 8

/** `nowMs` is a clock that only goes forward, in milliseconds. */
export function openLaneMemory(nowMs: () => number): LaneMemory {
  /** Undefined: to be asked for. A cart that is not here at all is taken for a new one. */
  const carts = new Map<string, KnownCart | undefined>()
  /** Undefined: not counted. */
  const stocks = new Map<string, Stock | undefined>()
  let clock: { readonly epochMs: number; readonly at: number } | undefined
  let trust = mostTrust

  const isoNow = (shiftMs = 0) =>
    clock && new Date(clock.epochMs + nowMs() - clock.at + shiftMs).toISOString()
  const learnStock = (variantId: string, stock: Stock | undefined) => {
    const known = stocks.get(variantId)
    // One that is on its way already knows better.
    if (known && stock && known.version >= stock.version) return
    put(stocks, variantId, stock, mostVariants)
  }
  return {
    recall(commands) {
      const now = isoNow()
      const soon = isoNow(marginMs)
      if (!now || !soon) return undefined
      if (trust < mostTrust) trust += 1
      if (trust <= wrongGuess) return undefined
      const keys = new Map(commands.map((command) => [keyOf(command), command]))
      if ([...keys.keys()].some((key) => carts.has(key) && !carts.get(key))) return undefined
      const known = [...keys.keys()].flatMap((key) => carts.get(key) ?? [])
      if (known.some(({ holds }) => [...holds.values()].some((hold) => hasLapsed(hold, soon))))
        return undefined
      const variantIds = variantsOf(commands, (command) => carts.get(keyOf(command)))
      if (variantIds.some((id) => !stocks.has(id))) return undefined
      const found = variantIds.flatMap((id) => stocks.get(id) ?? [])
      return {
        locked: { now, carts: known, stocks: found, lapsed: [], hasMoreLapsed: false, known: [] },
        expected: {
          now,
          carts: known.map(({ cart, by }) => ({ id: cart.id, by })),
          newCarts: [...keys.values()].filter((command) => !carts.has(keyOf(command))),
          stocks: new Map(variantIds.map((id) => [id, stocks.get(id)])),
        },
      }
    },
    expect(batch) {
      for (const stock of batch.stocks) put(stocks, stock.variantId, stock, mostVariants)
    },
    learn({ batch, stamp, variantIds, stocks: read }) {
      clock = { epochMs: Date.parse(stamp.now), at: nowMs() }
      for (const id of variantIds) if (!stocks.has(id)) put(stocks, id, undefined, mostVariants)
      for (const stock of [...read, ...batch.stocks]) learnStock(stock.variantId, stock)
      const written = new Set(batch.carts.map(({ cart }) => cart.id))
      for (const left of batch.left) {
        const key = keyOf({ accountId: left.cart.accountId, tokenHash: left.tokenHash })
        const by = written.has(left.cart.id) ? stamp.by : carts.get(key)?.by
        // In a cart that is paid for, other flows change holds without writing the cart.
        const isKnown = by !== undefined && left.cart.state === "open"
        put(carts, key, isKnown ? { ...left, by } : undefined, mostCarts)
      }
    },
    forget(commands, { expected }) {
      trust = Math.max(0, trust - wrongGuess)
      for (const command of commands) put(carts, keyOf(command), undefined, mostCarts)
      for (const variantId of expected.stocks.keys()) stocks.delete(variantId)
    },
  }
}

type CartKey = Pick<CartCommand, "accountId" | "tokenHash">

const keyOf = ({ accountId, tokenHash }: CartKey) => `${accountId} ${tokenHash}`

function variantsOf(
  commands: readonly CartCommand[],
  cartOf: (command: CartCommand) => KnownCart | undefined,
): string[] {
  const lines = commands
    .filter(({ isAboutAllLines }) => isAboutAllLines)
    .flatMap((command) => cartOf(command)?.cart.lines ?? [])
  return [
    ...new Set([
      ...commands.flatMap(({ variantIds }) => variantIds),
      ...lines.map(({ variantId }) => variantId),
    ]),
  ]
}

/** The oldest goes where there are too many. */
function put<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= most) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}
