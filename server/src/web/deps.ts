import type { Deps } from "#flows/deps.ts"
import type { Limits } from "#web/limits.ts"
import type { Renders } from "#web/renders.ts"
import type { Turns } from "#web/turns.ts"

/** What the web edge needs beside what its flows need. */
export type WebDeps = Deps & {
  readonly turns: Turns
  readonly limits: Limits
  readonly renders: Renders
}
