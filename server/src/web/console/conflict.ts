import type { Context } from "hono"
import type { Answer, Attempt, Conflict, Side } from "#core/conflict.ts"
import { showHistory } from "#flows/show-history.ts"
import { choiceName, conflictView, theirsName } from "#views/console/conflict.ts"
import type { Html } from "#views/html.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import type { FormEntries } from "#web/console/form.ts"

/** What a form was opened with, and what was chosen in it where it showed a conflict. */
export function attemptIn(entries: FormEntries, value: unknown): Attempt {
  return { value, seen: entries.one("base"), answer: answerIn(entries) }
}

function answerIn(entries: FormEntries): Answer | undefined {
  const theirs = entries.one(theirsName)
  if (theirs === "") return undefined
  const prefix = choiceName("")
  const choices = [...entries.values].flatMap(([name, [side]]) =>
    name.startsWith(prefix) && isSide(side) ? [[name.slice(prefix.length), side] as const] : [],
  )
  return { theirs, choices: new Map(choices) }
}

function isSide(value: string | undefined): value is Side {
  return value === "mine" || value === "theirs"
}

/** The conflict for the top of its form, with who was faster where the asker may know. `subject` is that of their line of history. */
export async function conflictAbove(
  c: Context<ConsoleEnv>,
  deps: ConsoleDeps,
  conflict: Conflict,
  subject: string,
  placeWords: (path: string) => string,
): Promise<Html> {
  const history = await showHistory(deps, c.var.visit.actor, { subject })
  const who = history.outcome === "history" ? history.lines[0]?.who : undefined
  return conflictView(conflict, who, placeWords)
}
