import { html, type Html, url } from "#views/html.ts"

export type Message = {
  readonly icon: Html
  readonly title: string
  readonly why: string
  readonly action?: { readonly label: string; readonly href: string }
}

/** A page, or the place of a list, that has only this to say: what is, why, and where to go on. */
export function message({ icon, title, why, action }: Message, level: 1 | 2): Html {
  return html`<div class="view message">
    <span class="badge">${icon}</span>
    ${level === 1 ? html`<h1>${title}</h1>` : html`<h2>${title}</h2>`}
    <p class="muted">${why}</p>
    ${action !== undefined && html`<a class="btn" href="${url(action.href)}">${action.label}</a>`}
  </div>`
}
