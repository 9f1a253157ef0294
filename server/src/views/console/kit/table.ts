import { html, type Html, none, type Part, url } from "#views/html.ts"
import { icon } from "#views/console/kit/icons.ts"

export type Column = {
  readonly label: string
  /** `lead` is the figure that matters: it keeps the corner when the row becomes a card. `two` and `wide` take more of that card's room. */
  readonly kind?: "text" | "num" | "lead" | "two" | "wide" | "actions" | undefined
  /** Read out, not shown. */
  readonly hidden?: boolean | undefined
  readonly sorted?: "ascending" | "descending" | undefined
  /** Sorts by this column. */
  readonly href?: string | undefined
}

/** Cells in the order of the columns; the first names the row. With an `id` it keeps its place through a live update. */
export type Row =
  | readonly Part[]
  | { readonly id?: string; readonly cells: readonly Part[]; readonly fresh?: boolean }

export type Table = {
  /** Says what is listed, for those who cannot see where it stands. */
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  readonly dense?: boolean | undefined
  /** In place of a table without rows. */
  readonly empty?: Part
  /** A last row of sums. */
  readonly foot?: readonly Part[] | undefined
}

/** A table that becomes a list of cards below 720 px. */
export function table(item: Table): Html {
  if (item.rows.length === 0 && item.empty !== undefined)
    return html`<div class="pad-all pad-top sub">${item.empty}</div>`
  return html`<div class="tbl${item.dense ? " dense" : ""}">
    <table>
      <caption class="vh">
        ${item.caption}
      </caption>
      <thead>
        <tr>
          ${item.columns.map(head)}
        </tr>
      </thead>
      <tbody>
        ${item.rows.map((row) => bodyRow(row, item.columns))}
      </tbody>
      ${
        item.foot !== undefined &&
        html`<tfoot>
          <tr>
            ${cells(item.foot, item.columns)}
          </tr>
        </tfoot>`
      }
    </table>
  </div>`
}

function head(column: Column): Html {
  const label = column.hidden ? html`<span class="vh">${column.label}</span>` : column.label
  return html`<th
    scope="col"
    class="${isNumber(column) ? "num" : ""}${column.sorted ? " sorted" : ""}"
    ${column.sorted !== undefined && html` aria-sort="${column.sorted}"`}
  >
    ${column.href === undefined ? label : html`<a href="${url(column.href)}">${label}${column.sorted && html`<span aria-hidden="true"> ${column.sorted === "descending" ? "↓" : "↑"}</span>`}</a>`}
  </th>`
}

function bodyRow(row: Row, columns: readonly Column[]): Html {
  if ("cells" in row)
    return html`<tr
      ${row.id !== undefined && html` id="${row.id}"`}
      ${row.fresh && html` class="fresh"`}
    >
      ${cells(row.cells, columns)}
    </tr>`
  return html`<tr>
    ${cells(row, columns)}
  </tr>`
}

function cells(parts: readonly Part[], columns: readonly Column[]): Html {
  return html`${parts.map((part, index) =>
    index === 0 ? html`<th scope="row">${part}</th>` : cell(part, columns[index]),
  )}`
}

function cell(part: Part, column: Column | undefined): Html {
  if (!column) return none
  return html`<td
    ${!column.hidden && html` data-l="${column.label}"`}
    ${classOf(column) !== "" && html` class="${classOf(column)}"`}
  >
    ${part}
  </td>`
}

function classOf({ kind = "text" }: Column): string {
  if (kind === "lead") return "num lead"
  if (kind === "actions") return "num acts"
  return kind === "text" ? "" : kind
}

function isNumber({ kind }: Column): boolean {
  return kind === "num" || kind === "lead" || kind === "actions"
}

export type Pager = {
  /** "1 to 50", "312 orders"; nothing when it is not known. */
  readonly text?: Part
  readonly earlier?: { readonly href: string; readonly label: string } | undefined
  readonly later?: { readonly href: string; readonly label: string } | undefined
}

/** The foot of a long list: older is "earlier", as in time. */
export function pager(item: Pager): Html {
  return html`<nav class="foot row" aria-label="Pages">
    <span>${item.text}</span>
    <span class="push row"
      >${item.later && html`<a class="btn quiet" href="${url(item.later.href)}" rel="prev">${icon("previous")}${item.later.label}</a>`}
      ${item.earlier && html`<a class="btn quiet" href="${url(item.earlier.href)}" rel="next">${item.earlier.label}${icon("next")}</a>`}</span
    >
  </nav>`
}

export type Fact = {
  readonly label: string
  readonly value: Part
  /** A line above it: it adds up what stands before. */
  readonly sum?: boolean | undefined
}

/** Names and values, one a line. */
export function factList(facts: readonly Fact[]): Html {
  return html`<dl class="facts">
    ${facts.map(
      (fact) =>
        html`<div ${fact.sum && html` class="sum"`}>
          <dt>${fact.label}</dt>
          <dd>${fact.value}</dd>
        </div>`,
    )}
  </dl>`
}

/** The first cell of a row that has a picture: name above, the rest below. */
export function who(item: {
  readonly title: Part
  readonly text?: Part
  readonly picture?: string | undefined
  readonly href?: string | undefined
}): Html {
  const inside = html`<span class="thumb"
      >${item.picture !== undefined ? html`<img src="${url(item.picture)}" alt="" width="40" height="40" loading="lazy" />` : icon("ticket")}</span
    ><span
      >${item.title}${item.text !== undefined && html`<br /><span class="sub">${item.text}</span>`}</span
    >`
  return item.href === undefined
    ? html`<span class="who">${inside}</span>`
    : html`<a class="who" href="${url(item.href)}">${inside}</a>`
}
