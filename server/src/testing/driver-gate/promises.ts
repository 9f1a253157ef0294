import type pg from "pg"
import type { Session } from "#testing/driver-gate/drivers.ts"
import type { WireTap } from "#testing/wire-tap.ts"

export type Gate = {
  /** Opens a session of the driver under test, through `wire`. */
  readonly open: (connections: number) => Session
  readonly wire: WireTap
  /** Sees the database from outside; `note (id int)` exists and is empty. */
  readonly referee: pg.Client
}

/** Each is a promise that a driver must keep; the answer names what was broken, or is "kept". */
export const promises = {
  "an acknowledged insert stays when a transaction begins behind a full pipeline": fullPipeline,
  "a connection that breaks under a statement rejects the transaction and harms nothing else":
    brokenConnection,
  "every statement of a transaction is answered when its backend dies": unansweredStatements,
  "the rest of a transaction never runs outside it": secondHalf,
} satisfies Record<string, (gate: Gate) => Promise<string>>

export type PromiseName = keyof typeof promises

// A pipeline is full at about a hundred statements; the exact edge depends on how they are counted.
const aroundFull = [98, 99, 100, 101, 102]

/** github.com/porsager/postgres/issues/1218: BEGIN is sent, but nobody knows that a transaction is open. */
async function fullPipeline({ open, referee }: Gate): Promise<string> {
  // It would end the process as well; a server that only logs such a rejection loses the insert without a word.
  process.on("unhandledRejection", () => {})
  for (const count of aroundFull) {
    const session = open(1)
    await session.run("select 1")
    const others = Array.from({ length: count }, () => session.run("select 1"))
    const transaction = session.inTransaction(async (run) => void (await run("select 1")))
    await Promise.allSettled([...others, transaction])
    await session.run(`insert into note values (${count})`)
    await session.end()
  }
  const { rows } = await referee.query<{ id: number }>("select id from note")
  const kept = rows.map(({ id }) => id)
  const lost = aroundFull.filter((count) => !kept.includes(count))
  return lost.length === 0 ? "kept" : `acknowledged inserts were lost (${lost.join(", ")})`
}

/** github.com/porsager/postgres/issues/1154 and 1208: an exception that nobody can catch ends the process. */
async function brokenConnection({ open, wire }: Gate): Promise<string> {
  const session = open(2)
  wire.cut("break here", "before")
  const transaction = session.inTransaction(async (run) => void (await run("select 'break here'")))
  const wasRejected = await transaction.then(
    () => false,
    () => true,
  )
  await session.run("insert into note values (1)")
  await session.end()
  return wasRejected ? "kept" : "the transaction seemed to succeed"
}

/** github.com/porsager/postgres/issues/1186: what waits behind the dead statement waits for ever. */
async function unansweredStatements({ open, referee }: Gate): Promise<string> {
  const session = open(1)
  let settled: PromiseSettledResult<unknown>[] = []
  const transaction = session.inTransaction(async (run) => {
    const pid = await pidOf(run)
    const behind = Array.from({ length: 300 }, () => run("select 1"))
    const all = Promise.allSettled([run("select pg_sleep(8)"), ...behind])
    await kill(referee, pid)
    settled = await all
    throw new Error("the connection is gone")
  })
  await transaction.catch(() => {})
  await session.end()
  return settled.length === 301 ? "kept" : "statements were never answered"
}

/** github.com/porsager/postgres/pull/1155: after a reconnect the transaction goes on, but outside. */
async function secondHalf({ open, referee }: Gate): Promise<string> {
  const session = open(2)
  let isOver = () => {}
  const workIsOver = new Promise<void>((resolve) => (isOver = resolve))
  const transaction = session.inTransaction(async (run) => {
    try {
      await run("insert into note values (1)")
      await kill(referee, await pidOf(run))
      // Meanwhile others need connections, and get new ones as soon as the driver has seen what happened.
      for (let round = 0; round < 20; round += 1)
        await Promise.allSettled([session.run("select 1"), session.run("select 1")])
      await run("insert into note values (2)")
    } finally {
      isOver()
    }
  })
  await transaction.catch(() => {})
  await workIsOver
  await session.end()
  const { rowCount } = await referee.query("select from note")
  return rowCount === 0 ? "kept" : "the second half was committed without the first"
}

async function pidOf(run: Session["run"]): Promise<number> {
  const [row] = await run("select pg_backend_pid() as pid")
  return Number(row?.["pid"])
}

/** Answers once the backend is gone. */
async function kill(referee: pg.Client, pid: number): Promise<void> {
  await referee.query("select pg_terminate_backend($1, 5000)", [pid])
}
