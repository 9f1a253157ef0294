import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { testDatabase, type TestDatabase } from "@foyer/server/testing/database.ts"
import { loadCatalogue } from "@foyer/server/testing/load-catalogue.ts"
import { tapWire, type WireTap } from "@foyer/server/testing/wire-tap.ts"
import { test as base } from "#support/browser.ts"
import { aClub, type Club, type ClubParts } from "#support/club.ts"
import { freePorts } from "#support/free-ports.ts"
import { startHosts } from "#support/host-server.ts"

/** A Foyer in a process of its own, which can be killed and started again at the same address. */
export type ProcessWorld = {
  readonly database: TestDatabase
  /** Everything that the server has written so far. */
  log(): string
  /** Between the server and its database. */
  readonly wire: WireTap
  /** Between browsers and the server. */
  readonly door: WireTap
  /** `kill -9`; resolves when the process is gone. Its payment sandbox lives on. */
  kill(): Promise<void>
  /** Resolves when the server answers again. */
  start(): Promise<void>
  club(parts?: Partial<ClubParts>): Promise<Club>
  pageOf(club: Club): string
  /** Asks the payment sandbox itself. */
  sandbox(path: string, body?: object): Promise<{ readonly data?: readonly Stored[] }>
}

export type Stored = Readonly<Record<string, unknown>>

export const test = base.extend<object, { foyer: ProcessWorld }>({
  locale: "en-CA",
  timezoneId: "America/Toronto",
  foyer: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures a fixture needs from this pattern
    async ({}, use) => {
      await using stack = new AsyncDisposableStack()
      await use(await openProcessWorld(stack, stack.use(await testDatabase())))
    },
    { scope: "worker", timeout: 120_000 },
  ],
})

export { expect } from "#support/browser.ts"

/** On any database; what it opens is added to `stack`. `settings` are the server's, as an operator sets them; `program` is what runs. */
export async function openProcessWorld(
  stack: AsyncDisposableStack,
  database: TestDatabase,
  settings: NodeJS.ProcessEnv = {},
  program = sources,
): Promise<ProcessWorld> {
  const wire = stack.use(await tapWire(database.url))
  const [port, demoPort, sandboxPort] = await freePorts(3)
  const door = stack.use(await tapWire(`http://127.0.0.1:${port}`))
  const url = new URL(door.url).origin
  const env = {
    ...process.env,
    PUBLIC_URL: url,
    PORT: `${port}`,
    DEMO_PORT: `${demoPort}`,
    SANDBOX_PORT: `${sandboxPort}`,
    DATABASE_URL: wire.url,
    LOG_LEVEL: "error",
    ...settings,
  }
  const written: string[] = []
  let server = await startServer(program, env, written)
  stack.defer(() => end(server, "SIGTERM"))
  const hosts = stack.use(await startHosts(() => url))
  return {
    database,
    log: () => written.join(""),
    wire,
    door,
    kill: () => end(server, "SIGKILL"),
    async start() {
      server = await startServer(program, env, written)
    },
    async club(parts = {}) {
      const club = aClub({ origins: [hosts.origin], ...parts })
      await loadCatalogue(database.pool, club.text)
      await untilKnown(url, club)
      return club
    },
    pageOf: ({ widget }) => `${hosts.origin}/plain?${new URLSearchParams({ widget })}`,
    async sandbox(path, body) {
      const response = await fetch(`http://localhost:${sandboxPort}/sandbox/${path}`, {
        ...(body && { method: "POST", body: JSON.stringify(body) }),
        headers: { "content-type": "application/json" },
      })
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
      return (await response.json()) as { data?: Stored[] }
    },
  }
}

const serverFolder = new URL("../../server/", import.meta.url)

/** The server as it is developed. */
const sources = fileURLToPath(new URL("src/main.ts", serverFolder))

/** The server as it is built for production. */
export const bundle = fileURLToPath(new URL("dist/main.js", serverFolder))

/** What it says goes to `written`; its complaints are also shown. */
async function startServer(
  program: string,
  env: NodeJS.ProcessEnv,
  written: string[],
): Promise<ChildProcess> {
  // The channel lets it end by itself when the tests are gone.
  const child = fork(program, { env, execArgv: [], stdio: ["ignore", "pipe", "pipe", "ipc"] })
  if (!child.stdout || !child.stderr) throw new Error("the server's words are not heard")
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => void written.push(text))
  child.stderr.on("data", (text: string) => void process.stderr.write(text))
  const ready = Promise.withResolvers<void>()
  const lines = createInterface({ input: child.stdout })
  lines.on("line", (line) => line.startsWith("foyer: ready") && ready.resolve())
  child.once("exit", (code) => ready.reject(new Error(`the server ended with ${code}`)))
  await ready.promise
  return child
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, "exit")
  child.kill(signal)
  await gone
}

/** Asks until the server knows the club: it looks for new accounts each second. */
async function untilKnown(url: string, club: Club): Promise<void> {
  while ((await fetch(`${url}/v1/w/${club.widget}`)).status !== 200)
    await new Promise((wake) => setTimeout(wake, 50))
}
