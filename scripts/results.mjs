import { existsSync, readFileSync } from "node:fs"

/**
 * What a step came to: counts, and a few lines for each failure.
 * @typedef {{ passed: number, failed: number, failures: { name: string, text: string }[] }} Result
 */

/** @returns {Result} */
export function nothing() {
  return { passed: 0, failed: 0, failures: [] }
}

export function gateResult(name, code, output) {
  if (code === 0) return { passed: 1, failed: 0, failures: [] }
  return { passed: 0, failed: 1, failures: [{ name, text: lastLines(output, 60) }] }
}

/** Reads a runner's JSON report. A runner that crashed, or found no test at all, is a failure of its own. */
export function runnerResult(name, code, output, file, read) {
  const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined
  const result = report ? read(report) : nothing()
  if (result.passed + result.failed === 0)
    return withCrash(result, `${name}: no test ran`, tellingLines(output))
  if (code !== 0 && result.failed === 0)
    return withCrash(result, `${name}: ended with code ${code}`, tellingLines(output))
  return result
}

function withCrash(result, name, text) {
  const failures = [...result.failures, { name, text }]
  return { passed: result.passed, failed: result.failed + 1, failures }
}

export function readVitest(report) {
  const tests = report.testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({ ...test, file: file.name })),
  )
  const failed = tests.filter(({ status }) => status === "failed")
  // A file that throws while it is loaded has no tests to count: it counts as one.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  )
  return {
    passed: tests.filter(({ status }) => status === "passed").length,
    failed: failed.length + broken.length,
    failures: [
      ...failed.map(({ file, fullName, failureMessages }) => ({
        name: `${file} > ${fullName}`,
        text: firstLines(failureMessages.join("\n"), 15),
      })),
      ...broken.map(({ name, message }) => ({ name, text: firstLines(message, 15) })),
    ],
  }
}

export function readPlaywright(report) {
  const specs = report.suites.flatMap(specsOf)
  const failed = specs.filter(({ ok }) => !ok)
  return {
    passed: specs.filter(({ ok, tests }) => ok && tests.some(({ status }) => status !== "skipped"))
      .length,
    failed: failed.length + report.errors.length,
    failures: [
      ...failed.map(({ file, title, tests }) => ({
        name: `${file} > ${title}`,
        text: firstLines(messagesOf(tests), 25),
      })),
      ...report.errors.map(({ message }) => ({
        name: "playwright",
        text: firstLines(message, 25),
      })),
    ],
  }
}

function specsOf(suite) {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]
}

function messagesOf(tests) {
  const results = tests.flatMap((test) => test.results)
  return results.flatMap((result) => result.errors.map(({ message }) => message)).join("\n")
}

function firstLines(text = "", count) {
  const lines = plain(text).split("\n")
  const telling = lines.filter((line) => !/^\s+at .*(node_modules|new Promise)/.test(line))
  return telling.slice(0, count).join("\n")
}

// What Vitest calls an error that no test waited for; its JSON report leaves it out.
const outsideOfTests = /^.*Unhandled (Source )?Errors/m
// A database that a test kills on purpose says so at length, and so do the programs that it leaves.
const killedDatabase =
  /^(foyer: PostgreSQL ended by itself: )?\d{4}-\d\d-\d\d [\d:.]+ \S+ \[\d+\]|^\{"level".*"a database connection failed"/

/** Why a runner failed although no test did. */
function tellingLines(output) {
  const own = plain(output)
    .split("\n")
    .filter((line) => !killedDatabase.test(line))
  const text = own.join("\n")
  const start = text.search(outsideOfTests)
  return start < 0 ? lastLines(text, 40) : firstLines(text.slice(start), 60)
}

function lastLines(text, count) {
  return plain(text).trimEnd().split("\n").slice(-count).join("\n")
}

function plain(text) {
  // oxlint-disable-next-line no-control-regex -- terminal colours are control characters
  return text.replace(/\u001b\[[0-9;]*m/g, "")
}
