// npm test: installs what is missing, runs every check and ends with one line "N passed, N failed". With --engines also in Firefox, where there is one.
import { findChromium } from "./chromium.mjs"
import { findFirefox, firefoxAdvice } from "./firefox.mjs"
import { checkHostNode, installPackages } from "./house.mjs"
import { runChecks } from "./run-checks.mjs"
import { engineSteps, plantedSteps, steps } from "./steps.mjs"

checkHostNode()
await installPackages()
const chromium = findChromium()
const isPlanted = process.argv.includes("--planted")
const only = process.argv.slice(2).filter((word) => !word.startsWith("--"))
const chosen = (isPlanted ? plantedSteps : steps).filter(
  ({ name }) => only.length === 0 || only.includes(name),
)
const wantsEngines = process.argv.includes("--engines")
const firefox = wantsEngines ? findFirefox() : undefined
if (wantsEngines && !firefox) console.log(`foyer: ${firefoxAdvice}`)
await runChecks([...chosen, ...(firefox ? engineSteps : [])], { chromium, firefox })
