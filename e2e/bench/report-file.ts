import { readFile } from "node:fs/promises"
import type { ConsoleVisitor } from "@foyer/server/testing/console.ts"
import pg from "pg"
import type { Bench, Figure } from "./figures.ts"
import { type Server, startServer } from "./processes.ts"
import { anOwner, seasonHome, seasonIn, until } from "./season.ts"

export const reportFile: Bench = {
  name: "report-file",
  about:
    "every order of a season with a million, as one file: what the server's memory does meanwhile",
  async run(place) {
    const url = await seasonIn(place)
    const owner = new pg.Pool({ connectionString: url, max: 1 })
    try {
      await using server = await startServer(url)
      return await measureFile(await anOwner(server, owner), server)
    } finally {
      await owner.end()
    }
  },
}

/** Memory that is bounded has grown to what it needs by then: the garbage of a moment, and what the collector leaves lying. */
const firstLines = 200_000

async function measureFile(visitor: ConsoleVisitor, { url, pid }: Server): Promise<Figure[]> {
  const path = `${seasonHome}/reports/orders.csv?from=2025-01-01&to=${until}&currency=usd`
  const beforeMb = await memoryMb(pid)
  let [mostMb, early, lines, bytes] = [beforeMb, 0, 0, 0]
  const beganAtMs = performance.now()
  const response = await fetch(`${url}${path}`, { headers: { cookie: visitor.cookie() } })
  if (!response.ok || !response.body) throw new Error(`${path}: ${response.status}`)
  for await (const chunk of response.body) {
    bytes += chunk.length
    for (const byte of chunk) if (byte === 10) lines += 1
    mostMb = Math.max(mostMb, await memoryMb(pid))
    if (lines < firstLines) early = mostMb
  }
  const seconds = (performance.now() - beganAtMs) / 1000
  return [
    { what: "lines", unit: "lines", ours: lines },
    { what: "size", unit: "MB", ours: bytes / 1e6 },
    { what: "time", unit: "s", ours: seconds },
    { what: "most memory above what it was, first 200,000", unit: "MB", ours: early - beforeMb },
    {
      what: "and all of them, against those",
      unit: "MB",
      ours: mostMb - beforeMb,
      floor: early - beforeMb,
      limit: { mostRatio: 1.25 },
    },
  ]
}

async function memoryMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "")
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}
