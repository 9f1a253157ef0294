// npm run test:engines [-- firefox]: a purchase, and what an engine can change, in the system's own Firefox and WebKit; ends with one line "N passed, N failed".
import { buildWidget } from "./build-parts.mjs"
import { checkHostNode, installPackages } from "./house.mjs"
import { runChecks } from "./run-checks.mjs"
import { chosenBy, engineSteps } from "./steps.mjs"
import { findEngines } from "./system-engines.mjs"

checkHostNode()
await installPackages()
await buildWidget()
const { names, paths, advice } = findEngines()
for (const line of advice) console.log(`foyer: ${line}`)
const found = engineSteps.filter(({ name }) => names.includes(name))
if (found.length === 0) console.log("\n0 passed, 0 failed")
else await runChecks(chosenBy(process.argv, found), paths)
