// npm run generate -- --orders 1000000 --events 200 --touches 3000000 --seed 1 [--until 2026-11-20]
import { parseArgs } from "node:util"
import { openDatabase } from "#cli/open-database.ts"
import { readConfig } from "#config.ts"
import { isDate } from "#core/schedule.ts"
import { generate } from "#sandbox/generate/generate.ts"
import type { Season } from "#sandbox/generate/season-sql.ts"

const usage =
  "usage: npm run generate -- [--orders 1000000] [--events 200] [--touches 3000000] [--seed 1] [--until 2026-11-20]"

process.exitCode = await main().catch((error: unknown) => {
  console.error(`generate: ${error instanceof Error ? error.message : String(error)}`)
  return 1
})

async function main(): Promise<number> {
  const season = seasonAsked()
  if (!season) {
    console.error(usage)
    return 2
  }
  const read = readConfig()
  if (!read.ok) {
    for (const fault of read.faults) console.error(`generate: ${fault}`)
    return 1
  }
  await using database = await openDatabase(read.config)
  await generate(database.url, { season, say: (line) => console.log(`  ${line}`) })
  return 0
}

/** Undefined for what is no season. Numbers are whole; events at most as many as a catalogue file takes. */
function seasonAsked(): Season | undefined {
  const { values } = parseArgs({
    options: {
      orders: { type: "string", default: "1000000" },
      events: { type: "string", default: "200" },
      touches: { type: "string", default: "3000000" },
      seed: { type: "string", default: "1" },
      until: { type: "string", default: new Date().toISOString().slice(0, 10) },
    },
  })
  const numbers = [values.orders, values.events, values.touches, values.seed].map(Number)
  const [orders = 0, events = 0, touches = 0, seed = 0] = numbers
  const isFine =
    numbers.every((value) => Number.isSafeInteger(value) && value > 0) && isDate(values.until)
  return isFine ? { orders, events, touches, seed, until: values.until } : undefined
}
