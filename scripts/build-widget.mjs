import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fingerprint, refuse, root, runNpm } from "./house.mjs"

const sources = [
  "widget/src",
  "widget/package.json",
  "widget/vite.config.ts",
  "widget/tsconfig.json",
  "shared/src",
  "package-lock.json",
]
const stamp = join(root, "widget", "dist", ".built-from")

/** Builds the widget unless `widget/dist` was built from these very sources. */
export async function buildWidget() {
  const wanted = fingerprint(sources)
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return
  console.log("foyer: building the widget")
  const code = await runNpm(["run", "build", "--silent", "--workspace", "widget"])
  if (code !== 0) refuse("the widget could not be built (see above)")
  writeFileSync(stamp, wanted)
}
