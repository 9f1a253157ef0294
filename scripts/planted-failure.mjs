// Proves that a failing test of each kind makes `npm test` fail: runs its runners on tests that fail on purpose.
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { root } from "./house.mjs"
import { plantedSteps } from "./steps.mjs"

const { status, stdout } = spawnSync(
  process.execPath,
  [join(root, "scripts", "test.mjs"), "--planted"],
  { cwd: root, encoding: "utf8", env: { ...process.env, VITE_PLANTED_FAILURE: "1" } },
)
const lastLine = stdout.trimEnd().split("\n").at(-1)
const wanted = `0 passed, ${plantedSteps.length} failed`
if (status === 0 || lastLine !== wanted) {
  console.error(`planted failures were not noticed: code ${status}, ${JSON.stringify(lastLine)}`)
  console.error(stdout)
  process.exitCode = 1
}
