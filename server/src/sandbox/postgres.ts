import { fork } from "node:child_process"
import { once } from "node:events"
import { firstWord } from "#sandbox/first-word.ts"
import type { ServerNews, ServerOrder } from "#sandbox/postgres-server.ts"

export type EmbeddedPostgres = AsyncDisposable & {
  /** Connects as owner to the database `foyer`. */
  readonly url: string
  /** Where the data really is; not what was asked for when the server's user cannot enter that place. */
  readonly home: string
  /** Answers when the server is gone without having been asked to. */
  readonly lost: Promise<void>
}

/** A reason that the operator can act on. */
export class PostgresRefused extends Error {
  override readonly name = "PostgresRefused"
}

/**
 * Starts PostgreSQL in a process of its own, which stops it when this process ends, however it ends.
 * Refuses (throws) with a readable reason when it cannot start, or when another Foyer uses the same data.
 */
export async function startPostgres(order: ServerOrder): Promise<EmbeddedPostgres> {
  const child = fork(new URL("postgres-server.ts", import.meta.url), [JSON.stringify(order)], {
    detached: true,
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  })
  const exit = once(child, "exit")
  const { url, home } = readyOr(await firstWord(child))
  return {
    url,
    home,
    lost: exit.then(() => undefined),
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect()
      await exit
    },
  }
}

function readyOr(news: unknown) {
  if (typeof news !== "object" || news === null)
    throw new PostgresRefused(`PostgreSQL's supervisor ended (${String(news)})`)
  const told = news as ServerNews
  if (told.state === "failed") throw new PostgresRefused(told.reason)
  return told
}
