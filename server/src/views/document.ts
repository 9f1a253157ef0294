import { schemeOf } from "#core/brand.ts"
import type { Brand } from "#core/storefront.ts"
import { html, type Html, url } from "#views/html.ts"
import { directionOf } from "#views/words/index.ts"

export type Document = {
  readonly title: string
  readonly locale: string
  readonly theme?: "light" | "dark"
  /** Addresses of style sheets: the page's policy allows no inline style. */
  readonly styles: readonly string[]
  /** What search engines and previews are told; such a page may be found by them. Without it no page of ours is. */
  readonly discovery?: Html
  /** Script elements, by address. */
  readonly scripts?: Html
  readonly body: Html
}

/** The scheme that a brand fixes for its pages. */
export function themed(brand: Brand): Pick<Document, "theme"> {
  const theme = schemeOf(brand)
  return theme === undefined ? {} : { theme }
}

/** A whole page of ours: nothing inline, nothing from elsewhere; for search engines only when it says what they shall know. */
export function document(page: Document): Html {
  return html`<!doctype html>
    <html
      lang="${page.locale}"
      dir="${directionOf(page.locale)}"
      ${page.theme !== undefined && html`data-theme="${page.theme}"`}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${page.discovery ?? html`<meta name="robots" content="noindex" />`}
        <meta name="color-scheme" content="${page.theme ?? "light dark"}" />
        <title>${page.title}</title>
        ${page.styles.map((style) => html`<link rel="stylesheet" href="${url(style)}" />`)}
        ${page.scripts}
      </head>
      <body>
        <main class="page">${page.body}</main>
      </body>
    </html>`
}
