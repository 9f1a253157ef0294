import { type Context, Hono } from "hono"
import { breakdownFile, breakdownFileName } from "#core/breakdown-file.ts"
import { campaignLink, linkFields, type LinkWish } from "#core/campaign-link.ts"
import { csvMark } from "#core/csv.ts"
import { formatDateTime, formatTime } from "#core/format.ts"
import { orderFileHead, orderFileLine } from "#core/order-file.ts"
import { dayOf, type ReportQuery, reportQuery, queryText } from "#core/report.ts"
import { may } from "#core/role.ts"
import { salesFile, salesFileName } from "#core/sales-file.ts"
import { qrPng, qrSvg } from "#documents/qr-picture.ts"
import {
  listCreditedOrders,
  type RowWish,
  streamCreditedOrders,
} from "#flows/list-credited-orders.ts"
import { readPixels } from "#flows/read-pixels.ts"
import { readReport } from "#flows/read-report.ts"
import { readSales } from "#flows/read-sales.ts"
import { forgetView, saveView } from "#flows/save-view.ts"
import { seeLinks } from "#flows/see-links.ts"
import { attributionPage } from "#views/console/attribution.ts"
import { linksPage } from "#views/console/campaign-links.ts"
import { creditedOrdersPage } from "#views/console/credited-orders.ts"
import { pixelPage } from "#views/console/pixel-health.ts"
import { salesPage } from "#views/console/sales-history.ts"
import { forbiddenPage, notFound, page, saved } from "#web/console/answer.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { readForm } from "#web/console/form.ts"
import { streamOf } from "#web/console/text-stream.ts"

type Ask = Context<ConsoleEnv>

const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"

/** The marketer's reports: what sold tickets, its orders, links, pixels, sales history. */
export function reportRoutes(deps: ConsoleDeps) {
  return new Hono<ConsoleEnv>()
    .get("/reports", (c) => showReport(c, deps))
    .get("/reports.csv", (c) => reportFile(c, deps))
    .get("/reports/orders", (c) => showOrders(c, deps))
    .get("/reports/orders.csv", (c) => ordersFile(c, deps))
    .post("/reports/views", (c) => keepView(c, deps))
    .post(`/reports/views/:id{${uuid}}/delete`, (c) => dropView(c, deps))
    .get("/reports/links", (c) => showLinks(c, deps))
    .get("/reports/links/code.svg", (c) => code(c, "svg"))
    .get("/reports/links/code.png", (c) => code(c, "png"))
    .get("/reports/pixels", (c) => showPixels(c, deps))
    .get("/reports/sales", (c) => showSales(c, deps))
    .get("/reports/sales.csv", (c) => salesTable(c, deps))
}

/** What the address says; a name twice counts once, and nothing in it is long. */
function askedOf(c: Ask): Record<string, string> {
  const asked = Object.entries(c.req.query())
  return Object.fromEntries(asked.map(([name, value]) => [name, textOf(value)]))
}

const textOf = (value: string) => value.toWellFormed().replaceAll("\u0000", "").slice(0, 1000)

function todayOf({ var: { visit } }: Ask): string {
  return dayOf(visit.now, visit.account.timeZone)
}

async function showReport(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const { timeZone } = visit.account
  const read = await readReport(deps, visit.actor, timeZone, askedOf(c))
  if (read.outcome === "forbidden") return forbiddenPage(c)
  const { freshness, ...shown } = read
  const { countedAt, isBehind } = freshness
  const view = attributionPage({
    ...shown,
    visit,
    isBehind,
    today: todayOf(c),
    ...(countedAt !== undefined && { countedAt: formatTime(countedAt, "en-GB", timeZone) }),
  })
  return page(c, view)
}

async function reportFile(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const read = await readReport(deps, visit.actor, visit.account.timeZone, askedOf(c))
  if (read.outcome === "forbidden") return forbiddenPage(c)
  const { query, report } = read
  return c.body(
    breakdownFile(query, report),
    200,
    fileHeaders("text/csv; charset=utf-8", breakdownFileName(query, report.currency)),
  )
}

function fileHeaders(type: string, name: string): Record<string, string> {
  return {
    "Content-Type": type,
    "Content-Disposition": `attachment; filename="${name}"`,
    "X-Content-Type-Options": "nosniff",
  }
}

async function showOrders(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const { slug, timeZone } = visit.account
  const asked = askedOf(c)
  const row = rowOf(asked)
  const found = await listCreditedOrders(
    deps,
    visit.actor,
    timeZone,
    withCurrency(asked, visit.account.currency),
    row ?? {},
    placeOf(asked),
  )
  if (found.outcome === "forbidden") return forbiddenPage(c)
  const { query, currency, next } = found
  const path = (name: string, more: Record<string, string> = {}) =>
    `/console/${slug}/reports/${name}?${addressOf(query, currency, { ...row, ...more })}`
  const view = creditedOrdersPage({
    visit,
    query,
    currency,
    orders: found.orders.map((order) => ({
      ...order,
      when: formatDateTime(order.placedAt, "en-GB", timeZone),
    })),
    csv: path("orders.csv"),
    today: todayOf(c),
    ...(row && { row }),
    ...(next && { earlier: path("orders", { before: next.placedAt, beforeId: next.id }) }),
  })
  return page(c, view)
}

/** Amounts of several currencies stand in no list: without one it is the account's own. */
function withCurrency(asked: Record<string, string>, usual: string): Record<string, string> {
  return asked["currency"] ? asked : { ...asked, currency: usual }
}

