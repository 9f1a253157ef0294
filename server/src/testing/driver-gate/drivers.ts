import pg from "pg"
import postgres from "postgres"
import { openPool, withTx } from "#store/db.ts"

export type Run = (statement: string) => Promise<readonly Record<string, unknown>[]>

/** What the gate asks of a driver: statements that commit by themselves, transactions, and an end. */
export type Session = {
  readonly run: Run
  inTransaction(work: (run: Run) => Promise<void>): Promise<void>
  end(): Promise<void>
}

export type DriverName = keyof typeof drivers

export const drivers = {
  /** Through our own transaction boundary, as the server uses it. */
  pg(url: string, connections: number): Session {
    const pool = openPool({ url, max: connections, report: () => {} })
    return {
      run: async (statement) => (await pool.query<Record<string, unknown>>(statement)).rows,
      inTransaction: (work) =>
        withTx(pool, async (tx) => {
          await work(async (statement) => {
            const { rows } = await tx.$client.query<Record<string, unknown>>(statement)
            return rows
          })
        }),
      end: () => pool.end(),
    }
  },
  postgres(url: string, connections: number): Session {
    const sql = postgres(url, { max: connections, onnotice: () => {} })
    return {
      // Sent in the order of the calls, as `begin` sends its own.
      run: (statement) => sql.unsafe(statement).execute(),
      inTransaction: async (work) => {
        await sql.begin((tx) => work((statement) => tx.unsafe(statement).execute()))
      },
      end: () => sql.end({ timeout: 1 }),
    }
  },
}

/** A plain connection that watches from outside. */
export async function openReferee(url: string): Promise<pg.Client> {
  const referee = new pg.Client({ connectionString: url })
  await referee.connect()
  return referee
}
