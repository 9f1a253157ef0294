import { sql } from "drizzle-orm"
import { PgBoss } from "pg-boss"
import type { Pool, Tx } from "#store/db.ts"

/** Every job there is and what it carries: ids only, so that a job that waits never works with old facts. */
export type JobData = {
  readonly "send-confirmation": { readonly orderId: string; readonly accountId: string }
  readonly "apply-webhook": { readonly provider: string; readonly eventId: string }
  readonly "refund-payment": { readonly refundId: string }
  readonly "sweep-payments": { readonly [key: string]: never }
  readonly "release-holds": { readonly [key: string]: never }
}

export type JobName = keyof JobData

const awake = new Set<(name: JobName) => void>()

/** Calls `listener` in this process as soon as a job was committed: a worker need not wait for its next poll. Answers how to stop. */
export function onEnqueued(listener: (name: JobName) => void): () => void {
  awake.add(listener)
  return () => void awake.delete(listener)
}

/**
 * Puts a job into the caller's own transaction: it exists exactly when the caller's changes do. On an exclusive queue a job that
 * already waits or runs makes this do nothing.
 *
 * This is the statement of pg-boss's own `send`, which can only be called on a started instance; a test holds the two equal.
 */
export async function enqueue<N extends JobName>(tx: Tx, name: N, data: JobData[N]): Promise<void> {
  await tx.execute(sql`
    insert into pgboss.job (name, data, expire_seconds, deletion_seconds, keep_until, retry_limit, retry_delay, retry_backoff,
      retry_delay_max, policy, dead_letter, heartbeat_seconds)
    select q.name, ${JSON.stringify(data)}::jsonb, q.expire_seconds, q.deletion_seconds,
      pgboss.job_now() + q.retention_seconds * interval '1 second', q.retry_limit, q.retry_delay, q.retry_backoff,
      q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds
    from pgboss.queue q where q.name = ${name}
    on conflict do nothing`)
  tx.afterCommit(() => {
    for (const wake of awake) wake(name)
  })
}

/** What a worker does with one job; a thrown fault puts the job back, later each time. */
export type JobHandlers = { readonly [N in JobName]: (data: JobData[N]) => Promise<void> }

export type Worker = AsyncDisposable

export type WorkerOptions = {
  /** Told of each failed attempt, and of what the queue itself has to complain about. */
  readonly report: (error: unknown, job?: { readonly name: string; readonly id: string }) => void
}

/** How often another process's jobs are looked for; this process's own wake the worker at once. */
const pollSeconds = 1

/**
 * Starts to work on the queues. Several processes may: each job runs in one. Disposing waits for what is running.
 * A worker that dies is noticed by its missing heartbeat, and its jobs run elsewhere within 15 seconds.
 */
export async function startWorker(
  pool: Pool,
  handlers: JobHandlers,
  options: WorkerOptions,
): Promise<Worker> {
  const boss = new PgBoss({
    schema: "pgboss",
    db: {
      executeSql: (text, values) => pool.query(text, values),
    },
    migrate: false,
    createSchema: false,
    schedule: false,
    supervise: true,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    reindex: false, // needs the owner of the tables; see docs/operations.md
    monitorVacuum: false,
  })
  boss.on("error", (error) => options.report(error))
  await boss.start()
  const workers = new Map<JobName, string>()
  for (const name of Object.keys(handlers) as JobName[])
    workers.set(name, await work(boss, name, handlers, options))
  const sleep = onEnqueued((name) => {
    const id = workers.get(name)
    if (id) boss.notifyWorker(id)
  })
  return {
    async [Symbol.asyncDispose]() {
      sleep()
      await boss.stop({ close: false, graceful: true, timeout: 20_000 })
    },
  }
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
