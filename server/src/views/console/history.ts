import { linkButton } from "#views/console/kit/button.ts"
import { card, drill, emptyState } from "#views/console/kit/card.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { factList } from "#views/console/kit/table.ts"
import { settingsTabs } from "#views/console/settings-tabs.ts"
import { html, type Html } from "#views/html.ts"

export type HistoryPage = {
  readonly visit: Surroundings
  readonly lines: readonly HistoryLine[]
  /** Only of this: `event:friday-night`. */
  readonly subject?: string
  /** The address of the page before in time. */
  readonly earlier?: string
}

export type HistoryLine = {
  /** "20 Nov, 16:04". */
  readonly when: string
  /** ISO instant. */
  readonly at: string
  /** The system itself when absent. */
  readonly who?: string
  readonly action: string
  readonly subject: string
  readonly before: unknown
  readonly after: unknown
}

/** Who changed what, the newest first; each line opens to what it was and became. */
export function historyPage(page: HistoryPage): Html {
  const { visit, lines, subject } = page
  return consolePage({
    visit,
    title: "Who changed what",
    active: "settings",
    crumbs: [{ label: "Settings" }],
    body: html`${settingsTabs(visit, "audit")}
    ${card({
      label: "Changes",
      ...(subject !== undefined && {
        title: nameOf(subject),
        actions: linkButton({
          label: "Show all",
          href: `/console/${visit.account.slug}/settings/audit`,
        }),
      }),
      body: lines.length > 0 ? html`${lines.map(lineView)}` : nothing,
      ...(page.earlier !== undefined && {
        foot: linkButton({ label: "Earlier", href: page.earlier }),
      }),
    })}`,
  })
}

const nothing = emptyState({
  title: "Nothing was changed yet",
  text: "Every change of events, settings and the team leaves a line here that nobody can take back.",
})

function lineView(line: HistoryLine): Html {
  return drill({
    title: html`<b>${line.who ?? "Foyer"}</b> ${sentence(line)}
      <span class="sub"><time datetime="${line.at}">${line.when}</time></span>`,
    body: html`<div class="pad-all">${details(line)}</div>`,
  })
}

/** Past tense and subject: "changed the event friday-night". An action of later versions is said as it is kept. */
function sentence({ action, subject }: HistoryLine): string {
  const [, verb = action] = action.split(".")
  return `${verb.replaceAll("-", " ")} ${nameOf(subject)}`
}

/** `event:friday-night` is "event friday-night". */
function nameOf(subject: string): string {
  const at = subject.indexOf(":")
  return at < 0 ? subject : `${subject.slice(0, at)} ${subject.slice(at + 1)}`
}

function details({ before, after }: HistoryLine): Html {
  const names = [...new Set([...keysOf(before), ...keysOf(after)])]
  if (names.length === 0) return html`<p class="sub">Nothing more is kept of it.</p>`
  return factList(
    names.map((name) => ({
      label: name,
      value: change(valueOf(before, name), valueOf(after, name)),
    })),
  )
}

/** What it was, what it became; one of them where it came or went. */
function change(was: string, became: string): Html {
  if (was === "") return html`${became}`
  if (became === "") return html`<del>${was}</del>`
  return html`<span class="sub">${was}</span> <span aria-hidden="true">→</span
    ><span class="vh">became</span> ${became}`
}

function keysOf(value: unknown): string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : []
}

const longestValue = 500

function valueOf(of: unknown, name: string): string {
  if (typeof of !== "object" || of === null || !Object.hasOwn(of, name)) return ""
  const value: unknown = Reflect.get(of, name)
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "")
  return text.length > longestValue ? `${text.slice(0, longestValue)}...` : text
}
