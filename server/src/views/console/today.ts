import { may } from "#core/role.ts"
import { linkButton } from "#views/console/kit/button.ts"
import {
  card,
  count,
  delta,
  emptyState,
  list,
  type ListItem,
  liveBadge,
  meter,
  miniFigures,
} from "#views/console/kit/card.ts"
import { barChart, type ChartPoint } from "#views/console/kit/charts.ts"
import { axisMoney, counted, money, number, sums } from "#views/console/kit/figures.ts"
import { tabs } from "#views/console/kit/nav.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { table, who } from "#views/console/kit/table.ts"
import {
  ago,
  clock,
  localDay,
  longDay,
  placeOf,
  shortDay,
  upcoming,
  weekdayOf,
} from "#views/console/kit/when.ts"
import type { ListedOrder } from "#views/console/orders.ts"
import { html, type Html, url } from "#views/html.ts"

type SoldHour = {
  readonly day: string
  readonly hour: number
  readonly currency: string
  readonly orders: number
  readonly tickets: number
  readonly soldMinor: number
}

type Show = {
  readonly eventSlug: string
  readonly title: string
  readonly picture?: string
  readonly venueName: string
  readonly startsAt: string
  readonly timeZone: string
  readonly capacity: number
  readonly sold: number
  readonly held: number
  readonly sales: readonly { readonly currency: string; readonly soldMinor: number }[]
}

export type TodayPage = {
  readonly visit: Surroundings & {
    readonly account: { readonly timeZone: string; readonly currency: string }
    readonly now: string
  }
  /** The one that was asked for; "" for the account's own. */
  readonly currency: string
  readonly day: string
  readonly dayBefore: string
  readonly hour: number
  readonly hours: readonly SoldHour[]
  readonly soldByNowBefore: ReadonlyMap<string, number>
  readonly latest: readonly ListedOrder[]
  readonly shows: readonly Show[]
  readonly waiting: {
    readonly parkedPayments: number
    readonly failedRefunds: number
    readonly disputes: number
    readonly unfulfillable: number
    readonly soldOut: number
    readonly hasEvents: boolean
    readonly hasOrders: boolean
  }
  readonly pixelFailures: readonly { readonly destination: string; readonly missing: number }[]
  readonly lacksSite: boolean
  readonly sitesWithoutWallets: readonly string[]
  readonly isSandbox: boolean
}

const mostShows = 5

/** What sells today, what is next, what waits for somebody. Follows what happens. */
export function todayPage(page: TodayPage): Html {
  const { visit, waiting } = page
  const isNew = !waiting.hasEvents && !waiting.hasOrders
  const path = `/console/${visit.account.slug}`
  return consolePage({
    visit,
    title: longDay(visit.now, visit.account.timeZone),
    active: "today",
    live: true,
    lead: leadOf(page),
    actions: html`${liveBadge}
    ${
      !isNew &&
      may(visit.actor, "edit-events") &&
      linkButton({ label: "New event", kind: "primary", icon: "plus", href: `${path}/events/new` })
    }`,
    body: html`<div id="today" data-live>
      ${
        isNew
          ? welcome(page, path)
          : html`<div class="cols">
              <div class="stack">${salesCard(page, path)} ${showsCard(page, path)}</div>
              <div class="stack">${attentionCard(page, path)} ${latestCard(page, path)}</div>
            </div>`
      }
    </div>`,
  })
}

/** "New York, 15:24. 2 shows today, 214 guests expected." */
function leadOf({ visit, shows, day, waiting }: TodayPage): string {
  const { timeZone } = visit.account
  const here = `${placeOf(timeZone)}, ${clock(visit.now, timeZone)}.`
  if (!waiting.hasEvents) return here
  const tonight = shows.filter((show) => localDay(show.startsAt, timeZone) === day)
  const guests = tonight.reduce((sum, show) => sum + show.sold, 0)
  if (tonight.length === 0) return `${here} No show today.`
  return `${here} ${counted(tonight.length, "show")} today, ${counted(guests, "guest")} expected.`
}

