import { type Context, Hono } from "hono"
import { type CsvCell, csvLine, csvMark } from "#core/csv.ts"
import { toDecimal } from "#core/money.ts"
import { daysBetween } from "#core/order-search.ts"
import { localOf } from "#core/schedule.ts"
import { may } from "#core/role.ts"
import { cancelOrder } from "#flows/cancel-order.ts"
import { exportOrders, findOrders, type OrderSearch } from "#flows/list-orders.ts"
import { resendConfirmation } from "#flows/resend-confirmation.ts"
import { type OrderDetail, seeOrder } from "#flows/see-order.ts"
import { money } from "#views/console/kit/figures.ts"
import { cancelOrderPage, orderNotNow, orderPage } from "#views/console/order.ts"
import { orderStateName } from "#views/console/order-words.ts"
import {
  type ListedOrder,
  type OrdersQuery,
  ordersPage,
  readOrdersQuery,
} from "#views/console/orders.ts"
import { forbiddenPage, notFound, page, saved, tooMany } from "#web/console/answer.ts"
import type { ConsoleEnv, Visit } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { streamOf } from "#web/console/text-stream.ts"

type At = Context<ConsoleEnv>

/** The orders of an account: the list, one of them, what can be done to it, and all of them as a file. */
export function ordersRoutes(deps: ConsoleDeps) {
  return new Hono<ConsoleEnv>()
    .get("/orders", (c) => showList(c, deps))
    .get("/orders.csv", (c) => sendFile(c, deps))
    .get("/orders/:number", (c) =>
      withOrder(c, deps, (detail) => page(c, orderPage({ visit: c.var.visit, ...detail }))),
    )
    .get("/orders/:number/cancel", (c) => withOrder(c, deps, (detail) => askToCancel(c, detail)))
    .post("/orders/:number/cancel", (c) => cancel(c, deps))
    .post("/orders/:number/resend", (c) => resend(c, deps))
}

async function showList(c: At, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const query = readOrdersQuery((name) => asked(c, name))
  const [before, after] = [idOf(c.req.query("before")), idOf(c.req.query("after"))]
  const found = await findOrders(deps, visit.actor, searchOf(query, visit), { before, after })
  if (found.outcome === "forbidden") return forbiddenPage(c)
  if (found.outcome === "one")
    return c.redirect(`/console/${visit.account.slug}/orders/${found.number}`, 303)
  return page(c, ordersPage({ visit, query, ...found }))
}

/** PostgreSQL keeps no NUL. */
function asked(c: At, name: string): string {
  return (c.req.query(name) ?? "").replaceAll("\u0000", "")
}

function searchOf(query: OrdersQuery, { account }: Visit): OrderSearch {
  const { text, kind, eventSlug } = query
  return {
    text,
    kind,
    ...(eventSlug !== "" && { eventSlug }),
    ...daysBetween(query, account.timeZone),
  }
}

function idOf(text: string | undefined): string | undefined {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(text ?? "")?.[0]
}

async function withOrder(
  c: At,
  deps: ConsoleDeps,
  show: (detail: OrderDetail) => Response,
): Promise<Response> {
  const seen = await seeOrder(deps, c.var.visit.actor, c.req.param("number") ?? "")
  if (seen.outcome === "forbidden") return forbiddenPage(c)
  return seen.outcome === "unknown" ? notFound(c) : show(seen.detail)
}

function askToCancel(c: At, { order, payments }: OrderDetail): Response {
  const { visit } = c.var
  if (!may(visit.actor, "handle-orders")) return forbiddenPage(c)
  if (order.state !== "paid" && order.state !== "partially_refunded") return cannotCancel(c, order)
  const refundableMinor = payments.reduce(
    (sum, each) => sum + each.capturedMinor - each.refundReservedMinor,
    0,
  )
  return page(c, cancelOrderPage({ visit, order, refundableMinor }))
}

function cannotCancel(
  c: At,
  order: { readonly number: string; readonly state: OrderDetail["order"]["state"] },
) {
  const text = `It is "${orderStateName(order.state)}" now. Only an order that is paid can be canceled.`
  const { visit } = c.var
  return page(c, orderNotNow({ visit, order, title: "This order cannot be canceled", text }), 422)
}

