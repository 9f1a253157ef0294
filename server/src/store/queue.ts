import { sql } from "drizzle-orm"
import type { JobData, JobName } from "#core/job.ts"
import type { Tx } from "#store/db.ts"

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
