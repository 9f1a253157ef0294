import { randomUUID } from "node:crypto"
import { expect, it } from "vitest"
import { deleteOldCommands, findCommand, finishCommand, insertCommand } from "#store/commands.ts"
import { withTx } from "#store/db.ts"
import { testDatabase } from "#testing/database.ts"

const requestHash = Buffer.alloc(32, 1)

it("notes a command, then its outcome, once", async () => {
  await using database = await testDatabase()
  const { pool } = database
  const key = { scope: "job:test", commandId: randomUUID() }
  expect(await findCommand(pool.db, key, requestHash)).toBeUndefined()
  await withTx(pool, (tx) => insertCommand(tx, key, { kind: "pay", requestHash }))
  expect(await findCommand(pool.db, key, requestHash)).toEqual({ isSameRequest: true })
  for (const rev of [1, 2])
    await withTx(pool, (tx) => finishCommand(tx, key, { outcome: "done", rev }))
  expect(await findCommand(pool.db, key, Buffer.alloc(32, 2))).toEqual({
    isSameRequest: false,
    outcome: { outcome: "done", rev: 1 },
  })
})

it("forgets after 30 days", async () => {
  await using database = await testDatabase()
  const { pool, owner } = database
  const [old, young] = [randomUUID(), randomUUID()].map((commandId) => ({
    scope: "job:test",
    commandId,
  }))
  for (const key of [old!, young!])
    await withTx(pool, (tx) => insertCommand(tx, key, { kind: "pay", requestHash }))
  await owner.query("update ops.command set at = at - interval '31 days' where command_id = $1", [
    old!.commandId,
  ])
  expect(await deleteOldCommands(pool.db, 100)).toBe(1)
  expect(await findCommand(pool.db, young!, requestHash)).toBeDefined()
})
