import { html, type Html, type Part, url } from "#views/html.ts"
import { icon, type IconName } from "#views/console/kit/icons.ts"

export type Choice = {
  readonly label: string
  readonly href: string
  readonly current?: boolean | undefined
  /** Beside the label: a count, a sum. */
  readonly note?: Part
}

/** Changes what is below: pages of one thing, one currency each. */
export function tabs(item: { readonly label: string; readonly items: readonly Choice[] }): Html {
  return html`<nav class="tabs" aria-label="${item.label}">
    ${item.items.map(
      (each) =>
        html`<a href="${url(each.href)}" ${each.current && html` aria-current="true"`}
          >${each.label}${each.note !== undefined && html`<span class="money">${each.note}</span>`}</a
        >`,
    )}
  </nav>`
}

/** One of a few, as links: a model, a width. */
export function segmented(item: {
  readonly label: string
  readonly items: readonly Choice[]
  /** At the end of its row. */
  readonly push?: boolean
}): Html {
  return html`<nav class="seg${item.push ? " push" : ""}" aria-label="${item.label}">
    ${item.items.map(
      (each) =>
        html`<a href="${url(each.href)}" ${each.current && html` aria-current="true"`}
          >${each.label}</a
        >`,
    )}
  </nav>`
}

export type MenuItem =
  | { readonly label: string; readonly href: string; readonly icon?: IconName | undefined }
  /** Sends a form; the label is the button. */
  | {
      readonly label: string
      readonly action: string
      readonly icon?: IconName | undefined
      readonly name?: string | undefined
      readonly value?: string | undefined
    }
  | "line"

/** What else can be done with a thing, behind three dots. Opens without a script. */
export function menu(item: { readonly label: string; readonly items: readonly MenuItem[] }): Html {
  return html`<details class="menu dots">
    <summary class="btn quiet square" aria-label="${item.label}">${icon("dots")}</summary>
    <div class="pop end">${item.items.map(menuItem)}</div>
  </details>`
}

export function menuItem(item: MenuItem): Html {
  if (item === "line") return html`<hr />`
  const inside = html`${item.icon !== undefined && icon(item.icon)}${item.label}`
  if ("href" in item) return html`<a href="${url(item.href)}">${inside}</a>`
  return html`<form method="post" action="${url(item.action)}">
    <button
      type="submit"
      ${item.name !== undefined && html` name="${item.name}" value="${item.value ?? ""}"`}
    >
      ${inside}
    </button>
  </form>`
}
