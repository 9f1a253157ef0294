import { DrizzleQueryError } from "drizzle-orm"
import { expect, it, vi } from "vitest"
import { type JobHandlers, startWorker } from "#jobs/worker.ts"
import { withTx } from "#store/db.ts"
import { enqueue, onEnqueued } from "#store/queue.ts"
import { type TestDatabase, testDatabase } from "#testing/database.ts"

const idle: JobHandlers = {
  "send-confirmation": async () => {},
  "send-cancellation": async () => {},
  "send-recovery": async () => {},
  "find-left-carts": async () => {},
  "send-welcome": async () => {},
  "send-reset": async () => {},
  "send-invitation": async () => {},
  "apply-webhook": async () => {},
  "refund-payment": async () => {},
  "register-domain": async () => {},
  "sweep-payments": async () => {},
  "release-holds": async () => {},
  "forget-commands": async () => {},
  "expire-carts": async () => {},
  "fold-reports": async () => {},
  "prune-visits": async () => {},
}

const work = (
  database: TestDatabase,
  handlers: Partial<JobHandlers>,
  every: Parameters<typeof startWorker>[1]["every"] = {},
) =>
  startWorker(
    { ...idle, ...handlers },
    { database: database.pool, onEnqueued, report: () => {}, every },
  )

it("runs a job again after a fault, without running its neighbour twice", async () => {
  await using database = await testDatabase()
  const ran: string[] = []
  const done = Promise.withResolvers<void>()
  await using worker = await work(database, {
    "refund-payment": async ({ refundId }) => {
      ran.push(refundId)
      const times = ran.filter((id) => id === "bad").length
      if (refundId === "bad" && times === 1) throw new Error("the provider is away")
      if (times === 2) done.resolve()
    },
  })
  expect(worker).toBeDefined()
  await withTx(database.pool, async (tx) => {
    await enqueue(tx, "refund-payment", { refundId: "bad" })
    await enqueue(tx, "refund-payment", { refundId: "good" })
  })
  await done.promise
  expect(ran.toSorted()).toEqual(["bad", "bad", "good"])
})

it("keeps nothing of a failed query's parameters with the job", async () => {
  await using database = await testDatabase()
  const handlers: Partial<JobHandlers> = {
    "refund-payment": async () => {
      throw new DrizzleQueryError("insert into x values ($1)", ["ada@example.com"])
    },
  }
  await using worker = await work(database, handlers)
  expect(worker).toBeDefined()
  await withTx(database.pool, (tx) => enqueue(tx, "refund-payment", { refundId: "bad" }))
  const outputs =
    "select output from pgboss.job where name = 'refund-payment' and output is not null"
  const { rows } = await vi.waitFor(
    async () => {
      const found = await database.owner.query(outputs)
      expect(found.rows).not.toEqual([])
      return found
    },
    { timeout: 20_000 },
  )
  expect(rows).toEqual([{ output: { message: "Failed query: insert into x values ($1)" } }])
})

it("asks for its sweeps by itself", async () => {
  await using database = await testDatabase()
  const swept = Promise.withResolvers<void>()
  const handlers = { "sweep-payments": async () => swept.resolve() }
  await using worker = await work(database, handlers, { "sweep-payments": 0.05 })
  expect(worker).toBeDefined()
  await swept.promise
  // There are many of them: the queue does not keep each for a week.
  const { rows } = await database.owner.query(
    "select distinct deletion_seconds from pgboss.job where name = 'sweep-payments'",
  )
  expect(rows).toEqual([{ deletion_seconds: 3600 }])
})

it("gives a job with two workers to one of them", async () => {
  await using database = await testDatabase()
  const ran: string[] = []
  const last = Promise.withResolvers<void>()
  const handlers: Partial<JobHandlers> = {
    "refund-payment": async ({ refundId }) => {
      ran.push(refundId)
      if (ran.length >= 40) last.resolve()
    },
  }
  await using one = await work(database, handlers)
  await using two = await work(database, handlers)
  expect([one, two]).toHaveLength(2)
  await withTx(database.pool, async (tx) => {
    for (let i = 0; i < 40; i++) await enqueue(tx, "refund-payment", { refundId: `${i}` })
  })
  await last.promise
  expect(new Set(ran).size).toBe(ran.length)
})
