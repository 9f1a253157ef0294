import type { Server } from "node:http"
import { fileURLToPath } from "node:url"
import { createAdaptorServer } from "@hono/node-server"
import { Hono } from "hono"
import { chooserPage } from "#sandbox/demo/chooser-page.ts"
import { comedyPage } from "#sandbox/demo/comedy-page.ts"
import { hostDocument } from "#sandbox/demo/host-page.ts"
import { musicPage } from "#sandbox/demo/music-page.ts"
import { fileRoutes, readFiles } from "#web/files.ts"
import { listen } from "#web/listen.ts"

export type DemoHostsOptions = {
  readonly port: number
  /** The interface to listen on; absent: every one. */
  readonly host?: string
  /** Where Foyer is. */
  readonly serverOrigin: string
  /** The Content-Security-Policy line that is published for host pages. */
  readonly policy: string
}

export type DemoHosts = AsyncDisposable & { readonly port: number }

/** Serves the organizers' sites of the demo, from an origin of their own, under the policy that is published for such sites. */
export async function startDemoHosts(options: DemoHostsOptions): Promise<DemoHosts> {
  const files = await readFiles(fileURLToPath(new URL("./host", import.meta.url)))
  const place = { serverOrigin: options.serverOrigin }
  const headers = {
    "Content-Security-Policy": withOwnFiles(options.policy),
    "Cache-Control": "no-cache",
    "Referrer-Policy": "strict-origin-when-cross-origin",
  }
  const routes = new Hono()
    .get("/", (c) => c.html(chooserPage(place), 200, headers))
    .get("/comedy", (c) => c.html(hostDocument(comedyPage(place), place), 200, headers))
    .get("/music", (c) => c.html(hostDocument(musicPage(place), place), 200, headers))
    .route("/", fileRoutes(files, "no-cache"))
  const server = createAdaptorServer({ fetch: routes.fetch }) as Server
  const { port, host } = options
  return {
    port: await listen(server, { port, host, variable: "DEMO_PORT" }),
    [Symbol.asyncDispose]: () => close(server),
  }
}

/** A site has its own scripts and pictures beside ours. */
function withOwnFiles(policy: string): string {
  return policy.replaceAll(/(script-src|connect-src|img-src) /g, "$1 'self' ")
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
