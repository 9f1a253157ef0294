import type { Server } from "node:http"
import { fileURLToPath } from "node:url"
import { createAdaptorServer, type HttpBindings } from "@hono/node-server"
import { type Context, Hono } from "hono"
import { HTTPException } from "hono/http-exception"
import type { Logger } from "pino"
import { collectDefaultMetrics, Registry } from "prom-client"
import { type Config, sandboxPlace } from "#config.ts"
import type { Deps, Log } from "#flows/deps.ts"
import { wantWallets } from "#flows/register-domain.ts"
import { openStockBoard } from "#flows/stock-board.ts"
import { openStockLane } from "#flows/stock-lane.ts"
import { openStorefronts } from "#flows/storefronts.ts"
import { openVisitBook } from "#flows/visit-book.ts"
import { openGeography } from "#gateways/geography.ts"
import type { Mailer } from "#gateways/mailer.ts"
import type { SignIn } from "#gateways/sign-in.ts"
import { openPageFetcher } from "#gateways/page-fetcher.ts"
import { openPaymentProvider } from "#gateways/stripe.ts"
import { jobHandlers, schedule } from "#jobs/handlers.ts"
import { startWorker } from "#jobs/worker.ts"
import { lazily, once } from "#lazily.ts"
import { openLog } from "#log.ts"
import type { Demo, DemoOptions } from "#sandbox/demo/demo.ts"
import type { DemoPerson } from "#sandbox/demo/ensure-people.ts"
import { startPaymentSandbox } from "#sandbox/payments/start.ts"
import { openPool, type Pool, type Tx, withTx } from "#store/db.ts"
import { newId } from "#store/ids.ts"
import { openDatabaseBus } from "#store/change-bus.ts"
import { keepMail } from "#store/mail-outbox.ts"
import { onEnqueued } from "#store/queue.ts"
import { appRole, isMigrated, migrate, readMigrations, reportRole } from "#store/migrations.ts"
import { countParked } from "#store/payments.ts"
import { credentials, people, sessions, verifications } from "#store/schema.ts"
import { ensureSecret } from "#store/secrets.ts"
import { type ClientAddress, clientAddress } from "#web/client-address.ts"
import { commandRoutes } from "#web/command-endpoint.ts"
import { consoleAssets } from "#web/console/assets.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import type { WebDeps } from "#web/deps.ts"
import {
  embedRoutes,
  firstViewTemplate,
  hostNeeds,
  type PaymentOrigins,
  stripeOrigins,
} from "#web/embed.ts"
import { frontRoutes } from "#web/front.ts"
import { compressed, securityHeaders } from "#web/headers.ts"
import { eventPageRoutes } from "#web/event-pages.ts"
import { firstViewRoutes } from "#web/first-view.ts"
import { healthRoutes } from "#web/health.ts"
import { openLimits } from "#web/limits.ts"
import { hostedRoutes } from "#web/hosted.ts"
import { listen } from "#web/listen.ts"
import { type LiveRoom, openLive } from "#web/live.ts"
import { shareChanges, type SharedLive } from "#web/share-changes.ts"
import { orderRoutes } from "#web/orders.ts"
import { pageSheetRoutes } from "#web/page-sheet.ts"
import { pictureRoutes } from "#web/pictures.ts"
import { recoverRoutes } from "#web/recover.ts"
import { openRenders } from "#web/renders.ts"
import { returnRoutes } from "#web/return.ts"
import { sitemapRoutes } from "#web/sitemaps.ts"
import { serveSocket } from "#web/socket.ts"
import { openTurns } from "#web/turns.ts"
import { webhookRoutes } from "#web/webhooks.ts"

export type App = AsyncDisposable & {
  /** Where the server really listens. */
  readonly port: number
  /** The origin for browsers. */
  readonly publicUrl: string
  /** The origin of the demo's host pages, where they are served. */
  readonly demoUrl?: string
  /** Who may look around the demo's console. */
  readonly demoPeople?: readonly DemoPerson[]
  /** The origin of the payment sandbox, where it stands in for the provider. */
  readonly sandboxUrl?: string
}