/** A new organizer has nothing to look at yet: one way on. */
function welcome({ visit }: TodayPage, path: string): Html {
  const first = may(visit.actor, "edit-events")
  return card({
    label: "Welcome",
    body: emptyState({
      title: "Nothing is for sale yet",
      text: first
        ? "Name your first show, set a price and copy one snippet to your site. It takes about four minutes; then your sales appear here as they happen."
        : "As soon as a show is on sale, its orders appear here as they happen.",
      action: first
        ? linkButton({
            label: "Set up your first show",
            kind: "primary",
            icon: "events",
            href: `${path}/first-run`,
          })
        : undefined,
    }),
  })
}

function salesCard(page: TodayPage, path: string): Html {
  const { visit, hours, day } = page
  const currencies = currenciesOf(page)
  const currency = currencies.includes(page.currency) ? page.currency : (currencies[0] ?? "usd")
  const own = hours.filter((hour) => hour.currency === currency)
  const today = own.filter((hour) => hour.day === day)
  const sold = sum(today, "soldMinor")
  const orders = sum(today, "orders")
  const before = page.soldByNowBefore.get(currency) ?? 0
  const amount = (minor: number) => money(minor, currency, { ambiguous: currencies.length > 1 })
  return card({
    title: "Sales today",
    actions: may(visit.actor, "see-reports")
      ? html`<a class="link" href="${url(`${path}/reports`)}">Open in Reports</a>`
      : undefined,
    body: html`${
        currencies.length > 1 &&
        tabs({
          label: "Currency",
          items: currencies.map((each) => ({
            label: each.toUpperCase(),
            href: `${path}/today?currency=${each}`,
            current: each === currency,
            note: money(
              sum(
                hours.filter((hour) => hour.currency === each && hour.day === day),
                "soldMinor",
              ),
              each,
              { ambiguous: true },
            ),
          })),
        })
      }
      <div class="pad row headline${currencies.length > 1 ? " below-tabs" : ""}">
        <span class="big">${amount(sold)}</span>
        <span
          >${delta(sold, before)}<br /><span class="sub"
            >${before === 0 ? "nothing" : amount(before)} last ${weekday(page)} by
            ${clock(visit.now, visit.account.timeZone)}</span
          ></span
        >
        <span class="push"
          >${miniFigures([
            { label: "Orders", value: number(orders) },
            { label: "Tickets", value: number(sum(today, "tickets")) },
            {
              label: "Average order",
              value: orders === 0 ? "—" : amount(Math.round(sold / orders)),
            },
          ])}</span
        >
      </div>
      ${hourChart(page, own, currency)}
      <p class="vh" data-say>${counted(orders, "order")} today, ${amount(sold)}</p>`,
  })
}

/** Those of today's and the other day's orders; the account's own first. */
function currenciesOf({ hours, visit }: TodayPage): readonly string[] {
  return [...new Set([visit.account.currency, ...hours.map((hour) => hour.currency)])]
}

function sum(hours: readonly SoldHour[], what: "soldMinor" | "orders" | "tickets"): number {
  return hours.reduce((total, hour) => total + hour[what], 0)
}

function weekday({ visit }: TodayPage): string {
  return weekdayOf(visit.now, visit.account.timeZone)
}

/** From ten, or earlier when something was sold then, to the end of the day. */
const usualStart = 10

