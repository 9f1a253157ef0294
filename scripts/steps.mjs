import { gateResult, readPlaywright, readVitest, runnerResult } from "./results.mjs"

/**
 * Every check of the repository, cheapest first. `command` is run in `folder` and `judge` says what it came to: a gate counts as one
 * test, a runner as many as its report lists.
 */
export const steps = [
  gate("lint", ["oxlint", "--deny-warnings"]),
  gate("rooms", ["node", "lint/check-rooms.js"]),
  gate("format", ["oxfmt", "--check"]),
  gate("types", ["turbo", "run", "typecheck", "--output-logs=errors-only"]),
  gate("planted", ["node", "scripts/planted-failure.mjs"]),
  vitest("unit", "server", "core"),
  vitest("shared", "shared", "shared"),
  vitest("widget", "widget", "node"),
  // The server under test serves the built widget.
  gate("build", ["node", "scripts/build.mjs"]),
  gate("size", ["node", "scripts/size-budget.mjs"]),
  vitest("pg", "server", "pg"),
  vitest("dom", "widget", "dom"),
  playwright("e2e"),
]

/** What also runs in the system's own browsers of other engines, where they are. */
export const engineSteps = [
  playwright("firefox", ["--config", "firefox.config.ts"]),
  playwright("webkit", ["--config", "webkit.config.ts"]),
]

/** Those that the command line names, or all when it names none. */
export function chosenBy(commandLine, all) {
  const names = commandLine.slice(2).filter((word) => !word.startsWith("--"))
  return all.filter(({ name }) => names.length === 0 || names.includes(name))
}

/** The same runners on the planted tests only, told to fail: `planted-failure.mjs` wants each to be noticed. */
export const plantedSteps = steps
  .filter(({ kind }) => kind === "runner")
  .map((step) => ({ ...step, command: (report) => [...step.command(report), "planted"] }))

function gate(name, command) {
  const judge = ({ code, output }) => gateResult(name, code, output)
  return { name, kind: "gate", command: () => command, judge }
}

function vitest(name, folder, project) {
  // The report for the counts, the dots for what the report leaves out: errors outside of any test.
  const command = ["vitest", "run", "--project", project, "--reporter=json", "--reporter=dot"]
  return {
    name,
    kind: "runner",
    folder,
    command: (report) => [...command, `--outputFile.json=${report}`],
    judge: ({ code, output, report }) => runnerResult(name, code, output, report, readVitest),
  }
}

function playwright(name, options = []) {
  return {
    name,
    kind: "runner",
    folder: "e2e",
    command: () => ["playwright", "test", "--reporter", "json", ...options],
    env: (report) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
    judge: ({ code, output, report }) => runnerResult(name, code, output, report, readPlaywright),
  }
}
