import { type Context, Hono } from "hono"
import { schemeOf } from "#core/brand.ts"
import { widgetPart } from "#core/catalogue-part.ts"
import { slugFrom } from "#core/slug.ts"
import { snippetsFor } from "#core/snippets.ts"
import { may } from "#core/role.ts"
import { findCheck } from "#flows/check-page.ts"
import { seeCatalogue } from "#flows/see-catalogue.ts"
import { formValues } from "#views/console/form-values.ts"
import { widgetPage } from "#views/console/widget-page.ts"
import { newWidgetPage, widgetLabel, widgetsPage } from "#views/console/widgets.ts"
import { forbiddenPage, notFound, page } from "#web/console/answer.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { readForm } from "#web/console/form.ts"
import { type PartForm, savePart, showPart } from "#web/console/part-form.ts"
import { framed } from "#web/console/settings-brand.ts"

type Ask = Context<ConsoleEnv>
const onWidget = "/widgets/:widget{[a-z0-9]+(?:-[a-z0-9]+)*}"

/** What can be embedded: the list, each one's snippet, preview and settings. */
export function widgetRoutes(deps: ConsoleDeps) {
  return new Hono<ConsoleEnv>()
    .get("/widgets", async (c) => {
      const { visit } = c.var
      if (!may(visit.actor, "edit-widgets")) return forbiddenPage(c)
      const { widgets } = await deps.storefronts.fresh(deps.pool.db, visit.actor.accountId)
      const openPages = deps.openPages(visit.actor.accountId)
      return page(c, widgetsPage({ visit, widgets, openPages }))
    })
    .get("/widgets/new", (c) => showNew(c, deps))
    .post("/widgets/new", (c) => create(c, deps))
    .get(onWidget, (c) => showPart(c, deps, oneForm(c, deps)))
    .post(onWidget, (c) => savePart(c, deps, oneForm(c, deps)))
    .get(`${onWidget}/preview`, async (c) => {
      const found = await findCheck(deps, c.var.visit.actor, c.req.param("widget"))
      if (found.outcome === "forbidden") return forbiddenPage(c)
      if (found.outcome === "unknown") return notFound(c)
      const { shop, widget } = found
      const { locale } = shop.account
      return framed(c, deps, { widget, locale, theme: schemeOf(shop.brand) })
    })
}

async function showNew(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const seen = await seeCatalogue(deps, visit.actor, { permission: "edit-widgets", events: [] })
  if (seen.outcome === "forbidden") return forbiddenPage(c)
  const form = { file: seen.file, values: formValues([]), faults: [], base: "" }
  return page(c, newWidgetPage({ visit, form }))
}

async function create(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const typed = await readForm(c)
  const slug = typed.one("slug") || slugFrom(typed.one("title"), new Set(), "shows")
  return savePart(c, deps, {
    permission: "edit-widgets",
    action: "widget.created",
    subject: `widget:${slug}`,
    events: [],
    part: widgetPart(slug),
    newBy: "slug",
    labelOf: widgetLabel,
    view: ({ visit, ...form }) => newWidgetPage({ visit, form }),
    done: { path: `widgets/${slug}`, notice: "Created. Copy its two lines into your page." },
  })
}

function oneForm(c: Ask, deps: ConsoleDeps): PartForm {
  const slug = c.req.param("widget") ?? ""
  const width = c.req.query("width") === "wide" ? "wide" : "phone"
  return {
    permission: "edit-widgets",
    action: "widget.changed",
    subject: `widget:${slug}`,
    events: [],
    part: widgetPart(slug),
    labelOf: widgetLabel,
    view: async ({ visit, ...form }) => {
      const found = await findCheck(deps, visit.actor, slug)
      if (found.outcome !== "found") throw new Error(`widget ${slug} went away while it was edited`)
      const name = `${visit.account.slug}/${slug}`
      return widgetPage({
        visit,
        slug,
        title: found.widget.title,
        openPages: deps.openPages(visit.actor.accountId).get(name) ?? 0,
        snippets: snippetsFor({ publicUrl: deps.publicUrl, widget: name }),
        kind: c.req.query("for") ?? "html",
        width,
        needs: deps.hostNeeds,
        address: found.last?.address ?? found.shop.account.website ?? "",
        hostedUrl: `${deps.publicUrl}/v1/w/${name}`,
        form,
      })
    },
    done: { path: `widgets/${slug}`, notice: "Saved. Every open page shows it now." },
  }
}
