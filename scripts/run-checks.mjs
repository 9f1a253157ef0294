import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { runSteps } from "./run-steps.mjs"
import { testEnvironment } from "./test-environment.mjs"

/** Runs the steps with these browsers, whose paths lie under the variables that tests read; tells what failed and ends with one line "N passed, N failed", which the exit code agrees with. */
export async function runChecks(steps, browsers) {
  const temporary = mkdtempSync(join(tmpdir(), "foyer-run-"))
  process.on("exit", () => rmSync(temporary, { recursive: true, force: true }))
  const env = { ...testEnvironment(temporary), ...browsers }
  const { passed, failed, failures } = await runSteps(steps, env, temporary)

  for (const { name, text } of failures) console.log(`\n✗ ${name}\n${text.replace(/^/gm, "    ")}`)
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}
