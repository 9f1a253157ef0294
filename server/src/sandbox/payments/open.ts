import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import type { SandboxOptions } from "./call.ts"
import { startCourier } from "./courier.ts"
import { inTransaction, openDatabase } from "./database.ts"
import { freeClaimedKeys } from "./idempotency.ts"
import type { Life } from "./life.ts"
import { answerWith } from "./server.ts"

/** A sandbox that runs in this process. */
export type OpenSandbox = {
  readonly port: number
  readonly close: () => Promise<void>
}

/** Opens the database, listens, and begins to send webhooks. `life` says who needs it and how to end it. */
export async function openSandbox(given: SandboxOptions, life: Life): Promise<OpenSandbox> {
  const pool = await openDatabase(given.databaseUrl, given.databaseName)
  await inTransaction(pool, freeClaimedKeys)
  const server = createServer()
  // Longer than a client keeps an idle connection, so that the client is the one that closes it.
  server.keepAliveTimeout = 65_000
  server.listen(given.port, given.host)
  await once(server, "listening")
  const port = (server.address() as AddressInfo).port
  const options = { ...given, publicOrigin: given.publicOrigin || `http://localhost:${port}` }
  const courier = startCourier(pool, options)
  server.on("request", answerWith({ pool, options, wake: courier.wake }, life))
  courier.wake()
  return {
    port,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await courier.stop()
      await pool.end()
    },
  }
}
