import { readFile } from "node:fs/promises"
import { getConstructionPlans, PgBoss } from "pg-boss"
import { expect, it } from "vitest"
import { withTx } from "#store/db.ts"
import { enqueue } from "#store/queue.ts"
import { testDatabase } from "#testing/database.ts"

it("has the schema that the installed pg-boss plans for itself", async () => {
  const migration = await readFile(
    new URL("../../migrations/0008_jobs.sql", import.meta.url),
    "utf8",
  )
  const plan = getConstructionPlans("pgboss", { createSchema: false })
    .replace(/DO \$\$\s+DECLARE\s+d date;[\s\S]*?END;\s+\$\$\s+;/, "")
    .replace(/^\s*BEGIN;[\s\S]*?pg_advisory_xact_lock[^;]*;/, "")
    .replace(/COMMIT;\s*$/, "")
  const squeezed = (sql: string) => sql.replaceAll(/\s+/g, " ").trim()
  expect(squeezed(migration)).toContain(squeezed(plan).replace(/^; /, ""))
})

it("writes the same row as pg-boss's own send", async () => {
  await using database = await testDatabase()
  const data = { orderId: "o", accountId: "a" }
  await withTx(database.pool, (tx) => enqueue(tx, "send-confirmation", data))
  const boss = new PgBoss({
    schema: "pgboss",
    db: { executeSql: (text, values) => database.owner.query(text, values) },
    migrate: false,
    supervise: false,
    schedule: false,
  })
  await boss.start()
  await boss.send("send-confirmation", data)
  await boss.stop({ close: false })
  const { rows } = await database.owner.query<{ job: object }>(
    `select to_jsonb(j) - 'id' - 'created_on' - 'start_after' - 'keep_until'
       || jsonb_build_object('kept_seconds', extract(epoch from keep_until - start_after)) as job from pgboss.job j`,
  )
  expect(rows).toHaveLength(2)
  expect(rows[0]).toEqual(rows[1])
})

it("forgets a job whose transaction was rolled back", async () => {
  await using database = await testDatabase()
  const failed = withTx(database.pool, async (tx) => {
    await enqueue(tx, "refund-payment", { refundId: "r" })
    throw new Error("no")
  })
  await expect(failed).rejects.toThrow("no")
  const { rows } = await database.owner.query("select from pgboss.job")
  expect(rows).toHaveLength(0)
})

it("keeps one sweep waiting, however often one is asked for", async () => {
  await using database = await testDatabase()
  await withTx(database.pool, (tx) => enqueue(tx, "sweep-payments", {}))
  await withTx(database.pool, (tx) => enqueue(tx, "sweep-payments", {}))
  const { rows } = await database.owner.query("select from pgboss.job")
  expect(rows).toHaveLength(1)
})
