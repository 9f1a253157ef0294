// npm test: installs what is missing, runs every check and ends with one line "N passed, N failed".
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { findChromium } from "./chromium.mjs"
import { checkHostNode, installPackages } from "./house.mjs"
import { runSteps } from "./run-steps.mjs"
import { plantedSteps, steps } from "./steps.mjs"
import { testEnvironment } from "./test-environment.mjs"

checkHostNode()
await installPackages()
const temporary = mkdtempSync(join(tmpdir(), "foyer-run-"))
process.on("exit", () => rmSync(temporary, { recursive: true, force: true }))
const env = testEnvironment(temporary, findChromium())
const isPlanted = process.argv.includes("--planted")
const only = process.argv.slice(2).filter((word) => !word.startsWith("--"))
const chosen = (isPlanted ? plantedSteps : steps).filter(
  ({ name }) => only.length === 0 || only.includes(name),
)
const { passed, failed, failures } = await runSteps(chosen, env, temporary)

for (const { name, text } of failures) console.log(`\n✗ ${name}\n${text.replace(/^/gm, "    ")}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
