import { fileURLToPath } from "node:url"
import { type App, startApp } from "#app.ts"
import { type Config, readConfig } from "#config.ts"
import { PostgresRefused, startPostgres } from "#sandbox/postgres.ts"

// A terminal sends Ctrl-C to the whole process group and npm forwards it once more: within this time it is the same wish.
const sameWishMs = 1000

process.exitCode = await main().catch((error: unknown) => {
  console.error(`foyer: ${error instanceof Error ? error.message : String(error)}`)
  if (!isReadable(error)) console.error(error)
  return 1
})
// Started by scripts/start.mjs: its channel would keep this process alive.
if (process.connected) process.disconnect()

async function main(): Promise<number> {
  const read = readConfig()
  if (!read.ok) {
    for (const fault of read.faults) console.error(`foyer: ${fault}`)
    return 1
  }
  const stop = stopSignal()
  await using database = await openDatabase(read.config)
  if (read.config.demo && database.isOwn) await openSeason(database.url)
  await using app = await startApp(read.config, database.url)
  announce(read.config, app)
  const reason = await Promise.race([stop, database.lost.then(() => "lost" as const)])
  if (reason === "lost") throw new PostgresRefused("its database is gone")
  console.log(`foyer: ${reason}, closing (once more to end at once)`)
  return 0
}

/** The operator's database, or an embedded one in `.data/`. */
async function openDatabase(config: Config) {
  const { databaseUrl } = config.secrets
  if (databaseUrl)
    return {
      url: databaseUrl,
      isOwn: false,
      lost: new Promise<never>(() => {}),
      async [Symbol.asyncDispose]() {},
    }
  const home = fileURLToPath(new URL("../../.data/postgres", import.meta.url))
  const embedded = await startPostgres({ home, durable: true })
  if (embedded.home !== home)
    console.log(`foyer: the user postgres cannot enter ${home}; the data is in ${embedded.home}`)
  return Object.assign(embedded, { isOwn: true })
}

/** The demo's third organizer needs the database's superuser, which only our own is sure to be. */
async function openSeason(url: string): Promise<void> {
  const { ensureSeason } = await import("#sandbox/demo/ensure-season.ts")
  let hasBegun = false
  await ensureSeason(url, new Date().toISOString(), () => {
    if (!hasBegun) console.log("foyer: making a year of demo sales (once, a few seconds)")
    hasBegun = true
  })
}

function announce(config: Config, { publicUrl: url, demoPeople }: App): void {
  console.log(`foyer: ready at ${url}`)
  if (config.payments === "sandbox") console.log("foyer: PAYMENT SANDBOX, no real money moves")
  if (config.demo) console.log(`foyer: demo at ${url}/demo`)
  console.log(`foyer: console at ${url}/console${tryIt(demoPeople)}`)
}

/** Who can be tried first, and how: a demo's password is no secret. */
function tryIt([first]: NonNullable<App["demoPeople"]> = []): string {
  return first ? ` (${first.email}, password ${first.password})` : ""
}

/** Answers with the first wish to stop. A second one, a second later or more, ends the process at once. */
function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    let firstAt: number | undefined
    const wish = (reason: string) => {
      if (firstAt !== undefined && Date.now() - firstAt > sameWishMs) process.exit(1)
      firstAt ??= Date.now()
      resolve(reason)
    }
    process.on("SIGINT", wish).on("SIGTERM", wish)
    process.once("disconnect", () => wish("the launcher is gone"))
  })
}

/** Refusals speak to the operator; a bug keeps its stack. */
function isReadable(error: unknown): boolean {
  return (
    error instanceof Error && /^(Start|Migration|Postgres|Geography|Redis)Refused$/.test(error.name)
  )
}
