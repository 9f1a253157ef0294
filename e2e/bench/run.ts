// npm run bench [-- name ...]: measures on this machine, now. A figure is a ratio to a floor of the same run; what stands beside it in
// milliseconds is an order of size. It ends with 1 when a promise is missed.
import { cpus, loadavg, release, totalmem } from "node:os"
import { cart } from "./cart.ts"
import { clickToDom } from "./click-to-dom.ts"
import { coldStart } from "./cold-start.ts"
import { fanOut } from "./fan-out.ts"
import { type Bench, keeps, line } from "./figures.ts"
import { firstView } from "./first-view.ts"
import { hotVariant } from "./hot-variant.ts"
import { idle } from "./idle.ts"
import { morph } from "./morph.ts"
import { onSale } from "./on-sale.ts"
import { openPlace } from "./place.ts"
import { reportFile } from "./report-file.ts"
import { reports } from "./reports.ts"
import { throughput } from "./throughput.ts"

const benches: readonly Bench[] = [
  cart,
  throughput,
  idle,
  onSale,
  hotVariant,
  fanOut,
  coldStart,
  morph,
  clickToDom,
  firstView,
  reports,
  reportFile,
]

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !benches.some((bench) => bench.name === name))
if (unknown.length > 0) {
  const known = benches.map(({ name }) => name).join(", ")
  console.error(`there is no bench ${unknown.join(", ")}; there are ${known}`)
  process.exit(2)
}

const [processor] = cpus()
console.log(
  `Node ${process.version}, ${cpus().length} x ${processor?.model ?? "?"}, ${Math.round(totalmem() / 1e9)} GB, kernel ${release()}`,
)
await using place = await openPlace()
for (const bench of benches) {
  if (asked.length > 0 && !asked.includes(bench.name)) continue
  console.log(`\n${bench.name}: ${bench.about}`)
  const startedAt = performance.now()
  const figures = await bench.run(place)
  for (const figure of figures) console.log(`  ${line(figure)}`)
  if (!figures.every(keeps)) process.exitCode = 1
  const seconds = (performance.now() - startedAt) / 1000
  // Others at work on the machine make every figure of time worse, the floor's too.
  console.log(`  (${seconds.toFixed(0)} s, load ${loadavg()[0]?.toFixed(1)})`)
}
