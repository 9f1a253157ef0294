import type { Context } from "hono"
import { canonicalJson } from "#core/canonical-json.ts"
import { type Attempt, type Conflict, conflictOf } from "#core/conflict.ts"
import { type EventPart, withoutUnsaid } from "#core/event-part.ts"
import { eventStateOf } from "#core/event-state.ts"
import { formatDateTime } from "#core/format.ts"
import { formEntriesOf, readFormTree } from "#core/form-tree.ts"
import { may } from "#core/role.ts"
import { instantOf, localOf } from "#core/schedule.ts"
import { editEvent } from "#flows/edit-event.ts"
import { seeEvent, type SeenEventPage } from "#flows/see-event.ts"
import type { EventForm } from "#views/console/event-form.ts"
import type { EventHead } from "#views/console/event-frame.ts"
import { atFields, placeWords, touchedWords } from "#views/console/event-words.ts"
import { whenWords } from "#views/console/events.ts"
import { formValues } from "#views/console/form-values.ts"
import type { FieldFault } from "#views/console/kit/form.ts"
import type { Html } from "#views/html.ts"
import { forbiddenPage, notFound, page, saved } from "#web/console/answer.ts"
import { attemptIn, conflictAbove } from "#web/console/conflict.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { type FormEntries, readForm, type Typed, typedIn } from "#web/console/form.ts"

export type Ask = Context<ConsoleEnv>
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
  if (!may(c.var.visit.actor, "edit-events")) return forbiddenPage(c)
  const entries = await readForm(c)
  const part = eventPage.part(c.req.param("event") ?? "")
  const ready = (await eventPage.prepare?.(c, entries)) ?? { typed: typedIn(entries), faults: [] }
  const attempt = attemptIn(entries, withoutUnsaid(readFormTree(part.schema, ready.typed)))
  if (ready.faults.length > 0)
    return showAgain(c, deps, eventPage, { attempt, faults: ready.faults })
  const rows = withRows(part, entries, ready.typed)
  if (rows)
    return showAgain(c, deps, eventPage, {
      ...rows,
      attempt: attemptIn(entries, readFormTree(part.schema, rows.typed)),
      isUnsaved: true,
    })
  return answer(c, deps, eventPage, attempt)
}

async function answer(
  c: Ask,
  deps: ConsoleDeps,
  eventPage: EventPage,
  attempt: Attempt,
): Promise<Response> {
  const slug = c.req.param("event") ?? ""
  const part = eventPage.part(slug)
  const edited = await editEvent(deps, c.var.visit.actor, { slug, part, attempt })
  switch (edited.outcome) {
    case "saved": {
      const notice = edited.isChanged
        ? "Saved. Every open widget shows it."
        : "Nothing was changed."
      return saved(c, addressOf(c, eventPage), notice)
    }
    case "refused":
      return showAgain(c, deps, eventPage, {
        attempt: edited.again,
        faults: atFields(edited.faults),
      })
    case "conflict":
      return showAgain(c, deps, eventPage, {
        attempt: { ...attempt, value: edited.conflict.typed },
        conflict: edited.conflict,
      })
    case "gone":
      return notFound(c)
    case "forbidden":
      return forbiddenPage(c)
  }
}

type Again = {
  readonly attempt: Attempt
  /** What stands in the fields, where it is not just what was attempted. */
  readonly typed?: Typed
  readonly conflict?: Conflict
  readonly faults?: readonly FieldFault[]
  readonly isUnsaved?: boolean
  readonly fresh?: string
}

/** All that was typed; and as long as somebody else's changes wait for an answer, these. */
async function showAgain(
  c: Ask,
  deps: ConsoleDeps,
  eventPage: EventPage,
  again: Again,
): Promise<Response> {
  const asked = await askEvent(c, deps)
  if (asked instanceof Response) return asked
  const { attempt, ...more } = again
  const { slug } = asked.head
  const part = eventPage.part(slug)
  const conflict = again.conflict ?? (attempt.answer && conflictOf(part, asked.file, attempt))
  const above = conflict && (await conflictAbove(c, deps, conflict, `event:${slug}`, placeWords))
  const form = aForm(c, asked, eventPage, {
    ...more,
    typed: again.typed ?? formEntriesOf(part.schema, attempt.value),
    base: attempt.seen,
    conflict: above,
  })
  const status = again.faults ? 422 : conflict ? 409 : 200
  return page(c, eventPage.view(asked, form, c), status)
}

type Shown = Pick<EventForm, "base" | "conflict" | "isUnsaved" | "fresh"> & {
  readonly typed: Typed
  readonly faults?: readonly FieldFault[]
}

function aForm(c: Ask, asked: AskedEvent, eventPage: EventPage, shown: Shown): EventForm {
  const { typed, ...more } = shown
  return {
    ...more,
    faults: shown.faults ?? [],
    values: formValues(typed),
    touched: asked.touched,
    canEdit: asked.canEdit,
    action: addressOf(c, eventPage),
  }
}

function addressOf(c: Ask, { path }: EventPage): string {
  return `/console/${c.var.visit.account.slug}/events/${c.req.param("event") ?? ""}${path}`
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
