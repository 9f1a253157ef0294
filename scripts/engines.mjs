// npm run test:engines: a purchase, and what an engine can change, in the system's own Firefox; ends with one line "N passed, N failed".
import { findFirefox, firefoxAdvice } from "./firefox.mjs"
import { checkHostNode, installPackages } from "./house.mjs"
import { runChecks } from "./run-checks.mjs"
import { engineSteps } from "./steps.mjs"

checkHostNode()
await installPackages()
const firefox = findFirefox()
if (firefox) await runChecks(engineSteps, { firefox })
else console.log(`foyer: ${firefoxAdvice}\n\n0 passed, 0 failed, ${engineSteps.length} skipped`)
