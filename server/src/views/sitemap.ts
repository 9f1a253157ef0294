import { html, type Html } from "#views/html.ts"

export type SitemapEntry = { readonly address: string; readonly changedAt: string }

/** https://www.sitemaps.org/protocol.html, without what search engines ignore (`changefreq`, `priority`). */
export function sitemap(entries: readonly SitemapEntry[]): Html {
  return html`<?xml version="1.0" encoding="UTF-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      ${entries.map(
        ({ address, changedAt }) =>
          html`<url><loc>${address}</loc><lastmod>${changedAt}</lastmod></url>`,
      )}
    </urlset>`
}

/** The sitemaps of all accounts. */
export function sitemapIndex(entries: readonly SitemapEntry[]): Html {
  return html`<?xml version="1.0" encoding="UTF-8"?>
    <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      ${entries.map(
        ({ address, changedAt }) =>
          html`<sitemap><loc>${address}</loc><lastmod>${changedAt}</lastmod></sitemap>`,
      )}
    </sitemapindex>`
}
