import { eventFrame, type EventHead } from "#views/console/event-frame.ts"
import { placeWords, valueWords } from "#views/console/event-words.ts"
import { linkButton } from "#views/console/kit/button.ts"
import { card, drill, emptyState } from "#views/console/kit/card.ts"
import { counted } from "#views/console/kit/figures.ts"
import { table } from "#views/console/kit/table.ts"
import { html, type Html } from "#views/html.ts"

export type EventHistoryPage = {
  readonly head: EventHead
  readonly lines: readonly EventHistoryLine[]
  readonly earlier?: string
}

export type EventHistoryLine = {
  /** "Today, 15:24". */
  readonly when: string
  readonly at: string
  readonly who?: string
  readonly action: string
  readonly before: unknown
  readonly after: unknown
}

/** Who changed what of this event, the newest first. */
export function eventHistoryPage({ head, lines, earlier }: EventHistoryPage): Html {
  return eventFrame(
    head,
    "history",
    card({
      label: "History",
      body:
        lines.length === 0
          ? emptyState({
              title: "Nothing was changed yet",
              text: "Every change of this event leaves a line here: who, when, and what it was before.",
            })
          : html`${lines.map(lineView)}`,
      ...(earlier !== undefined && { foot: linkButton({ label: "Earlier", href: earlier }) }),
    }),
  )
}

const verbs: Readonly<Record<string, string>> = {
  "event.created": "made the event",
  "event.copied": "copied it from another event",
  "event.published": "published it",
  "event.paused": "paused its sales",
  "event.resumed": "resumed its sales",
  "event.archived": "archived it",
  "event.dates-added": "added dates",
  "event.date-changed": "changed a date",
}

function lineView(line: EventHistoryLine): Html {
  const changes = changesOf(line)
  const what =
    verbs[line.action] ??
    (changes.length === 1
      ? `changed ${placeWords(changes[0]?.path ?? "")}`
      : `changed ${counted(changes.length, "thing")}`)
  return drill({
    title: html`<b>${line.who ?? "Foyer"}</b> ${what}
      <span class="sub"><time datetime="${line.at}">${line.when}</time></span>`,
    body: changesTable(changes),
  })
}

export type Change = { readonly path: string; readonly before: unknown; readonly after: unknown }

function changesOf({ before, after }: EventHistoryLine): Change[] {
  const entries = (value: unknown) =>
    new Map(typeof value === "object" && value !== null ? Object.entries(value) : [])
  const [was, is] = [entries(before), entries(after)]
  return [...new Set([...was.keys(), ...is.keys()])].map((path) => ({
    path,
    before: was.get(path) as unknown,
    after: is.get(path) as unknown,
  }))
}

function changesTable(changes: readonly Change[]): Html {
  return table({
    caption: "What was changed",
    columns: [{ label: "What" }, { label: "Before", kind: "two" }, { label: "After", kind: "two" }],
    rows: changes.map(({ path, before, after }) => [
      placeWords(path),
      valueWords(before),
      valueWords(after),
    ]),
    dense: true,
    empty: "Nothing more is kept of it.",
  })
}
