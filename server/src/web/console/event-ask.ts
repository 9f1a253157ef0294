import type { Context } from "hono"
import { canonicalJson } from "#core/canonical-json.ts"
import { differences } from "#core/difference.ts"
import { type EventPart, withoutUnsaid } from "#core/event-part.ts"
import { eventStateOf } from "#core/event-state.ts"
import { formatDateTime } from "#core/format.ts"
import { formEntriesOf, readFormTree } from "#core/form-tree.ts"
import { may } from "#core/role.ts"
import { instantOf, localOf } from "#core/schedule.ts"
import { asForm, editEvent, type EventEdited } from "#flows/edit-event.ts"
import { seeEvent, type SeenEventPage } from "#flows/see-event.ts"
import { showHistory } from "#flows/show-history.ts"
import { choiceName, conflictView, type Disagreement } from "#views/console/conflict.ts"
import type { EventForm } from "#views/console/event-form.ts"
import type { EventHead } from "#views/console/event-frame.ts"
import { atFields, touchedWords } from "#views/console/event-words.ts"
import { whenWords } from "#views/console/events.ts"
import { formValues } from "#views/console/form-values.ts"
import type { FieldFault } from "#views/console/kit/form.ts"
import type { Html } from "#views/html.ts"
import { forbiddenPage, notFound, page, saved } from "#web/console/answer.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { type FormEntries, readForm } from "#web/console/form.ts"

export type Ask = Context<ConsoleEnv>
export type Typed = readonly (readonly [name: string, value: string])[]

/** An event as its pages need it, with what stands above all of them. */
export type AskedEvent = SeenEventPage & {
  readonly head: EventHead
  readonly touched: string
  readonly canEdit: boolean
  readonly now: string
}

/** One page with a form. */
export type EventPage = {
  readonly part: (slug: string) => EventPart
  /** Below the event's address. */
  readonly path: string
  readonly view: (asked: AskedEvent, form: EventForm, c: Ask) => Html
  /** What was typed as the file says it; faults of its own stop the save. */
  readonly prepare?: (
    c: Ask,
    entries: FormEntries,
    typed: Typed,
  ) => Promise<{ readonly typed: Typed; readonly faults: readonly FieldFault[] }>
}

/** Answers the event of the address, or the page that is shown instead. */
export async function askEvent(c: Ask, deps: ConsoleDeps): Promise<AskedEvent | Response> {
  const { visit } = c.var
  const slug = c.req.param("event") ?? ""
  const seen = await seeEvent(deps, visit.actor, slug)
  if (seen.outcome === "forbidden") return forbiddenPage(c)
  if (seen.outcome === "gone") return notFound(c)
  const { widgets } = seen
  const open = deps.openPages(visit.account.id)
  const openPages = widgets.reduce(
    (sum, widget) => sum + (open.get(`${visit.account.slug}/${widget}`) ?? 0),
    0,
  )
  return {
    ...seen,
    head: headOf(c, seen, slug),
    touched: touchedWords(openPages, seen.event.status === "draft"),
    canEdit: may(visit.actor, "edit-events"),
    now: visit.now,
  }
}

function headOf(
  c: Ask,
  { event, timeZone, figures, file }: SeenEventPage,
  slug: string,
): EventHead {
  const { visit } = c.var
  const clock = localOf(visit.now, timeZone).slice(0, 16)
  const ahead = event.showtimes.filter((each) => each.at > clock && each.status !== "canceled")
  const shown = (ahead.length > 0 ? ahead : event.showtimes).map((each) => each.at)
  const opens =
    event.salesOpen === undefined ? undefined : instantOf(event.salesOpen, file.account.timeZone)
  const salesOpenAt = opens?.ok ? opens.at : null
  const counted = figures.filter(
    (each) => each.capacity !== undefined && (each.at === null || each.at > clock),
  )
  const status = event.status ?? "on-sale"
  const state = eventStateOf(
    {
      status,
      dateCount: event.showtimes.length,
      isAhead: ahead.length > 0,
      salesOpenAt,
      ...(counted.length > 0 && {
        stock: {
          capacity: counted.reduce((sum, each) => sum + (each.capacity ?? 0), 0),
          sold: counted.reduce((sum, each) => sum + each.sold, 0),
          held: 0,
        },
      }),
    },
    visit.now,
  )
  return {
    visit,
    slug,
    title: event.title,
    status,
    state,
    ...(salesOpenAt !== null && {
      opens: formatDateTime(salesOpenAt, "en", file.account.timeZone),
    }),
    lead: `${whenWords({ dates: shown, dateCount: shown.length })} · ${event.venue.name}`,
    ...(status !== "draft" && { publicPath: `/e/${visit.account.slug}/${slug}` }),
  }
}

