import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const folder = fileURLToPath(new URL("../../../../e2e", import.meta.url))

/** `npm run drill -- kill [times]`: the stories of a killed server and of rough weather in a browser, again and again, with a minute offline. */
export async function drillKill([times = "3"]: readonly string[]): Promise<string[]> {
  const stories = ["killed-server", "rough-weather", "crashed-database"]
  const output = await mkdtemp(join(tmpdir(), "foyer-drill-"))
  const args = ["test", ...stories, "--workers=1", `--repeat-each=${times}`, `--output=${output}`]
  const env = { ...process.env, OFFLINE_TRIES: "10" }
  const child = spawn("playwright", args, { cwd: folder, env, stdio: "inherit" })
  const [code] = await once(child, "exit")
  return code === 0 ? [] : ["a story did not end well: see above"]
}
