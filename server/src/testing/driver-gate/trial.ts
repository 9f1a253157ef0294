// One driver, one promise, one process: a driver that brings the process down, or never answers, is a verdict as well.
import { type DriverName, drivers, openReferee } from "#testing/driver-gate/drivers.ts"
import { type PromiseName, promises } from "#testing/driver-gate/promises.ts"
import { tapWire } from "#testing/wire-tap.ts"

const [driver, promise, url] = process.argv.slice(2) as [DriverName, PromiseName, string]
const referee = await openReferee(url)
const wire = await tapWire(url)
const open = (connections: number) => drivers[driver](wire.url, connections)
const verdict = await promises[promise]({ open, wire, referee })
process.send?.(verdict, () => process.exit(0))