export async function showEventPage(
  c: Ask,
  deps: ConsoleDeps,
  eventPage: EventPage,
): Promise<Response> {
  const asked = await askEvent(c, deps)
  if (asked instanceof Response) return asked
  const part = eventPage.part(asked.head.slug)
  const value = part.get(asked.file)
  if (value === undefined) return notFound(c)
  const entries = formEntriesOf(part.schema, value)
  return page(
    c,
    eventPage.view(
      asked,
      aForm(c, asked, eventPage, { typed: entries, base: canonicalJson(value) }),
      c,
    ),
  )
}

/** Saves what was sent; or shows it again with one row more or less; or with what is wrong; or with what somebody else has made of it. */
export async function saveEventPage(
  c: Ask,
  deps: ConsoleDeps,
  eventPage: EventPage,
): Promise<Response> {
  const { visit } = c.var
  if (!may(visit.actor, "edit-events")) return forbiddenPage(c)
  const entries = await readForm(c)
  const slug = c.req.param("event") ?? ""
  const part = eventPage.part(slug)
  const sent = typedIn(entries)
  const rows = withRows(part, entries, sent)
  if (rows)
    return showAgain(
      c,
      deps,
      eventPage,
      { ...rows, base: entries.one("base"), isUnsaved: true },
      200,
    )
  const ready = (await eventPage.prepare?.(c, entries, sent)) ?? { typed: sent, faults: [] }
  const value = withoutUnsaid(readFormTree(part.schema, ready.typed))
  const again = { typed: formEntriesOf(part.schema, value), base: entries.one("base") }
  if (ready.faults.length > 0)
    return showAgain(c, deps, eventPage, { ...again, faults: ready.faults }, 422)
  const chosen = chosenIn(entries)
  const edited = await editEvent(deps, visit.actor, {
    slug,
    part,
    value,
    seen: entries.one("base"),
    ...(chosen && { chosen }),
  })
  return answer(c, deps, eventPage, edited, { ...again, value })
}

async function answer(
  c: Ask,
  deps: ConsoleDeps,
  eventPage: EventPage,
  edited: EventEdited,
  again: { readonly typed: Typed; readonly base: string; readonly value: unknown },
): Promise<Response> {
  switch (edited.outcome) {
    case "saved": {
      const notice = edited.isChanged
        ? "Saved. Every open widget shows it."
        : "Nothing was changed."
      return saved(c, addressOf(c, eventPage), notice)
    }
    case "refused":
      return showAgain(c, deps, eventPage, { ...again, faults: atFields(edited.faults) }, 422)
    case "conflict":
      return showConflict(c, deps, eventPage, edited.seen, again.value)
    case "gone":
      return notFound(c)
    case "forbidden":
      return forbiddenPage(c)
  }
}

/** Who changed the event last, where the asker may know. */
async function lastEditor(c: Ask, deps: ConsoleDeps): Promise<string | undefined> {
  const subject = `event:${c.req.param("event") ?? ""}`
  const history = await showHistory(deps, c.var.visit.actor, { subject })
  return history.outcome === "history" ? history.lines[0]?.who : undefined
}

