import { sql } from "drizzle-orm"
import { bigint, integer, pgTable } from "drizzle-orm/pg-core"
import pg from "pg"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import {
  type Decided,
  NotCommitted,
  openPool,
  type Pool,
  type Tx,
  UnknownCommit,
  withOneTrip,
  withTwoTrips,
  withTx,
} from "#store/db.ts"
import { appRole } from "#store/migrations.ts"
import { type TestDatabase, testDatabase } from "#testing/database.ts"
import { tapWire, type WireTap } from "#testing/wire-tap.ts"

const notes = pgTable("note", { id: integer().primaryKey(), size: bigint({ mode: "number" }) })

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await database.owner.query(`
    create table note (id int primary key, size bigint);
    create function refuse_negative() returns trigger language plpgsql as $$
    begin
      if new.id < 0 then raise exception 'negative' using errcode = '23514'; end if;
      if new.id = 0 then perform pg_advisory_xact_lock(77); end if;
      return null;
    end $$;
    create constraint trigger checked_at_commit after insert on note
      deferrable initially deferred for each row execute function refuse_negative();
    grant select, insert, delete on note to ${appRole};
  `)
})
beforeEach(async () => {
  await database.owner.query("delete from note")
})
afterAll(() => database[Symbol.asyncDispose]())

const insert = (tx: Tx, id: number) => tx.insert(notes).values({ id })

async function storedIds(): Promise<number[]> {
  const { rows } = await database.owner.query<{ id: number }>("select id from note order by id")
  return rows.map(({ id }) => id)
}

async function pidOf(tx: Tx): Promise<number> {
  const { rows } = await tx.$client.query<{ pid: number }>("select pg_backend_pid() as pid")
  return rows[0]!.pid
}

/** Answers once the backend is really gone. */
async function kill(pid: number): Promise<void> {
  await database.owner.query("select pg_terminate_backend($1, 10000)", [pid])
}

/** The application's pool through a network of its own, with one connection. */
async function onBrokenWire(test: (pool: Pool, wire: WireTap) => Promise<void>): Promise<void> {
  await using wire = await tapWire(database.url)
  const pool = openPool({ url: wire.url, role: appRole, max: 1, report: () => {} })
  try {
    await test(pool, wire)
  } finally {
    await pool.end()
  }
}

describe("a transaction", () => {
  it("commits, answers the value of its work and runs the effects afterwards", async () => {
    const seen: string[] = []
    const value = await withTx(database.pool, async (tx) => {
      tx.afterCommit(() => seen.push("effect"))
      await insert(tx, 1)
      seen.push("work")
      return 42
    })
    expect(value).toBe(42)
    expect(seen).toEqual(["work", "effect"])
    expect(await storedIds()).toEqual([1])
  })

  it("rolls back and throws what its work threw, without effects", async () => {
    const seen: string[] = []
    const attempt = withTx(database.pool, async (tx) => {
      tx.afterCommit(() => seen.push("effect"))
      await insert(tx, 1)
      throw new RangeError("changed my mind")
    })
    await expect(attempt).rejects.toThrow(RangeError)
    expect(seen).toEqual([])
    expect(await storedIds()).toEqual([])
  })

  it("says so when a swallowed failure made the server roll back", async () => {
    const seen: string[] = []
    const attempt = withTx(database.pool, async (tx) => {
      tx.afterCommit(() => seen.push("effect"))
      await insert(tx, 1)
      await insert(tx, 1).catch(() => {})
    })
    await expect(attempt).rejects.toBeInstanceOf(NotCommitted)
    expect(seen).toEqual([])
    expect(await storedIds()).toEqual([])
  })

  it("throws the server's refusal when a deferred constraint fails at COMMIT, and keeps the connection", async () => {
    const pool = openPool({ url: database.url, role: appRole, max: 1, report: () => {} })
    const attempt = withTx(pool, (tx) => insert(tx, -1))
    await expect(attempt).rejects.toMatchObject({ code: "23514" })
    expect(await storedIds()).toEqual([])
    expect(pool.idleCount).toBe(1)
    await withTx(pool, (tx) => insert(tx, 1))
    await pool.end()
    expect(await storedIds()).toEqual([1])
  })

  it("reports an effect that throws, runs the others and stays committed", async () => {
    await using own = await testDatabase()
    const seen: string[] = []
    const bug = new Error("effect failed")
    await withTx(own.pool, async (tx) => {
      tx.afterCommit(() => {
        throw bug
      })
      tx.afterCommit(() => seen.push("second"))
      await tx.execute(sql`select 1`)
    })
    expect(own.reported).toEqual([bug])
    expect(seen).toEqual(["second"])
  })
})

