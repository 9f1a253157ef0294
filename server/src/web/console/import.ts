import { type Context, Hono } from "hono"
import { type WantedEvent, type WantedFault, wantedOf } from "#core/bring-events.ts"
import { refusalWords } from "#core/fetch-refusal.ts"
import type { FoundEvent } from "#core/found-event.ts"
import { may } from "#core/role.ts"
import { decodedText } from "#documents/html-nodes.ts"
import { readCalendar } from "#documents/read-calendar.ts"
import { readPageEvents } from "#documents/read-page-events.ts"
import { readTable, tableColumns } from "#documents/read-table.ts"
import {
  bringEvents,
  findFound,
  type Reader,
  seekInFile,
  seekOnPage,
  type Sought,
} from "#flows/bring-events.ts"
import { importPage, reviewPage } from "#views/console/import.ts"
import type { FieldFault } from "#views/console/kit/form.ts"
import { forbiddenPage, notFound, page, saved, tooMany } from "#web/console/answer.ts"
import { whenOf } from "#web/console/check-page.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { type FormEntries, readForm } from "#web/console/form.ts"

type Ask = Context<ConsoleEnv>

const mostFileBytes = 2_000_000

/** `import/...`: events of a page, a calendar or a table, looked through before they are made. */
export function importRoutes(deps: ConsoleDeps) {
  const start = (c: Ask, address = "", faults: readonly FieldFault[] = []) =>
    page(
      c,
      importPage({ visit: c.var.visit, address, faults, columns: tableColumns }),
      faults.length > 0 ? 422 : 200,
    )
  const answered = (c: Ask, sought: Sought, from: "address" | "file", address = "") => {
    if (sought.outcome === "forbidden") return forbiddenPage(c)
    if (sought.outcome === "found")
      return saved(c, `/console/${c.var.visit.account.slug}/import/${sought.id}`)
    return start(c, address, [{ field: from, message: messageOf(sought, from) }])
  }

  return new Hono<ConsoleEnv>()
    .get("/import", (c) => (may(c.var.visit.actor, "edit-events") ? start(c) : forbiddenPage(c)))
    .post("/import/page", async (c) => {
      const { actor, account } = c.var.visit
      if (!may(actor, "edit-events")) return forbiddenPage(c)
      const address = (await readForm(c)).one("address")
      if (address === "")
        return start(c, "", [{ field: "address", message: "Name the page with your events." }])
      if (!(await deps.limits.allows("import-account", account.id))) return tooMany(c)
      return answered(c, await seekOnPage(deps, actor, address, read), "address", address)
    })
    .post("/import/file", async (c) => {
      const { actor, account } = c.var.visit
      if (!may(actor, "edit-events")) return forbiddenPage(c)
      const file = (await readForm(c)).files.get("file")
      if (!file) return start(c, "", [{ field: "file", message: "Choose an .ics or a .csv file." }])
      if (file.size > mostFileBytes)
        return start(c, "", [{ field: "file", message: tooLargeWords }])
      if (!(await deps.limits.allows("import-account", account.id))) return tooMany(c)
      const body = new Uint8Array(await file.arrayBuffer())
      const { name, type: contentType } = file
      return answered(c, await seekInFile(deps, actor, { name, body, contentType }, read), "file")
    })
    .get("/import/:id", (c) => review(c, deps))
    .post("/import/:id", async (c) => {
      const { actor, account } = c.var.visit
      const id = c.req.param("id")
      const found = await findFound(deps, actor, id)
      if (found.outcome === "forbidden") return forbiddenPage(c)
      if (found.outcome === "unknown") return notFound(c)
      if (found.kept.takenAt !== undefined) return saved(c, `/console/${account.slug}/import/${id}`)
      const form = await readForm(c)
      const typed = found.kept.found.map((each, i) => typedEvent(form, each, i))
      const wanted = typed.filter(({ isWanted }) => isWanted)
      const status = form.one("status") === "on-sale" ? "on-sale" : "draft"
      if (wanted.length === 0) return review(c, deps, { typed, status, faults: [noneWanted] })
      const brought = await bringEvents(deps, actor, { id, wanted, status })
      switch (brought.outcome) {
        case "forbidden":
          return forbiddenPage(c)
        case "taken":
          return saved(c, `/console/${account.slug}/import/${id}`)
        case "saved":
          return saved(
            c,
            `/console/${account.slug}/events${status === "draft" ? "?show=drafts" : ""}`,
            broughtWords(brought.slugs.length, status),
          )
        case "refused": {
          const places = typed.flatMap(({ isWanted }, i) => (isWanted ? [i] : []))
          const faults = brought.faults.map((fault) => ({
            ...fault,
            index: places[fault.index] ?? 0,
          }))
          return review(c, deps, { typed, status, faults })
        }
      }
    })
}

