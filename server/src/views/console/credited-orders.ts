import { nameOf } from "#core/breakdown-file.ts"
import { may } from "#core/role.ts"
import { type ReportQuery, queryText } from "#core/report.ts"
import { linkButton } from "#views/console/kit/button.ts"
import { badge, card, emptyState } from "#views/console/kit/card.ts"
import { money, number } from "#views/console/kit/figures.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { pager, table } from "#views/console/kit/table.ts"
import { rangeText } from "#views/console/report-figures.ts"
import { html, type Html, url } from "#views/html.ts"

export type CreditedOrdersPage = {
  readonly visit: Surroundings
  readonly query: ReportQuery
  readonly currency: string
  /** Which row of the report was opened; all of it when absent. */
  readonly row?: { readonly value: string; readonly source?: string; readonly medium?: string }
  readonly orders: readonly CreditedLine[]
  /** The address of the older ones. */
  readonly earlier?: string
  readonly csv: string
  readonly today: string
}

export type CreditedLine = {
  readonly number: string
  /** "20 Nov, 16:04". */
  readonly when: string
  readonly totalMinor: number
  readonly refundedMinor: number
  readonly isReturned: boolean
  readonly tickets: number
  readonly creditedMinor: number
  readonly promoCode?: string
  readonly path: readonly string[]
}

/** The orders behind a figure: numbers, amounts, and the way that each buyer came. Nobody's name. */
export function creditedOrdersPage(page: CreditedOrdersPage): Html {
  const { visit, query, row } = page
  const slug = visit.account.slug
  const text = queryText(query)
  return consolePage({
    visit,
    title: row ? titleOf(query, row) : "Orders of these days",
    active: "reports",
    crumbs: [
      { label: "Attribution", href: `/console/${slug}/reports${text === "" ? "" : `?${text}`}` },
    ],
    lead: `${rangeText(query.days, page.today)}, ${modelWords[query.model]}, ${page.currency.toUpperCase()}`,
    actions: linkButton({ label: "CSV", icon: "download", href: page.csv, download: true }),
    body: card({ label: "Orders", body: html`${lines(page)} ${foot(page)}` }),
  })
}

const modelWords = {
  first: "credited to the first touch",
  last: "credited to the last touch",
  linear: "shared by all touches",
} as const

function titleOf(query: ReportQuery, row: NonNullable<CreditedOrdersPage["row"]>): string {
  const name = nameOf(query.dimension, row)
  return row.source === undefined ? name : `${name}, ${row.source} / ${row.medium ?? ""}`
}

function lines(page: CreditedOrdersPage): Html {
  const { orders, currency, visit } = page
  if (orders.length === 0)
    return emptyState({
      title: page.earlier === undefined ? "No orders" : "None among the newest",
      text:
        page.earlier === undefined
          ? "Visits came this way, but nobody bought in these days."
          : "Older orders may be of this kind: look further back.",
    })
  return table({
    caption: "Orders, the newest first",
    columns: [
      { label: "Order" },
      { label: "Placed" },
      { label: "Came by", kind: "wide" },
      { label: "Code" },
      { label: "Tickets", kind: "num" },
      { label: "Total", kind: "num" },
      { label: "Refunded", kind: "num" },
      { label: "Credited", kind: "lead" },
    ],
    rows: orders.map((order) => [
      orderName(visit, order),
      html`<span class="nw">${order.when}</span>`,
      html`${order.path.map((step, index) => html`${index > 0 && " → "}${step}`)}`,
      order.promoCode ?? "—",
      number(order.tickets),
      money(order.totalMinor, currency),
      order.refundedMinor === 0 ? "—" : money(-order.refundedMinor, currency),
      html`<b>${money(order.creditedMinor, currency)}</b>`,
    ]),
  })
}

/** A link for those who may see the buyer. */
function orderName({ actor, account }: Surroundings, order: CreditedLine): Html {
  const state = order.isReturned && html` ${badge("plain", "Given back")}`
  return may(actor, "see-orders")
    ? html`<a
          class="link nw"
          href="${url(`/console/${account.slug}/orders/${encodeURIComponent(order.number)}`)}"
          >${order.number}</a
        >${state}`
    : html`<span class="nw">${order.number}</span>${state}`
}

function foot(page: CreditedOrdersPage): Html {
  return pager({
    text: page.orders.length === 1 ? "1 order" : `${number(page.orders.length)} orders`,
    ...(page.earlier !== undefined && { earlier: { href: page.earlier, label: "Earlier" } }),
  })
}
