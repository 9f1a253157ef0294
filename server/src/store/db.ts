import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres"
import pg from "pg"

/** Typed queries on the pool: each statement is a transaction of its own. Writes go through `withTx`. */
export type Db = Omit<NodePgDatabase, "transaction"> & { readonly $client: Queryable }

/** Typed queries inside one open transaction, given by `withTx` only. */
export type Tx = Db & {
  /** Runs `effect` once the transaction is known to be committed; never when it is not. */
  afterCommit(effect: () => void): void
}

export type Pool = pg.Pool & {
  readonly db: Db
  /** Told of what has no caller: an idle connection that died, an `afterCommit` effect that threw. */
  readonly report: (error: unknown) => void
}

type Queryable = Pick<pg.ClientBase, "query">

export type PoolOptions = {
  readonly url: string
  /** Role that every session takes at its start; the connection's own when absent. */
  readonly role?: string
  /** Most connections; few are faster than many (4 to 10 beat 64). */
  readonly max?: number
  readonly report: (error: unknown) => void
}

/**
 * The connection broke while COMMIT was on its way: the transaction may or may not have been committed. Read what it should have
 * written by its id before anything is sent again; never assume.
 */
export class UnknownCommit extends Error {
  override readonly name = "UnknownCommit"
  constructor(cause: unknown) {
    super("the connection broke during COMMIT: the outcome is not known", { cause })
  }
}

/** A statement failed inside the transaction and its error was swallowed, so the server answered COMMIT with ROLLBACK. */
export class NotCommitted extends Error {
  override readonly name = "NotCommitted"
  constructor() {
    super("the transaction was rolled back: one of its statements had failed")
  }
}

// The driver gives int8 as text and drizzle would turn any text into a number, exact or not: one parser for both.
pg.types.setTypeParser(pg.types.builtins.INT8, parseSafeInteger)