function addressOf(query: ReportQuery, currency: string, more: Record<string, string>): string {
  const said = new URLSearchParams(queryText({ ...query, currency }))
  for (const [name, value] of Object.entries(more)) said.set(name, value)
  return said.toString()
}

type AskedRow = { readonly value: string; readonly source?: string; readonly medium?: string }

function rowOf(asked: Record<string, string>): AskedRow | undefined {
  const { value, source, medium } = asked
  if (value === undefined) return undefined
  return { value, ...(source !== undefined && { source }), ...(medium !== undefined && { medium }) }
}

function placeOf({ before, beforeId }: Record<string, string>) {
  const [seconds = ""] =
    /^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?=(\.\d{1,6})?Z$)/.exec(before ?? "") ?? []
  const atMs = Date.parse(`${seconds}Z`)
  const isPlace =
    // The 30th of February is read as a day of March, and is no instant to the database.
    !Number.isNaN(atMs) &&
    new Date(atMs).toISOString().startsWith(seconds) &&
    new RegExp(`^${uuid}$`).test(beforeId ?? "")
  return isPlace && before && beforeId ? { placedAt: before, id: beforeId } : undefined
}

/** Sent as it is read: a file of any size takes no more memory than its pages. */
async function ordersFile(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const { timeZone, currency: usual } = visit.account
  const asked = withCurrency(askedOf(c), usual)
  const row: RowWish = rowOf(asked) ?? {}
  const found = await streamCreditedOrders(deps, visit.actor, timeZone, asked, row)
  if (found.outcome === "forbidden") return forbiddenPage(c)
  const { currency, query } = found
  async function* lines() {
    yield csvMark + orderFileHead
    for await (const orders of found.outcome === "orders" ? found.pages : [])
      yield orders.map((order) => orderFileLine(order, currency, timeZone)).join("")
  }
  const name = `orders-${query.days.from}-${query.days.to}-${currency}.csv`
  return c.body(streamOf(lines()), 200, fileHeaders("text/csv; charset=utf-8", name))
}

async function keepView(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const form = await readForm(c)
  const asked = Object.fromEntries(new URLSearchParams(textOf(form.one("query"))))
  const query = reportQuery(asked, todayOf(c))
  const done = await saveView(deps, visit.actor, form.one("name"), query)
  if (done.outcome === "forbidden") return forbiddenPage(c)
  const text = queryText(query)
  const back = `/console/${visit.account.slug}/reports${text === "" ? "" : `?${text}`}`
  if (done.outcome === "saved") return saved(c, back, "The view is saved for everybody here.")
  const why = {
    "no-name": "Give the view a name, then save it.",
    "too-many": "There are a hundred views already. Delete one first.",
  }
  return saved(c, back, why[done.reason])
}

async function dropView(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const done = await forgetView(deps, visit.actor, c.req.param("id") ?? "")
  if (done.outcome === "forbidden") return forbiddenPage(c)
  return saved(c, `/console/${visit.account.slug}/reports`, "The view is gone.")
}

function wishOf(c: Ask): LinkWish {
  const asked = askedOf(c)
  const fields = linkFields.map((name) => [name, asked[name] ?? ""])
  return Object.fromEntries(fields) as LinkWish
}

async function showLinks(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const wish = wishOf(c)
  const seen = await seeLinks(deps, visit.actor, visit.account.slug, wish)
  if (seen.outcome === "forbidden") return forbiddenPage(c)
  const { made, codes, isAllowedSite, usualPage } = seen
  const isNew = c.req.query("page") === undefined
  const view = linksPage({
    visit,
    codes,
    isAllowedSite,
    wish: isNew ? { ...wish, page: usualPage } : wish,
    query: linkQuery(wish),
    ...(made ? { made } : !isNew && { made: campaignLink(wish) }),
  })
  return page(c, view)
}

function linkQuery(wish: LinkWish): string {
  const said = linkFields.filter((name) => wish[name] !== "")
  return new URLSearchParams(said.map((name): [string, string] => [name, wish[name]])).toString()
}

async function code(c: Ask, kind: "svg" | "png"): Promise<Response> {
  if (!may(c.var.visit.actor, "see-reports")) return forbiddenPage(c)
  const made = campaignLink(wishOf(c))
  if (!made.ok) return notFound(c)
  const name = `link-${made.reads.source}-${made.reads.value}`.replaceAll(/[^\w-]+/g, "-")
  const file = `${name.slice(0, 80)}.${kind}`
  return kind === "svg"
    ? c.body(qrSvg(made.link), 200, fileHeaders("image/svg+xml", file))
    : c.body(await qrPng(made.link), 200, fileHeaders("image/png", file))
}

async function showPixels(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const days = c.req.query("days") === "7" ? 7 : 1
  const read = await readPixels(deps, visit.actor, days)
  if (read.outcome === "forbidden") return forbiddenPage(c)
  return page(c, pixelPage({ visit, days, pixels: read.pixels }))
}

async function showSales(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const asked = askedOf(c)
  const read = await readSales(deps, visit.actor, visit.account.timeZone, asked)
  if (read.outcome === "forbidden") return forbiddenPage(c)
  const { show, beside } = asked
  const view = salesPage({
    ...read,
    visit,
    today: todayOf(c),
    now: visit.now,
    ...(show !== undefined && { show }),
    ...(beside !== undefined && { beside }),
  })
  return page(c, view)
}

async function salesTable(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const read = await readSales(deps, visit.actor, visit.account.timeZone, askedOf(c))
  if (read.outcome === "forbidden") return forbiddenPage(c)
  const shown = { ...read, currency: read.report.currency, now: visit.now }
  return c.body(salesFile(shown), 200, fileHeaders("text/csv; charset=utf-8", salesFileName(shown)))
}
