import { type Context, Hono } from "hono"
import { policyText } from "#core/content-policy.ts"
import { ticketRows, type TypedEvent } from "#core/first-event.ts"
import type { TypedLook } from "#core/first-look.ts"
import { doneSteps, type FirstRunStep, nextStep } from "#core/first-run.ts"
import { may } from "#core/role.ts"
import { siteOrigin } from "#core/site-origin.ts"
import { snippetsFor } from "#core/snippets.ts"
import { addSite } from "#flows/edit-sites.ts"
import {
  addFirstEvent,
  findFirstRun,
  type FirstRun,
  saveFirstLook,
  usualStart,
} from "#flows/first-run.ts"
import { firstRunPage, type FirstRunView, stepPath } from "#views/console/first-run.ts"
import {
  eventStep,
  lookStep,
  orderStep,
  siteStep,
  snippetStep,
} from "#views/console/first-run-steps.ts"
import type { Html } from "#views/html.ts"
import { forbiddenPage, page, saved } from "#web/console/answer.ts"
import { allowAndLook, lookAtPage, whenOf } from "#web/console/check-page.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { type FormEntries, readForm } from "#web/console/form.ts"
import { withPictures } from "#web/console/upload.ts"

type Ask = Context<ConsoleEnv>

/** The guided way to a first sale. Where somebody is follows from what exists, so it may be left and gone on with. */
export function firstRunRoutes(deps: ConsoleDeps) {
  const show = async (c: Ask, view: (run: FirstRun & FirstRunView) => Html, status?: 422) => {
    const run = await findFirstRun(deps, c.var.visit.actor)
    if (run.outcome === "forbidden") return forbiddenPage(c)
    return page(c, view({ ...run, visit: c.var.visit }), status)
  }
  /** To what is not done yet. */
  const goOn = async (c: Ask, notice: string) => {
    const { visit } = c.var
    const run = await findFirstRun(deps, visit.actor)
    const next = run.outcome === "found" ? nextStep(doneSteps(run)) : undefined
    const overview = `/console/${visit.account.slug}/first-run`
    return saved(c, next === undefined ? overview : stepPath({ visit }, next), notice)
  }
  const snippetPath = (c: Ask) => stepPath({ visit: c.var.visit }, "snippet" as FirstRunStep)

  return new Hono<ConsoleEnv>()
    .get("/first-run", (c) => show(c, firstRunPage))
    .get("/first-run/event", (c) => show(c, (run) => eventStep(run, usualEvent(run))))
    .post("/first-run/event", async (c) => {
      if (!may(c.var.visit.actor, "edit-events")) return forbiddenPage(c)
      const form = await readForm(c)
      const { typed: sent, faults } = await withPictures(c, deps, form)
      const typed = typedEvent(form, sent.find(([name]) => name === "picture")?.[1] ?? "")
      if (faults.length > 0) return show(c, (run) => eventStep(run, typed, faults), 422)
      const added = await addFirstEvent(deps, c.var.visit.actor, typed)
      if (added.outcome === "forbidden") return forbiddenPage(c)
      if (added.outcome === "refused")
        return show(c, (run) => eventStep(run, typed, added.faults), 422)
      return goOn(c, `${typed.title} is on sale.`)
    })
    .get("/first-run/look", (c) => show(c, (run) => lookStep(run, lookOf(run))))
    .post("/first-run/look", async (c) => {
      const typed = typedLook(await readForm(c))
      const edited = await saveFirstLook(deps, c.var.visit.actor, typed)
      if (edited.outcome === "forbidden") return forbiddenPage(c)
      if (edited.outcome === "saved") return goOn(c, "Your widgets wear it now.")
      const atFields = edited.faults.map(({ path, message }) => ({ field: path, message }))
      return show(c, (run) => lookStep(run, typed, atFields), 422)
    })
    .get("/first-run/site", (c) => show(c, (run) => siteStep(run, usualSite(run))))
    .post("/first-run/site", async (c) => {
      const typed = (await readForm(c)).one("site")
      const site = siteOrigin(typed)
      if (!site.ok) {
        const faults = [
          { field: "site", message: "Name your site, like www.laughingstock.example." },
        ]
        return show(c, (run) => siteStep(run, typed, faults), 422)
      }
      const edited = await addSite(deps, c.var.visit.actor, site.origin, "edit-widgets")
      if (edited.outcome === "forbidden") return forbiddenPage(c)
      if (edited.outcome === "saved") return goOn(c, `${site.origin} may show your tickets.`)
      const message = edited.faults[0]?.message ?? ""
      return show(c, (run) => siteStep(run, typed, [{ field: "site", message }]), 422)
    })
    .get("/first-run/snippet", (c) => show(c, (run) => snippetView(c, deps, run)))
    .post("/first-run/snippet/check", async (c) => {
      const address = (await readForm(c)).one("address")
      const run = await findFirstRun(deps, c.var.visit.actor)
      if (run.outcome === "forbidden") return forbiddenPage(c)
      if (address === "")
        return page(c, snippetView(c, deps, { ...run, visit: c.var.visit }, true), 422)
      const asked = { widget: run.widget.slug, address }
      return lookAtPage(c, deps, asked, { path: snippetPath(c) })
    })
    .post("/first-run/snippet/check/allow", async (c) => {
      const run = await findFirstRun(deps, c.var.visit.actor)
      if (run.outcome === "forbidden") return forbiddenPage(c)
      return allowAndLook(c, deps, run.widget.slug, snippetPath(c))
    })
    .get("/first-run/order", (c) => show(c, orderStep))
}

