import { html, type Html, type Part } from "#views/html.ts"
import { icon } from "#views/console/kit/icons.ts"

export type Dialog = {
  /** What `button({ opens })` names. */
  readonly id: string
  readonly title: string
  readonly body: Part
  /** Buttons, the one that goes on last. */
  readonly actions?: Part
  /** Shown at once, without a script. */
  readonly open?: boolean | undefined
}

/**
 * A question that stands before the page. Closing needs no script; opening takes the browser's own command buttons, so what a dialog asks
 * must also be reachable as a page.
 */
export function dialog(item: Dialog): Html {
  return html`<dialog id="${item.id}" aria-labelledby="${item.id}-title" ${item.open && " open"}>
    <form method="dialog" class="card-head">
      <h2 id="${item.id}-title">${item.title}</h2>
      <span class="push"
        ><button class="btn quiet square" type="submit" aria-label="Close">
          ${icon("close")}
        </button></span
      >
    </form>
    <div class="pad stack">${item.body}</div>
    ${item.actions !== undefined && html`<div class="foot row end">${item.actions}</div>`}
  </dialog>`
}
