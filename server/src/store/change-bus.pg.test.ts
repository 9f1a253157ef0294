import { expect, it } from "vitest"
import { openDatabaseBus } from "#store/change-bus.ts"
import { busEar } from "#testing/bus-ear.ts"
import { testDatabase } from "#testing/database.ts"

it("tells every process, and says so when its connection was gone for a while", async () => {
  await using database = await testDatabase()
  const [one, other] = [busEar(), busEar()]
  await using bus = await openDatabaseBus(database.url, database.pool, one)
  await using _ = await openDatabaseBus(database.url, database.pool, other)
  const both = Promise.all([one.next(), other.next()])
  await bus.publish("é changed")
  expect(await both).toEqual(["é changed", "é changed"])

  const missed = Promise.all([one.next(), other.next()])
  await database.owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'foyer changes' and datname = current_database()`,
  )
  expect(await missed).toEqual(["(missed)", "(missed)"])
  const again = other.next()
  await bus.publish("more")
  expect(await again).toBe("more")
})

it("ends while it tries to come back", async () => {
  await using database = await testDatabase()
  const bus = await openDatabaseBus(database.url, database.pool, busEar())
  await database.owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'foyer changes' and datname = current_database()`,
  )
  await bus[Symbol.asyncDispose]()
})
