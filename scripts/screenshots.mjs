// npm run screenshots: builds what is missing and takes the pictures of docs/images again, in the browser that the tests use.
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { buildServer, buildWidget } from "./build-parts.mjs"
import { findChromium } from "./chromium.mjs"
import { checkHostNode, installPackages, projectNode, root } from "./house.mjs"

checkHostNode()
await installPackages()
await buildWidget()
await buildServer()
const { status } = spawnSync(projectNode, [join(root, "e2e", "screenshots.ts")], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, CHROMIUM: findChromium() },
})
process.exitCode = status ?? 1
