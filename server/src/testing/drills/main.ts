// npm run drill -- <name>: the long runs of what `npm test` tries in short.
import { drillKill } from "#testing/drills/run-kill.ts"
import { drillLateMoney } from "#testing/drills/run-late-money.ts"
import { drillMatrix } from "#testing/drills/run-matrix.ts"
import { drillNemesis } from "#testing/drills/run-nemesis.ts"
import { drillWorker } from "#testing/drills/worker-kill.ts"
import { startTestServer } from "#testing/test-server.ts"

const drills: { readonly [name: string]: (args: readonly string[]) => Promise<string[]> } = {
  matrix: drillMatrix,
  nemesis: drillNemesis,
  "late-money": drillLateMoney,
  worker: drillWorker,
  kill: drillKill,
}

const [name = "", ...args] = process.argv.slice(2)
process.exitCode = await main()

async function main(): Promise<number> {
  const drill = drills[name]
  if (!drill) {
    console.error(`usage: npm run drill -- ${Object.keys(drills).join("|")}`)
    return 2
  }
  await using _server = await startTestServer()
  const startedAt = performance.now()
  const faults = await drill(args)
  for (const fault of faults) console.error(`✗ ${fault}`)
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  console.log(`${name}: ${faults.length === 0 ? "held" : "BROKEN"} (${seconds} s)`)
  return faults.length === 0 ? 0 : 1
}
