import type { CatalogueFile, EventEntry } from "#core/catalogue-file.ts"
import { newDates } from "#core/event-edit.ts"
import { eventOf } from "#core/event-part.ts"
import { type Fault, shapeFaults } from "#core/json-schema.ts"
import { eventSchema, newEvent } from "#core/new-event.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import { localOf } from "#core/schedule.ts"
import { slugFrom } from "#core/slug.ts"
import { editCatalogue, type EditDeps, type Refused } from "#flows/edit-catalogue.ts"
import { listEventSlugs } from "#store/event-figures.ts"

export type EventCreated =
  | { readonly outcome: "created"; readonly slug: string }
  /** Paths are names of the form's fields. */
  | { readonly outcome: "refused"; readonly faults: readonly Fault[] }
  | Forbidden

/** Makes an event of what a form said; `status` "on-sale" shows it at once. Its slug is made of its title and is one that no event ever had. */
export async function createEvent(
  deps: EditDeps & { readonly now: () => Date },
  actor: Actor,
  wish: { readonly value: unknown; readonly status: "draft" | "on-sale" },
): Promise<EventCreated> {
  if (!may(actor, "edit-events")) return forbidden("edit-events")
  const { title } = wish.value as { title?: unknown }
  // The console has a page of its own under "new".
  const taken = new Set(["new", ...(await listEventSlugs(deps.pool.db, actor.accountId))])
  const slug = slugFrom(typeof title === "string" ? title : "", taken, "event")
  const now = deps.now().toISOString()
  const edited = await editCatalogue(deps, actor, {
    permission: "edit-events",
    action: "event.created",
    subject: `event:${slug}`,
    events: [slug],
    edit: (file) => withNew(file, slug, wish, now),
  })
  if (edited.outcome === "refused") return { outcome: "refused", faults: inForm(edited.faults) }
  if (edited.outcome === "forbidden") return edited
  return { outcome: "created", slug }
}

function withNew(
  file: CatalogueFile,
  slug: string,
  { value, status }: { readonly value: unknown; readonly status: "draft" | "on-sale" },
  now: string,
): CatalogueFile | Refused {
  // Somebody else made one of that title in this very moment.
  const name = eventOf(file, slug) ? undefined : slug
  if (name === undefined) return refused("title", "is the title of an event that was made just now")
  const event = newEvent(file, slug, value, status)
  const place = `events[${file.events.length}]`
  const faults = [
    ...shapeFaults(eventSchema, event, place).filter(({ path }) => !path.endsWith(".at")),
    ...dateFaults(event, file, `${place}.showtimes[0].at`, now),
  ]
  if (faults.length > 0) return { outcome: "refused", faults }
  return { ...file, events: [...file.events, event] }
}

function dateFaults(event: EventEntry, file: CatalogueFile, path: string, now: string): Fault[] {
  const zone = event.timeZone ?? file.account.timeZone
  const at = event.showtimes[0]?.at ?? ""
  const found = newDates({ ...event, showtimes: [] }, zone, { at, every: "once" })
  if (!found.ok) return found.faults.map(({ message }) => ({ path, message }))
  const isOver = event.status === "on-sale" && at <= localOf(now, zone).slice(0, 16)
  return isOver ? [{ path, message: "This is over: choose a day to come." }] : []
}

function refused(path: string, message: string): Refused {
  return { outcome: "refused", faults: [{ path, message }] }
}

function inForm(faults: readonly Fault[]): Fault[] {
  return faults.map(({ path, message }) => ({
    path: path.replace(/^events\[\d+\]\.?/, ""),
    message,
  }))
}
