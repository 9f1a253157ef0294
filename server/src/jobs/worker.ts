import { PgBoss } from "pg-boss"
import type { JobData, JobName } from "#core/job.ts"

/** What a worker does with one job; a thrown fault puts the job back, later each time. */
export type JobHandlers = { readonly [N in JobName]: (data: JobData[N]) => Promise<void> }

export type WorkerOptions = {
  /** The queue lives in the application's own database. */
  readonly database: {
    query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
  }
  /** Calls back when this process has put a job into a queue; answers how to stop. */
  readonly onEnqueued: (listener: (name: JobName) => void) => () => void
  /** Told of each failed attempt, and of what the queue itself has to complain about. */
  readonly report: (error: unknown, job?: { readonly name: string; readonly id: string }) => void
  /** Jobs that are asked for again and again, and how often; an exclusive queue keeps one of each. */
  readonly every?: { readonly [N in JobName]?: number }
}

/** How often another process's jobs are looked for; this process's own wake the worker at once. */
const pollSeconds = 1

/**
 * Starts to work on the queues. Several processes may: each job runs in one. Disposing waits for what is running.
 * A worker that dies is noticed by its missing heartbeat, and its jobs run elsewhere within 15 seconds.
 */
export async function startWorker(
  handlers: JobHandlers,
  options: WorkerOptions,
): Promise<AsyncDisposable> {
  const boss = openBoss(options)
  await boss.start()
  const names = Object.keys(handlers) as JobName[]
  const workers = new Map<JobName, string>()
  for (const name of names) workers.set(name, await work(boss, name, handlers, options))
  const wake = (name: JobName) => {
    const id = workers.get(name)
    if (id) boss.notifyWorker(id)
  }
  const sleep = options.onEnqueued(wake)
  const timers = names.flatMap((name) => repeat(boss, name, wake, options))
  return {
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearInterval(timer)
      sleep()
      await boss.stop({ close: false, graceful: true, timeout: 20_000 })
    },
  }
}

function openBoss({ database, report }: WorkerOptions): PgBoss {
  const boss = new PgBoss({
    schema: "pgboss",
    db: { executeSql: (text, values) => database.query(text, values) },
    migrate: false,
    createSchema: false,
    schedule: false,
    supervise: true,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    reindex: false, // only the tables' owner may, and this is not the owner
    monitorVacuum: false,
  })
  boss.on("error", (error) => report(error))
  return boss
}

/** A batch settles job by job: one that fails must not make its neighbours run twice. */
function work<N extends JobName>(
  boss: PgBoss,
  name: N,
  handlers: JobHandlers,
  options: WorkerOptions,
): Promise<string> {
  const settings = {
    batchSize: 10,
    burstWhenBatchFull: true,
    pollingIntervalSeconds: pollSeconds,
    notifyPollingIntervalSeconds: pollSeconds,
    perJobResults: true,
  } as const
  return boss.work<JobData[N]>(name, settings, (jobs) =>
    Promise.all(
      jobs.map(async ({ id, data }) => {
        try {
          await handlers[name](data)
          return { id, status: "completed" as const }
        } catch (error) {
          options.report(error, { name, id })
          return { id, status: "failed" as const, output: { message: messageOf(error) } }
        }
      }),
    ),
  )
}

/** Of a sweep nothing has to be known for long, and there are many. */
const sweepKeptSeconds = 3600

function repeat(
  boss: PgBoss,
  name: JobName,
  wake: (name: JobName) => void,
  { every, report }: WorkerOptions,
): NodeJS.Timeout[] {
  const seconds = every?.[name]
  if (seconds === undefined) return []
  const ask = async () => {
    await boss.send(name, {}, { deleteAfterSeconds: sweepKeptSeconds })
    wake(name)
  }
  const timer = setInterval(() => void ask().catch(report), seconds * 1000)
  timer.unref()
  return [timer]
}

/** Kept with the job, for long: the first line only, because what follows may be a failed query's parameters, and those a shopper's. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split("\n", 1)[0] ?? ""
}
