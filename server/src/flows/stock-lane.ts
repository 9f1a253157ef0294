import { foldCartCommands, type FoldedBatch, type LockedBatch } from "#core/cart-batch.ts"
import type { ShownCart } from "#core/cart.ts"
import type { CartCommand } from "#core/cart-change.ts"
import type { Stock } from "#core/inventory.ts"
import type { Outcome } from "#core/outcome.ts"
import { type HoldLimit, mostHeldPerAddress, openHoldLimit } from "#flows/hold-limit.ts"
import { type LaneMemory, openLaneMemory, type WrittenBatch } from "#flows/lane-memory.ts"
import type { Pool } from "#store/db.ts"
import { newId } from "#store/ids.ts"
import { commitBatch, commitExpected, type Stamp } from "#store/stock-commit.ts"

/** The one writer of carts and holds in a process: whoever waits shares a transaction. Disposing finishes what was submitted. */
export type StockLane = AsyncDisposable & {
  /** Resolves once the command's transaction is committed. Rejects when it was not, or when nobody can tell: sent again, it runs once. */
  submit(command: CartCommand): Promise<Outcome>
  /** The cart that an outcome of `submit` left, so that showing it needs no second look; undefined for any other outcome. */
  cartAfter(outcome: Outcome): ShownCart | undefined
  /** Gives back what lapsed holds of these variants set aside, in a transaction shared with the commands that wait. */
  reap(variantIds: readonly string[]): Promise<void>
  /** What client addresses have set aside through this lane. */
  readonly holdLimit: HoldLimit
}

export type StockLaneOptions = {
  readonly pool: Pool
  /** Most requests in one transaction. */
  readonly batchSize?: number
  /** Most lapsed holds that one transaction ends. */
  readonly mostLapsed?: number
  /** Most tickets that one client address may set aside at a time, over all its carts. */
  readonly mostPerAddress?: number
  /** Told of the heads that a transaction moved, once it is committed and before anybody is answered. */
  readonly onMoved?: (stocks: readonly Stock[]) => void
  /** Told when `onMoved` throws: what was committed stays, and is answered. */
  readonly report?: (error: unknown) => void
  /** Most requests that wait; more are refused with `laneFull`. */
  readonly mostWaiting?: number
}

/** Thrown by `submit` and `reap` when too many wait: nothing was done, and the same command may be sent again. */
export const laneFull = new Error("too many commands wait for the stock lane")

type Request = {
  readonly command?: CartCommand
  /** Its account and token. */
  readonly cart?: string
  readonly variantIds: readonly string[]
  readonly answer: (answer: Answer) => void
  readonly fail: (error: unknown) => void
}

type Answer = { readonly outcome?: Outcome | undefined; readonly hasMoreLapsed: boolean }

/** How often a batch runs again because only the clock may hold what it was refused: with as many holds each time, a whole hall's. */
const reapingRounds = 50

/**
 * While no more requests than these are in the database, those who come do not wait for them but go as a second batch. Beside a bigger one they wait:
 * what is shared with many costs each the least.
 */
const fewInHand = 8

/** How often a request that runs alone is tried while the database gives way to others or connections break. */
const attempts = 3

