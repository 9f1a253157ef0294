import type { SandboxOptions } from "./call.ts"
import { openSandbox, type OpenSandbox } from "./open.ts"

// Without a parent the sandbox waits for a server to come back and take it over, but not for ever.
const orphanMs = 15 * 60_000

let sandbox: OpenSandbox | undefined
let orphanTimer: NodeJS.Timeout | undefined

async function end(): Promise<void> {
  clearTimeout(orphanTimer)
  await sandbox?.close()
  process.exit(0)
}

async function begin(options: SandboxOptions, endsWithParent: boolean): Promise<void> {
  process.on("disconnect", () => {
    if (endsWithParent) void end()
    else orphanTimer = setTimeout(() => void end(), orphanMs)
  })
  sandbox = await openSandbox(options, () => void end())
  process.send?.({ port: sandbox.port })
}

process.stderr.on("error", () => {})
process.on("SIGTERM", () => void end())
process.once(
  "message",
  ({ options, endsWithParent }: { options: SandboxOptions; endsWithParent: boolean }) => {
    begin(options, endsWithParent).catch((cause: unknown) => {
      process.send?.({ error: String(cause) })
      process.exitCode = 1
      process.disconnect()
      process.exit()
    })
  },
)
