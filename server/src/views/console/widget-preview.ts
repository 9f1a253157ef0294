import { document } from "#views/document.ts"
import { html, type Html, url } from "#views/html.ts"

export type WidgetPreview = {
  /** `account/widget`. */
  readonly widget: string
  readonly locale: string
  readonly publicUrl: string
  readonly theme?: "light" | "dark" | undefined
  readonly stylesPath: string
  /** Of a brand that is not saved yet. */
  readonly brandPath?: string | undefined
}

/** The very widget on a page with nothing else, for a frame in the console. */
export function widgetPreview(page: WidgetPreview): Html {
  const script = `${page.publicUrl}/v1/w/${page.widget}.js?${new URLSearchParams({ locale: page.locale }).toString()}`
  return document({
    title: `Preview of ${page.widget}`,
    locale: page.locale,
    ...(page.theme && { theme: page.theme }),
    styles: [page.stylesPath, page.brandPath ?? `/v1/w/${page.widget}/brand.css`],
    scripts: html`<script src="${url(script)}" async></script>`,
    body: html`<foyer-checkout
      widget="${page.widget}"
      locale="${page.locale}"
      ${page.theme !== undefined && html`theme="${page.theme}"`}
    ></foyer-checkout>`,
  })
}