export type Trust = {
  /** Origins whose pages the server may read though they are not on the public internet: a test's own. */
  readonly trustedPages?: readonly string[]
}

type Opened = AsyncDisposableStack

/** The console's script, made by the widget's build. */
const consoleScript = fileURLToPath(new URL("../../widget/dist/console.js", import.meta.url))

/**
 * Composition root: migrates the database behind `databaseUrl` (its owner's), opens everything else and serves.
 * Disposing drains in the opposite order of opening. Refuses a taken port and a database it must not use.
 */
export async function startApp(
  config: Config,
  databaseUrl: string,
  { trustedPages = [] }: Trust = {},
): Promise<App> {
  await using opened = new AsyncDisposableStack()
  const log = openLog(config.logLevel)
  const migrations = await readMigrations()
  await migrate(databaseUrl, migrations)
  const pool = openPool({
    url: databaseUrl,
    role: appRole,
    report: (error) => log.error({ error }, "a database connection failed"),
  })
  opened.defer(() => pool.end())

  const door = await openDoor(config, opened)
  for (const origin of trustedPages) door.trusted.add(origin)
  const payments = await openPayments(config, databaseUrl, door, opened)
  const { deps, room, live } = await openDeps(
    config,
    databaseUrl,
    pool,
    log,
    door,
    payments,
    opened,
  )
  // The hosted page offers wallets as well.
  await withTx(pool, (tx) => wantWallets(tx, [door.publicUrl]))
  opened.use(
    await startWorker(jobHandlers(deps), {
      database: pool,
      onEnqueued,
      every: schedule,
      report: (error, job) => log.error({ error, job }, "a job failed"),
    }),
  )

  const address = clientAddress(config.trustProxy)
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  const routes = new Hono()
    .use(compressed, securityHeaders(door.publicUrl))
    .route("/", frontRoutes(config.demo ? "/demo" : undefined))
    .route(
      "/",
      healthRoutes({
        isReady: () => isMigrated(pool, migrations),
        metrics,
        countParked: () => countParked(pool.db),
      }),
    )
    .route("/", await embedRoutes(door.publicUrl))
    .route("/", commandRoutes({ ...deps, clientAddress: address }))
    .route("/", await firstViewRoutes(deps, firstViewTemplate))
    .route("/", pageSheetRoutes())
    .route("/", pictureRoutes(deps))
    .route("/", hostedRoutes(deps, payments.origins))
    .route("/", eventPageRoutes(deps, payments.origins))
    .route("/", sitemapRoutes(deps))
    .route("/", recoverRoutes({ ...deps, clientAddress: address }))
    .route("/", returnRoutes(deps))
    .route("/", orderRoutes(deps))
    .route("/", webhookRoutes(deps))
  const demo = config.demo
    ? opened.use(await openDemo({ deps, config, payment: payments.origins }))
    : undefined
  if (demo) routes.route("/", demo.routes)
  // The demo's host pages can be checked like any organizer's, though they are on this machine.
  if (demo) door.trusted.add(demo.url)
  routes.route("/", await consoleAssets(consoleScript)).route(
    "/",
    consoleDoor({
      ...deps,
      clientAddress: address,
      hostNeeds: hostNeeds(door.publicUrl, payments.origins),
      openPages: live.openPages,
      ...(demo && { demoPeople: demo.people }),
    }),
  )
  openToPages(door, routes, { ...deps, room, clientAddress: address }, opened)

  const closing = opened.move()
  return {
    port: door.port,
    publicUrl: door.publicUrl,
    ...(demo && { demoUrl: demo.url, demoPeople: demo.people }),
    ...(payments.sandboxUrl && { sandboxUrl: payments.sandboxUrl }),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}

type Door = {
  readonly server: Server
  readonly port: number
  readonly publicUrl: string
  /** Origins whose pages may be read wherever they are. */
  readonly trusted: Set<string>
  /** Until then every request is told to come back. */
  open(fetch: Hono["fetch"]): void
}

/** Listens first: the payment sandbox and the demo must know the address before there is anything to serve. */
async function openDoor(config: Config, opened: Opened): Promise<Door> {
  let serve: Hono["fetch"] = () => new Response("Starting", { status: 503 })
  const server = createAdaptorServer({
    fetch: (request, env) => serve(request, env as object),
  }) as Server
  const wish = { port: config.port, host: config.listenHost, variable: "PORT" }
  const port = await listen(server, wish)
  opened.defer(() => closeServer(server))
  return {
    server,
    port,
    publicUrl: config.publicUrl || `http://localhost:${port}`,
    trusted: new Set(),
    open: (fetch) => void (serve = fetch),
  }
}

function openToPages(
  door: Door,
  routes: Hono,
  deps: WebDeps & { readonly room: LiveRoom; readonly clientAddress: ClientAddress },
  opened: Opened,
): void {
  // Pages are left first: what was begun over sockets and HTTP is answered while everything it needs is still open.
  opened.defer(() => closeServer(door.server))
  opened.use(serveSocket(door.server, deps))
  routes.notFound((c) => c.text("Not found", 404))
  routes.onError((error, c) => sayFault(deps.log, error, c))
  door.open(routes.fetch)
}

function sayFault(log: Log, error: Error, c: Context): Response {
  // Not a fault: a route's own word, such as "too large".
  if (error instanceof HTTPException) return error.getResponse()
  log.error({ error, path: c.req.routePath }, "a request failed")
  return c.text("Something went wrong on our side. Try again.", 500)
}

async function openDemo(options: DemoOptions): Promise<Demo> {
  const { startDemo } = await import("#sandbox/demo/demo.ts")
  return startDemo(options)
}

/** The console and what it reads and draws with are loaded when somebody first comes to it. */
function consoleDoor(deps: ConsoleDeps) {
  const open = once(async () => {
    const { consoleRoutes } = await import("#web/console/routes.ts")
    return consoleRoutes(deps).onError((error, c) => sayFault(deps.log, error, c))
  })
  return new Hono<{ Bindings: HttpBindings }>().all("/console/*", async (c) =>
    (await open()).fetch(c.req.raw, c.env),
  )
}

type Payments = {
  readonly provider: Deps["payments"]
  readonly form: Deps["paymentForm"]
  readonly origins: PaymentOrigins
  readonly sandboxUrl?: string
}

/** Stripe when its keys are set; otherwise the payment sandbox, driven through the same SDK. */
async function openPayments(
  config: Config,
  databaseUrl: string,
  door: Door,
  opened: Opened,
): Promise<Payments> {
  const keys = config.secrets.stripe
  if (keys)
    return {
      provider: openPaymentProvider(keys),
      form: { publishableKey: keys.publishableKey },
      origins: stripeOrigins,
    }
  const sandbox = opened.use(
    await startPaymentSandbox({
      ...sandboxPlace(config),
      databaseUrl,
      webhookUrl: `http://127.0.0.1:${door.port}/webhooks/stripe`,
    }),
  )
  const { origin } = new URL(sandbox.scriptUrl)
  const api = { host: "127.0.0.1", port: sandbox.port, protocol: "http" } as const
  return {
    provider: openPaymentProvider({ ...sandbox, api }),
    form: { publishableKey: sandbox.publishableKey, script: sandbox.scriptUrl },
    origins: { script: [origin], connect: [origin], frame: [origin] },
    sandboxUrl: origin,
  }
}

async function openDeps(
  config: Config,
  databaseUrl: string,
  pool: Pool,
  log: Logger,
  door: Door,
  payments: Payments,
  opened: Opened,
): Promise<{ readonly deps: WebDeps; readonly room: LiveRoom; readonly live: SharedLive }> {
  const stock = openStockBoard(pool, () => Date.now())
  const room = openLive(stock)
  const live = opened.use(await openShared(config, databaseUrl, pool, room, log))
  const storefronts = opened.use(openStorefronts({ pool }))
  // What an organizer changes appears in every open widget.
  storefronts.onChange((accountId) => room.touched({ accountId }))
  const reports = openPool({
    url: databaseUrl,
    role: reportRole,
    max: 3,
    report: (error) => log.error({ error }, "a report's database connection failed"),
  })
  opened.defer(() => reports.end())
  const visits = opened.use(
    openVisitBook({
      pool,
      report: (error) => log.warn({ error }, "visits could not be counted"),
    }),
  )
  const geography = await openGeography(config.geoipFile ? { file: config.geoipFile } : {})
  const lane = opened.use(
    openStockLane({
      pool,
      onMoved: (stocks) => stock.learn(stocks),
      report: (error) => log.error({ error }, "who watches the stock could not be told"),
    }),
  )
  const deps: WebDeps = {
    pool,
    stock,
    storefronts,
    lane,
    geography,
    log,
    live,
    mailer: openMailer(config, pool, door.publicUrl),
    signIn: openPeople(pool, door.publicUrl),
    fetchPage: openPageFetcher({
      userAgent: `Foyer (+${door.publicUrl})`,
      trusts: (origin) => door.trusted.has(origin),
    }),
    visits,
    reports,
    payments: payments.provider,
    paymentForm: payments.form,
    publicUrl: door.publicUrl,
    now: () => new Date(),
    turns: openTurns(),
    limits: openLimits(),
    renders: openRenders(),
  }
  return { deps, room, live }
}

/** Sign-in on the application's own pool and transactions, its cookies signed with a secret that lives as long as the database. */
function openPeople(pool: Pool, publicUrl: string): SignIn {
  return lazily(async () => {
    const { openSignIn } = await import("#gateways/sign-in.ts")
    return openSignIn({
      database: Object.assign(Object.create(pool.db) as typeof pool.db, {
        transaction: <T>(work: (tx: Tx) => Promise<T>) => withTx(pool, work),
      }),
      tables: {
        user: people,
        session: sessions,
        account: credentials,
        verification: verifications,
      },
      secret: await ensureSecret(pool.db, "sign-in"),
      publicUrl,
      newId,
    })
  })
}

/** What one process changes, every other one shows: by Redis where there is one, otherwise by the database. */
function openShared(
  { secrets: { redisUrl } }: Config,
  databaseUrl: string,
  pool: Pool,
  room: LiveRoom,
  log: Logger,
) {
  const report = (error: unknown) => log.warn({ error }, "other processes could not be told")
  return shareChanges(
    room,
    async (listener) => {
      if (!redisUrl) return openDatabaseBus(databaseUrl, pool, listener)
      const { openRedisBus } = await import("#gateways/redis.ts")
      return openRedisBus(redisUrl, listener, report)
    },
    report,
  )
}

function openMailer(config: Config, pool: Pool, publicUrl: string): Mailer {
  const { smtpUrl } = config.secrets
  return lazily(async () => {
    const { openOutboxMailer, openSmtpMailer } = await import("#gateways/mailer.ts")
    return smtpUrl
      ? openSmtpMailer({ url: smtpUrl, from: `tickets@${new URL(publicUrl).hostname}` })
      : openOutboxMailer((mail) => keepMail(pool.db, mail))
  })
}

/** How long a client may take to read its last answer. */
const goodbyeMs = 5000

/** Lets requests in flight finish; connections that are only kept alive are closed at once, those that do not end after a while. */
async function closeServer(server: Server): Promise<void> {
  const closed = Promise.withResolvers<void>()
  server.close(() => closed.resolve())
  server.closeIdleConnections()
  const patience = setTimeout(() => {
    server.closeAllConnections()
    closed.resolve()
  }, goodbyeMs)
  await closed.promise
  clearTimeout(patience)
}