function hourChart(page: TodayPage, hours: readonly SoldHour[], currency: string): Html {
  const { visit, day, dayBefore, hour: nowHour } = page
  const first = Math.min(usualStart, nowHour, ...hours.map((hour) => hour.hour))
  const at = (of: string, hour: number) =>
    sum(
      hours.filter((each) => each.day === of && each.hour === hour),
      "soldMinor",
    )
  const dayName = `${weekday(page)} ${shortDay(`${dayBefore}T12:00:00Z`, "UTC").replace(/^\S+ /, "")}`
  const points = Array.from({ length: 24 - first }, (_, index): ChartPoint => {
    const hour = first + index
    return {
      label: `${hour}:00 to ${hour}:59`,
      tick: String(hour),
      now: hour > nowHour ? undefined : at(day, hour),
      before: at(dayBefore, hour),
      part: hour === nowHour,
    }
  })
  const best = points.reduce((most, point) => ((point.now ?? 0) > (most.now ?? 0) ? point : most))
  const value = (minor: number) => money(minor, currency)
  return barChart({
    id: "hours",
    title: `Sales by the hour, ${longDay(visit.now, visit.account.timeZone)}, in ${currency.toUpperCase()}`,
    finding:
      (best.now ?? 0) === 0
        ? "Nothing is sold yet today."
        : `The best hour so far is ${best.label} with ${value(best.now ?? 0)}.`,
    points,
    value,
    axis: (minor) => axisMoney(minor, currency),
    names: { now: "Today", before: dayName, part: "This hour, so far" },
    column: "Hour",
    low: true,
  })
}

function showsCard({ visit, shows }: TodayPage, path: string): Html {
  const { now, account } = visit
  return card({
    title: "Next shows",
    actions: html`<a class="link" href="${url(`${path}/events`)}">All events</a>`,
    body: table({
      caption: "Next shows",
      columns: [
        { label: "Show" },
        { label: "Sold", kind: "two" },
        { label: "Held now", kind: "num" },
        { label: "Sales", kind: "lead" },
      ],
      empty: "No showtime is planned. Add dates to an event and they appear here.",
      rows: shows.slice(0, mostShows).map((show) => ({
        id: `show-${show.eventSlug}-${Date.parse(show.startsAt)}`,
        cells: [
          who({
            title: show.title,
            text: `${upcoming(show.startsAt, now, account.timeZone)}, ${show.venueName}`,
            picture: show.picture === undefined ? undefined : pictureOf(show.picture),
            href: `${path}/events/${show.eventSlug}`,
          }),
          show.capacity === 0
            ? html`<span class="sub">No limit</span>`
            : meter({ value: show.sold, of: show.capacity, held: show.held, note: "" }),
          number(show.held),
          salesOf(show.sales, account.currency),
        ],
      })),
    }),
  })
}

/** The account's pictures have a path, of the demo or uploaded. */
function pictureOf(picture: string): string {
  return /^(?:https?:)?\//.test(picture) ? picture : `/media/${picture}`
}

function salesOf(sales: Show["sales"], currency: string): Html | string {
  const [first, ...others] = sums(sales, currency)
  if (first === undefined) return "—"
  return html`${first}${others.map((each) => html`<br /><span class="sub">${each}</span>`)}`
}

function attentionCard(page: TodayPage, path: string): Html {
  const items = attention(page, path)
  return card({
    title: "Needs attention",
    actions:
      items.length > 0
        ? count(items.length, items.length === 1 ? "thing" : "things", "warn")
        : undefined,
    body:
      items.length > 0
        ? list(items)
        : html`<p class="pad sub">Nothing. Everything that can run by itself does.</p>`,
  })
}

