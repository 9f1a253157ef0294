import { canonicalJson } from "./canonical-json.ts"
import type { CatalogueFile } from "./catalogue-file.ts"
import type { CataloguePart } from "./catalogue-part.ts"
import { type Difference, differences, merged } from "./difference.ts"
import { formEntriesOf, readFormTree } from "./form-tree.ts"
import { parseJson } from "./json-text.ts"

/** A place where what somebody else has saved (`before`) and what was typed here (`after`) are not the same. */
export type Disagreement = Difference & {
  /** What it was when the form was opened. */
  readonly seen: unknown
  /** Who changed it since: only they, only this form, or both. */
  readonly by: "them" | "you" | "both"
  /** Whose stands: what was chosen, or the change of who alone made one. Undefined: the person has to say. */
  readonly side: Side | undefined
}

export type Side = "mine" | "theirs"

/** What somebody has typed into a form, and what they answered who was shown a conflict of it. */
export type Attempt = {
  readonly value: unknown
  /** `canonicalJson` of the part as it was when the form was opened. Anything else counts as nothing seen. */
  readonly seen: string
  readonly answer?: Answer | undefined
}

export type Answer = {
  /** `canonicalJson` of the part as it stood beside what was typed. */
  readonly theirs: string
  /** Whose version stands, by the path of the disagreement. */
  readonly choices: ReadonlyMap<string, Side>
}

export type Conflict = {
  /** See `Answer`. */
  readonly theirs: string
  /** The same, as this form would say it. */
  readonly current: unknown
  /** What was typed; new rows have their names, so that each stands for itself. */
  readonly typed: unknown
  readonly disagreements: readonly Disagreement[]
  /** Nothing is left to choose for who has seen all of it. */
  readonly isSettled: boolean
}

/** Undefined while a part is as it was seen. An answer counts for the version that it was given to, and for no later one. */
export function conflictOf(
  part: CataloguePart,
  file: CatalogueFile,
  { value, seen, answer }: Attempt,
): Conflict | undefined {
  const theirs = canonicalJson(part.get(file))
  if (theirs === seen) return undefined
  const isAnswered = answer?.theirs === theirs
  const read = parseJson(seen)
  const was = asForm(part, read.ok ? read.value : undefined)
  const current = asForm(part, part.get(file))
  const typed = asForm(part, part.get(part.set(file, value)))
  const all = disagreements({ was, current, typed }, isAnswered ? answer.choices : new Map())
  const isDecided = all.every(({ side }) => side !== undefined)
  return {
    theirs,
    current,
    typed,
    disagreements: all,
    isSettled: isDecided && (isAnswered || all.length === 0),
  }
}

/** The part with each place of the side that it was given to. */
export function settled({ current, typed, disagreements: all }: Conflict): unknown {
  const mine = new Set(all.flatMap(({ path, side }) => (side === "mine" ? [path] : [])))
  return merged(current, typed, (path) => mine.has(path))
}

/** A part without what a form cannot tell from nothing, so that only real differences are differences. */
export function asForm({ schema }: CataloguePart, value: unknown): unknown {
  return readFormTree(schema, formEntriesOf(schema, value ?? undefined))
}

function disagreements(
  versions: { readonly was: unknown; readonly current: unknown; readonly typed: unknown },
  choices: ReadonlyMap<string, Side>,
): Disagreement[] {
  const { was, current, typed } = versions
  const theirs = touched(differences(was, current))
  const yours = touched(differences(was, typed))
  return differences(current, typed).map((difference) => {
    const { path } = difference
    const by = !yours.has(path) ? "them" : !theirs.has(path) ? "you" : "both"
    const side = choices.get(path) ?? unasked[by]
    return { ...difference, seen: theirs.before(path) ?? yours.before(path), by, side }
  })
}

const unasked = { them: "theirs", you: "mine", both: undefined } as const

/** What somebody changed, also where a row is gone or new that something was changed within. */
function touched(changes: readonly Difference[]) {
  const exact = new Map(changes.map((each) => [each.path, each]))
  const around = new Set(changes.flatMap(({ path }) => upTo(path)))
  return {
    has: (path: string) => around.has(path) || upTo(path).some((each) => exact.has(each)),
    before: (path: string) => exact.get(path)?.before,
  }
}

/** `a.b["c d"]` is within ``, `a`, `a.b` and itself. */
function upTo(path: string): string[] {
  const steps = path.match(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]|\.?[^.[]+/g) ?? []
  return ["", ...steps.map((_, i) => steps.slice(0, i + 1).join(""))]
}