describe("a connection that breaks", () => {
  it("fails the next statement when the backend was killed between two, and nothing is kept", async () => {
    const before = database.pool.totalCount
    const attempt = withTx(database.pool, async (tx) => {
      await insert(tx, 1)
      await kill(await pidOf(tx))
      await insert(tx, 2)
    })
    await expect(attempt).rejects.toThrow()
    expect(await storedIds()).toEqual([])
    expect(database.pool.totalCount).toBeLessThanOrEqual(Math.max(0, before - 1))
    await withTx(database.pool, (tx) => insert(tx, 3))
    expect(await storedIds()).toEqual([3])
  })

  it("rejects a statement in flight when its backend is killed", async () => {
    const attempt = withTx(database.pool, async (tx) => {
      const pid = await pidOf(tx)
      await Promise.all([tx.$client.query("select pg_sleep(8)"), kill(pid)])
    })
    await expect(attempt).rejects.toThrow()
  })

  it("is an unknown commit when the backend is killed while it commits", async () => {
    const lock = await database.owner.connect()
    await lock.query("select pg_advisory_lock(77)")
    let pid = 0
    const attempt = withTx(database.pool, async (tx) => {
      pid = await pidOf(tx)
      await insert(tx, 0)
    })
    const settled = expect(attempt).rejects.toBeInstanceOf(UnknownCommit)
    await untilBlocked(() => pid)
    await kill(pid)
    await settled
    await lock.query("select pg_advisory_unlock(77)")
    lock.release()
  })

  it("is an unknown commit when the answer to COMMIT is lost: the transaction is there", async () => {
    await onBrokenWire(async (pool, wire) => {
      const seen: string[] = []
      wire.cut("commit", "after-answer")
      const attempt = withTx(pool, async (tx) => {
        tx.afterCommit(() => seen.push("effect"))
        await insert(tx, 5)
      })
      await expect(attempt).rejects.toBeInstanceOf(UnknownCommit)
      expect(seen).toEqual([])
      expect(await storedIds()).toEqual([5])
    })
  })

  it("is an unknown commit when COMMIT itself is lost: the transaction is not there", async () => {
    await onBrokenWire(async (pool, wire) => {
      wire.cut("commit", "before")
      await expect(withTx(pool, (tx) => insert(tx, 6))).rejects.toBeInstanceOf(UnknownCommit)
      expect(await storedIds()).toEqual([])
    })
  })

  it("leaks no connection when BEGIN fails", async () => {
    await onBrokenWire(async (pool, wire) => {
      wire.cut("begin", "before")
      for (const attempt of [1, 2, 3])
        await expect(withTx(pool, (tx) => insert(tx, attempt))).rejects.toThrow()
      expect(pool.totalCount).toBe(0)
      wire.mend()
      await withTx(pool, (tx) => insert(tx, 7))
      expect(await storedIds()).toEqual([7])
    })
  })

  it("reports an idle connection that dies and replaces it", async () => {
    await using own = await testDatabase()
    const pid = await withTx(own.pool, pidOf)
    const told = new Promise((resolve) => own.pool.once("error", resolve))
    await kill(pid)
    await told
    expect(own.reported).toHaveLength(1)
    expect(await withTx(own.pool, pidOf)).not.toBe(pid)
  })
})

