import { type Context, Hono } from "hono"
import type { CatalogueFile } from "#core/catalogue-file.ts"
import { promotionPart } from "#core/catalogue-part.ts"
import { formEntriesOf } from "#core/form-tree.ts"
import type { PartFault } from "#core/part-faults.ts"
import { kindTyped, promotionTyped } from "#core/promotion-form.ts"
import { hostedPromoLink, sharedLink } from "#core/promo-link.ts"
import { may } from "#core/role.ts"
import { qrPng, qrSvg } from "#documents/qr-picture.ts"
import { seeCatalogue } from "#flows/see-catalogue.ts"
import { findPromotionSeen, type FoundPromotion, seePromotions } from "#flows/see-promotions.ts"
import { stopPromotion } from "#flows/stop-promotion.ts"
import { formValues } from "#views/console/form-values.ts"
import { promotionLabel } from "#views/console/promotion-form.ts"
import { newPromotionPage, promotionPage, type Share } from "#views/console/promotion-page.ts"
import { promotionsPage } from "#views/console/promotions.ts"
import { forbiddenPage, notFound, page, saved } from "#web/console/answer.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { readForm, type Typed } from "#web/console/form.ts"
import { type PartForm, savePart, showPart } from "#web/console/part-form.ts"

type Ask = Context<ConsoleEnv>
const onCode = "/promotions/:code{[A-Z0-9_-]{2,40}}"

/** The codes, each one with its form, its links and its QR codes. */
export function promotionRoutes(deps: ConsoleDeps) {
  return new Hono<ConsoleEnv>()
    .get("/promotions", (c) => showAll(c, deps))
    .get("/promotions/new", (c) => showNew(c, deps))
    .post("/promotions/new", (c) => create(c, deps))
    .get(onCode, (c) => showOne(c, deps))
    .post(onCode, (c) => savePart(c, deps, oneForm(c, deps)))
    .post(`${onCode}/stop`, (c) => stop(c, deps, true))
    .post(`${onCode}/start`, (c) => stop(c, deps, false))
    .get(`${onCode}/qr.svg`, (c) =>
      qr(c, deps, "svg", (link) => Promise.resolve(new TextEncoder().encode(qrSvg(link)))),
    )
    .get(`${onCode}/qr.png`, (c) => qr(c, deps, "png", qrPng))
}

async function showAll(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const seen = await seePromotions(deps, visit.actor)
  if (seen.outcome === "forbidden") return forbiddenPage(c)
  const shown = c.req.query("show") === "over" ? "over" : "running"
  return page(c, promotionsPage({ visit, ...seen, shown }))
}

async function showNew(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const permission = "edit-promotions"
  const seen = await seeCatalogue(deps, visit.actor, { permission, events: [] })
  if (seen.outcome === "forbidden") return forbiddenPage(c)
  const values = formValues(copied(seen.file, c.req.query("from") ?? ""))
  return page(
    c,
    newPromotionPage({ visit, form: { file: seen.file, values, faults: [], base: "" } }),
  )
}

/** All of another code but its name, its past and that it was stopped. */
function copied(file: CatalogueFile, code: string): Typed {
  const part = promotionPart(code)
  const other = part.get(file)
  if (typeof other !== "object" || other === null) return []
  const isAmount = !Object.hasOwn(other, "percentOff") && !Object.hasOwn(other, "bogo")
  const entries = formEntriesOf(part.schema, other).filter(
    ([name]) => name !== "code" && name !== "stopped",
  )
  return isAmount ? [["$kind", "amount"], ...entries] : entries
}

async function create(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const form = await readForm(c)
  const code = form.one("code").toUpperCase()
  return savePart(c, deps, {
    permission: "edit-promotions",
    action: "promotion.created",
    subject: `promotion:${code}`,
    events: [],
    part: promotionPart(code),
    newBy: "code",
    prepare: promotionTyped,
    labelOf: promotionLabel,
    say: (fault, typed) => inWords(fault, typed),
    view: ({ visit, ...told }) => newPromotionPage({ visit, form: told }),
    done: { path: `promotions/${code}`, notice: `${code} can be used now, within its dates.` },
  })
}

