import { type Context, Hono } from "hono"
import { siteOrigin, type SiteRefusal } from "#core/site-origin.ts"
import { addSite, removeSite, retryWallets, seeSites } from "#flows/edit-sites.ts"
import { sitesPage } from "#views/console/settings-sites.ts"
import { forbiddenPage, notFound, page, saved } from "#web/console/answer.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { readForm } from "#web/console/form.ts"

type Ask = Context<ConsoleEnv>

/** Sites that may embed: added from whatever is pasted, removed, and their wallets asked for again. */
export function siteRoutes(deps: ConsoleDeps) {
  return new Hono<ConsoleEnv>()
    .get("/settings/sites", (c) => show(c, deps))
    .post("/settings/sites", async (c) => {
      const typed = (await readForm(c)).one("site")
      const site = siteOrigin(typed)
      if (!site.ok) return show(c, deps, { text: typed, message: refusals[site.reason] })
      const done = await addSite(deps, c.var.visit.actor, site.origin, "edit-settings")
      if (done.outcome === "forbidden") return forbiddenPage(c)
      if (done.outcome !== "saved") return show(c, deps, { text: typed, message: tooMany })
      return saved(c, here(c), `${site.origin} may show your widgets now.`)
    })
    .post("/settings/sites/remove", async (c) => {
      const origin = (await readForm(c)).one("site")
      const done = await removeSite(deps, c.var.visit.actor, origin)
      if (done.outcome === "forbidden") return forbiddenPage(c)
      if (done.outcome !== "saved") return notFound(c)
      return saved(c, here(c), `${origin} may not show your widgets any more.`)
    })
    .post("/settings/sites/retry", async (c) => {
      const origin = (await readForm(c)).one("site")
      const done = await retryWallets(deps, c.var.visit.actor, origin)
      if (done.outcome === "forbidden") return forbiddenPage(c)
      if (done.outcome === "unknown") return notFound(c)
      return saved(c, here(c), "The provider is asked again. Look here in a minute.")
    })
}

const refusals: Readonly<Record<SiteRefusal, string>> = {
  empty: "Paste the address of your site, like www.example.com.",
  "not-an-address": "That is no address of a site. It looks like www.example.com.",
  "not-a-site": "Only http and https addresses are sites.",
  "has-password": "That address has a name or password in it. Paste it without.",
}

const tooMany = "That is more sites than an account can have: remove one first."

async function show(
  c: Ask,
  deps: ConsoleDeps,
  refused?: { readonly text: string; readonly message: string },
): Promise<Response> {
  const { visit } = c.var
  const seen = await seeSites(deps, visit.actor)
  if (seen.outcome === "forbidden") return forbiddenPage(c)
  const { widgets } = await deps.storefronts.fresh(deps.pool.db, visit.actor.accountId)
  const body = sitesPage({
    visit,
    sites: seen.sites,
    widgets,
    ...(refused && {
      typed: refused.text,
      faults: [{ field: "site", message: refused.message }],
    }),
  })
  return page(c, body, refused ? 422 : 200)
}

function here(c: Ask): string {
  return `/console/${c.var.visit.account.slug}/settings/sites`
}
