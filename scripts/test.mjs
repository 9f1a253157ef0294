// npm test: installs what is missing, runs every check and ends with one line "N passed, N failed". With --engines also in the system's own Firefox and WebKit.
import { findChromium } from "./chromium.mjs"
import { checkHostNode, installPackages } from "./house.mjs"
import { runChecks } from "./run-checks.mjs"
import { chosenBy, engineSteps, plantedSteps, steps } from "./steps.mjs"
import { findEngines } from "./system-engines.mjs"

checkHostNode()
await installPackages()
const CHROMIUM = findChromium()
const has = (option) => process.argv.includes(option)
const engines = has("--engines") ? findEngines() : { names: [], paths: {}, advice: [] }
for (const line of engines.advice) console.log(`foyer: ${line}`)
const all = [
  ...(has("--planted") ? plantedSteps : steps),
  ...engineSteps.filter(({ name }) => engines.names.includes(name)),
]
await runChecks(chosenBy(process.argv, all), { CHROMIUM, ...engines.paths })
