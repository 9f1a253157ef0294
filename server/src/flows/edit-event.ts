import type { Attempt } from "#core/conflict.ts"
import { eventFaults } from "#core/event-faults.ts"
import type { EventPart } from "#core/event-part.ts"
import type { Fault } from "#core/json-schema.ts"
import type { Actor } from "#core/role.ts"
import type { EditDeps } from "#flows/edit-catalogue.ts"
import { editPart, type PartEdited } from "#flows/edit-part.ts"

export type EventEdit = {
  readonly slug: string
  readonly part: EventPart
  readonly attempt: Attempt
}

/** Saves what one page of an event says. Paths of its faults are names of the form's fields; "" stands for what is wrong elsewhere. See `editPart`. */
export async function editEvent(
  deps: EditDeps,
  actor: Actor,
  { slug, part, attempt }: EventEdit,
): Promise<PartEdited> {
  const edited = await editPart(deps, actor, {
    permission: "edit-events",
    action: "event.changed",
    subject: `event:${slug}`,
    events: [slug],
    part,
    attempt,
    check: (_, after) => eventFaults(after, slug),
  })
  if (edited.outcome !== "refused") return edited
  const { file } = edited
  const inForm = ({ path, message }: Fault): Fault => {
    const field = part.fieldAt(file, path)
    return field === undefined
      ? { path: "", message: `${path} ${message}` }
      : { path: field, message }
  }
  return { ...edited, faults: edited.faults.map(inForm) }
}
