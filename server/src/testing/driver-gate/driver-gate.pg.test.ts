import { fork } from "node:child_process"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type TestDatabase, testDatabase } from "#testing/database.ts"
import type { DriverName } from "#testing/driver-gate/drivers.ts"
import { type PromiseName, promises } from "#testing/driver-gate/promises.ts"

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await database.owner.query("create table note (id int)")
})
beforeEach(async () => {
  await database.owner.query("truncate note")
})
afterAll(() => database[Symbol.asyncDispose]())

const names = Object.keys(promises) as PromiseName[]

// A driver that never answers would wait for ever.
const patienceMs = 10_000

describe("pg, the driver of this house, keeps its promise:", () => {
  it.for(names)("%s", async (promise) => {
    expect(await tryDriver("pg", promise)).toBe("kept")
  })
})

// If one of these changes, read docs/decisions/0002: when all are "kept", the choice of the driver is open again.
const broken: Record<PromiseName, string> = {
  "an acknowledged insert stays when a transaction begins behind a full pipeline":
    "acknowledged inserts were lost",
  "a connection that breaks under a statement rejects the transaction and harms nothing else":
    "crashed",
  "every statement of a transaction is answered when its backend dies":
    "statements were never answered",
  "the rest of a transaction never runs outside it":
    "the second half was committed without the first",
}

describe("postgres, the driver that was rejected, still breaks it:", () => {
  it.for(names)("%s", async (promise) => {
    expect(await tryDriver("postgres", promise)).toContain(broken[promise])
  })
})

/** "kept", what was broken, "crashed" when the driver ended the process, "hung" when it never answered. */
async function tryDriver(driver: DriverName, promise: PromiseName): Promise<string> {
  const child = fork(new URL("trial.ts", import.meta.url), [driver, promise, database.url], {
    execArgv: [],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  })
  return new Promise((resolve) => {
    const impatience = setTimeout(() => {
      resolve("hung")
      child.kill("SIGKILL")
    }, patienceMs)
    child.once("message", (verdict: string) => resolve(verdict))
    child.once("exit", () => {
      clearTimeout(impatience)
      resolve("crashed")
    })
  })
}
