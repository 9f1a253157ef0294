import { rhythmOf } from "#core/event-state.ts"
import { formatDateTime } from "#core/format.ts"
import { may } from "#core/role.ts"
import { eventActions, eventPath } from "#views/console/event-frame.ts"
import { localWords, stateBadge } from "#views/console/event-words.ts"
import { linkButton } from "#views/console/kit/button.ts"
import { card, emptyState, meter } from "#views/console/kit/card.ts"
import { counted, sums } from "#views/console/kit/figures.ts"
import { menu, tabs } from "#views/console/kit/nav.ts"
import { smallPicture } from "#views/console/picture-field.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { pager, table, who } from "#views/console/kit/table.ts"
import { html, type Html, none, type Part } from "#views/html.ts"
import type { EventState } from "#core/event-state.ts"

export type EventsTabName = "current" | "on-sale" | "drafts" | "past"

export type ListedEvent = {
  readonly slug: string
  readonly title: string
  readonly picture: string | null
  readonly status: "draft" | "on-sale" | "paused"
  readonly state: EventState
  readonly salesOpenAt: string | null
  readonly dates: readonly string[]
  readonly dateCount: number
  readonly stock?: { readonly capacity?: number; readonly sold: number; readonly held: number }
  readonly sales: readonly { readonly currency: string; readonly soldMinor: number }[]
}

export type EventsPage = {
  readonly visit: Surroundings & {
    readonly account: { readonly timeZone: string; readonly currency: string }
  }
  readonly tab: EventsTabName
  readonly counts: Readonly<Record<EventsTabName, number>>
  readonly events: readonly ListedEvent[]
  readonly page: number
  readonly pages: number
}

const tabNames: readonly { readonly name: EventsTabName; readonly label: string }[] = [
  { name: "current", label: "Current" },
  { name: "on-sale", label: "On sale" },
  { name: "drafts", label: "Drafts" },
  { name: "past", label: "Past" },
]

const empties: Readonly<Record<EventsTabName, { readonly title: string; readonly text: string }>> =
  {
    current: {
      title: "No events yet",
      text: "Make the first one: a title, a date and a ticket are enough to begin.",
    },
    "on-sale": {
      title: "Nothing is on sale",
      text: "Publish a draft, or resume an event whose sales are paused.",
    },
    drafts: { title: "No drafts", text: "A new event can be a draft until you publish it." },
    past: {
      title: "Nothing is over yet",
      text: "Events stand here when their last date has begun.",
    },
  }

/** All events of an account, by what they are now. */
export function eventsPage(page: EventsPage): Html {
  const { visit, tab, counts, events } = page
  const base = `/console/${visit.account.slug}/events`
  const canEdit = may(visit.actor, "edit-events")
  const create = canEdit
    ? html`${linkButton({ label: "Bring your events", href: `/console/${visit.account.slug}/import`, icon: "download" })}
      ${linkButton({ label: "New event", href: `${base}/new`, kind: "primary", icon: "plus" })}`
    : none
  return consolePage({
    visit,
    title: "Events",
    active: "events",
    actions: create,
    live: true,
    body: card({
      label: "Events",
      body: html`${tabs({
          label: "Which events",
          items: tabNames.map(({ name, label }) => ({
            label,
            note: counts[name],
            href: name === "current" ? base : `${base}?show=${name}`,
            current: name === tab,
          })),
        })}
        <div id="events" data-live>
          ${
            events.length === 0
              ? emptyState({
                  ...empties[tab],
                  ...(tab === "current" && canEdit && { action: create }),
                })
              : eventTable(page, canEdit)
          }
          ${page.pages > 1 && pages(page, base)}
        </div>`,
    }),
  })
}

function eventTable({ visit, events }: EventsPage, canEdit: boolean): Html {
  return table({
    caption: "Events, with what is sold of each",
    columns: [
      { label: "Event" },
      { label: "Status" },
      { label: "Sold", kind: "two" },
      { label: "Sales", kind: "lead" },
      { label: "Actions", kind: "actions", hidden: true },
    ],
    rows: events.map((event) => ({
      id: `event-${event.slug}`,
      cells: [
        who({
          title: event.title,
          text: whenWords(event),
          href: eventPath({ visit, slug: event.slug }),
          ...(event.picture !== null && { picture: smallPicture(event.picture) }),
        }),
        stateBadge(event.state, opensWords(event, visit.account.timeZone)),
        stock(event),
        sales(event, visit.account.currency),
        canEdit
          ? menu({
              label: `More for ${event.title}`,
              items: [...eventActions({ visit, slug: event.slug, status: event.status })],
            })
          : "",
      ],
    })),
  })
}

/** "Every Friday, 20:00 · 6 dates". */
export function whenWords({ dates, dateCount }: Pick<ListedEvent, "dates" | "dateCount">): string {
  const [first] = dates
  if (first === undefined) return "No date yet"
  return `${rhythmOf(dates) ?? localWords(first)} · ${counted(dateCount, "date")}`
}

function opensWords({ salesOpenAt }: ListedEvent, timeZone: string): string | undefined {
  return salesOpenAt === null ? undefined : formatDateTime(salesOpenAt, "en", timeZone)
}

function stock({ stock: sold }: ListedEvent): Part {
  if (!sold) return html`<span class="sub">no limit</span>`
  const { capacity } = sold
  return meter({
    value: sold.sold,
    held: sold.held,
    ...(capacity !== undefined && { of: capacity }),
  })
}

function sales(event: ListedEvent, currency: string): Part {
  if (event.sales.length === 0) return html`<span class="sub">—</span>`
  return html`${sums(event.sales, currency).map(
    (sum, i) => html`${i > 0 && html`<br />`}<span class="nw">${sum}</span>`,
  )}`
}

function pages({ tab, page, pages: last }: EventsPage, base: string): Html {
  const href = (to: number) => `${base}?show=${tab}&page=${to}`
  return pager({
    text: `Page ${page} of ${last}`,
    ...(page > 1 && { later: { href: href(page - 1), label: "Back" } }),
    ...(page < last && { earlier: { href: href(page + 1), label: "More" } }),
  })
}
