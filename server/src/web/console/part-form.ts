import { type Context, Hono } from "hono"
import { canonicalJson } from "#core/canonical-json.ts"
import type { CatalogueFile } from "#core/catalogue-file.ts"
import type { CataloguePart } from "#core/catalogue-part.ts"
import type { Attempt, Conflict } from "#core/conflict.ts"
import { formEntriesOf, readFormTree } from "#core/form-tree.ts"
import { type PartFault, partFaults } from "#core/part-faults.ts"
import { may } from "#core/role.ts"
import { editPart, type PartEdit } from "#flows/edit-part.ts"
import { seeCatalogue } from "#flows/see-catalogue.ts"
import { placeWords } from "#views/console/event-words.ts"
import { formValues } from "#views/console/form-values.ts"
import type { PartView } from "#views/console/part-view.ts"
import type { Html } from "#views/html.ts"
import { forbiddenPage, notFound, page, saved } from "#web/console/answer.ts"
import { attemptIn, conflictAbove } from "#web/console/conflict.ts"
import type { ConsoleEnv, Visit } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { readForm, type Typed, typedIn } from "#web/console/form.ts"

/** What the view of a form is told. */
export type PartPage = PartView & { readonly visit: Visit }

/** One form of one part of the catalogue: how it is shown, read and saved. */
export type PartForm = Omit<PartEdit, "attempt"> & {
  /** What the form has no fields for and a save leaves as it is. */
  readonly keep?: readonly string[]
  /** What was typed as the file says it: capitals, percent signs, rows that were taken away. */
  readonly prepare?: (typed: Typed) => Typed
  readonly labelOf: (field: string) => string | undefined
  /** Says a fault in better words, or where else it belongs. */
  readonly say?: (fault: PartFault, typed: Typed) => PartFault
  readonly view: (page: PartPage) => Html | Promise<Html>
  /** Where a save leads, below the account's address, and what is said there. */
  readonly done: { readonly path: string; readonly notice: string }
}

/** A form at an address of its own: shown by GET, saved by POST. */
export function partFormRoutes(deps: ConsoleDeps, path: string, form: PartForm): Hono<ConsoleEnv> {
  return new Hono<ConsoleEnv>()
    .get(path, (c) => showPart(c, deps, form))
    .post(path, (c) => savePart(c, deps, form))
}

export async function showPart(
  c: Context<ConsoleEnv>,
  deps: ConsoleDeps,
  form: PartForm,
): Promise<Response> {
  const file = await fileFor(c, deps, form)
  if (!file) return forbiddenPage(c)
  if (isGone(form, file)) return notFound(c)
  const shown = form.part.get(file)
  const values = formValues(formEntriesOf(form.part.schema, shown))
  const base = canonicalJson(shown)
  return page(c, await form.view({ visit: c.var.visit, file, values, base, faults: [] }))
}

/** Asks first: who may not save learns nothing of what was wrong with it. */
export async function savePart(
  c: Context<ConsoleEnv>,
  deps: ConsoleDeps,
  form: PartForm,
): Promise<Response> {
  const { actor, account } = c.var.visit
  if (!may(actor, form.permission)) return forbiddenPage(c)
  const entries = await readForm(c)
  const typed = withoutRemoved(form.prepare?.(typedIn(entries)) ?? typedIn(entries))
  const attempt = attemptIn(entries, readFormTree(form.part.schema, typed))
  const edited = await editPart(deps, actor, editOf(form, attempt))
  switch (edited.outcome) {
    case "forbidden":
      return forbiddenPage(c)
    case "gone":
      return notFound(c)
    case "saved":
      return saved(c, `/console/${account.slug}/${form.done.path}`, form.done.notice)
    case "conflict":
      return showAgain(c, deps, form, typed, { attempt, ...edited })
    case "refused": {
      const at = form.part.at(edited.file)
      const faults = partFaults(edited.faults, at, form.labelOf).map(
        (fault) => form.say?.(fault, typed) ?? fault,
      )
      return showAgain(c, deps, form, typed, { attempt: edited.again, faults })
    }
  }
}

function editOf(form: PartForm, attempt: Attempt): PartEdit {
  const { permission, action, subject, events, check, newBy, part, keep } = form
  return {
    permission,
    action,
    subject,
    newBy,
    attempt,
    part: keep ? keeping(part, keep) : part,
    ...(events && { events }),
    ...(check && { check }),
  }
}

/** All that was typed, with what is wrong with it, or with what somebody else has changed since. */
async function showAgain(
  c: Context<ConsoleEnv>,
  deps: ConsoleDeps,
  form: PartForm,
  typed: Typed,
  again: {
    readonly attempt: Attempt
    readonly conflict?: Conflict
    readonly faults?: readonly PartFault[]
  },
): Promise<Response> {
  const { attempt, conflict, faults = [] } = again
  const file = await fileFor(c, deps, form)
  if (!file) return forbiddenPage(c)
  // Somebody has taken it away while it was sent.
  if (isGone(form, file)) return notFound(c)
  const value = conflict ? conflict.typed : attempt.value
  const ours = typed.filter(([name]) => name.startsWith("$"))
  const shown = {
    visit: c.var.visit,
    file,
    values: formValues([...ours, ...formEntriesOf(form.part.schema, value)]),
    base: attempt.seen,
    faults,
  }
  if (!conflict) return page(c, await form.view(shown), 422)
  const placeOf = (path: string) => placeWords(path, form.labelOf)
  const above = await conflictAbove(c, deps, conflict, form.subject, placeOf)
  return page(c, await form.view({ ...shown, conflict: above }), 409)
}

/** A thing that somebody has taken away has no form. */
function isGone({ part, newBy }: PartForm, file: CatalogueFile): boolean {
  return newBy === undefined && part.get(file) === undefined
}

/** The part as it is now where the form says nothing of it. */
function keeping(part: CataloguePart, keys: readonly string[]): CataloguePart {
  return {
    ...part,
    set(file, value) {
      const kept = Object.entries(part.get(file) ?? {}).filter(([key]) => keys.includes(key))
      return part.set(file, { ...Object.fromEntries(kept), ...(value as object) })
    },
  }
}

async function fileFor(
  c: Context<ConsoleEnv>,
  deps: ConsoleDeps,
  { permission }: PartForm,
): Promise<CatalogueFile | undefined> {
  const seen = await seeCatalogue(deps, c.var.visit.actor, { permission, events: [] })
  return seen.outcome === "seen" ? seen.file : undefined
}

/** A row is taken away by its tick `rows[2].$remove`, with all that stands in it. */
function withoutRemoved(typed: Typed): Typed {
  const removed = typed.flatMap(([name, value]) =>
    name.endsWith(".$remove") && value !== "" ? [name.slice(0, -"$remove".length)] : [],
  )
  return typed.filter(([name]) => !removed.some((prefix) => name.startsWith(prefix)))
}