describe("a transaction of two trips", () => {
  const question = { name: "question", text: "select $1::int + 1 as id", values: [1] }
  const note = (id: number) => ({
    name: "note",
    text: "insert into note values ($1)",
    values: [id],
  })
  const noting = (pool: Pool, pick: (id: number) => number) =>
    withTwoTrips(pool, question, (rows: readonly { id: number }[]) => ({
      value: rows,
      statement: note(pick(rows[0]!.id)),
    }))

  it("asks, decides, writes and commits", async () => {
    expect(await noting(database.pool, (id) => id)).toEqual([{ id: 2 }])
    expect(await storedIds()).toEqual([2])
  })

  it("sends BEGIN with the question and COMMIT with the statement: nothing waits for their answers", async () => {
    await onBrokenWire(async (pool, wire) => {
      const decided: number[] = []
      const attempt = (text: string) => {
        wire.cut(text, "before")
        return noting(pool, (id) => decided.push(id)).catch((error: unknown) => error)
      }
      expect(await attempt("begin")).toBeInstanceOf(Error)
      expect(decided).toEqual([])
      expect(await attempt("commit")).toBeInstanceOf(UnknownCommit)
      expect(decided).toEqual([2])
      expect(await storedIds()).toEqual([])
    })
  })

  it("commits nothing when there is nothing to write", async () => {
    const decide = (): Decided<string> => ({ value: "nothing" })
    expect(await withTwoTrips(database.pool, question, decide)).toBe("nothing")
  })

  it.each([
    ["its question fails", { ...question, values: ["x"] }, 1, { code: "22P02" }],
    ["its statement fails", question, 7, { code: "23505" }],
    ["a deferred constraint fails at COMMIT", question, -1, { code: "23514" }],
  ])("keeps the connection and nothing else when %s", async (_when, first, id, why) => {
    await database.owner.query("insert into note values (7)")
    const pool = openPool({ url: database.url, role: appRole, max: 1, report: () => {} })
    const attempt = withTwoTrips(pool, first, () => ({ value: 0, statement: note(id) }))
    await expect(attempt).rejects.toMatchObject(why)
    expect(pool.idleCount).toBe(1)
    expect(await noting(pool, () => 8)).toEqual([{ id: 2 }])
    await pool.end()
    expect(await storedIds()).toEqual([7, 8])
  })

  it("rolls back and throws what deciding threw", async () => {
    const pool = openPool({ url: database.url, role: appRole, max: 1, report: () => {} })
    const attempt = noting(pool, () => {
      throw new RangeError("changed my mind")
    })
    await expect(attempt).rejects.toThrow(RangeError)
    expect(pool.idleCount).toBe(1)
    await noting(pool, () => 3)
    await pool.end()
    expect(await storedIds()).toEqual([3])
  })

  it("is an unknown commit when the answer is lost: the transaction is there", async () => {
    await onBrokenWire(async (pool, wire) => {
      await noting(pool, () => 4)
      wire.cut("commit", "after-answer")
      await expect(noting(pool, () => 5)).rejects.toBeInstanceOf(UnknownCommit)
      await untilStored(5)
      expect(pool.totalCount).toBe(0)
    })
  })

  it("is an unknown commit when the backend is killed while it commits", async () => {
    const lock = await database.owner.connect()
    await lock.query("select pg_advisory_lock(77)")
    let pid = 0
    const whoAmI = { ...question, name: "who", text: "select pg_backend_pid() + $1 - 1 as id" }
    const attempt = withTwoTrips(database.pool, whoAmI, (rows: readonly { id: number }[]) => {
      pid = rows[0]!.id
      return { value: 0, statement: note(0) }
    })
    const settled = expect(attempt).rejects.toBeInstanceOf(UnknownCommit)
    await untilBlocked(() => pid)
    await kill(pid)
    await settled
    await lock.query("select pg_advisory_unlock(77)")
    lock.release()
    expect(await storedIds()).toEqual([])
  })

  it("never begins when there is no connection", async () => {
    const pool = openPool({ url: "postgres://nobody@127.0.0.1:1/none", report: () => {} })
    let isConnected = false
    const decide = (): Decided<number> => ({ value: 1 })
    const attempt = withTwoTrips(pool, question, decide, () => (isConnected = true))
    await expect(attempt).rejects.toThrow()
    expect(isConnected).toBe(false)
    await pool.end()
  })
})