const tooLargeWords =
  "The file is larger than 2 MB. Export fewer months, or fewer columns, at once."
const noneWanted: WantedFault = {
  index: 0,
  field: "title",
  message: "tick at least one to bring in.",
}

function broughtWords(count: number, status: "draft" | "on-sale"): string {
  const what = count === 1 ? "One event is" : `${count} events are`
  return status === "draft"
    ? `${what} here as ${count === 1 ? "a draft" : "drafts"}.`
    : `${what} on sale.`
}

function messageOf(
  sought: Extract<Sought, { outcome: "nothing" | "refused" | "unreadable" }>,
  from: "address" | "file",
): string {
  switch (sought.outcome) {
    case "refused": {
      const { title, advice } = refusalWords(sought.reason)
      return `${title}. ${advice}`
    }
    case "unreadable":
      return sought.message
    case "nothing":
      return from === "file"
        ? "No event to come was found in it."
        : "No event to come was found there. Pages tell of their events by schema.org markup; this one has none, or its events are past."
  }
}

type Shown = {
  readonly typed: readonly (WantedEvent & { readonly isWanted: boolean })[]
  readonly status: string
  readonly faults: readonly WantedFault[]
}

async function review(c: Ask, deps: ConsoleDeps, shown?: Shown): Promise<Response> {
  const { visit } = c.var
  const found = await findFound(deps, visit.actor, c.req.param("id") ?? "")
  if (found.outcome === "forbidden") return forbiddenPage(c)
  if (found.outcome === "unknown") return notFound(c)
  const { kept } = found
  const body = reviewPage({
    visit,
    id: kept.id,
    source: kept.source,
    notes: kept.notes,
    timeZone: visit.account.timeZone,
    currency: visit.account.currency,
    status: shown?.status ?? "draft",
    events:
      shown?.typed ??
      kept.found.map((each) => ({
        ...wantedOf(each),
        isWanted: each.sameAs === undefined && each.times.length > 0,
      })),
    ...(shown && { faults: shown.faults }),
    ...(kept.takenAt !== undefined && { takenAt: whenOf(kept.takenAt, visit) }),
  })
  return page(c, body, shown ? 422 : 200)
}

function typedEvent(
  form: FormEntries,
  found: FoundEvent,
  index: number,
): WantedEvent & { readonly isWanted: boolean } {
  const one = (name: string) => form.one(`events[${index}].${name}`)
  return {
    found,
    title: one("title"),
    venue: one("venue"),
    city: one("city"),
    dates: one("dates"),
    tickets: one("tickets"),
    capacity: one("capacity"),
    isWanted: one("wanted") !== "",
  }
}

/** By what it says it is, else by what it begins with. */
const read: Reader = (body, { contentType, name, today, country }) => {
  const text = decodedText(body, contentType)
  if (
    /text\/calendar/i.test(contentType) ||
    /\.ics$/i.test(name) ||
    /^\uFEFF?BEGIN:VCALENDAR/i.test(text)
  ) {
    const calendar = readCalendar(text, today)
    return calendar.ok ? calendar : { ok: false, message: calendarWords[calendar.reason] }
  }
  if (/text\/csv/i.test(contentType) || /\.(csv|tsv|txt)$/i.test(name)) {
    const table = readTable(tableText(body, text), country === "US")
    return table.ok ? table : { ok: false, message: tableWords[table.reason] }
  }
  if (/html/i.test(contentType))
    return { ok: true, events: readPageEvents(body, contentType), notes: [] }
  return { ok: false, message: "That file is neither a calendar (.ics) nor a table (.csv)." }
}

const calendarWords = {
  "not-a-calendar": "That is no calendar that can be read. Export it again as .ics.",
  "too-much":
    "That calendar has more in it than can be read at once. Export fewer months, or without guests.",
} as const

const tableWords = {
  "not-a-table":
    "That is no table that can be read. Save it as CSV, with the names of the columns in its first row.",
  "no-title-column": "The table has no column “title”.",
  "no-date-column": "The table has no column “date”.",
} as const

/** Spreadsheets of some systems still write Windows' own letters, or two bytes each. */
function tableText(body: Uint8Array, text: string): string {
  if (body[0] === 0xff && body[1] === 0xfe) return new TextDecoder("utf-16le").decode(body)
  return text.includes("\uFFFD") ? new TextDecoder("windows-1252").decode(body) : text
}
