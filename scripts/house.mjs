// What the entry points share. No dependencies and no new syntax: the host's Node runs this before anything is installed.
import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "")

/** The Node that runs the project, whatever the host has. */
export const projectNode = join(root, "node_modules", "node", "bin", "node")

/** The project's programs come first, its Node among them. */
export const projectPath = [join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter)

/** Ends the process with one clear line. */
export function refuse(line) {
  console.error(`foyer: ${line}`)
  process.exit(1)
}

export function checkHostNode() {
  const major = Number(process.versions.node.split(".")[0])
  if (major < 20) refuse(`Node 20 or later is needed to begin with, this is ${process.version}`)
}

/** Installs what the lock file says, unless npm's own record of `node_modules` already says the same. */
export async function installPackages() {
  if (isInstalled()) return
  console.log("foyer: installing packages (once; a minute or two)")
  const code = await runNpm(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
  if (code !== 0) refuse("npm ci failed (see above)")
  if (!existsSync(projectNode))
    refuse("npm ci ran, but the package `node` is not there: are install scripts disabled?")
}

/** npm writes its record last, so an interrupted installation has none. */
function isInstalled() {
  const record = readJson(join(root, "node_modules", ".package-lock.json"))
  const wanted = readJson(join(root, "package-lock.json"))
  if (!record || !wanted || !existsSync(projectNode)) return false
  return Object.entries(wanted.packages).every(
    ([path, { version, optional, devOptional, link }]) => {
      if (!path.includes("node_modules/") || link) return true
      const found = record.packages[path]
      return found ? found.version === version : Boolean(optional || devOptional)
    },
  )
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined
}

/** Runs npm in the project's root and answers its exit code. */
export function runNpm(args, options = {}) {
  // Set by npm itself: the same npm again, and no search for it.
  const cli = process.env.npm_execpath
  const [program, ...first] = cli && cli.endsWith("js") ? [process.execPath, cli] : ["npm"]
  const child = spawn(program, [...first, ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...ownCache() },
    ...options,
  })
  return new Promise((resolve) => {
    child.once("error", () => resolve(1))
    child.once("exit", (code) => resolve(code ?? 1))
  })
}

/** `su` and `sudo` may keep root's home, whose npm cache is out of reach. */
function ownCache() {
  try {
    accessSync(homedir(), constants.W_OK)
    return {}
  } catch {
    return { npm_config_cache: join(tmpdir(), `foyer-npm-${process.getuid?.() ?? "cache"}`) }
  }
}

/** A fingerprint of every file under `places` (paths from the root), by name and content. */
export function fingerprint(places) {
  const hash = createHash("sha256")
  for (const file of places.flatMap((place) => filesUnder(join(root, place))).sort())
    hash.update(file).update("\0").update(readFileSync(file)).update("\0")
  return hash.digest("hex")
}

function filesUnder(place) {
  if (!existsSync(place)) return []
  if (statSync(place).isFile()) return [place]
  return readdirSync(place).flatMap((name) => filesUnder(join(place, name)))
}
