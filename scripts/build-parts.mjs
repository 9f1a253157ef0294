import { spawnSync } from "node:child_process"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fingerprint, projectNode, refuse, root, runNpm } from "./house.mjs"

/** Builds the widget unless `widget/dist` was built from these very sources. */
export const buildWidget = () => buildPart("widget")

/** Bundles the server for production, unless `server/dist` was made from these very sources. */
export async function buildServer() {
  const isNew = await buildPart("server")
  if (isNew) compile()
}

/** Has the server compiled once, for all its starts: it ends at once, because its settings make no sense. */
function compile() {
  const main = join(root, "server", "dist", "main.js")
  spawnSync(projectNode, [main], { env: { ...process.env, PORT: "none" }, stdio: "ignore" })
}

async function buildPart(part) {
  const stamp = join(root, part, "dist", ".built-from")
  const own = ["src", "package.json", "vite.config.ts", "tsconfig.json"]
  const wanted = fingerprint([
    ...own.map((file) => `${part}/${file}`),
    "shared/src",
    "package-lock.json",
  ])
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return false
  console.log(`foyer: building the ${part}`)
  const code = await runNpm(["run", "build", "--silent", "--workspace", part])
  if (code !== 0) refuse(`the ${part} could not be built (see above)`)
  writeFileSync(stamp, wanted)
  return true
}
