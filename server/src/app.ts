import type { Server } from "node:http"
import { createAdaptorServer } from "@hono/node-server"
import { Hono } from "hono"
import { pino } from "pino"
import { collectDefaultMetrics, Registry } from "prom-client"
import type { Config } from "#config.ts"
import { openPool } from "#store/db.ts"
import { appRole, isMigrated, migrate, readMigrations } from "#store/migrations.ts"
import { healthRoutes } from "#web/health.ts"
import { listen } from "#web/listen.ts"

export type App = AsyncDisposable & {
  /** Where the server really listens. */
  readonly port: number
  /** The origin for browsers. */
  readonly publicUrl: string
}

/**
 * Composition root: migrates the database behind `databaseUrl` (its owner's), opens everything else and serves.
 * Disposing drains in the opposite order of opening. Refuses a taken port and a database it must not use.
 */
export async function startApp(config: Config, databaseUrl: string): Promise<App> {
  await using opened = new AsyncDisposableStack()
  const log = pino({ level: config.logLevel })
  const migrations = await readMigrations()
  await migrate(databaseUrl, migrations)

  const pool = openPool({
    url: databaseUrl,
    role: appRole,
    report: (error) => log.error(error, "a database connection failed"),
  })
  opened.defer(() => pool.end())

  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  const isReady = () => isMigrated(pool, migrations)

  const http = new Hono().route("/", healthRoutes({ isReady, metrics }))
  const server = createAdaptorServer({ fetch: http.fetch }) as Server
  const wish = { port: config.port, host: config.listenHost, variable: "PORT" }
  const port = await listen(server, wish)
  opened.defer(() => closeServer(server))

  const closing = opened.move()
  return {
    port,
    publicUrl: config.publicUrl || `http://localhost:${port}`,
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}

/** Lets requests in flight finish; connections that are only kept alive are closed at once. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  await closed
}
