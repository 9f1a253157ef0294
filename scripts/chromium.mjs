import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import { projectNode, refuse, root } from "./house.mjs"

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
const macPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
]

/** The path of a Chromium that this user can run; installs one when it may, else ends with the command to run. */
export function findChromium() {
  const named = process.env.CHROMIUM
  if (named) return runs(named) ? named : refuse(`CHROMIUM names ${named}, which does not run`)
  return firstThatRuns() ?? install()
}

function firstThatRuns() {
  const folders = (process.env.PATH ?? "").split(delimiter)
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...onPath, ...macPlaces, playwrightsOwn()].find(
    (path) => path && existsSync(path) && runs(path),
  )
}

/** A snap's stand-in or another user's private copy exists and still does not run. */
function runs(path) {
  const { status, stdout } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 30_000 })
  return status === 0 && /chrom/i.test(stdout)
}

function playwrightsOwn() {
  const question = 'console.log(require("playwright").chromium.executablePath())'
  const { stdout } = spawnSync(projectNode, ["-e", question], { cwd: root, encoding: "utf8" })
  return stdout.trim()
}

function install() {
  const isRoot = process.getuid?.() === 0
  if (isRoot && spawnSync("apt-get", ["--version"]).status === 0) {
    console.log("foyer: installing Chromium with apt-get")
    run("apt-get", ["update", "-qq"])
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"])
  }
  const installed = firstThatRuns()
  if (installed) return installed
  console.log("foyer: installing Chromium with Playwright")
  const cli = join(root, "node_modules", "playwright", "cli.js")
  run(projectNode, [cli, "install", ...(isRoot ? ["--with-deps"] : []), "chromium"])
  return firstThatRuns() ?? refuse(advice(isRoot))
}

function advice(isRoot) {
  const sudo = isRoot ? "" : "sudo "
  return `the browser tests need Chromium: run \`${sudo}apt-get install chromium\` (or set CHROMIUM to the path of one)`
}

function run(program, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  spawnSync(program, args, { cwd: root, env, stdio: "ignore" })
}
