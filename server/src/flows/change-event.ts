import type { CatalogueFile, EventEntry } from "#core/catalogue-file.ts"
import {
  type DatesWish,
  missingToSell,
  newDates,
  onlyShownIn,
  type ShowtimeChange,
  type WishFault,
  withCopy,
  withDates,
  withoutEvent,
  withShowtime,
  withStatus,
} from "#core/event-edit.ts"
import { eventFaults } from "#core/event-faults.ts"
import { eventOf, withEvent } from "#core/event-part.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import { slugFrom } from "#core/slug.ts"
import { editCatalogue, type EditDeps, type Edited, type Refused } from "#flows/edit-catalogue.ts"
import { listEventSlugs, listVariantFigures, type VariantFigures } from "#store/event-figures.ts"

export type EventChange = "publish" | "pause" | "resume" | "archive"

export type EventChanged =
  | { readonly outcome: "changed"; readonly sold: number }
  /** A sentence for the person. */
  | { readonly outcome: "refused"; readonly message: string }
  | { readonly outcome: "gone" }
  | Forbidden

type ChangeDeps = EditDeps & { readonly now: () => Date }

/** Puts an event on sale, pauses it, or takes it off: then it is archived, and what was sold of it stays sold. */
export async function changeEvent(
  deps: ChangeDeps,
  actor: Actor,
  slug: string,
  change: EventChange,
): Promise<EventChanged> {
  if (!may(actor, "edit-events")) return forbidden("edit-events")
  const now = deps.now().toISOString()
  const { sold } = sumOf(await listVariantFigures(deps.pool.db, actor.accountId, slug))
  const edited = await editCatalogue<Gone>(deps, actor, {
    permission: "edit-events",
    action: verbs[change],
    subject: `event:${slug}`,
    events: [slug],
    edit: (file) => changedFile(file, slug, change, now),
  })
  return outcomeOf(edited, sold)
}

const verbs: Readonly<Record<EventChange, string>> = {
  publish: "event.published",
  pause: "event.paused",
  resume: "event.resumed",
  archive: "event.archived",
}

function changedFile(
  file: CatalogueFile,
  slug: string,
  change: EventChange,
  now: string,
): CatalogueFile | Refused | Gone {
  const event = eventOf(file, slug)
  if (!event) return gone
  if (change === "archive") {
    const [widget] = onlyShownIn(file, slug)
    return widget === undefined
      ? withoutEvent(file, slug)
      : refusal(`The widget ${widget} shows only this event. Let it show another one first.`)
  }
  const missing = change === "pause" ? [] : missingToSell(event, file.account.timeZone, now)
  if (missing.length > 0) return refusal(`It still needs ${missing.join(" and ")}.`)
  return withStatus(file, slug, change === "pause" ? "paused" : "on-sale")
}

export type EventCopied =
  | { readonly outcome: "copied"; readonly slug: string }
  | { readonly outcome: "gone" }
  | Forbidden

/** Makes a draft that is the same but for its past dates. */
export async function copyEvent(
  deps: ChangeDeps,
  actor: Actor,
  slug: string,
): Promise<EventCopied> {
  if (!may(actor, "edit-events")) return forbidden("edit-events")
  const taken = new Set(await listEventSlugs(deps.pool.db, actor.accountId))
  const copy = slugFrom(`${slug}-copy`, taken, "event")
  const now = deps.now().toISOString()
  const edited = await editCatalogue<Gone>(deps, actor, {
    permission: "edit-events",
    action: "event.copied",
    subject: `event:${copy}`,
    events: [slug, copy],
    edit: (file) => {
      const event = eventOf(file, slug)
      if (!event || eventOf(file, copy)) return gone
      const title = `${event.title} (copy)`.slice(0, 200)
      return withCopy(file, slug, { slug: copy, title }, now)
    },
  })
  if (edited.outcome === "forbidden") return edited
  return edited.outcome === "saved" ? { outcome: "copied", slug: copy } : { outcome: "gone" }
}

export type DatesAdded =
  | { readonly outcome: "added"; readonly count: number; readonly doubled: readonly string[] }
  | { readonly outcome: "refused"; readonly faults: readonly WishFault[] }
  | { readonly outcome: "gone" }
  | Forbidden

