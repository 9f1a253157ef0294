import { eventPath, type EventHead } from "#views/console/event-frame.ts"
import { at, type EventForm } from "#views/console/event-form.ts"
import { differencesTable, type DifferenceRow } from "#views/console/event-choices.ts"
import { inSummary, localWords } from "#views/console/event-words.ts"
import { button, linkButton } from "#views/console/kit/button.ts"
import { card, note } from "#views/console/kit/card.ts"
import { choice, errorSummary, field, hidden, saveBar } from "#views/console/kit/form.ts"
import { consolePage } from "#views/console/kit/shell.ts"
import { html, type Html, type Part, url } from "#views/html.ts"

function frame(head: EventHead, title: string, body: Part): Html {
  const { visit } = head
  return consolePage({
    visit,
    title,
    active: "events",
    crumbs: [
      { label: "Events", href: `/console/${visit.account.slug}/events` },
      { label: head.title, href: eventPath(head) },
    ],
    body,
  })
}

/** One date, or many by a rule. */
export function addDatesPage(head: EventHead, form: EventForm, clock: string): Html {
  return frame(
    head,
    "Add dates",
    html`<form class="stack narrow" method="post" action="${url(form.action)}" novalidate>
      ${errorSummary(inSummary(form.faults))}
      ${card({
        label: "Dates",
        padded: true,
        body: html`<div class="form">
          ${field({ ...at(form, "at"), label: "First date", type: "datetime-local", hint: clock, autofocus: form.faults.length === 0 })}
          ${choice({
            name: "every",
            label: "Repeats",
            value: form.values.text("every") ?? "once",
            wide: true,
            options: [
              { value: "once", label: "No, this date only" },
              { value: "day", label: "Every day, or every few days" },
              { value: "week", label: "Every week, or every few weeks" },
            ],
          })}
          ${field({ ...at(form, "interval"), label: "Every so many days or weeks", inputmode: "numeric", numeric: true, placeholder: "1" })}
          ${field({ ...at(form, "times"), label: "How many dates in all", inputmode: "numeric", numeric: true })}
          ${field({ ...at(form, "until"), label: "Or until this day", type: "date" })}
          ${field({ ...at(form, "except"), label: "Not on these days", placeholder: "2026-12-25, 2027-01-01", wide: true, hint: "Days without a show, with spaces or commas between them." })}
        </div>`,
        foot: "Every date keeps its local time when the clocks change. It is sold as the others are: same tickets, same prices, a capacity of its own.",
      })}
      ${saveBar({ label: "Add dates", discard: eventPath(head) })}
    </form>`,
  )
}

export type DatePage = {
  readonly head: EventHead
  readonly form: EventForm
  readonly at: string
  /** Sold and held: with any, it keeps its time. */
  readonly taken: number
  readonly moveError?: string
  readonly to: string
  readonly rows: readonly DifferenceRow[]
  readonly prices: readonly { readonly slug: string; readonly title: string }[]
  readonly currencies: readonly string[]
}

/** One date: its time, and where it differs from the others. */
export function datePage(page: DatePage): Html {
  const { head, form } = page
  const path = `${eventPath(head)}/dates/${page.at}`
  return frame(
    head,
    localWords(page.at),
    html`<div class="stack">
      ${card({
        title: "Time",
        padded: true,
        body:
          page.taken > 0
            ? html`<p class="sub">
                ${page.taken} tickets are sold or held for this date, so it keeps its time. To play
                at another time, add a date and cancel this one.
              </p>`
            : html`<form class="row" method="post" action="${url(`${path}/do`)}" novalidate>
                ${field({
                  name: "to",
                  value: page.to,
                  label: "Date and time",
                  bare: true,
                  type: "datetime-local",
                  ...(page.moveError !== undefined && { error: page.moveError }),
                })}
                ${button({ label: "Move", name: "do", value: "move" })}
              </form>`,
      })}
      <form class="stack" method="post" action="${url(path)}" novalidate>
        ${hidden("base", form.base)} ${errorSummary(inSummary(form.faults))} ${form.conflict}
        ${card({
          title: "What differs on this date",
          body: html`${
            page.rows.length === 0 &&
            html`<p class="pad sub">
              Nothing is counted by date: give the event a ticket type first.
            </p>`
          }
          ${
            page.rows.length > 0 &&
            differencesTable({
              form,
              isWhole: true,
              caption: "What differs on this date",
              rows: page.rows,
              prices: page.prices,
              currencies: page.currencies,
            })
          }`,
          foot: "An empty field means as usual.",
        })}
        ${saveBar({ note: form.touched, discard: eventPath(head) })}
      </form>
    </div>`,
  )
}

export type ConfirmPage = {
  readonly head: EventHead
  readonly title: string
  /** What becomes of what was sold. */
  readonly text: Part
  readonly action: string
  readonly value: string
  readonly label: string
}

/** Asks before something that guests notice. */
export function confirmPage({ head, title, text, action, value, label }: ConfirmPage): Html {
  return frame(
    head,
    title,
    html`<form class="stack narrow" method="post" action="${url(action)}">
      ${card({
        label: title,
        padded: true,
        body: html`${note("warn", text)}
          <div class="row">
            ${button({ label, kind: "danger", name: "do", value })}
            ${linkButton({ label: "Keep it", href: eventPath(head) })}
          </div>`,
      })}
    </form>`,
  )
}
