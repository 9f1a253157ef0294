import type { SandboxOptions } from "./call.ts"
import { startLife } from "./life.ts"
import { openSandbox, type OpenSandbox } from "./open.ts"

type Instruction = { readonly options: SandboxOptions; readonly endsWithParent: boolean }

// Without a parent the sandbox waits for a server to come back and hold it, but not for ever.
const orphanMs = 15 * 60_000

let sandbox: OpenSandbox | undefined

async function end(): Promise<void> {
  await sandbox?.close()
  process.exit(0)
}

async function begin({ options, endsWithParent }: Instruction): Promise<void> {
  const life = startLife(() => void end(), endsWithParent ? 0 : orphanMs)
  sandbox = await openSandbox(options, life)
  process.send?.({ port: sandbox.port })
}

process.stderr.on("error", () => {})
process.on("SIGTERM", () => void end())
process.once("message", (instruction: Instruction) => {
  begin(instruction).catch((cause: unknown) => {
    process.send?.({ error: String(cause) }, () => process.exit(1))
  })
})
