import { isOrderKind, type OrderKind, orderKinds } from "#core/order-search.ts"
import { may } from "#core/role.ts"
import type { OrderState } from "#core/order.ts"
import { button, linkButton } from "#views/console/kit/button.ts"
import { card, emptyState, liveBadge } from "#views/console/kit/card.ts"
import { money, number } from "#views/console/kit/figures.ts"
import { field, searchField, select } from "#views/console/kit/form.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { pager, type Row, table } from "#views/console/kit/table.ts"
import { moment } from "#views/console/kit/when.ts"
import { kindNames, orderBadge } from "#views/console/order-words.ts"
import { html, type Html, url } from "#views/html.ts"

/** What the address of the list says. */
export type OrdersQuery = {
  readonly text: string
  readonly kind: OrderKind
  readonly eventSlug: string
  /** Days of the account's calendar, "" for no bound. */
  readonly fromDay: string
  readonly untilDay: string
}

export type ListedOrder = {
  readonly id: string
  readonly number: string
  readonly state: OrderState
  readonly createdAt: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly currency: string
  readonly totalMinor: number
  readonly eventTitles: readonly string[]
  readonly tickets: number
  readonly extras: number
  readonly source: string
  readonly medium: string
}

export type OrdersPage = {
  readonly visit: Surroundings & {
    readonly account: { readonly timeZone: string; readonly currency: string }
    readonly now: string
  }
  readonly query: OrdersQuery
  readonly orders: readonly ListedOrder[]
  readonly hasOlder: boolean
  readonly hasNewer: boolean
  readonly events: readonly { readonly slug: string; readonly title: string }[]
}

/** The orders of an account: found by anything that is known of one, narrowed, newest first. */
export function ordersPage(page: OrdersPage): Html {
  const { visit, query } = page
  const path = `/console/${visit.account.slug}/orders`
  const isNarrowed = queryText(query) !== ""
  return consolePage({
    visit,
    title: "Orders",
    active: "orders",
    live: true,
    actions: html`${liveBadge}
    ${
      may(visit.actor, "export-orders") &&
      linkButton({
        label: isNarrowed ? "Export these" : "Export CSV",
        href: withQuery(`${path}.csv`, query),
        icon: "download",
        download: true,
      })
    }`,
    body: card({
      label: "Orders",
      body: html`${filters(page, path)}
        <div id="order-rows" data-live>
          ${
            page.orders.length === 0
              ? nothing(page, path, isNarrowed)
              : html`${orderTable(page)} ${pages(page, path)}`
          }
        </div>`,
    }),
  })
}

export function readOrdersQuery(one: (name: string) => string): OrdersQuery {
  const kind = one("status")
  return {
    text: one("q").slice(0, 200),
    kind: isOrderKind(kind) ? kind : "sold",
    eventSlug: one("event").slice(0, 80),
    fromDay: one("from").slice(0, 10),
    untilDay: one("until").slice(0, 10),
  }
}

function queryText(query: OrdersQuery): string {
  const { text, kind, eventSlug, fromDay, untilDay } = query
  const all = {
    q: text,
    status: kind === "sold" ? "" : kind,
    event: eventSlug,
    from: fromDay,
    until: untilDay,
  }
  const said = Object.entries(all).filter(([, value]) => value !== "")
  return new URLSearchParams(said).toString()
}

function withQuery(path: string, query: OrdersQuery, more = ""): string {
  const text = [queryText(query), more].filter((part) => part !== "").join("&")
  return text === "" ? path : `${path}?${text}`
}

function filters({ query, events }: OrdersPage, path: string): Html {
  return html`<form class="card-head filters" method="get" action="${url(path)}" role="search">
    ${searchField({
      name: "q",
      label: "Search orders",
      value: query.text,
      placeholder: "Name, e-mail, order number or ticket code",
    })}
    ${button({ label: "Search" })}
    <div class="row">
      ${select({
        name: "event",
        label: "Event",
        bare: true,
        narrow: true,
        value: query.eventSlug,
        options: [
          { value: "", label: "All events" },
          ...events.map((event) => ({ value: event.slug, label: event.title })),
        ],
      })}
      ${select({
        name: "status",
        label: "Status",
        bare: true,
        narrow: true,
        value: query.kind,
        options: orderKinds.map((value) => ({ value, label: kindNames[value] })),
      })}
      <div class="span">
        ${field({ name: "from", label: "From", type: "date", bare: true, value: query.fromDay })}
        <span class="sub" aria-hidden="true">to</span>
        ${field({ name: "until", label: "Until", type: "date", bare: true, value: query.untilDay })}
      </div>
    </div>
  </form>`
}

function orderTable({ orders, visit }: OrdersPage): Html {
  return table({
    caption: "Orders, newest first",
    columns: [
      { label: "Order" },
      { label: "Guest", kind: "two" },
      { label: "Event", kind: "two" },
      { label: "Tickets", kind: "num" },
      { label: "Status" },
      { label: "Came from" },
      { label: "Total", kind: "lead" },
    ],
    rows: orders.map((order) => orderRow(order, visit)),
  })
}

function orderRow(order: ListedOrder, visit: OrdersPage["visit"]): Row {
  const { account, now } = visit
  return {
    id: `order-${order.number}`,
    cells: [
      html`<a class="link nw" href="/console/${account.slug}/orders/${order.number}"
          >${order.number}</a
        ><br /><span class="sub nw">${moment(order.createdAt, now, account.timeZone)}</span>`,
      html`${order.firstName} ${order.lastName}<br /><span class="sub break">${order.email}</span>`,
      eventsOf(order.eventTitles),
      order.extras > 0
        ? `${number(order.tickets)} + ${number(order.extras)}`
        : number(order.tickets),
      orderBadge(order.state),
      html`<span class="sub break">${order.source} / ${order.medium}</span>`,
      html`<b
        >${money(order.totalMinor, order.currency, { ambiguous: order.currency !== account.currency })}</b
      >`,
    ],
  }
}

function eventsOf(titles: readonly string[]): string {
  const [first = "", ...others] = titles
  return others.length === 0 ? first : `${first} and ${others.length} more`
}

function pages({ orders, hasOlder, hasNewer, query }: OrdersPage, path: string): Html {
  const [first, last] = [orders[0], orders.at(-1)]
  return pager({
    text:
      orders.length === 1
        ? "1 order"
        : `${number(orders.length)} orders${hasOlder || hasNewer ? " on this page" : ""}`,
    ...(hasOlder &&
      last && { earlier: { label: "Earlier", href: withQuery(path, query, `before=${last.id}`) } }),
    ...(hasNewer &&
      first && { later: { label: "Later", href: withQuery(path, query, `after=${first.id}`) } }),
  })
}

function nothing({ visit }: OrdersPage, path: string, isNarrowed: boolean): Html {
  if (isNarrowed)
    return emptyState({
      title: "No order fits",
      text: "Look for a part of a name or an address, or for a whole order number or ticket code. Dates are days of your own calendar.",
      action: linkButton({ label: "Show all orders", href: path }),
    })
  return emptyState({
    title: "No orders yet",
    text: "Each order appears here the moment it is placed, with its tickets, its payment and what brought the guest to you.",
    action: may(visit.actor, "edit-widgets")
      ? linkButton({
          label: "Put tickets on your site",
          href: `/console/${visit.account.slug}/widgets`,
          kind: "primary",
          icon: "widgets",
        })
      : undefined,
  })
}
