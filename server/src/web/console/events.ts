import { Hono } from "hono"
import { formEntriesOf, readFormTree } from "#core/form-tree.ts"
import { listCountries } from "#core/new-account.ts"
import { newEventSchema } from "#core/new-event.ts"
import { may } from "#core/role.ts"
import { changeEvent, copyEvent, type EventChange } from "#flows/change-event.ts"
import { createEvent } from "#flows/create-event.ts"
import { seeCatalogue } from "#flows/see-catalogue.ts"
import { type EventsTab, seeEvents } from "#flows/see-events.ts"
import { confirmPage } from "#views/console/event-dates.ts"
import { newEventPage } from "#views/console/event-new.ts"
import { atFields } from "#views/console/event-words.ts"
import { eventsPage } from "#views/console/events.ts"
import { formValues } from "#views/console/form-values.ts"
import { counted } from "#views/console/kit/figures.ts"
import type { FieldFault } from "#views/console/kit/form.ts"
import { forbiddenPage, notFound, page, saved } from "#web/console/answer.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { type Ask, askEvent } from "#web/console/event-ask.ts"
import { currenciesOf, onEvent } from "#web/console/event-pages.ts"
import { readForm, type Typed } from "#web/console/form.ts"
import { withPictures } from "#web/console/upload.ts"

/** All events of an account, a new one, and what can be done with one as a whole. */
export function eventsRoutes(deps: ConsoleDeps) {
  return new Hono<ConsoleEnv>()
    .get("/events", (c) => showAll(c, deps))
    .get("/events/new", (c) => showNew(c, deps))
    .post("/events/new", (c) => create(c, deps))
    .get(`${onEvent}/archive`, (c) => confirmArchive(c, deps))
    .post(`${onEvent}/do`, (c) => change(c, deps))
}

const tabs: readonly EventsTab[] = ["current", "on-sale", "drafts", "past"]

async function showAll(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const tab = tabs.find((each) => each === c.req.query("show")) ?? "current"
  const at = Number(/^\d{1,3}$/.exec(c.req.query("page") ?? "")?.[0] ?? 1) || 1
  const seen = await seeEvents(deps, visit.actor, { tab, page: at })
  if (seen.outcome === "forbidden") return forbiddenPage(c)
  return page(c, eventsPage({ visit, tab, ...seen, page: at }))
}

async function showNew(
  c: Ask,
  deps: ConsoleDeps,
  again?: { readonly typed: Typed; readonly faults: readonly FieldFault[] },
): Promise<Response> {
  const { visit } = c.var
  const seen = await seeCatalogue(deps, visit.actor, { permission: "edit-events", events: [] })
  if (seen.outcome === "forbidden") return forbiddenPage(c)
  const { file } = seen
  const latest = file.events.at(-1)
  const typed = again?.typed ?? [
    ...formEntriesOf(newEventSchema, { venue: latest?.venue ?? { country: file.account.country } }),
    ["products[0].title", "General admission"] as const,
  ]
  const view = newEventPage({
    visit,
    form: {
      values: formValues(typed),
      faults: again?.faults ?? [],
      base: "",
      touched: "",
      canEdit: true,
      action: c.req.path,
    },
    currencies: currenciesOf(file),
    countries: listCountries().map(({ code, name }) => ({ value: code, label: name })),
    clock: `By the clock of ${file.account.timeZone.replaceAll("_", " ")}.`,
  })
  return page(c, view, again ? 422 : 200)
}

async function create(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  if (!may(visit.actor, "edit-events")) return forbiddenPage(c)
  const entries = await readForm(c)
  const { typed, faults } = await withPictures(c, deps, entries)
  if (faults.length > 0) return showNew(c, deps, { typed, faults })
  const status = entries.one("status") === "on-sale" ? "on-sale" : "draft"
  const made = await createEvent(deps, visit.actor, {
    value: readFormTree(newEventSchema, typed),
    status,
  })
  if (made.outcome === "forbidden") return forbiddenPage(c)
  if (made.outcome === "refused") return showNew(c, deps, { typed, faults: atFields(made.faults) })
  const notice =
    status === "draft"
      ? "Made as a draft. Publish it when it is ready."
      : "On sale: your widgets show it."
  return saved(c, `/console/${visit.account.slug}/events/${made.slug}`, notice)
}

async function confirmArchive(c: Ask, deps: ConsoleDeps): Promise<Response> {
  if (!may(c.var.visit.actor, "edit-events")) return forbiddenPage(c)
  const asked = await askEvent(c, deps)
  if (asked instanceof Response) return asked
  const { head, figures, file } = asked
  const sold = figures.reduce((sum, each) => sum + each.sold, 0)
  const codes = (file.promotions ?? []).filter(
    ({ events }) => events?.length === 1 && events[0] === head.slug,
  )
  const kept =
    sold === 0
      ? "Nothing of it was sold."
      : `${counted(sold, "ticket is", "tickets are")} sold: their orders keep them.`
  const gone =
    codes.length === 0
      ? ""
      : ` Codes for it alone go with it: ${codes.map(({ code }) => code).join(", ")}.`
  return page(
    c,
    confirmPage({
      head,
      title: `Archive ${head.title}?`,
      text: `It leaves every widget and its page. ${kept}${gone}`,
      action: c.req.path.replace(/archive$/, "do"),
      value: "archive",
      label: "Archive the event",
    }),
  )
}

const changes: readonly EventChange[] = ["publish", "pause", "resume", "archive"]

async function change(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  if (!may(visit.actor, "edit-events")) return forbiddenPage(c)
  const wanted = (await readForm(c)).one("do")
  const slug = c.req.param("event") ?? ""
  const home = `/console/${visit.account.slug}/events`
  if (wanted === "copy") return copy(c, deps, slug)
  const wish = changes.find((each) => each === wanted)
  if (!wish) return notFound(c)
  const changed = await changeEvent(deps, visit.actor, slug, wish)
  switch (changed.outcome) {
    case "forbidden":
      return forbiddenPage(c)
    case "gone":
      return notFound(c)
    case "refused":
      return saved(c, `${home}/${slug}`, changed.message)
    case "changed":
      return wish === "archive"
        ? saved(c, home, archivedWords(changed.sold))
        : saved(c, `${home}/${slug}`, said[wish])
  }
}

const said: Readonly<Record<Exclude<EventChange, "archive">, string>> = {
  publish: "Published: your widgets show it.",
  pause: "Sales are paused. Widgets say so.",
  resume: "It is on sale again.",
}

function archivedWords(sold: number): string {
  return sold === 0
    ? "Archived."
    : `Archived. ${counted(sold, "ticket stays", "tickets stay")} with their orders.`
}

async function copy(c: Ask, deps: ConsoleDeps, slug: string): Promise<Response> {
  const { visit } = c.var
  const copied = await copyEvent(deps, visit.actor, slug)
  if (copied.outcome === "forbidden") return forbiddenPage(c)
  if (copied.outcome === "gone") return notFound(c)
  const path = `/console/${visit.account.slug}/events/${copied.slug}`
  return saved(c, path, "Duplicated as a draft. Nobody sees it until you publish it.")
}