/** Shows what was typed beside what it is now. New rows are given their names first, so that each stands for itself. */
async function showConflict(
  c: Ask,
  deps: ConsoleDeps,
  eventPage: EventPage,
  seen: unknown,
  typed: unknown,
): Promise<Response> {
  const asked = await askEvent(c, deps)
  if (asked instanceof Response) return asked
  const part = eventPage.part(asked.head.slug)
  const current = part.get(asked.file)
  const named = asForm(part, part.get(part.set(asked.file, typed)))
  const all = disagreements(seen, asForm(part, current), named)
  const again = {
    typed: formEntriesOf(part.schema, named),
    base: canonicalJson(current),
    conflict: conflictView(all, await lastEditor(c, deps)),
  }
  return page(c, eventPage.view(asked, aForm(c, asked, eventPage, again), c), 409)
}

function disagreements(seen: unknown, current: unknown, typed: unknown): Disagreement[] {
  const theirs = new Map(differences(seen, current).map((each) => [each.path, each]))
  const yours = new Map(differences(seen, typed).map((each) => [each.path, each]))
  return differences(current, typed).map((difference) => {
    const [their, your] = [theirs.get(difference.path), yours.get(difference.path)]
    const by = their && your ? "both" : their ? "them" : your ? "you" : "both"
    return { ...difference, seen: (their ?? your)?.before ?? difference.before, by }
  })
}

function chosenIn(entries: FormEntries): ReadonlySet<string> | undefined {
  if (entries.one("$choose") === "") return undefined
  const prefix = choiceName("")
  return new Set(
    typedIn(entries)
      .filter(([name, value]) => name.startsWith(prefix) && value === "mine")
      .map(([name]) => name.slice(prefix.length)),
  )
}

type Again = {
  readonly typed: Typed
  readonly base: string
  readonly faults?: readonly FieldFault[]
  readonly isUnsaved?: boolean
  readonly conflict?: Html
  readonly fresh?: string
}

async function showAgain(
  c: Ask,
  deps: ConsoleDeps,
  eventPage: EventPage,
  again: Again,
  status: 200 | 422,
): Promise<Response> {
  const asked = await askEvent(c, deps)
  if (asked instanceof Response) return asked
  return page(c, eventPage.view(asked, aForm(c, asked, eventPage, again), c), status)
}

function aForm(c: Ask, asked: AskedEvent, eventPage: EventPage, again: Again): EventForm {
  const { typed, base, ...more } = again
  return {
    ...more,
    base,
    faults: again.faults ?? [],
    values: formValues(typed),
    touched: asked.touched,
    canEdit: asked.canEdit,
    action: addressOf(c, eventPage),
  }
}

function addressOf(c: Ask, { path }: EventPage): string {
  return `/console/${c.var.visit.account.slug}/events/${c.req.param("event") ?? ""}${path}`
}

export function typedIn({ values }: FormEntries): Typed {
  return [...values].flatMap(([name, all]) => all.map((value) => [name, value] as const))
}

/** One row more, or one less, without saving; undefined when that was not asked for. */
function withRows(
  part: EventPart,
  entries: FormEntries,
  typed: Typed,
): { readonly typed: Typed; readonly fresh?: string } | undefined {
  const [add, drop] = [entries.one("$add"), entries.one("$drop")]
  if (add === "" && drop === "") return undefined
  const left = drop === "" ? typed : typed.filter(([name]) => !isWithin(name, drop))
  const closed = formEntriesOf(part.schema, withoutUnsaid(readFormTree(part.schema, left)))
  if (add === "" || !/^[\w.[\]-]{1,200}$/.test(add)) return { typed: closed }
  const fresh = `${add}[${formValues(closed).rows(add)}]`
  const blank: Typed = add.endsWith("products")
    ? [
        [`${fresh}.title`, ""],
        [`${fresh}.priceTypes[0].title`, ""],
      ]
    : add.endsWith("options")
      ? [
          [`${fresh}.title`, ""],
          [`${fresh}.values[0].title`, ""],
          [`${fresh}.values[1].title`, ""],
        ]
      : [[`${fresh}.title`, ""]]
  return { typed: [...closed, ...blank], fresh }
}

function isWithin(name: string, row: string): boolean {
  return name === row || name.startsWith(`${row}.`) || name.startsWith(`${row}[`)
}
