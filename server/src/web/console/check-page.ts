import { type Context, Hono } from "hono"
import { formatMoment } from "#core/format.ts"
import { may } from "#core/role.ts"
import { siteOrigin } from "#core/site-origin.ts"
import { readPage } from "#documents/read-page.ts"
import { checkPage, findCheck } from "#flows/check-page.ts"
import { addSite } from "#flows/edit-sites.ts"
import { checkPageView } from "#views/console/check-page.ts"
import { forbiddenPage, notFound, page, saved, tooMany } from "#web/console/answer.ts"
import type { ConsoleEnv, Visit } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { readForm } from "#web/console/form.ts"

/** Looks at a page, keeps what it found, and leads to where it is shown. */
export async function lookAtPage(
  c: Context<ConsoleEnv>,
  deps: ConsoleDeps,
  asked: { readonly widget: string; readonly address: string },
  back: { readonly path: string; readonly notice?: string },
): Promise<Response> {
  const { visit } = c.var
  if (!(await deps.limits.allows("page-look", visit.account.id))) return tooMany(c)
  const checked = await checkPage({ ...deps, readPage }, visit.actor, asked)
  if (checked.outcome === "forbidden") return forbiddenPage(c)
  if (checked.outcome === "unknown") return notFound(c)
  return saved(c, back.path, back.notice)
}

/** Allows the site that a finding names, and looks again. */
export async function allowAndLook(
  c: Context<ConsoleEnv>,
  deps: ConsoleDeps,
  widget: string,
  path: string,
): Promise<Response> {
  const site = siteOrigin((await readForm(c)).one("origin"))
  const { actor } = c.var.visit
  if (!may(actor, "edit-widgets")) return forbiddenPage(c)
  const found = site.ok ? await findCheck(deps, actor, widget) : undefined
  if (!site.ok || found?.outcome !== "found") return notFound(c)
  const edited = await addSite(deps, actor, site.origin, "edit-widgets")
  if (edited.outcome !== "saved") return notFound(c)
  const notice = `${site.origin} may show your tickets now.`
  const address = found.last?.address
  if (address === undefined) return saved(c, path, notice)
  return lookAtPage(c, deps, { widget, address }, { path, notice })
}

/** `widgets/:widget/check`: asks for a page's address, looks at it, and keeps what it found. */
export function checkPageRoutes(deps: ConsoleDeps) {
  const widgetOf = (c: Context<ConsoleEnv>) => c.req.param("widget") ?? ""
  const here = (c: Context<ConsoleEnv>) =>
    `/console/${c.var.visit.account.slug}/widgets/${widgetOf(c)}/check`

  const shown = async (c: Context<ConsoleEnv>, typed?: string) => {
    const { visit } = c.var
    const found = await findCheck(deps, visit.actor, widgetOf(c))
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

  return new Hono<ConsoleEnv>()
    .get("/widgets/:widget/check", (c) => shown(c))
    .post("/widgets/:widget/check", async (c) => {
      const address = (await readForm(c)).one("address")
      if (address === "") return shown(c, address)
      return lookAtPage(c, deps, { widget: widgetOf(c), address }, { path: here(c) })
    })
    .post("/widgets/:widget/check/allow", (c) => allowAndLook(c, deps, widgetOf(c), here(c)))
}

/** "14:05" today, "Fri 20 Nov, 14:05" before. */
export function whenOf(instant: string, { now, account }: Visit): string {
  return formatMoment(instant, now, "en", account.timeZone)
}
