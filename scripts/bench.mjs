// npm run bench [-- name ...]: builds what is missing and runs the benches with as many open files as this user may have.
import { spawn } from "node:child_process"
import { join } from "node:path"
import { buildServer, buildWidget } from "./build-parts.mjs"
import { findChromium } from "./chromium.mjs"
import { checkHostNode, installPackages, projectNode, root } from "./house.mjs"

checkHostNode()
await installPackages()
await buildWidget()
await buildServer()
const main = join(root, "e2e", "bench", "run.ts")
const script = 'ulimit -n "$(ulimit -Hn)"; exec "$@"'
const child = spawn("sh", ["-c", script, "sh", projectNode, main, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, CHROMIUM: findChromium() },
})
for (const wish of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(wish, () => child.kill(wish))
child.once("exit", (code) => (process.exitCode = code ?? 1))
