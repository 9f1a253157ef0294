import { spawnSync } from "node:child_process"
import { existsSync, readdirSync } from "node:fs"
import { delimiter, join } from "node:path"

/** The engines beside Chromium, as Debian ships them; `find` answers the path of one that runs here. */
const engines = [
  { name: "firefox", variable: "FIREFOX", packages: ["firefox-esr"], find: findFirefox },
  { name: "webkit", variable: "WEBKIT", packages: ["webkit2gtk-driver", "xvfb"], find: findWebKit },
]

/**
 * Which engines are here, installed first where this user may: the names of their steps, their paths by the variable that tells the
 * tests, and for each that is missing one line that says how to get it.
 */
export function findEngines() {
  const all = engines.map((engine) => ({ ...engine, path: engine.find() ?? install(engine) }))
  const found = all.filter(({ path }) => path)
  const missing = all.filter(({ path }) => !path)
  return {
    names: found.map(({ name }) => name),
    paths: Object.fromEntries(found.map(({ variable, path }) => [variable, path])),
    advice: missing.map(
      ({ name, packages }) =>
        `the step ${name} is skipped: run \`sudo apt-get install ${packages.join(" ")}\``,
    ),
  }
}

function findFirefox() {
  return [process.env.FIREFOX, onPath("firefox-esr"), onPath("firefox")].find(isFirefox)
}

function isFirefox(path) {
  if (!path) return false
  const { status, stdout } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 60_000 })
  return status === 0 && /firefox/i.test(stdout)
}

/** WebKit's driver and a screen are programs like others; the browser that they drive lies beside its library. */
function findWebKit() {
  if (!onPath("WebKitWebDriver") || !onPath("Xvfb")) return undefined
  return process.env.WEBKIT ?? besideLibraries("MiniBrowser")
}

function onPath(program) {
  const folders = (process.env.PATH ?? "").split(delimiter)
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path))
}

function besideLibraries(program) {
  const libraries = inside("/usr/lib").flatMap(inside)
  return libraries
    .filter((folder) => /\/webkit2?gtk-[\d.]+$/.test(folder))
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path))
}

function inside(folder) {
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name))
}

function install({ name, packages, find }) {
  if (process.getuid?.() !== 0 || !onPath("apt-get")) return undefined
  console.log(`foyer: installing ${packages.join(" and ")} with apt-get for the step ${name}`)
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  // Without a network it tries for as long as it is let.
  const options = { env, stdio: "ignore", timeout: 300_000 }
  spawnSync("apt-get", ["update", "-qq"], options)
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], options)
  return find()
}
