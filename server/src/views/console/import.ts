import { type WantedEvent, type WantedFault } from "#core/bring-events.ts"
import { button } from "#views/console/kit/button.ts"
import { badge, card, drill, emptyState, note } from "#views/console/kit/card.ts"
import {
  check,
  choice,
  errorOf,
  errorSummary,
  field,
  type FieldFault,
  textArea,
} from "#views/console/kit/form.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { html, type Html, type Part, url } from "#views/html.ts"

/** Where events can be brought in from. */
export function importPage(page: {
  readonly visit: Surroundings
  readonly address: string
  readonly faults?: readonly FieldFault[]
  readonly columns: Readonly<Record<string, readonly string[]>>
}): Html {
  const here = `/console/${page.visit.account.slug}/import`
  const { faults = [] } = page
  return frame(page.visit, {
    title: "Bring your events",
    lead: "From a page that lists them, a calendar or a table. You look through what was found before anything is made.",
    body: html`${errorSummary(faults, "Nothing was brought in.")}
      <div class="cols even">
        ${card({
          title: "From a page",
          padded: true,
          body: html`<form class="stack" method="post" action="${url(`${here}/page`)}" novalidate>
            ${field({ name: "address", label: "Address", value: page.address, error: errorOf(faults, "address"), type: "url", inputmode: "url", maxlength: 2000, placeholder: "https://www.example.com/shows", hint: "Your site, another ticket shop, or the address of a public calendar (.ics)." })}
            <div class="row">
              ${button({ label: "Look for events", kind: "primary", icon: "search" })}
            </div>
          </form>`,
        })}
        ${card({
          title: "From a file",
          padded: true,
          body: html`<form
            class="stack"
            method="post"
            action="${url(`${here}/file`)}"
            enctype="multipart/form-data"
            novalidate
          >
            ${field({ name: "file", label: "Calendar or table", type: "file", accept: ".ics,.csv,text/calendar,text/csv", error: errorOf(faults, "file"), hint: "An .ics or a .csv file, up to 2 MB." })}
            <div class="row">
              ${button({ label: "Read the file", kind: "primary", icon: "upload" })}
            </div>
          </form>`,
        })}
      </div>
      ${card({
        title: "Columns of a table",
        body: html`${drill({ title: "Names that are understood", body: columnList(page.columns) })}`,
        foot: "One row for each date and kind of ticket. Rows of the same title and venue become one event.",
      })}`,
  })
}

function columnList(columns: Readonly<Record<string, readonly string[]>>): Html {
  return html`<dl class="facts pad">
    ${Object.entries(columns).map(
      ([name, others]) =>
        html`<div>
          <dt><code>${name}</code></dt>
          <dd>${others.slice(1).join(", ") || "—"}</dd>
        </div>`,
    )}
  </dl>`
}

export type ReviewPage = {
  readonly visit: Surroundings
  readonly id: string
  readonly source: string
  /** What of the source was not read, as sentences. */
  readonly notes: readonly string[]
  readonly events: readonly (WantedEvent & { readonly isWanted: boolean })[]
  readonly status: string
  readonly timeZone: string
  readonly currency: string
  readonly faults?: readonly WantedFault[]
  /** When it was brought in before. */
  readonly takenAt?: string
}

/** What was found, each to be corrected or left out. */
export function reviewPage(page: ReviewPage): Html {
  const here = `/console/${page.visit.account.slug}/import/${page.id}`
  const faults = (page.faults ?? []).map(({ index, field: name, message }) => ({
    field: `events[${index}].${name}`,
    message: `${page.events[index]?.title || "An event"}: ${message}`,
  }))
  return frame(page.visit, {
    title:
      page.events.length === 1 ? "One event was found" : `${page.events.length} events were found`,
    lead: html`On <span class="cut">${page.source}</span>. Correct what is wrong, leave out what you
      do not want. Nothing is made before you say so.`,
    body:
      page.takenAt === undefined
        ? html`${errorSummary(faults, "Not brought in yet.")}
            ${page.notes.map((each) => note("warn", each))}
            <form class="stack" method="post" action="${url(here)}" novalidate>
              ${page.events.map((event, i) => eventCard(page, event, i, faults))}
              ${card({
                label: "What becomes of them",
                padded: true,
                body: html`${choice({
                    name: "status",
                    label: "What becomes of them",
                    value: page.status,
                    options: [
                      {
                        value: "draft",
                        label: "Drafts",
                        hint: "Nobody sees them until you publish each.",
                      },
                      {
                        value: "on-sale",
                        label: "On sale at once",
                        hint: "Each needs a date and a price.",
                      },
                    ],
                  })}
                  <div class="row">${button({ label: "Bring them in", kind: "primary" })}</div>`,
              })}
            </form>`
        : emptyState({
            title: "These were brought in",
            text: `At ${page.takenAt}. They are on the page Events.`,
            action: html`<a
              class="btn primary"
              href="${url(`/console/${page.visit.account.slug}/events`)}"
              >See events</a
            >`,
          }),
  })
}

function eventCard(
  page: ReviewPage,
  event: ReviewPage["events"][number],
  index: number,
  faults: readonly FieldFault[],
): Html {
  const { found } = event
  const of = (name: string) => ({
    name: `events[${index}].${name}`,
    error: errorOf(faults, `events[${index}].${name}`),
  })
  const zone = found.timeZone ?? page.timeZone
  return card({
    title: event.title || "Without a title",
    actions: marks(event),
    padded: true,
    body: html`${check({ ...of("wanted"), label: "Bring it in", checked: event.isWanted })}
      ${
        found.problems.length > 0 &&
        note(
          "warn",
          html`<ul>
            ${found.problems.slice(0, 12).map((problem) => html`<li>${problem}</li>`)}
          </ul>`,
        )
      }
      <div class="form">
        ${field({ ...of("title"), label: "Title", value: event.title, maxlength: 200, wide: true })}
        ${field({ ...of("venue"), label: "Venue", value: event.venue, maxlength: 200 })}
        ${field({ ...of("city"), label: "City", value: event.city, maxlength: 200 })}
        ${textArea({ ...of("dates"), label: "Dates", value: event.dates, rows: Math.min(8, Math.max(3, event.dates.split("\n").length)), hint: `One a line, like 2026-11-28 20:00. By the clock of ${zone.replaceAll("_", " ")}.` })}
        ${textArea({ ...of("tickets"), label: `Tickets, in ${page.currency.toUpperCase()}`, value: event.tickets, rows: Math.min(8, Math.max(3, event.tickets.split("\n").length)), hint: "One a line, the price at the end: Adult 25.00" })}
        ${field({ ...of("capacity"), label: "How many in all", value: event.capacity, inputmode: "numeric", maxlength: 6, hint: "At each date. Empty: any number." })}
      </div>`,
  })
}

function marks({ found }: WantedEvent): Part {
  return [
    found.sameAs !== undefined && badge("warn", "There already"),
    found.times.length === 0 && badge("plain", "No date"),
  ]
}

function frame(
  visit: Surroundings,
  item: { readonly title: string; readonly lead: Part; readonly body: Part },
): Html {
  const base = `/console/${visit.account.slug}`
  return consolePage({
    visit,
    title: item.title,
    active: "events",
    crumbs: [
      { label: "Events", href: `${base}/events` },
      { label: "Bring your events", href: `${base}/import` },
    ],
    lead: item.lead,
    body: item.body,
  })
}