/** `bigint` columns as numbers; refuses (throws) what a number cannot hold exactly. */
function parseSafeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is not a safe integer`)
  return value
}

/** Opens no connection yet. Ends with `await pool.end()`. */
export function openPool(options: PoolOptions): Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    application_name: "foyer",
    // Longer than the server's own limit: it only ends what the network swallowed.
    query_timeout: 15_000,
    statement_timeout: 10_000,
    lock_timeout: 3000,
    // Statements of one connection need not wait for each other's answers: see `withTwoTrips`.
    pipeline: true,
    idle_in_transaction_session_timeout: 5000,
    ...(options.role && { options: `-c role=${options.role}` }),
  })
  pool.on("error", options.report)
  // A backend may die while nothing is asked of it, even in the very packet that says it is ready: without a listener that would end the
  // process. Whoever asks next is told.
  pool.on("connect", (client) => void client.on("error", () => {}))
  return Object.assign(pool, { db: typed(pool), report: options.report })
}

/**
 * The only transaction boundary. Commits what `work` did and answers its value; rolls back when `work` throws, and throws that.
 * Throws `UnknownCommit` when the answer to COMMIT was lost and `NotCommitted` when it was ROLLBACK.
 */
export async function withTx<T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const effects: (() => void)[] = []
  const value = await withClient(pool, async (client, settled) => {
    await client.query("begin")
    const answer = await workOrRollback(client, work, effects, settled)
    await commit(client, settled)
    return answer
  })
  runEffects(pool, effects)
  return value
}

/** One prepared statement. */
export type Statement = {
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
}

/** What a transaction of two trips says, once its first statement is answered. `statement` absent: there is nothing to write. */
export type Decided<T> = { readonly value: T; readonly statement?: Statement | undefined }

/**
 * A transaction of two statements in two round trips: BEGIN travels with the first, COMMIT with the one that `decide` makes of its answer. Throws as
 * `withTx` does. `onConnected` is called once there is a connection to begin on.
 */
export async function withTwoTrips<Row extends pg.QueryResultRow, T>(
  pool: Pool,
  first: Statement,
  decide: (rows: readonly Row[]) => Decided<T>,
  onConnected: () => void = () => {},
): Promise<T> {
  return withClient(pool, async (client, settled) => {
    onConnected()
    const { value, statement } = await decideOrRollback(client, first, decide, settled)
    await writeAndCommit(client, statement, settled)
    return value
  })
}

/** A transaction of one statement in one round trip: BEGIN and COMMIT travel with it. Throws as `withTx` does. */
export async function withOneTrip<Row extends pg.QueryResultRow>(
  pool: Pool,
  statement: Statement,
): Promise<Row[]> {
  return withClient(pool, (client, settled) =>
    inOnePacket(client, async () => {
      const begun = client.query("begin")
      const [rows] = await bothOf(writeAndCommit<Row>(client, statement, settled), begun)
      return rows
    }),
  )
}

async function writeAndCommit<Row extends pg.QueryResultRow>(
  client: pg.PoolClient,
  statement: Statement | undefined,
  settled: () => void,
): Promise<Row[]> {
  const [written, committed] = await inOnePacket(client, () =>
    Promise.allSettled([statement && send<Row>(client, statement), commit(client, settled)]),
  )
  // A COMMIT that answers ROLLBACK says only that the statement failed. One without an answer may still have been done: it counts more.
  const isLost = committed.status === "rejected" && committed.reason instanceof UnknownCommit
  if (written.status === "rejected" && !isLost) throw written.reason
  if (committed.status === "rejected") throw committed.reason
  return written.status === "fulfilled" ? (written.value?.rows ?? []) : []
}

async function decideOrRollback<Row extends pg.QueryResultRow, T>(
  client: pg.PoolClient,
  first: Statement,
  decide: (rows: readonly Row[]) => Decided<T>,
  settled: () => void,
): Promise<Decided<T>> {
  try {
    const [, { rows }] = await inOnePacket(client, () =>
      bothOf(client.query("begin"), send<Row>(client, first)),
    )
    return decide(rows)
  } catch (error) {
    await client.query("rollback").then(settled, () => {})
    throw error
  }
}

/** What `ask` sends in this turn leaves together: each packet wakes the server, and costs more than what is in it. */
function inOnePacket<T>(client: pg.PoolClient, ask: () => T): T {
  const { stream } = client.connection
  stream.cork()
  try {
    return ask()
  } finally {
    stream.uncork()
  }
}

/** Like `Promise.all`, but nothing is under way any more when it rejects. */
async function bothOf<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other])
  return [await one, await other]
}

function send<Row extends pg.QueryResultRow>(
  client: pg.PoolClient,
  { name, text, values }: Statement,
): Promise<pg.QueryResult<Row>> {
  return client.query<Row>({ name, text, values: [...values] })
}

/** Lends a connection; unless `use` said that it is settled (outside any transaction, alive), it never returns to the pool. */
async function withClient<T>(
  pool: Pool,
  use: (client: pg.PoolClient, settled: () => void) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let isSettled = false
  try {
    return await use(client, () => {
      isSettled = true
    })
  } finally {
    client.release(!isSettled)
  }
}

async function workOrRollback<T>(
  client: pg.PoolClient,
  work: (tx: Tx) => Promise<T>,
  effects: (() => void)[],
  settled: () => void,
): Promise<T> {
  try {
    return await work(transaction(client, effects))
  } catch (error) {
    await client.query("rollback").then(settled, () => {})
    throw error
  }
}

async function commit(client: pg.PoolClient, settled: () => void): Promise<void> {
  const answer = await client.query("commit").catch((error: unknown) => {
    if (!isRefusal(error)) throw new UnknownCommit(error)
    settled()
    throw error
  })
  settled()
  if (answer.command !== "COMMIT") throw new NotCommitted()
}

/** Whether the server itself said that COMMIT failed (a deferred constraint, a serialization failure) and lives on. */
function isRefusal(error: unknown): boolean {
  const known = error instanceof pg.DatabaseError && error.severity === "ERROR"
  return known && !/^(08|40003)/.test(error.code ?? "08")
}

/** Whether what was to be written cannot be: no such value, a constraint, too long. Trouble of the database itself is that of every row. */
export function isRefusedData(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^(22|23|54)/.test(error.code ?? "")
}

function runEffects(pool: Pool, effects: readonly (() => void)[]): void {
  for (const effect of effects) {
    try {
      effect()
    } catch (error) {
      pool.report(error)
    }
  }
}

const typedClients = new WeakMap<pg.PoolClient, Db>()

function transaction(client: pg.PoolClient, effects: (() => void)[]): Tx {
  const db = typedClients.get(client) ?? typed(client)
  typedClients.set(client, db)
  const own = { afterCommit: (effect: () => void) => void effects.push(effect) }
  return Object.assign(Object.create(db) as Db, own)
}

function typed(client: pg.Pool | pg.PoolClient): Db {
  return drizzle(client, { casing: "snake_case" })
}
