import type { Account } from "#core/storefront.ts"
import { html, type Html, none, url } from "#views/html.ts"
import { initials } from "#views/initials.ts"
import { wordsFor } from "#views/words/index.ts"

/** Whose page it is: their letters in their colours, and their name, which may lead somewhere. */
export function owner({ name }: Pick<Account, "name">, href?: string): Html {
  const shown = html`<span class="mark" aria-hidden="true">${initials(name)}</span
    ><span>${name}</span>`
  return href === undefined
    ? html`<span class="owner">${shown}</span>`
    : html`<a class="owner" href="${url(href)}">${shown}</a>`
}

/** Whom to ask, at the end of a page; nothing where nobody is named. */
export function ownerFoot({ replyTo, name }: Account, locale: string): Html {
  if (replyTo === undefined) return none
  return html`<footer class="foot s muted">
    <a href="${url(`mailto:${replyTo}`)}">${wordsFor(locale).order.questions(name)}</a>
  </footer>`
}
