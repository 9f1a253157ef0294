import { createHash, randomBytes } from "node:crypto"
import pg from "pg"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import {
  isMigrated,
  migrate,
  type Migration,
  MigrationRefused,
  readMigrations,
} from "#store/migrations.ts"
import { type TestDatabase, testDatabase } from "#testing/database.ts"

let database: TestDatabase
let landed: readonly Migration[]
beforeEach(async () => {
  database = await testDatabase()
  landed = await readMigrations()
})
afterEach(() => database[Symbol.asyncDispose]())

/** One more migration after all that have landed. */
function next(sql: string): Migration {
  const number = landed.length + 1
  const name = `${String(number).padStart(4, "0")}_next.sql`
  return { number, name, sql, hash: createHash("sha256").update(sql).digest("hex") }
}

describe("migrating", () => {
  it("applies what is missing, once", async () => {
    const migrations = [...landed, next("create table added (id int)")]
    expect(await isMigrated(database.owner, migrations)).toBe(false)
    expect(await migrate(database.url, migrations)).toEqual([migrations.at(-1)?.name])
    expect(await migrate(database.url, migrations)).toEqual([])
    expect(await isMigrated(database.pool, migrations)).toBe(true)
  })

  it("lets two processes start at once", async () => {
    const migrations = [...landed, next("create table added (id int)")]
    const [one, other] = await Promise.all([
      migrate(database.url, migrations),
      migrate(database.url, migrations),
    ])
    expect(one.length + other.length).toBe(1)
  })

  it("leaves nothing of a migration that fails, and names it", async () => {
    const faulty = next("create table half (id int); select 1 / 0")
    await expect(migrate(database.url, [...landed, faulty])).rejects.toThrow(faulty.name)
    expect((await database.owner.query("select to_regclass('half') as half")).rows).toEqual([
      { half: null },
    ])
  })

  it("refuses a landed migration that changed", async () => {
    const changed = landed.map((each, index) => (index === 0 ? { ...each, hash: "00" } : each))
    await expect(migrate(database.url, changed)).rejects.toThrow("never change")
  })

  it("refuses a database that is newer than the code", async () => {
    await expect(migrate(database.url, landed.slice(0, -1))).rejects.toThrow("newer")
  })

  it("refuses a database that nobody answers for", async () => {
    const attempt = migrate("postgres://foyer:foyer@127.0.0.1:1/foyer", landed)
    await expect(attempt).rejects.toThrow(MigrationRefused)
  })

  it("refuses a database that loses acknowledged commits", async () => {
    const name = new URL(database.url).pathname.slice(1)
    await database.owner.query(`alter database ${name} set synchronous_commit = off`)
    await expect(migrate(database.url, landed)).rejects.toThrow("synchronous_commit")
  })
})

describe("an owner without the right to create roles", () => {
  it("stops with the SQL to run", async () => {
    const owner = `owner_${randomBytes(6).toString("hex")}`
    await database.owner.query(`create role ${owner} login password 'owner'`)
    const url = new URL(database.url)
    url.username = owner
    url.password = "owner"
    const refusal = await migrate(url.href, landed).catch((error: unknown) => error)
    await database.owner.query(`drop role ${owner}`)
    expect(refusal).toBeInstanceOf(MigrationRefused)
    expect(String(refusal)).toContain(`grant foyer_app to ${owner};`)
    expect(String(refusal)).toContain(`grant foyer_report to ${owner};`)
  })

  it("may own the database once it was given the roles", async () => {
    const owner = `owner_${randomBytes(6).toString("hex")}`
    await database.owner.query(`create role ${owner} login password 'owner' createrole`)
    const admin = new pg.Client({ connectionString: database.url })
    await admin.connect()
    await admin.query(`grant foyer_app, foyer_report to ${owner}`)
    await admin.query(`create database ${owner} owner ${owner}`)
    const url = new URL(database.url)
    url.username = owner
    url.password = "owner"
    url.pathname = owner
    try {
      expect(await migrate(url.href, landed)).toHaveLength(landed.length)
    } finally {
      await admin.query(`drop database ${owner} with (force)`)
      await admin.query(`drop role ${owner}`)
      await admin.end()
    }
  })
})
