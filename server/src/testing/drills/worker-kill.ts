import { fork } from "node:child_process"
import { once } from "node:events"
import type { Deps } from "#flows/deps.ts"
import { jobHandlers } from "#jobs/handlers.ts"
import { type JobHandlers, startWorker } from "#jobs/worker.ts"
import { withTx } from "#store/db.ts"
import { enqueue, onEnqueued } from "#store/queue.ts"
import { testDatabase } from "#testing/database.ts"

/** The same for every job there is. */
export function allHandlers(work: () => Promise<void>): JobHandlers {
  const names = Object.keys(jobHandlers({} as Deps))
  return Object.fromEntries(names.map((name) => [name, work])) as unknown as JobHandlers
}

/** Kills a worker with -9 in the middle of a job; answers after how many milliseconds another one had begun with it. */
export async function killWorker(): Promise<number> {
  await using database = await testDatabase()
  const child = fork(new URL("worker-child.ts", import.meta.url), { execArgv: [] })
  child.send(database.url)
  await once(child, "message")
  const begun = once(child, "message")
  await withTx(database.pool, (tx) => enqueue(tx, "refund-payment", { refundId: "one" }))
  await begun
  const taken = Promise.withResolvers<void>()
  const elsewhere = { database: database.pool, onEnqueued, report: () => {} }
  await using _worker = await startWorker(
    allHandlers(async () => taken.resolve()),
    elsewhere,
  )
  const gone = once(child, "exit")
  child.kill("SIGKILL")
  const killedAt = performance.now()
  await gone
  await taken.promise
  return performance.now() - killedAt
}

const mostSeconds = 15

/** `npm run drill -- worker [times]`: a killed worker's job runs elsewhere within 15 seconds. */
export async function drillWorker([times = "3"]: readonly string[]): Promise<string[]> {
  const took: number[] = []
  for (let run = 0; run < Number(times); run++) took.push((await killWorker()) / 1000)
  console.log(`taken up after ${took.map((seconds) => seconds.toFixed(1)).join(", ")} s`)
  return took
    .filter((seconds) => seconds > mostSeconds)
    .map((seconds) => `a job waited ${seconds.toFixed(1)} s`)
}