/** The gravest first; each says what to do and leads there, if the visitor may go. */
function attention(page: TodayPage, path: string): readonly ListItem[] {
  const { waiting, visit } = page
  const orders = (status: string) => `${path}/orders?status=${status}`
  const may_ = (permission: Parameters<typeof may>[1], href: string) =>
    may(visit.actor, permission) ? href : undefined
  const all: readonly (ListItem | false)[] = [
    waiting.parkedPayments > 0 && {
      icon: "card",
      tone: "bad",
      title: `${counted(waiting.parkedPayments, "payment")} must be looked at`,
      text: "What the provider says does not fit the order.",
      href: orders("waiting"),
    },
    waiting.failedRefunds > 0 && {
      icon: "refund",
      tone: "bad",
      title: `${counted(waiting.failedRefunds, "refund")} did not arrive`,
      text: "The bank sent it back. Pay it another way.",
      href: orders("returned"),
    },
    waiting.disputes > 0 && {
      icon: "alert",
      tone: "bad",
      title: `${counted(waiting.disputes, "payment")} disputed`,
      text: "Answer in the provider’s dashboard.",
      href: orders("disputed"),
    },
    waiting.unfulfillable > 0 && {
      icon: "refund",
      tone: "warn",
      title: `${counted(waiting.unfulfillable, "order")} paid too late`,
      text: "The seats were gone. The money is on its way back.",
      href: orders("returned"),
    },
    ...page.pixelFailures.map((failed) => ({
      icon: "pixel" as const,
      tone: "warn" as const,
      title: `${pixelNames[failed.destination] ?? failed.destination} missed ${counted(failed.missing, "conversion")}`,
      text: "Its library was not on the page, last 24 hours.",
      href: may_("see-reports", `${path}/reports/pixels`),
    })),
    page.lacksSite && {
      icon: "globe",
      tone: "warn",
      title: "No site may show your tickets yet",
      text: "Add the address of your site.",
      href: may_("edit-settings", `${path}/settings/sites`),
    },
    page.sitesWithoutWallets.length > 0 && {
      icon: "card",
      tone: "warn",
      title: "Apple Pay is not shown everywhere",
      text: `Not on ${page.sitesWithoutWallets.join(", ")}.`,
      href: may_("edit-settings", `${path}/settings/sites`),
    },
    waiting.soldOut > 0 && {
      icon: "ticket",
      title: `${counted(waiting.soldOut, "show")} sold out`,
      text: "More seats? Raise the capacity, or add a date.",
      href: may_("see-events", `${path}/events`),
    },
    page.isSandbox && {
      icon: "info",
      title: "Payments are a sandbox",
      text: "No card is charged until the provider’s keys are set.",
    },
  ]
  return all.filter((item) => item !== false)
}

const pixelNames: Readonly<Record<string, string>> = {
  meta: "Meta",
  ga4: "Google Analytics",
  "google-ads": "Google Ads",
  reddit: "Reddit",
}

function latestCard({ visit, latest }: TodayPage, path: string): Html {
  if (latest.length === 0)
    return card({
      title: "Latest orders",
      body: html`<p class="pad sub">The first order appears here the moment it is placed.</p>`,
    })
  return card({
    title: "Latest orders",
    body: list(latest.map((order) => latestItem(order, visit, path))),
    foot: html`<a class="link" href="${url(`${path}/orders`)}">All orders</a>`,
  })
}

function latestItem(order: ListedOrder, visit: TodayPage["visit"], path: string): ListItem {
  const returned = order.state === "canceled" || order.state === "refunded"
  const waits = order.state === "awaiting_payment" || order.state === "processing"
  const words = [
    `${order.firstName} ${/./u.exec(order.lastName)?.[0] ?? ""}.`.trim(),
    ago(order.createdAt, visit.now, visit.account.timeZone),
    ...(returned ? ["canceled"] : waits ? ["not paid yet"] : []),
  ]
  return {
    id: `latest-${order.number}`,
    icon: returned ? "refund" : "ticket",
    title: html`<span class="plain-title">${what(order)}</span>`,
    text: words.join(", "),
    href: `${path}/orders/${order.number}`,
    end: html`<b class="nw"
      >${money(order.totalMinor, order.currency, { ambiguous: order.currency !== visit.account.currency })}</b
    >`,
  }
}

/** "2 Friday Night Stand-up", "1 Improv Royale and 1 more item". */
function what({ tickets, extras, eventTitles }: ListedOrder): string {
  const [title = "", ...others] = eventTitles
  const more = others.length + (tickets > 0 ? extras : 0)
  return `${number(tickets > 0 ? tickets : extras)} ${title}${more > 0 ? ` and ${more} more` : ""}`
}