async function cancel(c: At, deps: ConsoleDeps): Promise<Response> {
  const { account, actor } = c.var.visit
  const number = c.req.param("number") ?? ""
  const path = `/console/${account.slug}/orders/${number}`
  const canceled = await cancelOrder(deps, actor, number)
  switch (canceled.outcome) {
    case "forbidden":
      return forbiddenPage(c)
    case "unknown":
      return notFound(c)
    case "not-now":
      return cannotCancel(c, { number, state: canceled.state })
    case "already":
      return saved(c, path, "This order was canceled already.")
    case "canceled":
      return saved(
        c,
        path,
        canceled.refundMinor === 0
          ? "Canceled. The places are back on sale."
          : `Canceled. ${money(canceled.refundMinor, canceled.currency)} is on its way back.`,
      )
  }
}

async function resend(c: At, deps: ConsoleDeps): Promise<Response> {
  const { account, actor } = c.var.visit
  const number = c.req.param("number") ?? ""
  const path = `/console/${account.slug}/orders/${number}`
  const resent = await resendConfirmation(deps, actor, number, (id) =>
    deps.limits.allows("resend-order", id),
  )
  switch (resent.outcome) {
    case "forbidden":
      return forbiddenPage(c)
    case "unknown":
      return notFound(c)
    case "too-often":
      return tooMany(c)
    case "not-now":
      return saved(c, path, "There are no tickets to send.")
    case "on-its-way":
      return saved(c, path, `On its way to ${resent.email}.`)
  }
}

/** Everything the list would show, page after page, as a spreadsheet reads it. */
async function sendFile(c: At, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const query = readOrdersQuery((name) => asked(c, name))
  const exported = await exportOrders(deps, visit.actor, searchOf(query, visit))
  if (exported.outcome === "forbidden") return forbiddenPage(c)
  const day = localOf(visit.now, visit.account.timeZone).slice(0, 10)
  c.header("Content-Type", "text/csv; charset=utf-8")
  c.header("Content-Disposition", `attachment; filename="orders-${visit.account.slug}-${day}.csv"`)
  const clock = wallClock(visit.account.timeZone)
  async function* lines() {
    yield `${csvMark}${csvLine(heads)}`
    for await (const orders of exported.outcome === "pages" ? exported.pages : [])
      yield orders.map((order) => csvLine(cellsOf(order, clock))).join("")
  }
  return c.body(streamOf(lines()))
}

/** "2026-06-01 00:01:00", as Sweden and spreadsheets write it. Made once: a file has a million of them. */
function wallClock(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" })
}

const heads = [
  "Order",
  "Begun",
  "Status",
  "First name",
  "Last name",
  "E-mail",
  "Phone",
  "Events",
  "Tickets",
  "Other items",
  "Currency",
  "Subtotal",
  "Discount",
  "Fee",
  "Tax",
  "Shipping",
  "Total",
  "Refunded",
  "Promo code",
  "Source",
  "Medium",
  "Campaign",
]

type Exported = ListedOrder &
  Parameters<typeof amounts>[0] & {
    readonly phone?: string
    readonly promoCode?: string
    readonly campaign: string
  }

function cellsOf(order: Exported, clock: Intl.DateTimeFormat): CsvCell[] {
  return [
    order.number,
    clock.format(Date.parse(order.createdAt)),
    orderStateName(order.state),
    order.firstName,
    order.lastName,
    order.email,
    order.phone ?? null,
    order.eventTitles.join("; "),
    order.tickets,
    order.extras,
    order.currency.toUpperCase(),
    ...amounts(order),
    order.promoCode ?? null,
    order.source,
    order.medium,
    order.campaign,
  ]
}

function amounts(order: {
  readonly currency: string
  readonly subtotalMinor: number
  readonly discountMinor: number
  readonly feeMinor: number
  readonly taxMinor: number
  readonly shippingMinor: number
  readonly totalMinor: number
  readonly refundedMinor: number
}): string[] {
  const { subtotalMinor, discountMinor, feeMinor, taxMinor, shippingMinor, totalMinor } = order
  const all = [subtotalMinor, discountMinor, feeMinor, taxMinor, shippingMinor, totalMinor]
  return [...all, order.refundedMinor].map((minor) => toDecimal(minor, order.currency))
}