/** Adds one date or many; each is sold as the others are. */
export async function addDates(
  deps: ChangeDeps,
  actor: Actor,
  slug: string,
  wish: DatesWish,
): Promise<DatesAdded> {
  if (!may(actor, "edit-events")) return forbidden("edit-events")
  let found: ReturnType<typeof newDates> | undefined
  const edited = await editCatalogue<Gone>(deps, actor, {
    permission: "edit-events",
    action: "event.dates-added",
    subject: `event:${slug}`,
    events: [slug],
    edit: (file) => {
      const event = eventOf(file, slug)
      if (!event) return gone
      found = newDates(event, event.timeZone ?? file.account.timeZone, wish)
      if (!found.ok) return refusal("")
      const { locals } = found
      return withEvent(file, slug, (entry) => withDates(entry, locals))
    },
  })
  if (edited.outcome === "forbidden") return edited
  if (edited.outcome === "gone" || found === undefined) return gone
  if (!found.ok) return { outcome: "refused", faults: found.faults }
  if (edited.outcome === "saved")
    return { outcome: "added", count: found.locals.length, doubled: found.doubled }
  return { outcome: "refused", faults: [{ field: "at", message: sentenceOf(edited) }] }
}

export type ShowtimeChanged =
  | { readonly outcome: "changed"; readonly sold: number; readonly held: number }
  | { readonly outcome: "refused"; readonly message: string }
  | { readonly outcome: "gone" }
  | Forbidden

/** Changes one date. What has sales keeps its time: who bought came for that evening, and a date that moves would leave them behind. */
export async function changeShowtime(
  deps: ChangeDeps,
  actor: Actor,
  slug: string,
  at: string,
  change: ShowtimeChange,
): Promise<ShowtimeChanged> {
  if (!may(actor, "edit-events")) return forbidden("edit-events")
  let taken = { sold: 0, held: 0 }
  const edited = await editCatalogue<Gone>(deps, actor, {
    permission: "edit-events",
    action: "event.date-changed",
    subject: `event:${slug}`,
    events: [slug],
    bySalesOf: slug,
    edit: (file, figures) => {
      const event = eventOf(file, slug)
      if (!event?.showtimes.some((each) => each.at === at)) return gone
      taken = sumOf(figures.filter((each) => each.at === at))
      const wrong =
        change.do === "move" ? wrongMove(event, file, at, change.to, taken.sold + taken.held) : ""
      if (wrong !== "") return refusal(wrong)
      const after = withEvent(file, slug, (entry) => withShowtime(entry, at, change))
      const [fault] = eventFaults(after, slug)
      return fault ? refusal(`The event ${fault.message}.`) : after
    },
  })
  const outcome = outcomeOf(edited, taken.sold)
  return outcome.outcome === "changed" ? { ...outcome, held: taken.held } : outcome
}

function wrongMove(
  event: EventEntry,
  file: CatalogueFile,
  at: string,
  to: string,
  taken: number,
): string {
  if (taken > 0)
    return `${taken} tickets are sold or held for this date, so it keeps its time. Add a new date, and cancel this one.`
  const others = { ...event, showtimes: event.showtimes.filter((each) => each.at !== at) }
  const zone = event.timeZone ?? file.account.timeZone
  const found = newDates(others, zone, { at: to, every: "once" })
  return found.ok ? "" : (found.faults[0]?.message ?? "")
}

type Gone = { readonly outcome: "gone" }
const gone: Gone = { outcome: "gone" }

function refusal(message: string): Refused {
  return { outcome: "refused", faults: [{ path: "", message }] }
}

function outcomeOf(edited: Edited<Gone>, sold: number): EventChanged {
  if (edited.outcome === "forbidden") return edited
  if (edited.outcome === "saved") return { outcome: "changed", sold }
  if (edited.outcome === "gone") return edited
  return { outcome: "refused", message: sentenceOf(edited) }
}

function sentenceOf({ faults }: Refused): string {
  return faults.map(({ path, message }) => (path === "" ? message : `${path} ${message}`)).join(" ")
}

function sumOf(figures: readonly VariantFigures[]) {
  return {
    sold: figures.reduce((sum, each) => sum + each.sold, 0),
    held: figures.reduce((sum, each) => sum + each.held, 0),
  }
}
