import { foldCartCommands } from "#core/cart-batch.ts"
import type { CartCommand } from "#core/cart-change.ts"
import type { Outcome } from "#core/outcome.ts"
import { type HoldLimit, mostHeldPerAddress, openHoldLimit } from "#flows/hold-limit.ts"
import { type Pool, withTx } from "#store/db.ts"
import { newId } from "#store/ids.ts"
import { lockBatch, writeBatch } from "#store/stock-commit.ts"

/** The one writer of carts and holds in a process: whoever waits shares a transaction. Disposing finishes what was submitted. */
export type StockLane = AsyncDisposable & {
  /** Resolves once the command's transaction is committed. Rejects when it was not, or when nobody can tell: sent again, it runs once. */
  submit(command: CartCommand): Promise<Outcome>
  /** Gives back what lapsed holds of these variants set aside, in a transaction shared with the commands that wait. */
  reap(variantIds: readonly string[]): Promise<void>
  /** What client addresses have set aside through this lane. */
  readonly holdLimit: HoldLimit
}

export type StockLaneOptions = {
  readonly pool: Pool
  /** Most requests in one transaction. */
  readonly batchSize?: number
  /** Most tickets that one client address may set aside at a time, over all its carts. */
  readonly mostPerAddress?: number
}

type Request = {
  readonly command?: CartCommand
  readonly variantIds: readonly string[]
  readonly answer: (outcome: Outcome | undefined) => void
  readonly fail: (error: unknown) => void
}

/** How often a request that runs alone is tried while the database gives way to others or connections break. */
const attempts = 3

/** Opens a lane. Several, in several processes, may write to one database. */
export function openStockLane(options: StockLaneOptions): StockLane {
  const { pool, batchSize = 512, mostPerAddress = mostHeldPerAddress } = options
  const waiting: Request[] = []
  let working: Promise<void> | undefined
  let isClosed = false

  const work = async () => {
    while (waiting.length > 0) await settle(pool, waiting.splice(0, batchSize))
    working = undefined
  }
  const wait = (request: Pick<Request, "command" | "variantIds">) =>
    new Promise<Outcome | undefined>((answer, fail) => {
      if (isClosed) throw new Error("the stock lane is closed")
      waiting.push({ ...request, answer, fail })
      // Not at once: whoever was woken by the same event comes along.
      working ??= Promise.resolve().then(work)
    })
  return {
    holdLimit: openHoldLimit(mostPerAddress, () => performance.now()),
    async submit(command) {
      const outcome = await wait({ command, variantIds: command.variantIds })
      if (!outcome) throw new Error(`command ${command.op} came to nothing`)
      return outcome
    },
    async reap(variantIds) {
      await wait({ variantIds })
    },
    async [Symbol.asyncDispose]() {
      isClosed = true
      await working
    },
  }
}

/** One transaction for all; when it fails, one for each, so that nobody fails for a neighbour's sake. Never throws. */
async function settle(pool: Pool, requests: readonly Request[]): Promise<void> {
  const failure = await attempt(pool, requests)
  if (!failure) return
  for (const request of requests) await settleAlone(pool, request, failure)
}

async function settleAlone(pool: Pool, request: Request, first: Failure): Promise<void> {
  let failure: Failure | undefined = first
  for (let tries = 0; failure?.isWorthAnotherTry && tries < attempts; tries++)
    failure = await attempt(pool, [request])
  if (failure) request.fail(failure.error)
}

type Failure = { readonly error: unknown; readonly isWorthAnotherTry: boolean }

/**
 * After an unknown commit it is enough to run again: the locks wait for the transaction that may still be ending, and the command's id then
 * finds its outcome.
 */
async function attempt(pool: Pool, requests: readonly Request[]): Promise<Failure | undefined> {
  let hasBegun = false
  try {
    const outcomes = await withTx(pool, async (tx) => {
      hasBegun = true
      const commands = requests.flatMap((request) => request.command ?? [])
      const variantIds = requests.flatMap((request) => request.variantIds)
      const locked = await lockBatch(tx, commands, variantIds)
      const folded = foldCartCommands(locked, commands, newId)
      await writeBatch(tx, folded)
      return folded.outcomes
    })
    let next = 0
    for (const request of requests) request.answer(request.command && outcomes[next++])
    return undefined
  } catch (error) {
    return { error, isWorthAnotherTry: hasBegun }
  }
}
