import type { CatalogueFile } from "#core/catalogue-file.ts"
import { merged } from "#core/difference.ts"
import { eventFaults } from "#core/event-faults.ts"
import type { EventPart } from "#core/event-part.ts"
import { formEntriesOf, readFormTree } from "#core/form-tree.ts"
import type { Fault } from "#core/json-schema.ts"
import type { Actor, Forbidden } from "#core/role.ts"
import { editCatalogue, type EditDeps, type Refused } from "#flows/edit-catalogue.ts"

export type EventEdit = {
  readonly slug: string
  readonly part: EventPart
  /** What the form said. */
  readonly value: unknown
  /** `canonicalJson` of the part as it was shown. */
  readonly seen: string
  /** Where somebody else was faster: the places that shall be as the form said; at all others theirs stay. Absent: all of the form. */
  readonly chosen?: ReadonlySet<string>
}

export type EventEdited =
  | { readonly outcome: "saved"; readonly isChanged: boolean }
  /** Paths are names of the form's fields; "" stands for what is wrong elsewhere. */
  | { readonly outcome: "refused"; readonly faults: readonly Fault[] }
  /** `current`: the part as somebody else made it, as this form would say it. */
  | { readonly outcome: "conflict"; readonly seen: unknown; readonly current: unknown }
  | { readonly outcome: "gone" }
  | Forbidden

/** Saves what one page of an event says. See `editCatalogue`. */
export async function editEvent(
  deps: EditDeps,
  actor: Actor,
  { slug, part, value, seen, chosen }: EventEdit,
): Promise<EventEdited> {
  let last: CatalogueFile | undefined
  const edited = await editCatalogue(deps, actor, {
    permission: "edit-events",
    action: "event.changed",
    subject: `event:${slug}`,
    events: [slug],
    base: { part: (file) => part.get(file), seen },
    edit: (file) => {
      if (part.get(file) === undefined) return gone
      const wanted = chosen
        ? merged(asForm(part, part.get(file)), value, (path) => chosen.has(path))
        : value
      const after = part.set(file, wanted)
      last = after
      const faults = eventFaults(after, slug)
      return faults.length > 0 ? { outcome: "refused", faults } : after
    },
  })
  switch (edited.outcome) {
    case "saved":
      return {
        outcome: "saved",
        isChanged: edited.summary.created + edited.summary.changed + edited.summary.archived > 0,
      }
    case "refused":
      if (edited.faults === gone.faults) return { outcome: "gone" }
      return { outcome: "refused", faults: inForm(edited.faults, part, last) }
    case "conflict":
      return edited.current === undefined
        ? { outcome: "gone" }
        : {
            outcome: "conflict",
            seen: asForm(part, edited.seen),
            current: asForm(part, edited.current),
          }
    case "forbidden":
      return edited
  }
}

const gone: Refused = { outcome: "refused", faults: [] }

/** A part without what a form cannot tell from nothing, so that only real differences are differences. */
export function asForm(part: EventPart, value: unknown): unknown {
  return readFormTree(part.schema, formEntriesOf(part.schema, value ?? undefined))
}

function inForm(
  faults: readonly Fault[],
  part: EventPart,
  file: CatalogueFile | undefined,
): readonly Fault[] {
  if (!file) return faults
  return faults.map(({ path, message }) => {
    const field = part.fieldAt(file, path)
    return field === undefined
      ? { path: "", message: `${path} ${message}` }
      : { path: field, message }
  })
}