/** Opens a lane. Several, in several processes, may write to one database. */
export function openStockLane(options: StockLaneOptions): StockLane {
  const {
    pool,
    batchSize = 512,
    mostLapsed,
    mostPerAddress = mostHeldPerAddress,
    onMoved = () => {},
    report = () => {},
    mostWaiting = 20_000,
  } = options
  const monotonic = () => performance.now()
  const memory = openLaneMemory(monotonic)
  const writer: Writer = { pool, memory, onMoved, report, mostLapsed, shown: new WeakMap() }
  const queue: Queue = { waiting: [], busyCarts: new Set() }
  let underWay = 0
  let inHand = 0
  let isAwaited = false
  let isClosed = false
  const emptied = Promise.withResolvers<void>()

  const go = () => {
    isAwaited = false
    while (underWay === 0 || (underWay === 1 && inHand <= fewInHand)) {
      const batch = takeBatch(queue, batchSize)
      if (batch.length === 0) break
      underWay += 1
      inHand += batch.length
      void settle(writer, batch, () => leave(batch))
    }
    if (isClosed && underWay === 0) emptied.resolve()
  }
  const leave = (batch: readonly Request[]) => {
    for (const { cart } of batch) queue.busyCarts.delete(cart ?? "")
    underWay -= 1
    inHand -= batch.length
    go()
  }
  const wait = (request: Pick<Request, "command" | "cart" | "variantIds">) =>
    new Promise<Answer>((answer, fail) => {
      if (isClosed) throw new Error("the stock lane is closed")
      if (queue.waiting.length >= mostWaiting) throw laneFull
      queue.waiting.push({ ...request, answer, fail })
      // Not at once: whoever was heard in the same turn comes along.
      if (!isAwaited) setImmediate(go)
      isAwaited = true
    })
  return {
    holdLimit: openHoldLimit(mostPerAddress, monotonic),
    async submit(command) {
      const { accountId, tokenHash, variantIds } = command
      const { outcome } = await wait({ command, cart: `${accountId} ${tokenHash}`, variantIds })
      if (!outcome) throw new Error(`command ${command.op} came to nothing`)
      return outcome
    },
    cartAfter: (outcome) => writer.shown.get(outcome),
    async reap(variantIds) {
      // Each time at the end of the queue: shoppers do not wait for all of it.
      while ((await wait({ variantIds })).hasMoreLapsed);
    },
    async [Symbol.asyncDispose]() {
      isClosed = true
      go()
      await emptied.promise
    },
  }
}

/** `busyCarts`: of the batches under way. */
type Queue = { waiting: Request[]; readonly busyCarts: Set<string> }

/**
 * The next batch: those who have waited longest, but for carts that another batch is at work on. So a cart's commands run in their order, and
 * batches meet only where their variants do: there one waits for the other's locks, which all take in the same order.
 */
function takeBatch(queue: Queue, batchSize: number): Request[] {
  const isBusy = ({ cart }: Request) => cart !== undefined && queue.busyCarts.has(cart)
  const batch: Request[] = []
  const later: Request[] = []
  for (const request of queue.waiting)
    (batch.length < batchSize && !isBusy(request) ? batch : later).push(request)
  queue.waiting = later
  for (const { cart } of batch) if (cart !== undefined) queue.busyCarts.add(cart)
  return batch
}

type Writer = {
  readonly pool: Pool
  readonly memory: LaneMemory
  readonly mostLapsed: number | undefined
  readonly onMoved: (stocks: readonly Stock[]) => void
  readonly report: (error: unknown) => void
  readonly shown: WeakMap<Outcome, ShownCart>
}

/** One transaction for all; when it fails, one for each, so that nobody fails for a neighbour's sake. `leave`: nothing of it is under way any more. */
async function settle(
  writer: Writer,
  requests: readonly Request[],
  leave: () => void,
): Promise<void> {
  const settled = (await attemptFromMemory(writer, requests)) ?? (await attempt(writer, requests))
  const done = "error" in settled ? [] : [{ requests, settled }]
  if ("error" in settled)
    for (const request of requests) {
      const alone = await settleAlone(writer, request, settled)
      if (alone) done.push({ requests: [request], settled: alone })
    }
  // The next batch goes to the database before this one's answers are made.
  leave()
  for (const each of done) await answer(writer, each.requests, each.settled)
}

async function settleAlone(
  writer: Writer,
  request: Request,
  first: Failure,
): Promise<Committed | undefined> {
  let failure = first
  for (let tries = 0; failure.isWorthAnotherTry && tries < attempts; tries++) {
    const settled = await attempt(writer, [request])
    if (!("error" in settled)) return settled
    failure = settled
  }
  request.fail(failure.error)
  return undefined
}

type Failure = { readonly error: unknown; readonly isWorthAnotherTry: boolean }

/**
 * After an unknown commit it is enough to run again: the locks wait for the transaction that may still be ending, and the command's id then
 * finds its outcome.
 */