function snippetView(
  c: Ask,
  deps: ConsoleDeps,
  run: FirstRun & FirstRunView,
  isEmpty = false,
): Html {
  const { visit } = c.var
  const { check, shop, widget } = run
  const [site = ""] = shop.allowedOrigins
  return snippetStep(run, {
    snippets: snippetsFor({
      publicUrl: deps.publicUrl,
      widget: `${visit.account.slug}/${widget.slug}`,
    }),
    policy: policyText(deps.hostNeeds),
    check: {
      action: `${stepPath(run, "snippet")}/check`,
      address: isEmpty ? "" : (check?.address ?? shop.account.website ?? site),
      ...(isEmpty && { faults: [{ field: "address", message: "Name your page." }] }),
      ...(check && { last: { ...check, when: whenOf(check.checkedAt, visit) } }),
    },
  })
}

/** What most answer: one kind of ticket, a fee that guests pay, next to nothing else. */
function usualEvent(run: FirstRun): TypedEvent {
  return {
    title: "",
    summary: "",
    picture: "",
    venue: "",
    street: "",
    city: "",
    subdivision: "",
    at: usualStart(run),
    repeat: "once",
    times: "",
    capacity: "",
    tickets: [],
    fee: "none",
    feePercent: "4",
    feeFixed: "0.50",
    taxName: "",
    taxPercent: "",
  }
}

function typedEvent(form: FormEntries, picture: string): TypedEvent {
  return {
    title: form.one("title"),
    summary: form.one("summary"),
    picture: /^\/media\/account\/[\w./-]+$/.test(picture) ? picture : "",
    venue: form.one("venue"),
    street: form.one("street"),
    city: form.one("city"),
    subdivision: form.one("subdivision").toUpperCase(),
    at: form.one("at").slice(0, 16),
    repeat: form.one("repeat"),
    times: form.one("times"),
    capacity: form.one("capacity"),
    tickets: Array.from({ length: ticketRows }, (_, i) => ({
      title: form.one(`tickets[${i}].title`),
      price: form.one(`tickets[${i}].price`),
    })),
    fee: form.one("fee"),
    feePercent: form.one("feePercent"),
    feeFixed: form.one("feeFixed"),
    taxName: form.one("taxName"),
    taxPercent: form.one("taxPercent"),
  }
}

function lookOf({ shop }: FirstRun): TypedLook {
  const { theme = "", colors, radiusPx = 10 } = shop.brand
  return { theme, accent: colors.accent ?? "", radius: String(radiusPx) }
}

function typedLook(form: FormEntries): TypedLook {
  return {
    theme: form.one("account.brand.theme"),
    accent: form.one("account.brand.colors.accent"),
    radius: form.one("account.brand.radiusPx"),
  }
}

/** The website that the organization names, if it named one. */
function usualSite({ shop }: FirstRun): string {
  return shop.account.website ?? ""
}
