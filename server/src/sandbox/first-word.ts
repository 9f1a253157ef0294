import type { ChildProcess } from "node:child_process"

/**
 * What a forked process says first, or its exit code when it says nothing. Under `node --watch` a child also reports the files it loads, as
 * messages with `watch:` keys: those are Node's own and are passed over.
 */
export function firstWord(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => {
    child.on("message", (message) => {
      if (!isWatchReport(message)) resolve(message)
    })
    child.once("exit", resolve)
  })
}

function isWatchReport(message: unknown): boolean {
  const isObject = typeof message === "object" && message !== null
  return isObject && Object.keys(message).some((key) => key.startsWith("watch:"))
}
