import { type Context, Hono } from "hono"
import { formatMoment } from "#core/format.ts"
import { siteOrigin } from "#core/site-origin.ts"
import { readPage } from "#documents/read-page.ts"
import { allowSite, checkPage, findCheck } from "#flows/check-page.ts"
import { checkPageView } from "#views/console/check-page.ts"
import { forbiddenPage, notFound, page, saved, tooMany } from "#web/console/answer.ts"
import type { ConsoleEnv, Visit } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { readForm } from "#web/console/form.ts"

/** `widgets/:widget/check`: asks for a page's address, looks at it, and keeps what it found. */
export function checkPageRoutes(deps: ConsoleDeps) {
  const here = (c: Context<ConsoleEnv>) =>
    `/console/${c.var.visit.account.slug}/widgets/${c.req.param("widget") ?? ""}/check`

  const shown = async (c: Context<ConsoleEnv>, typed?: string) => {
    const { visit } = c.var
    const found = await findCheck(deps, visit.actor, c.req.param("widget") ?? "")
    if (found.outcome === "forbidden") return forbiddenPage(c)
    if (found.outcome === "unknown") return notFound(c)
    const { last, widget, shop } = found
    const body = checkPageView({
      visit,
      widget,
      action: here(c),
      address: typed ?? last?.address ?? shop.account.website ?? "",
      ...(typed !== undefined && { faults: [{ field: "address", message: "Name your page." }] }),
      ...(last && { last: { ...last, when: whenOf(last.checkedAt, visit) } }),
    })
    return page(c, body, typed === undefined ? 200 : 422)
  }

  const look = async (c: Context<ConsoleEnv>, address: string, notice?: string) => {
    const { visit } = c.var
    if (!(await deps.limits.allows("page-look", visit.account.id))) return tooMany(c)
    const asked = { widget: c.req.param("widget") ?? "", address }
    const checked = await checkPage({ ...deps, readPage }, visit.actor, asked)
    if (checked.outcome === "forbidden") return forbiddenPage(c)
    if (checked.outcome === "unknown") return notFound(c)
    return saved(c, here(c), notice)
  }

  return new Hono<ConsoleEnv>()
    .get("/widgets/:widget/check", (c) => shown(c))
    .post("/widgets/:widget/check", async (c) => {
      const address = (await readForm(c)).one("address")
      return address === "" ? shown(c, address) : look(c, address)
    })
    .post("/widgets/:widget/check/allow", async (c) => {
      const site = siteOrigin((await readForm(c)).one("origin"))
      if (!site.ok) return notFound(c)
      const { actor } = c.var.visit
      const edited = await allowSite(deps, actor, site.origin)
      if (edited.outcome === "forbidden") return forbiddenPage(c)
      if (edited.outcome !== "saved") return notFound(c)
      const found = await findCheck(deps, actor, c.req.param("widget"))
      const address = found.outcome === "found" ? found.last?.address : undefined
      const notice = `${site.origin} may show your tickets now.`
      return address === undefined ? saved(c, here(c), notice) : look(c, address, notice)
    })
}

/** "14:05" today, "Fri 20 Nov, 14:05" before. */
export function whenOf(instant: string, { now, account }: Visit): string {
  return formatMoment(instant, now, "en", account.timeZone)
}
