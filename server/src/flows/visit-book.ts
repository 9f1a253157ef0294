import { cleanTouch } from "#core/attribution.ts"
import { isRefusedData, type Pool, withTx } from "#store/db.ts"
import { keepVisits, type StepToKeep, type VisitToKeep } from "#store/visits.ts"

/**
 * Counts who saw what and how far carts came, beside the work of selling and never in its way: what is noted is written a moment later, many
 * at once, in a transaction of its own. Disposing writes what is left.
 */
export type VisitBook = AsyncDisposable & {
  /** Somebody came to a page with a widget and saw it, or an event in it. Said again, it counts once. */
  saw(visit: Omit<VisitToKeep, "event"> & { readonly event?: string }): void
  /** A cart has tickets of these events, or goes to the form with them. */
  stepped(step: Omit<StepToKeep, "event"> & { readonly events: readonly string[] }): void
  /** Resolves when everything noted so far is written or was given up. */
  flush(): Promise<void>
}

export type VisitBookOptions = {
  readonly pool: Pool
  /** Told when notes could not be written. */
  readonly report?: (error: unknown) => void
  readonly flushEveryMs?: number
  /** Most notes that wait for the database; more are not counted: a sale is worth more than its statistics. */
  readonly mostWaiting?: number
}

/** Notes of one statement. */
const batchSize = 1000
/** What was noted lately is not sent to the database again. */
const mostKnown = 50_000

export function openVisitBook(options: VisitBookOptions): VisitBook {
  const { pool, report = () => {}, flushEveryMs = 1000, mostWaiting = 50_000 } = options
  const known = new Set<string>()
  const waiting: (VisitToKeep | StepToKeep)[] = []
  let writing: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const note = (key: string, entry: VisitToKeep | StepToKeep) => {
    if (known.has(key) || waiting.length >= mostWaiting) return
    remember(known, key)
    waiting.push(entry)
    timer ??= setTimeout(() => void flush(), flushEveryMs).unref()
  }

  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(() => writeAll(pool, waiting, report))
    return writing
  }

  return {
    saw(visit) {
      const touch = cleanTouch(visit.touch)
      const { event } = visit
      for (const slug of event ? ["", event] : [""])
        note(`${visit.accountId} ${visit.visitId} ${slug}`, { ...visit, touch, event: slug })
    },
    stepped({ events, ...step }) {
      for (const event of new Set(["", ...events]))
        note(`${step.cartId} ${step.step} ${event}`, { ...step, event })
    },
    flush,
    async [Symbol.asyncDispose]() {
      await flush()
    },
  }
}

/** Forgets the oldest: the database knows them. */
function remember(known: Set<string>, key: string): void {
  known.add(key)
  const [oldest] = known
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest)
}

type Batch = readonly (VisitToKeep | StepToKeep)[]

async function writeAll(
  pool: Pool,
  waiting: (VisitToKeep | StepToKeep)[],
  report: (error: unknown) => void,
): Promise<void> {
  while (waiting.length > 0) {
    await writeOrGiveUp(pool, waiting.splice(0, batchSize), report)
  }
}

/**
 * A batch that fails is tried once more. One that fails twice is given up, so that what cannot be written stops nobody; where the database
 * says that its rows are wrong, only those are.
 */
async function writeOrGiveUp(
  pool: Pool,
  batch: Batch,
  report: (error: unknown) => void,
): Promise<void> {
  try {
    await write(pool, batch).catch(() => write(pool, batch))
  } catch (error) {
    if (batch.length === 1 || !isRefusedData(error)) return report(error)
    const middle = Math.ceil(batch.length / 2)
    await writeOrGiveUp(pool, batch.slice(0, middle), report)
    await writeOrGiveUp(pool, batch.slice(middle), report)
  }
}

async function write(pool: Pool, batch: Batch): Promise<void> {
  const visits = batch.filter((entry): entry is VisitToKeep => "visitId" in entry)
  const steps = batch.filter((entry): entry is StepToKeep => "cartId" in entry)
  await withTx(pool, (tx) => keepVisits(tx, visits, steps))
}
