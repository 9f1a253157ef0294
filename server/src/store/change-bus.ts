import pg from "pg"
import type { BusListener, ChangeBus } from "#core/change-bus.ts"
import type { Pool } from "#store/db.ts"

const channel = "foyer_change"

/** Between two tries to listen again. */
const againMs = 500

/**
 * The database as the bus: LISTEN on a connection of its own, which comes back by itself, and NOTIFY on the pool's. Needs a session, so a
 * pooler in between has to keep one for each client.
 */
export async function openDatabaseBus(
  url: string,
  pool: Pool,
  listener: BusListener,
): Promise<ChangeBus> {
  const closing = new AbortController()
  let current = await listen(url, listener)
  const keep = async () => {
    while (!closing.signal.aborted) {
      await current.lost
      current = (await comeBack(url, listener, closing.signal)) ?? current
    }
  }
  const kept = keep().catch(pool.report)
  return {
    publish: async (text) => void (await pool.query("select pg_notify($1, $2)", [channel, text])),
    async [Symbol.asyncDispose]() {
      closing.abort()
      await current.end()
      await kept
    },
  }
}

type Listening = { readonly lost: Promise<void>; end(): Promise<void> }

async function listen(url: string, listener: BusListener): Promise<Listening> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "foyer changes",
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  })
  const lost = new Promise<void>((resolve) => client.once("end", resolve))
  // Whatever it is, the connection ends with it.
  client.on("error", () => {})
  client.on("notification", ({ payload }) => payload !== undefined && listener.heard(payload))
  await client.connect()
  await client.query(`listen ${channel}`)
  return { lost, end: () => client.end() }
}

async function comeBack(
  url: string,
  listener: BusListener,
  closed: AbortSignal,
): Promise<Listening | undefined> {
  while (!closed.aborted) {
    const back = await listen(url, listener).catch(() => undefined)
    if (back && closed.aborted) await back.end()
    else if (back) {
      listener.missed()
      return back
    } else await pause(againMs, closed)
  }
  return undefined
}

function pause(ms: number, closed: AbortSignal): Promise<void> {
  return new Promise((wake) => {
    const timer = setTimeout(wake, ms)
    closed.addEventListener("abort", () => {
      clearTimeout(timer)
      wake()
    })
  })
}
