// A worker that takes a job, says so and never finishes it: it waits to be killed.
import { once } from "node:events"
import { startWorker } from "#jobs/worker.ts"
import { openPool } from "#store/db.ts"
import { onEnqueued } from "#store/queue.ts"
import { appRole } from "#store/migrations.ts"
import { allHandlers } from "#testing/drills/worker-kill.ts"

const [url] = (await once(process, "message")) as [string]
const database = openPool({ url, role: appRole, report: () => {} })
const handlers = allHandlers(() => {
  process.send?.("begun")
  return new Promise<never>(() => {})
})
await startWorker(handlers, { database, onEnqueued, report: () => {} })
process.send?.("ready")
