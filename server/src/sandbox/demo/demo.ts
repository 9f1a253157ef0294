import { fileURLToPath } from "node:url"
import { Hono } from "hono"
import type { Config } from "#config.ts"
import { ensureDemo } from "#sandbox/demo/ensure-demo.ts"
import { type DemoPerson, ensurePeople } from "#sandbox/demo/ensure-people.ts"
import { startDemoHosts } from "#sandbox/demo/host-server.ts"
import { demoPageRoutes } from "#sandbox/demo/pages-routes.ts"
import { type PaymentOrigins, hostPolicy } from "#web/embed.ts"
import type { WebDeps } from "#web/deps.ts"
import { fileRoutes, readFiles } from "#web/files.ts"

export type Demo = AsyncDisposable & {
  /** The origin of the demo organizers' sites. */
  readonly url: string
  /** `/demo`, what was recorded of a purchase, kept mail and the events' pictures, on the server's own origin. */
  readonly routes: Hono
  /** Who may look around the console. */
  readonly people: readonly DemoPerson[]
}

export type DemoOptions = {
  readonly deps: WebDeps
  readonly config: Config
  readonly payment: PaymentOrigins
}

/** Two organizers with something to sell, and their sites on another origin. */
export async function startDemo({ deps, config, payment }: DemoOptions): Promise<Demo> {
  const hosts = await startDemoHosts({
    port: config.demoPort,
    ...(config.listenHost && { host: config.listenHost }),
    serverOrigin: deps.publicUrl,
    policy: hostPolicy(deps.publicUrl, payment),
  })
  const url = demoOrigin(deps.publicUrl, hosts.port)
  await ensureDemo({
    pool: deps.pool,
    storefronts: deps.storefronts,
    demoOrigin: url,
    now: deps.now().toISOString(),
    warn: (message) => deps.log.warn({}, message),
  })
  const people = await ensurePeople(deps)
  const pictures = await readFiles(fileURLToPath(new URL("./pictures", import.meta.url)))
  const routes = new Hono()
    .get("/demo", (c) => c.redirect(`${url}/`))
    .route("/", await demoPageRoutes(deps))
    .route("/media/demo", fileRoutes(pictures, "public, max-age=86400"))
  return {
    url,
    routes,
    people,
    [Symbol.asyncDispose]: () => hosts[Symbol.asyncDispose](),
  }
}

/** The same host under another port: another origin, as every real host page is. */
function demoOrigin(publicUrl: string, port: number): string {
  const url = new URL(publicUrl)
  url.port = String(port)
  return url.origin
}
