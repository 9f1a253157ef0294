import type { CatalogueFile } from "#core/catalogue-file.ts"
import type { CataloguePart } from "#core/catalogue-part.ts"
import type { Fault } from "#core/json-schema.ts"
import type { Actor, Forbidden } from "#core/role.ts"
import { type CatalogueEdit, editCatalogue, type EditDeps } from "#flows/edit-catalogue.ts"

export type PartEdit = Pick<CatalogueEdit, "permission" | "action" | "subject" | "events"> & {
  readonly part: CataloguePart
  /** What the form said. */
  readonly value: unknown
  /** `canonicalJson` of the part as it was shown; absent for a new thing, whose `check` sees that it is new. */
  readonly seen?: string
  /** What the file's own checks do not know, with paths in the file. */
  readonly check?: (before: CatalogueFile, after: CatalogueFile) => readonly Fault[]
}

export type PartEdited =
  | { readonly outcome: "saved" }
  /** `at`: where the part stands in the file, as in the faults' paths. */
  | { readonly outcome: "refused"; readonly faults: readonly Fault[]; readonly at: string }
  | { readonly outcome: "conflict"; readonly seen: unknown; readonly current: unknown }
  | Forbidden

/** Puts what one form says in the place of what it showed; see `editCatalogue`. */
export async function editPart(
  deps: EditDeps,
  actor: Actor,
  { part, value, seen, check, ...edit }: PartEdit,
): Promise<PartEdited> {
  let at = ""
  const edited = await editCatalogue(deps, actor, {
    ...edit,
    ...(seen !== undefined && { base: { part: (file) => part.get(file), seen } }),
    edit: (before) => {
      const after = part.set(before, value)
      at = part.at(after)
      const faults = check?.(before, after) ?? []
      return faults.length > 0 ? { outcome: "refused", faults } : after
    },
  })
  if (edited.outcome === "saved") return { outcome: "saved" }
  return edited.outcome === "refused" ? { ...edited, at } : edited
}
