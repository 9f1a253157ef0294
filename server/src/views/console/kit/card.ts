import { html, type Html, none, type Part, url } from "#views/html.ts"
import { emptyDrawing, icon, type IconName } from "#views/console/kit/icons.ts"

export type Card = {
  readonly title?: string | undefined
  /** Stands at the end of the head: a link, a button, a badge. */
  readonly actions?: Part
  readonly body: Part
  /** A quiet line at the bottom. */
  readonly foot?: Part
  /** Rank of the title; 2 unless the card stands inside another section. */
  readonly level?: 2 | 3 | undefined
  /** A name for a card without a title. */
  readonly label?: string | undefined
  /** Kept through a live update; also the anchor of links to it. */
  readonly id?: string | undefined
  /** Room around the body. A table, a list or tabs reach the edge instead. */
  readonly padded?: boolean | undefined
}

/** A section of a page with a title. */
export function card(item: Card): Html {
  const { title, level = 2 } = item
  const named = title === undefined ? item.label : title
  return html`<section
    class="card"
    ${item.id !== undefined && html` id="${item.id}"`}
    ${named !== undefined && html` aria-label="${named}"`}
  >
    ${
      (title !== undefined || present(item.actions)) &&
      html`<div class="card-head">
        ${title !== undefined && (level === 2 ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`)}
        ${present(item.actions) && html`<div class="push row">${item.actions}</div>`}
      </div>`
    }
    ${item.padded ? html`<div class="${title === undefined ? "pad-all" : "pad"} stack">${item.body}</div>` : item.body}
    ${present(item.foot) && html`<div class="foot">${item.foot}</div>`}
  </section>`
}

export type Kpi = {
  readonly label: string
  readonly value: Part
  /** What it compares with. */
  readonly note?: Part
}

/** Up to six figures in a row; they wrap by two when narrow. */
export function kpis(items: readonly Kpi[]): Html {
  return html`<dl class="kpis">
    ${items.map(
      (item) =>
        html`<div>
          <dt>${item.label}</dt>
          <dd>${item.value}</dd>
          ${present(item.note) && html`<dd>${item.note}</dd>`}
        </div>`,
    )}
  </dl>`
}

/** Smaller figures beside a large one. */
export function miniFigures(items: readonly Omit<Kpi, "note">[]): Html {
  return html`<dl class="mini">
    ${items.map(
      (item) =>
        html`<div>
          <dt>${item.label}</dt>
          <dd>${item.value}</dd>
        </div>`,
    )}
  </dl>`
}

/**
 * How far `now` is from `before`, with a sign, a colour and a word: "up 12.5%". Nothing where there is nothing to compare with.
 * `format` says the difference in a unit of its own, such as points, instead of percent.
 */
export function delta(now: number, before: number, format?: (difference: number) => string): Html {
  if (format === undefined && before === 0) return none
  const text = format
    ? format(Math.abs(now - before))
    : percent(Math.abs(now - before) / Math.abs(before))
  if (now === before) return html`<span class="delta">no change</span>`
  const up = now > before
  return html`<span class="delta ${up ? "up" : "down"}"
    ><svg viewBox="0 0 10 10" aria-hidden="true">
      <path d="${up ? "M5 1l4 7H1z" : "M5 9l4-7H1z"}" /></svg
    ><span class="vh">${up ? "up " : "down "}</span>${text}</span
  >`
}

function percent(share: number): string {
  const hundredths = share * 100
  return `${hundredths >= 1000 ? Math.round(hundredths).toLocaleString("en") : hundredths.toFixed(1)}%`
}

export type NoteKind = "info" | "ok" | "warn" | "bad"

const noteIcons: Readonly<Record<NoteKind, IconName>> = {
  info: "info",
  ok: "check",
  warn: "alert",
  bad: "alert",
}

/** A message in the page. */
export function note(kind: NoteKind, body: Part): Html {
  return html`<div class="note ${kind}">
    ${icon(noteIcons[kind])}
    <div class="grow">${body}</div>
  </div>`
}

export type EmptyState = {
  readonly title: string
  /** Why it is empty and what fills it. */
  readonly text: Part
  readonly action?: Part
  readonly level?: 1 | 2 | undefined
}

/** A page or card without content says why, and what to do. */
export function emptyState(item: EmptyState): Html {
  return html`<div class="empty">
    ${emptyDrawing}
    ${item.level === 1 ? html`<h1>${item.title}</h1>` : html`<h2>${item.title}</h2>`}
    <p>${item.text}</p>
    ${item.action !== undefined && html`<div class="row">${item.action}</div>`}
  </div>`
}

export type BadgeKind = "ok" | "warn" | "bad" | "info" | "plain"

/** A state in a word. */
export function badge(kind: BadgeKind, text: string): Html {
  return html`<span class="badge${kind === "plain" ? "" : ` ${kind}`}">${text}</span>`
}

/** Says whether the page follows what happens. Shown by the script: without it nothing claims to be live. */
export const liveBadge: Html = html`<span class="badge" data-live-badge hidden></span>`

/** A number beside a name; `says` is what it counts, read out. */
export function count(value: number, says: string, kind?: "warn"): Html {
  return html`<span class="count${kind ? ` ${kind}` : ""}"
    >${value.toLocaleString("en")}<span class="vh"> ${says}</span></span
  >`
}

export type Meter = {
  readonly value: number
  /** Absent: without a limit, so only the words are shown. */
  readonly of?: number | undefined
  readonly held?: number | undefined
  /** What was counted: "sold", "used". */
  readonly verb?: string | undefined
  /** After the words, instead of what `held` says. */
  readonly note?: Part
}

/** "118 of 120" over a bar; what is held is paler, a full one is green. */
export function meter({ value, of, held = 0, verb = "sold", note: extra }: Meter): Html {
  const said = of === undefined ? "no limit" : `of ${of.toLocaleString("en")}`
  const heldText = held > 0 ? `, ${held.toLocaleString("en")} held` : ""
  return html`<div class="meter-row">
    <span>${value.toLocaleString("en")} <span class="sub">${said}${extra ?? heldText}</span></span>
    <span class="vh">${verb}</span> ${of !== undefined && of > 0 && bar(value / of, held / of)}
  </div>`
}

/** The words beside it say the same. */
function bar(share: number, heldShare: number): Html {
  const filled = Math.min(share, 1)
  const rest = Math.min(heldShare, 1 - filled)
  return html`<svg class="meter" aria-hidden="true">
    <rect width="${width(filled)}" ${filled >= 1 && html` class="full"`} />
    ${rest > 0 && html`<rect class="held" x="${width(filled)}" width="${width(rest)}" />`}
  </svg>`
}

function width(share: number): string {
  return `${(Math.max(share, 0) * 100).toFixed(1)}%`
}

export type ListItem = {
  readonly icon: IconName
  readonly tone?: "ok" | "warn" | "bad" | undefined
  readonly title: Part
  readonly text?: Part
  readonly href?: string | undefined
  /** At the end of the row, such as an amount. */
  readonly end?: Part
  /** Just happened. */
  readonly fresh?: boolean | undefined
  /** Keeps its row through a live update. */
  readonly id?: string | undefined
}

/** Rows with an icon: things to do, latest orders. */
export function list(items: readonly ListItem[]): Html {
  return html`<ul class="list">
    ${items.map(listItem)}
  </ul>`
}

function listItem(item: ListItem): Html {
  const words = html`<b>${item.title}</b
    >${present(item.text) && html`<br /><span class="sub">${item.text}</span>`}`
  return html`<li
    ${item.id !== undefined && html` id="${item.id}"`}
    ${item.fresh && html` class="fresh"`}
  >
    <span class="dot${item.tone ? ` ${item.tone}` : ""}">${icon(item.icon)}</span>
    ${
      item.href === undefined
        ? html`<span class="grow">${words}</span>`
        : html`<a class="grow" href="${url(item.href)}">${words}</a>`
    }
    ${item.end ?? (item.href !== undefined && icon("next"))}
  </li>`
}

export type Moment = {
  readonly what: Part
  readonly more?: Part
  /** As it is written; `at` is the instant for machines. */
  readonly when: string
  readonly at?: string | undefined
  readonly tone?: "ok" | "bad" | undefined
}

/** What happened, newest first. */
export function timeline(moments: readonly Moment[]): Html {
  return html`<ol class="time">
    ${moments.map(
      (moment) =>
        html`<li ${moment.tone !== undefined && html` class="${moment.tone}"`}>
          <span
            ><b>${moment.what}</b
            >${present(moment.more) && html`<br /><span class="sub">${moment.more}</span>`}</span
          ><time class="sub" ${moment.at !== undefined && html` datetime="${moment.at}"`}
            >${moment.when}</time
          >
        </li>`,
    )}
  </ol>`
}

export type Step = {
  readonly title: string
  readonly text?: Part
  readonly state: "done" | "current" | "to-come"
  readonly action?: Part
  /** Opened below the title of the current step. */
  readonly body?: Part
}

/** A numbered way through something, with what is done ticked off. */
export function steps(items: readonly Step[]): Html {
  return html`<ol class="steps">
    ${items.map(
      (item, index) =>
        html`<li
          ${item.state !== "to-come" && html` class="${item.state}"`}
          ${item.state === "current" && html` aria-current="step"`}
        >
          <span class="n"
            >${item.state === "done" ? [icon("check"), html`<span class="vh">Done</span>`] : index + 1}</span
          >
          <div>
            <h3>${item.title}</h3>
            ${present(item.text) && html`<p class="sub">${item.text}</p>`} ${item.body}
          </div>
          ${item.action !== undefined && html`<div>${item.action}</div>`}
        </li>`,
    )}
  </ol>`
}

/** Something to open below: a drill-down, a note for those who need it. */
export function drill(item: {
  readonly title: Part
  readonly body: Part
  readonly open?: boolean
  /** Without room of its own, inside a padded card. */
  readonly bare?: boolean
  readonly id?: string
}): Html {
  return html`<details
    class="drill${item.bare ? " bare" : ""}"
    ${item.id !== undefined && html` id="${item.id}"`}
    ${item.open && " open"}
  >
    <summary>${icon("next")}<span>${item.title}</span></summary>
    ${item.body}
  </details>`
}

/** Whether there is anything to show: a view says `condition && part`. */
function present(part: Part): boolean {
  return part !== undefined && part !== null && part !== false
}
