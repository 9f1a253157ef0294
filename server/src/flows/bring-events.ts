import { type WantedEvent, type WantedFault, withBrought } from "#core/bring-events.ts"
import { type FetchRefusal, pageAddress } from "#core/fetch-refusal.ts"
import { cleanLine, foundEvents, mostFound, type ToldEvent } from "#core/found-event.ts"
import type { Fault } from "#core/json-schema.ts"
import { localOf } from "#core/schedule.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import type { Deps } from "#flows/deps.ts"
import type { Tx } from "#store/db.ts"
import { findKept, giveBackFind, keepFind, type KeptFind, takeFind } from "#store/found-events.ts"
import { newId } from "#store/ids.ts"
import { editCatalogue, type EditDeps, type Edited } from "./edit-catalogue.ts"
import { seeCatalogue } from "./see-catalogue.ts"

type FindDeps = Pick<Deps, "pool" | "storefronts" | "now">

export type Sought =
  | { readonly outcome: "found"; readonly id: string }
  | { readonly outcome: "nothing" }
  | { readonly outcome: "refused"; readonly reason: FetchRefusal }
  | { readonly outcome: "unreadable"; readonly message: string }
  | Forbidden

/** What a reader made of a page or a file, or why it could not. */
export type Told =
  | {
      readonly ok: true
      readonly events: readonly ToldEvent[]
      /** What was not read, as sentences. */
      readonly notes: readonly string[]
    }
  | { readonly ok: false; readonly message: string }

/** How a page or a file is read. `today`: `2026-11-20` by the account's clock. */
export type Reader = (
  body: Uint8Array,
  about: {
    readonly contentType: string
    readonly name: string
    readonly today: string
    readonly country: string
  },
) => Told

const mostPageBytes = 3_000_000

/** Looks for events on a page, and keeps what it found. */
export async function seekOnPage(
  deps: FindDeps & Pick<Deps, "fetchPage">,
  actor: Actor,
  typed: string,
  read: Reader,
): Promise<Sought> {
  if (!may(actor, "edit-events")) return forbidden("edit-events")
  const address = pageAddress(typed.replace(/^webcal:\/\//i, "https://")).slice(0, 2000)
  const fetched = await deps.fetchPage(address, {
    maxBytes: mostPageBytes,
    types: ["text/html", "application/xhtml+xml", "text/calendar", "text/csv"],
  })
  if (fetched.outcome === "refused") return { outcome: "refused", reason: fetched.reason }
  if (fetched.status >= 400)
    return { outcome: "unreadable", message: `The page answers with an error (${fetched.status}).` }
  const contentType = fetched.headers.get("content-type") ?? ""
  return keep(deps, actor, address, fetched.body, contentType, read)
}

/** Looks for events in a file. */
export async function seekInFile(
  deps: FindDeps,
  actor: Actor,
  file: { readonly name: string; readonly body: Uint8Array; readonly contentType: string },
  read: Reader,
): Promise<Sought> {
  if (!may(actor, "edit-events")) return forbidden("edit-events")
  return keep(deps, actor, file.name, file.body, file.contentType, read)
}

async function keep(
  deps: FindDeps,
  actor: Actor,
  source: string,
  body: Uint8Array,
  contentType: string,
  read: Reader,
): Promise<Sought> {
  const seen = await seeCatalogue(deps, actor, { permission: "edit-events", events: [] })
  if (seen.outcome === "forbidden") return seen
  const now = deps.now().toISOString()
  const { timeZone, country } = seen.file.account
  const today = localOf(now, timeZone).slice(0, 10)
  const told = read(body, { contentType, name: source, today, country })
  if (!told.ok) return { outcome: "unreadable", message: told.message }
  const found = foundEvents(told.events, seen.file, now)
  if (found.length === 0) return { outcome: "nothing" }
  const id = newId()
  await keepFind(deps.pool.db, actor.accountId, actor.userId, {
    id,
    source: cleanLine(source, 500) || "A file",
    found,
    notes: [...told.notes, ...(found.length < mostFound ? [] : [cutWords])],
    createdAt: now,
  })
  return { outcome: "found", id }
}

const cutWords = `At most ${mostFound} events are shown at once: there may be more.`

/** What was found, for its organizer to look through. */
export async function findFound(
  { pool }: Pick<Deps, "pool">,
  actor: Actor,
  id: string,
): Promise<
  | { readonly outcome: "kept"; readonly kept: KeptFind }
  | { readonly outcome: "unknown" }
  | Forbidden
> {
  if (!may(actor, "edit-events")) return forbidden("edit-events")
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
  const kept = isId ? await findKept(pool.db, actor.accountId, id) : undefined
  return kept ? { outcome: "kept", kept } : { outcome: "unknown" }
}

export type BroughtIn =
  | { readonly outcome: "saved"; readonly slugs: readonly string[] }
  | { readonly outcome: "refused"; readonly faults: readonly WantedFault[] }
  /** Somebody did so before. */
  | { readonly outcome: "taken" }
  | Forbidden

/** Makes events of what was looked through, once. */
export async function bringEvents(
  deps: EditDeps,
  actor: Actor,
  asked: {
    readonly id: string
    readonly wanted: readonly WantedEvent[]
    readonly status: "draft" | "on-sale"
  },
): Promise<BroughtIn> {
  const { id, wanted, status } = asked
  const seen = await seeCatalogue(deps, actor, { permission: "edit-events", events: [] })
  if (seen.outcome === "forbidden") return seen
  const made = withBrought(seen.file, wanted, status)
  if (!made.ok) return { outcome: "refused", faults: made.faults }
  const { slugs } = made
  let others = 0
  const edited = await editCatalogue<Taken>(deps, actor, {
    permission: "edit-events",
    action: "events.brought",
    subject: `events:${wanted.length}`,
    events: slugs,
    within: (tx, edit) => taking(tx, actor.accountId, id, edit),
    edit: (file) => {
      others = file.events.length
      const again = withBrought(file, wanted, status)
      // Somebody has taken one of their names since.
      const isSame = again.ok && again.slugs.join() === slugs.join()
      return isSame ? again.file : { outcome: "refused", faults: [busy] }
    },
  })
  if (edited.outcome === "forbidden") return edited
  if (edited.outcome === "saved") return { outcome: "saved", slugs }
  if (edited.outcome === "taken") return edited
  return { outcome: "refused", faults: edited.faults.map((fault) => atWanted(fault, others)) }
}

/** Taken and made together or neither; of two presses the second waits here for the first. */
async function taking(
  tx: Tx,
  accountId: string,
  id: string,
  edit: () => Promise<Edited<Taken>>,
): Promise<Edited<Taken>> {
  if (!(await takeFind(tx, accountId, id))) return { outcome: "taken" }
  const edited = await edit()
  if (edited.outcome !== "saved") await giveBackFind(tx, accountId, id)
  return edited
}

/** The wanted ones stand behind the events that are there. What is wrong with no wanted one in particular is said at the first. */
function atWanted({ path, message }: Fault, others: number): WantedFault {
  const at = Number(/^events\[(\d+)\]/.exec(path)?.[1] ?? 0)
  return { index: Math.max(0, at - others), field: "title", message }
}

type Taken = { readonly outcome: "taken" }
const busy = { path: "events[0]", message: "Somebody else added events just now. Try again." }