/** Better words for what the file's checks say of the thing as a whole. */
function inWords(fault: PartFault, typed: Typed): PartFault {
  if (fault.field === "" && kindTyped(typed) === "percent")
    return { field: "percentOff", message: "Say how many percent come off." }
  if (fault.field === "" && kindTyped(typed) === "amount")
    return { field: "$kind", message: "Say how much comes off, in one currency at least." }
  if (fault.field.startsWith("code"))
    return fault.message.includes("taken")
      ? fault
      : { field: "code", message: "A code has 2 to 40 letters, digits, - or _." }
  if (fault.field === "audience.emails")
    return { ...fault, message: "Write at least one address, or a domain like @example.org." }
  return fault
}

function oneForm(c: Ask, deps: ConsoleDeps): PartForm {
  const code = c.req.param("code") ?? ""
  return {
    permission: "edit-promotions",
    action: "promotion.changed",
    subject: `promotion:${code}`,
    events: [],
    part: promotionPart(code),
    keep: ["stopped"],
    prepare: promotionTyped,
    labelOf: promotionLabel,
    say: inWords,
    view: async ({ visit, ...form }) => {
      const found = await findPromotionSeen(deps, visit.actor, code)
      if (found.outcome !== "found")
        throw new Error(`promotion ${code} went away while it was edited`)
      return promotionPage({ visit, ...found, form, share: shareOf(c, deps, found) })
    },
    done: { path: `promotions/${code}`, notice: "Saved. Open widgets have it now." },
  }
}

async function showOne(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  if (may(visit.actor, "edit-promotions")) return showPart(c, deps, oneForm(c, deps))
  const found = await findPromotionSeen(deps, visit.actor, c.req.param("code") ?? "")
  if (found.outcome === "forbidden") return forbiddenPage(c)
  if (found.outcome === "unknown") return notFound(c)
  return page(c, promotionPage({ visit, ...found, share: shareOf(c, deps, found) }))
}

const shareFaults = {
  "not-an-address": "Paste the address of the page, like https://your-site.example/tickets.",
  "not-an-allowed-site":
    "Only your allowed sites can show tickets. Add this one in Settings, Sites.",
} as const

type Found = Extract<FoundPromotion, { readonly outcome: "found" }>

function shareOf(c: Ask, { publicUrl }: ConsoleDeps, { shop, seen }: Found): Share {
  const { code } = seen.promotion
  const asked = c.req.query("page") ?? ""
  const shared = sharedLink(shop, publicUrl, code, asked)
  return {
    page: asked.slice(0, 500),
    ...(shared.ok ? { link: shared.link } : { fault: shareFaults[shared.reason] }),
    widgets: shop.widgets.map(({ slug, title }) => ({
      title,
      link: hostedPromoLink(publicUrl, `${shop.account.slug}/${slug}`, code),
    })),
  }
}

async function stop(c: Ask, deps: ConsoleDeps, stopped: boolean): Promise<Response> {
  const { visit } = c.var
  const code = c.req.param("code") ?? ""
  const done = await stopPromotion(deps, visit.actor, code, stopped)
  if (done.outcome === "forbidden") return forbiddenPage(c)
  if (done.outcome !== "saved") return notFound(c)
  const notice = stopped ? `${code} is stopped: nobody can use it now.` : `${code} runs again.`
  return saved(c, `/console/${visit.account.slug}/promotions/${code}`, notice)
}

async function qr(
  c: Ask,
  deps: ConsoleDeps,
  kind: "svg" | "png",
  draw: (link: string) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<Response> {
  const code = c.req.param("code") ?? ""
  const found = await findPromotionSeen(deps, c.var.visit.actor, code)
  if (found.outcome === "forbidden") return forbiddenPage(c)
  if (found.outcome === "unknown") return notFound(c)
  const shared = sharedLink(found.shop, deps.publicUrl, code, c.req.query("page"))
  if (!shared.ok) return notFound(c)
  return c.body(await draw(shared.link), 200, {
    "Content-Type": kind === "svg" ? "image/svg+xml" : "image/png",
    "Content-Disposition": `attachment; filename="${code}.${kind}"`,
    "X-Content-Type-Options": "nosniff",
  })
}
