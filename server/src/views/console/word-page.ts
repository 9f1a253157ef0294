import { linkButton } from "#views/console/kit/button.ts"
import { card } from "#views/console/kit/card.ts"
import { plainPage } from "#views/console/kit/shell.ts"
import { html, type Html, type Part } from "#views/html.ts"

/** A page that only says something: what is missing, refused or done. */
export function wordPage(page: {
  readonly title: string
  readonly text: Part
  /** Where to go on; the console's front door when absent. */
  readonly next?: { readonly label: string; readonly href: string }
}): Html {
  const next = page.next ?? { label: "To the console", href: "/console" }
  return plainPage({
    title: page.title,
    body: card({
      padded: true,
      label: page.title,
      body: html`<h1>${page.title}</h1>
        <p>${page.text}</p>
        <div class="row">${linkButton({ ...next, kind: "primary" })}</div>`,
    }),
  })
}
