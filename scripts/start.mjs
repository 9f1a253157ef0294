// npm start, npm run dev: installs and builds what is missing, then runs the server under the project's Node.
import { spawn } from "node:child_process"
import { constants } from "node:os"
import { join } from "node:path"
import { buildWidget } from "./build-parts.mjs"
import { checkHostNode, installPackages, projectNode, projectPath, root } from "./house.mjs"

const watches = process.argv.includes("--watch")
const env = { ...process.env, PATH: projectPath }

checkHostNode()
await installPackages()
await buildWidget()
if (watches)
  startChild(["run", "--silent", "build", "--workspace", "widget", "--", "--watch"], "npm")
const server = startServer()
followParent(server)
const [code, signal] = await new Promise((resolve) => server.once("exit", (...how) => resolve(how)))
process.exit(code ?? 128 + (constants.signals[signal] ?? 0))

function startServer() {
  const main = join(root, "server", "src", "main.ts")
  if (watches) return startChild(["--watch", "--watch-preserve-output", main], projectNode)
  // The channel tells the server when this process is killed, so that it stops as well.
  return startChild([main], projectNode, ["inherit", "inherit", "inherit", "ipc"])
}

function startChild(args, program, stdio = "inherit") {
  const child = spawn(program, args, { cwd: root, env, stdio })
  for (const wish of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(wish, () => child.kill(wish))
  return child
}

/** npm that is killed outright forwards nothing; whoever stopped it did not want a server left behind. */
function followParent(child) {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    child.kill("SIGTERM")
  }, 1000)
  watch.unref()
}
