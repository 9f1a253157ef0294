import type { EventState } from "#core/event-state.ts"
import { may } from "#core/role.ts"
import { linkButton } from "#views/console/kit/button.ts"
import type { IconName } from "#views/console/kit/icons.ts"
import { menu, type MenuItem, tabs } from "#views/console/kit/nav.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { stateBadge } from "#views/console/event-words.ts"
import { html, type Html, type Part, url } from "#views/html.ts"

export type EventTabName = "tickets" | "page" | "questions" | "fees" | "add-ons" | "history"

/** What stands above every page of an event. */
export type EventHead = {
  readonly visit: Surroundings
  readonly slug: string
  readonly title: string
  readonly status: "draft" | "on-sale" | "paused"
  readonly state: EventState
  /** When sales open, where they do later: "4 Jan, 10:00". */
  readonly opens?: string
  /** "Every Friday, 20:00 · Main room". */
  readonly lead: string
  /** The public page; none of a draft. */
  readonly publicPath?: string
}

const tabNames: readonly { readonly name: EventTabName; readonly label: string }[] = [
  { name: "tickets", label: "Tickets and dates" },
  { name: "page", label: "Page and pictures" },
  { name: "questions", label: "Questions" },
  { name: "fees", label: "Fees and tax" },
  { name: "add-ons", label: "Add-ons" },
  { name: "history", label: "History" },
]

export function eventPath(
  { visit, slug }: Pick<EventHead, "visit" | "slug">,
  tab?: EventTabName,
): string {
  const base = `/console/${visit.account.slug}/events/${slug}`
  return tab === undefined || tab === "tickets" ? base : `${base}/${tab}`
}

export function eventFrame(head: EventHead, current: EventTabName, body: Part): Html {
  const { visit } = head
  const shown = tabNames.filter(({ name }) => name !== "history" || may(visit.actor, "see-history"))
  return consolePage({
    visit,
    title: head.title,
    active: "events",
    crumbs: [{ label: "Events", href: `/console/${visit.account.slug}/events` }],
    lead: head.lead,
    actions: actions(head),
    body: html`${tabs({
      label: "Pages of the event",
      items: shown.map(({ name, label }) => ({
        label,
        href: eventPath(head, name),
        current: name === current,
      })),
    })}
    ${body}`,
  })
}

function actions(head: EventHead): Html {
  const { visit, state, publicPath } = head
  const items = may(visit.actor, "edit-events") ? eventActions(head) : []
  return html`${stateBadge(state, head.opens)}
  ${
    publicPath !== undefined &&
    linkButton({ label: "Preview", href: publicPath, icon: "external", external: true })
  }
  ${
    head.status === "draft" &&
    items.length > 0 &&
    html`<form method="post" action="${url(`${eventPath(head)}/do`)}">
      <button class="btn primary" name="do" value="publish">Publish</button>
    </form>`
  }
  ${items.length > 0 && menu({ label: `More for ${head.title}`, items })}`
}

/** What can be done with an event as a whole; the row of the list has the same. */
export function eventActions({
  visit,
  slug,
  status,
}: Pick<EventHead, "visit" | "slug" | "status">): readonly MenuItem[] {
  const path = eventPath({ visit, slug })
  const act = (value: string, label: string, icon: IconName) => ({
    label,
    icon,
    action: `${path}/do`,
    name: "do",
    value,
  })
  return [
    ...(status === "draft" ? [act("publish", "Publish", "check")] : []),
    ...(status === "on-sale" ? [act("pause", "Pause sales", "pause")] : []),
    ...(status === "paused" ? [act("resume", "Resume sales", "play")] : []),
    act("copy", "Duplicate", "copy"),
    "line",
    { label: "Archive", icon: "trash", href: `${path}/archive` },
  ]
}