describe("a transaction of one trip", () => {
  const note = (id: number) => ({
    name: "note-it",
    text: "insert into note values ($1) returning id",
    values: [id],
  })

  it("begins, writes and commits, and answers what the statement did", async () => {
    expect(await withOneTrip(database.pool, note(2))).toEqual([{ id: 2 }])
    expect(await storedIds()).toEqual([2])
  })

  it.each([
    ["its statement fails", 7, { code: "23505" }],
    ["a deferred constraint fails at COMMIT", -1, { code: "23514" }],
  ])("keeps the connection and nothing else when %s", async (_when, id, why) => {
    await database.owner.query("insert into note values (7)")
    const pool = openPool({ url: database.url, role: appRole, max: 1, report: () => {} })
    await expect(withOneTrip(pool, note(id))).rejects.toMatchObject(why)
    expect(pool.idleCount).toBe(1)
    await withOneTrip(pool, note(8))
    await pool.end()
    expect(await storedIds()).toEqual([7, 8])
  })

  it("waits for no answer: cut off at its end, it is lost as a whole, and nobody knows", async () => {
    await onBrokenWire(async (pool, wire) => {
      wire.cut("commit", "before")
      await expect(withOneTrip(pool, note(4))).rejects.toBeInstanceOf(UnknownCommit)
      expect(await storedIds()).toEqual([])
      wire.cut("commit", "after-answer")
      await expect(withOneTrip(pool, note(5))).rejects.toBeInstanceOf(UnknownCommit)
      await untilStored(5)
      expect(pool.totalCount).toBe(0)
    })
  })
})

describe("a session", () => {
  it("has the application's role and limits", async () => {
    const { rows } = await database.pool.query(`
      select current_user as role, current_setting('statement_timeout') as statement,
        current_setting('lock_timeout') as lock,
        current_setting('idle_in_transaction_session_timeout') as idle,
        current_setting('synchronous_commit') as commit`)
    expect(rows).toEqual([
      { role: "foyer_app", statement: "10s", lock: "3s", idle: "5s", commit: "on" },
    ])
  })

  it("may not change what is append-only, nor the record of migrations", async () => {
    const statements = [
      "update es.event set type = type",
      "delete from es.event",
      "truncate es.event",
      "delete from migrations.applied",
    ]
    for (const statement of statements)
      await expect(database.pool.query(statement)).rejects.toMatchObject({ code: "42501" })
  })

  it("only reads as the reports' role", async () => {
    const reports = openPool({ url: database.url, role: "foyer_report", max: 1, report: () => {} })
    await expect(reports.query("select from es.event")).resolves.toMatchObject({ rowCount: 0 })
    const writes = ["insert into es.stream (stream) values ('x')", "delete from sales.cart_line"]
    for (const statement of writes)
      await expect(reports.query(statement)).rejects.toMatchObject({ code: "42501" })
    await reports.end()
  })

  it("gives bigint as an exact number through both doors, and refuses one that is not exact", async () => {
    await database.owner.query("insert into note values (1, 9007199254740991)")
    const raw = await database.pool.query("select size from note")
    expect(raw.rows).toEqual([{ size: Number.MAX_SAFE_INTEGER }])
    expect(await database.pool.db.select({ size: notes.size }).from(notes)).toEqual(raw.rows)
    await database.owner.query("update note set size = size + 1")
    await expect(database.pool.query("select size from note")).rejects.toThrow(RangeError)
    await expect(database.pool.db.select().from(notes)).rejects.toThrow()
    await expect(database.pool.query("select 1 as one")).resolves.toBeInstanceOf(pg.Result)
  })
})

/** Waits until the row is there: a server goes on with what it has got, although nobody hears its answer. */
async function untilStored(id: number): Promise<void> {
  while (!(await storedIds()).includes(id));
}

/** Waits until the backend waits for the advisory lock, by asking again and again. */
async function untilBlocked(pid: () => number): Promise<void> {
  for (;;) {
    const { rowCount } = await database.owner.query(
      "select from pg_locks where pid = $1 and locktype = 'advisory' and not granted",
      [pid()],
    )
    if (rowCount === 1) return
  }
}
