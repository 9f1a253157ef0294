import { Hono } from "hono"
import type { Deps } from "#flows/deps.ts"
import { listAccountsToFind, listPagesToFind } from "#flows/find-event-page.ts"
import { sitemap, sitemapIndex } from "#views/sitemap.ts"

const xml = {
  "Content-Type": "application/xml; charset=utf-8",
  "Cache-Control": "public, max-age=300",
}

/** What search engines may read and what is there to be found: `/robots.txt`, `/sitemap.xml`, and a sitemap for each account. */
export function sitemapRoutes(deps: Pick<Deps, "pool" | "storefronts" | "publicUrl" | "now">) {
  const { publicUrl } = deps
  return new Hono()
    .get("/robots.txt", (c) =>
      c.text(
        `User-agent: *\nDisallow: /console\nDisallow: /orders/\n\nSitemap: ${publicUrl}/sitemap.xml\n`,
        200,
        { "Cache-Control": "public, max-age=3600" },
      ),
    )
    .get("/sitemap.xml", async (c) => {
      const accounts = await listAccountsToFind(deps, deps.now().toISOString())
      const entries = accounts.map(({ slug, changedAt }) => ({
        address: `${publicUrl}/sitemaps/${slug}.xml`,
        changedAt,
      }))
      return c.body(String(sitemapIndex(entries)), 200, xml)
    })
    .get("/sitemaps/:file{[a-z0-9-]+\\.xml}", async (c) => {
      const account = c.req.param("file").slice(0, -".xml".length)
      const pages = await listPagesToFind(deps, account, deps.now().toISOString())
      if (!pages) return c.text("There is no such account.", 404)
      const [newest] = pages.map(({ changedAt }) => changedAt).toSorted((a, b) => (a < b ? 1 : -1))
      const list = newest && { address: `${publicUrl}/e/${account}`, changedAt: newest }
      const events = pages.map(({ slug, changedAt }) => ({
        address: `${publicUrl}/e/${account}/${slug}`,
        changedAt,
      }))
      return c.body(String(sitemap(list ? [list, ...events] : events)), 200, xml)
    })
}
