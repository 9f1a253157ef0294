import { isChange } from "#core/catalogue-changes.ts"
import type { CatalogueFile } from "#core/catalogue-file.ts"
import type { CataloguePart } from "#core/catalogue-part.ts"
import { type Attempt, type Conflict, conflictOf, settled } from "#core/conflict.ts"
import type { Fault } from "#core/json-schema.ts"
import type { Actor, Forbidden } from "#core/role.ts"
import { type CatalogueEdit, editCatalogue, type EditDeps } from "#flows/edit-catalogue.ts"

export type PartEdit = Pick<CatalogueEdit, "permission" | "action" | "subject" | "events"> & {
  readonly part: CataloguePart
  readonly attempt: Attempt
  /** For a thing that is not there yet: the field of its name, which nothing else may have. Otherwise it may be `gone`. */
  readonly newBy?: "code" | "slug" | undefined
  /** What the file's own checks do not know, with paths in the file. */
  readonly check?: (before: CatalogueFile, after: CatalogueFile) => readonly Fault[]
}

export type PartEdited =
  | { readonly outcome: "saved"; readonly isChanged: boolean }
  | {
      readonly outcome: "refused"
      readonly faults: readonly Fault[]
      /** Where the paths of the faults lead. */
      readonly file: CatalogueFile
      /** What was to be saved, as the form said or as was chosen, to be mended: it saw what it was chosen beside. */
      readonly again: Attempt
    }
  | PartEnd
  | Forbidden

type PartEnd =
  | { readonly outcome: "gone" }
  /** Somebody else was faster, and not all is chosen yet. */
  | { readonly outcome: "conflict"; readonly conflict: Conflict }

/** Puts what one form says in the place of what it showed; see `editCatalogue`. */
export async function editPart(
  deps: EditDeps,
  actor: Actor,
  { part, attempt, newBy, check, ...edit }: PartEdit,
): Promise<PartEdited> {
  let last: { readonly file: CatalogueFile; readonly again: Attempt } | undefined
  const edited = await editCatalogue<PartEnd>(deps, actor, {
    ...edit,
    edit: (before) => {
      const isThere = part.get(before) !== undefined
      if (newBy === undefined && !isThere) return { outcome: "gone" }
      const conflict = newBy === undefined ? conflictOf(part, before, attempt) : undefined
      if (conflict && !conflict.isSettled) return { outcome: "conflict", conflict }
      const again = conflict
        ? { value: settled(conflict), seen: conflict.theirs }
        : { value: attempt.value, seen: attempt.seen }
      const file = part.set(before, again.value)
      last = { file, again }
      const taken = { path: `${part.at(file)}.${newBy}`, message: "is taken: choose another one" }
      const faults = newBy !== undefined && isThere ? [taken] : (check?.(before, file) ?? [])
      return faults.length > 0 ? { outcome: "refused", faults } : file
    },
  })
  if (edited.outcome === "saved") return { outcome: "saved", isChanged: isChange(edited.summary) }
  if (edited.outcome !== "refused") return edited
  if (!last) throw new Error("an edit is refused for what it made")
  return { ...edited, ...last }
}
