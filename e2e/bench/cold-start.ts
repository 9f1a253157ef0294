import { spawn } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:net"
import { migrate, readMigrations } from "@foyer/server/store/migrations.ts"
import { type Bench, median } from "./figures.ts"
import { serverFile, usageOf } from "./processes.ts"

const rounds = 5

/** The bundled server as production starts it, with keys and a migrated database, until it has answered its first request. */
export const coldStart: Bench = {
  name: "cold-start",
  about: "from the process to its first answer; floor: a bare HTTP server of Node",
  async run(place) {
    const databaseUrl = await place.database("foyer")
    await migrate(databaseUrl, await readMigrations())
    const floors: Started[] = []
    const ours: Started[] = []
    for (let round = 0; round < rounds; round++) {
      const port = await freePort()
      floors.push(await start(["--input-type=module", "--eval", bare(port)], port, {}))
      ours.push(await start([serverFile], port, production(databaseUrl, port)))
    }
    const of = (pick: (started: Started) => number) => ({
      floor: median(floors.map(pick)),
      ours: median(ours.map(pick)),
    })
    return [
      { what: "the first answer", unit: "ms", ...of(({ ms }) => ms), limit: { most: 350 } },
      { what: "memory then", unit: "MB", ...of(({ rssMB }) => rssMB), limit: { most: 130 } },
      { what: "processor time until then", unit: "ms", ...of(({ cpuMs }) => cpuMs) },
    ]
  },
}

const bare = (port: number) =>
  `import { createServer } from "node:http"; createServer((_, to) => to.end("{}")).listen(${port}, "127.0.0.1")`

/** As behind a public address: nothing is pretended. Nobody is asked at the start, so the keys need not be anybody's. */
function production(databaseUrl: string, port: number) {
  return {
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    PUBLIC_URL: "https://tickets.example.com",
    SMTP_URL: "smtp://127.0.0.1:2525",
    STRIPE_SECRET_KEY: "sk_test_bench",
    STRIPE_PUBLISHABLE_KEY: "pk_test_bench",
    STRIPE_WEBHOOK_SECRET: "whsec_bench",
    LOG_LEVEL: "warn",
  }
}

type Started = { readonly ms: number; readonly rssMB: number; readonly cpuMs: number }

async function start(
  args: readonly string[],
  port: number,
  env: Readonly<Record<string, string>>,
): Promise<Started> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  })
  while (!(await answers(port))) await new Promise((again) => setTimeout(again, 2))
  const ms = performance.now() - startedAt
  const usage = await usageOf(child.pid ?? 0)
  child.kill("SIGTERM")
  await once(child, "exit")
  return { ms, ...usage }
}

/** "Come back" is not an answer. */
async function answers(port: number): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined)
  return response?.status === 200
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  server.close()
  return typeof address === "object" && address !== null ? address.port : 0
}
