import { spawnSync } from "node:child_process"

const places = ["/usr/bin/firefox-esr", "/usr/bin/firefox"]

/** The path of a Firefox that this user can run, installed first where this user may; undefined where there is none. */
export function findFirefox() {
  return firstThatRuns() ?? install()
}

/** The one command that brings what is missing. */
export const firefoxAdvice =
  "the tests in Firefox need one: run `sudo apt-get install firefox-esr` (or set FIREFOX to the path of one)"

function firstThatRuns() {
  const named = process.env.FIREFOX
  return (named ? [named] : places).find(runs)
}

function runs(path) {
  const { status, stdout } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 60_000 })
  return status === 0 && /firefox/i.test(stdout)
}

function install() {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return undefined
  console.log("foyer: installing Firefox with apt-get")
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  const options = { env, stdio: "ignore" }
  spawnSync("apt-get", ["update", "-qq"], options)
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "firefox-esr"], options)
  return firstThatRuns()
}
