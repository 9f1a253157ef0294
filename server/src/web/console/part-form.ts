import { type Context, Hono } from "hono"
import { canonicalJson } from "#core/canonical-json.ts"
import type { CatalogueFile } from "#core/catalogue-file.ts"
import type { CataloguePart } from "#core/catalogue-part.ts"
import { formEntriesOf, readFormTree } from "#core/form-tree.ts"
import { type PartFault, partFaults } from "#core/part-faults.ts"
import { editPart, type PartEdit } from "#flows/edit-part.ts"
import { seeCatalogue } from "#flows/see-catalogue.ts"
import { type FormValues, formValues } from "#views/console/form-values.ts"
import { changedFields, type Conflict, mergedFields } from "#views/console/part-conflict.ts"
import type { Html } from "#views/html.ts"
import { forbiddenPage, notFound, page, saved } from "#web/console/answer.ts"
import type { ConsoleEnv, Visit } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { type FormEntries, readForm } from "#web/console/form.ts"

export type Typed = readonly (readonly [name: string, value: string])[]

/** What the view of a form is told. */
export type PartPage = {
  readonly visit: Visit
  readonly file: CatalogueFile
  readonly values: FormValues
  /** For the hidden field `base`: the part as it is shown here. */
  readonly base: string
  readonly faults: readonly PartFault[]
  /** Somebody else has changed it since; saving again is a choice. */
  readonly conflict?: Conflict
}

/** One form of one part of the catalogue: how it is shown, read and saved. */
export type PartForm = Pick<PartEdit, "permission" | "action" | "subject" | "events" | "check"> & {
  readonly part: CataloguePart
  /** A thing that is not there yet; its `check` says when it is. */
  readonly isNew?: boolean
  /** What the form has no fields for and a save leaves as it is. */
  readonly keep?: readonly string[]
  /** Whether there is nothing to edit while the part is not there. */
  readonly mustExist?: boolean
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
  const before = await fileFor(c, deps, form)
  if (!before) return forbiddenPage(c)
  if (isGone(form, before)) return notFound(c)
  const entries = await readForm(c)
  const typed = withoutRemoved(form.prepare?.(typedIn(entries)) ?? typedIn(entries))
  const value = readFormTree(form.part.schema, typed)
  const { permission, action, subject, events, check, part } = form
  const edited = await editPart(deps, actor, {
    permission,
    action,
    subject,
    part: form.keep ? keeping(part, form.keep) : part,
    value,
    ...(form.isNew ? {} : { seen: entries.one("base") }),
    ...(events && { events }),
    ...(check && { check }),
  })
  if (edited.outcome === "forbidden") return forbiddenPage(c)
  if (edited.outcome === "saved")
    return saved(c, `/console/${account.slug}/${form.done.path}`, form.done.notice)
  const file = await fileFor(c, deps, form)
  if (!file) return forbiddenPage(c)
  // Somebody has taken it away while it was sent.
  if (isGone(form, file)) return notFound(c)
  const ours = typed.filter(([name]) => name.startsWith("$"))
  const values = formValues([...ours, ...formEntriesOf(part.schema, value)])
  const told = { visit: c.var.visit, file, values }
  if (edited.outcome === "conflict") {
    const { seen, current } = edited
    const versions = { seen, current, typed: value }
    const conflict = changedFields(part.schema, versions)
    const merged = formValues([...ours, ...mergedFields(part.schema, versions)])
    const base = canonicalJson(current)
    return page(c, await form.view({ ...told, values: merged, base, faults: [], conflict }), 422)
  }
  const faults = partFaults(edited.faults, edited.at, form.labelOf).map(
    (fault) => form.say?.(fault, typed) ?? fault,
  )
  return page(c, await form.view({ ...told, base: entries.one("base"), faults }), 422)
}

function isGone({ part, mustExist }: PartForm, file: CatalogueFile): boolean {
  return mustExist === true && part.get(file) === undefined
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

export function typedIn({ values }: FormEntries): Typed {
  return [...values].flatMap(([name, all]) => all.map((value) => [name, value] as const))
}

/** A row is taken away by its tick `rows[2].$remove`, with all that stands in it. */
function withoutRemoved(typed: Typed): Typed {
  const removed = typed.flatMap(([name, value]) =>
    name.endsWith(".$remove") && value !== "" ? [name.slice(0, -"$remove".length)] : [],
  )
  return typed.filter(([name]) => !removed.some((prefix) => name.startsWith(prefix)))
}