async function attempt(writer: Writer, requests: readonly Request[]): Promise<Committed | Failure> {
  let hasBegun = false
  const begin = () => (hasBegun = true)
  let done: Committed | undefined
  try {
    for (let round = 1; !done; round++)
      done = await commit(writer, requests, { begin, isLast: round === reapingRounds })
  } catch (error) {
    return { error, isWorthAnotherTry: hasBegun }
  }
  tellMoved(writer, done.batch.stocks)
  return done
}

function tellMoved(
  { onMoved, report }: Pick<Writer, "onMoved" | "report">,
  stocks: readonly Stock[],
): void {
  try {
    onMoved(stocks)
  } catch (error) {
    report(error)
  }
}

type Committed = { readonly batch: FoldedBatch; readonly hasMoreLapsed: boolean }

/**
 * One round trip where the lane remembers what the database would say. Undefined: it does not, or it was wrong, or nobody knows whether this was
 * committed: to be attempted by asking. Nobody is told "sold out" from memory: what only the clock still holds is not in it.
 */
async function attemptFromMemory(
  { pool, memory, ...writer }: Writer,
  requests: readonly Request[],
): Promise<Committed | undefined> {
  const commands = requests.flatMap((request) => request.command ?? [])
  if (commands.length < requests.length) return undefined
  const recalled = memory.recall(commands)
  if (!recalled) return undefined
  const batch = foldCartCommands(recalled.locked, commands, newId)
  if (batch.outcomes.some(isSoldOut)) return undefined
  memory.expect(batch)
  const stamp = await commitExpected(pool, recalled.expected, batch).catch(() => undefined)
  if (!stamp) {
    memory.forget(commands, recalled)
    return undefined
  }
  memory.learn({ batch, stamp, variantIds: [], stocks: [] })
  tellMoved(writer, batch.stocks)
  return { batch, hasMoreLapsed: false }
}

/**
 * Undefined: somebody would be told "sold out" of what only the clock still holds, more of it than one transaction ends. What it could end is
 * ended, and nothing else is done.
 */
async function commit(
  writer: Writer,
  requests: readonly Request[],
  { begin, isLast }: { readonly begin: () => void; readonly isLast: boolean },
): Promise<Committed | undefined> {
  const commands = requests.flatMap((request) => request.command ?? [])
  const variantIds = requests.flatMap((request) => request.variantIds)
  const about = { commands, variantIds, mostLapsed: writer.mostLapsed }
  let written: WrittenBatch | undefined
  const fold = (locked: LockedBatch, stamp: Stamp) => {
    const batch = foldCartCommands(locked, commands, newId)
    const { hasMoreLapsed, stocks } = locked
    if (!isLast && hasMoreLapsed && batch.outcomes.some(isSoldOut))
      return { value: undefined, batch: foldCartCommands(locked, [], newId) }
    written = { batch, stamp, variantIds, stocks }
    return { value: { batch, hasMoreLapsed }, batch }
  }
  const committed = await commitBatch(writer.pool, about, fold, begin)
  if (written) writer.memory.learn(written)
  return committed
}

function isSoldOut(outcome: Outcome): boolean {
  return outcome.outcome === "refused" && outcome.refusal.reason === "sold-out"
}

/** So many are answered in one turn: what an answer sets off (a screen, a frame) keeps neither the database nor other shoppers waiting. */
const answeredAtOnce = 16

async function answer(
  writer: Writer,
  requests: readonly Request[],
  { batch, hasMoreLapsed }: Committed,
): Promise<void> {
  let next = 0
  for (const [index, request] of requests.entries()) {
    if (index > 0 && index % answeredAtOnce === 0)
      await new Promise((nextTurn) => setImmediate(nextTurn))
    if (!request.command) {
      request.answer({ hasMoreLapsed })
      continue
    }
    const [outcome, shown] = [batch.outcomes[next], batch.shown[next]]
    if (outcome && shown) writer.shown.set(outcome, shown)
    request.answer({ outcome, hasMoreLapsed })
    next += 1
  }
}
