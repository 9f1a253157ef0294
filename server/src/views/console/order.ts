import type { Touch } from "@foyer/shared/protocol"
import { firstTouch, lastTouch } from "#core/attribution.ts"
import type { OrderLine, OrderSummary } from "#core/order.ts"
import { allocate } from "#core/money.ts"
import { touchValues } from "#core/report-dimensions.ts"
import { may } from "#core/role.ts"
import { button, linkButton } from "#views/console/kit/button.ts"
import {
  badge,
  card,
  emptyState,
  liveBadge,
  type Moment,
  note,
  timeline,
} from "#views/console/kit/card.ts"
import { counted, money } from "#views/console/kit/figures.ts"
import { icon } from "#views/console/kit/icons.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { type Fact, factList, table } from "#views/console/kit/table.ts"
import { dayAndTime } from "#views/console/kit/when.ts"
import { declineReason, orderBadge, paymentBadge, refundBadge } from "#views/console/order-words.ts"
import type { PaymentState } from "#core/payment.ts"
import type { RefundState } from "#core/order-state.ts"
import { html, type Html, none, url } from "#views/html.ts"

type Payment = {
  readonly provider: string
  readonly providerId?: string
  readonly currency: string
  readonly amountMinor: number
  readonly capturedMinor: number
  readonly refundReservedMinor: number
  readonly state: PaymentState
  readonly failureCode?: string
  readonly parkedReason?: string
  readonly createdAt: string
}

type OrderVisit = Surroundings & { readonly account: { readonly currency: string } }

/** An order with everything that is known of it, as its flow tells it. */
export type OrderPage = {
  readonly visit: OrderVisit & {
    readonly account: { readonly timeZone: string }
    readonly now: string
  }
  readonly order: OrderSummary
  readonly contact: {
    readonly createdAt: string
    readonly phone?: string
    readonly shippingAddress?: Readonly<Record<string, unknown>>
  }
  readonly answers: readonly { readonly label: string; readonly answer: string }[]
  readonly payments: readonly Payment[]
  readonly refunds: readonly {
    readonly currency: string
    readonly amountMinor: number
    readonly state: RefundState
    readonly createdAt: string
  }[]
  readonly touches: readonly Touch[]
  readonly moments: readonly {
    readonly type: string
    readonly at: string
    readonly data: Readonly<Record<string, unknown>>
  }[]
  readonly conversions: readonly {
    readonly destination: string
    readonly state: string
    readonly outcome?: string
    readonly at?: string
  }[]
  readonly confirmedAt?: string
  readonly otherOrders: number
  readonly acts: readonly { readonly at: string; readonly who?: string; readonly action: string }[]
}

/** One order: what was bought, how it was paid, who bought it, what brought them, what happened. */
export function orderPage(page: OrderPage): Html {
  const { visit, order } = page
  const path = `/console/${visit.account.slug}/orders`
  const at = (instant: string) => dayAndTime(instant, visit.now, visit.account.timeZone)
  return consolePage({
    visit,
    title: order.number,
    active: "orders",
    live: true,
    crumbs: [{ label: "Orders", href: path }, { label: order.number }],
    lead: `${order.firstName} ${order.lastName}, ${at(order.placedAt ?? page.contact.createdAt)}`,
    actions: html`${liveBadge} ${orderBadge(order.state)} ${actions(page, path)}`,
    body: html`<div class="cols">
      <div class="stack" id="order-main" data-live>
        ${warnings(page)} ${bought(page)} ${ticketCard(order)} ${paid(page, at)}
        ${brought(page, at)}
      </div>
      <div class="stack" id="order-side" data-live>${guest(page)} ${happened(page, at)}</div>
    </div>`,
  })
}

const withTickets: ReadonlySet<string> = new Set(["paid", "partially_refunded", "disputed"])
const cancelable: ReadonlySet<string> = new Set(["paid", "partially_refunded"])

function actions({ visit, order }: OrderPage, path: string): Html {
  if (!may(visit.actor, "handle-orders")) return none
  return html`${
    withTickets.has(order.state) &&
    html`<form method="post" action="${url(`${path}/${order.number}/resend`)}">
      ${button({ label: "Resend", icon: "mail" })}
    </form>`
  }
  ${
    cancelable.has(order.state) &&
    linkButton({
      label: "Cancel order…",
      kind: "danger",
      icon: "refund",
      href: `${path}/${order.number}/cancel`,
    })
  }`
}

/** What somebody of the team must know before anything else. */
function warnings({ visit, order, payments, refunds }: OrderPage): Html {
  const parked = payments.find((payment) => payment.parkedReason !== undefined)
  const failed = refunds.find((refund) => refund.state === "failed")
  return html`${
    parked &&
    note(
      "bad",
      html`<p>
        <b>A person must look at this payment.</b> What the provider says does not fit this order
        (${parked.parkedReason}). Compare it in the provider’s dashboard.
      </p>`,
    )
  }
  ${
    failed &&
    note(
      "bad",
      html`<p>
        <b>${amountIn(visit, failed.currency)(failed.amountMinor)} could not be sent back.</b> Pay
        it back another way, or from the provider’s dashboard.
      </p>`,
    )
  }
  ${
    order.state === "disputed" &&
    note(
      "warn",
      html`<p>
        <b>The buyer’s bank is looking into this payment.</b> Answer in the provider’s dashboard.
      </p>`,
    )
  }`
}

/** Another currency than the account's own says which it is. */
function amountIn(visit: OrderVisit, currency: string): (minor: number) => string {
  const ambiguous = currency !== visit.account.currency
  return (minor) => money(minor, currency, { ambiguous })
}

function bought({ visit, order }: OrderPage): Html {
  const amount = amountIn(visit, order.currency)
  return card({
    title: "What was bought",
    actions: html`<span class="sub">Kept as sold</span>`,
    body: html`${table({
        caption: "Line items",
        columns: [
          { label: "Item" },
          { label: "Quantity", kind: "num" },
          { label: "Each", kind: "num" },
          { label: "Amount", kind: "lead" },
        ],
        rows: order.lines.map((line) => [
          itemOf(line),
          String(line.quantity),
          amount(line.unitMinor),
          amount(line.unitMinor * line.quantity),
        ]),
      })}
      <div class="pad-all pad-top">${factList(sums(order, amount))}</div>`,
  })
}

function itemOf(line: OrderLine): Html {
  const name = [line.title, line.detail].filter(Boolean).join(", ")
  const when =
    line.startsLocal === undefined
      ? line.venueName
      : `${localWords(line.startsLocal)} · ${line.venueName}`
  return html`${name}, ${line.eventTitle}<br /><span class="sub">${when}</span>`
}

/** A showtime in its own place's clock: "Fri 20 Nov 2026, 20:00". */
function localWords(local: string): string {
  const day = new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(Date.parse(`${local.slice(0, 10)}T00:00Z`))
  return `${day}, ${local.slice(11, 16)}`
}

function sums(order: OrderSummary, amount: (minor: number) => string): readonly Fact[] {
  const included = order.taxes.filter((tax) => tax.includedMinor > 0)
  return [
    { label: "Subtotal", value: amount(order.subtotalMinor) },
    ...(order.discountMinor > 0
      ? [
          {
            label: order.promoCode === undefined ? "Discount" : `Discount, ${order.promoCode}`,
            value: amount(-order.discountMinor),
          },
        ]
      : []),
    ...(order.feeMinor > 0 ? [{ label: "Service fee", value: amount(order.feeMinor) }] : []),
    ...order.taxes
      .filter((tax) => tax.addedMinor > 0)
      .map((tax) => ({ label: taxName(tax), value: amount(tax.addedMinor) })),
    ...(order.shippingMinor > 0 ? [{ label: "Shipping", value: amount(order.shippingMinor) }] : []),
    { label: "Total", value: amount(order.totalMinor), sum: true },
    ...included.map((tax) => ({
      label: `Includes ${taxName(tax)}`,
      value: amount(tax.includedMinor),
    })),
  ]
}

function taxName({ name, ratePpm }: OrderSummary["taxes"][number]): string {
  return `${name}, ${Number((ratePpm / 10_000).toFixed(4))}%`
}

function ticketCard(order: OrderSummary): Html {
  if (order.tickets.length === 0) return none
  const lines = new Map(order.lines.map((line) => [line.lineNo, line]))
  return card({
    title: "Tickets",
    actions: html`<span class="sub">${counted(order.tickets.length, "ticket")}</span>`,
    body: table({
      caption: "Tickets",
      columns: [{ label: "Code" }, { label: "For", kind: "two" }, { label: "State" }],
      rows: order.tickets.map((ticket) => {
        const line = lines.get(ticket.lineNo)
        return [
          html`<code>${ticket.code.slice(0, 5)} ${ticket.code.slice(5)}</code>`,
          line ? [line.title, line.detail].filter(Boolean).join(", ") : "",
          ticket.state === "valid" ? badge("ok", "Valid") : badge("plain", "Void"),
        ]
      }),
    }),
  })
}

function paid(
  { visit, order, payments, refunds }: OrderPage,
  at: (instant: string) => string,
): Html {
  if (payments.length === 0)
    return card({
      title: "Payments",
      padded: true,
      body: html`<p class="sub">
        ${order.totalMinor === 0 ? "Nothing to pay." : "Nobody has tried to pay yet."}
      </p>`,
    })
  const left = payments.reduce(
    (sum, each) => sum + each.capturedMinor - each.refundReservedMinor,
    0,
  )
  return card({
    title: "Payments",
    body: table({
      caption: "Payments and refunds",
      columns: [
        { label: "What" },
        { label: "Status" },
        { label: "When" },
        { label: "Amount", kind: "lead" },
      ],
      rows: [
        ...payments.map((payment) => [
          html`<span class="row keep"
            >${icon("card")}<span
              >${payment.provider === "stripe" ? "Card payment" : payment.provider}<br /><span
                class="sub break"
                >${payment.state === "failed" ? declineReason(payment.failureCode) : payment.providerId}</span
              ></span
            ></span
          >`,
          paymentBadge(payment.state),
          html`<span class="nw">${at(payment.createdAt)}</span>`,
          amountIn(visit, payment.currency)(payment.amountMinor),
        ]),
        ...refunds.map((refund) => [
          html`<span class="row keep">${icon("refund")}<span>Refund</span></span>`,
          refundBadge(refund.state),
          html`<span class="nw">${at(refund.createdAt)}</span>`,
          amountIn(visit, refund.currency)(-refund.amountMinor),
        ]),
      ],
    }),
    foot: html`Refundable now: <b>${amountIn(visit, order.currency)(left)}</b>.`,
  })
}

/** Each contact before the order, and its share by the three models. */
function brought({ visit, touches, order }: OrderPage, at: (instant: string) => string): Html {
  if (touches.length === 0)
    return card({
      title: "What brought them here",
      padded: true,
      body: html`<p class="sub">They came by themselves: no campaign, no link that says so.</p>`,
    })
  const total = order.totalMinor
  const [first, last] = [firstTouch(touches), lastTouch(touches)]
  const ordered = touches.toSorted((a, b) => a.at - b.at)
  const shares = allocate(
    total,
    ordered.map(() => 1),
  )
  const amount = amountIn(visit, order.currency)
  const all = (isIt: boolean) => (isIt ? amount(total) : "—")
  return card({
    title: "What brought them here",
    actions: html`<span class="sub">Share of ${amount(total)}</span>`,
    body: table({
      caption: "Contacts before the order",
      columns: [
        { label: "Contact" },
        { label: "When", kind: "wide" },
        { label: "First", kind: "num" },
        { label: "Last", kind: "num" },
        { label: "Linear", kind: "num" },
      ],
      rows: ordered.map((touch, index) => [
        contactOf(touch),
        html`<span class="nw">${at(new Date(touch.at).toISOString())}</span>`,
        all(touch === first),
        all(touch === last),
        amount(shares[index] ?? 0),
      ]),
    }),
  })
}

/** In the words of the reports. */
function contactOf(touch: Touch): Html {
  const { source, medium, value } = touchValues(touch).campaign
  return html`<span class="break">${source} / ${medium}</span
    >${value !== "" && html`<br /><span class="sub break">${value}</span>`}`
}

function guest({ order, contact, answers, otherOrders, visit }: OrderPage): Html {
  const search = new URLSearchParams({ q: order.email }).toString()
  const orders = `/console/${visit.account.slug}/orders?${search}`
  const address = addressLines(contact.shippingAddress)
  return card({
    title: "Guest",
    padded: true,
    body: html`${factList([
      { label: "Name", value: `${order.firstName} ${order.lastName}` },
      {
        label: "E-mail",
        value: html`<a class="link" href="mailto:${order.email}">${order.email}</a>`,
      },
      ...(contact.phone === undefined ? [] : [{ label: "Phone", value: contact.phone }]),
      ...(address.length === 0
        ? []
        : [
            {
              label: "Ships to",
              value: address.map((line, index) => [index > 0 && html`<br />`, line]),
            },
          ]),
      {
        label: "Other orders",
        value:
          otherOrders === 0
            ? "None"
            : html`<a class="link" href="${url(orders)}">${counted(otherOrders, "order")}</a>`,
      },
    ])}
    ${
      answers.length > 0 &&
      html`<h3 class="rule">Answers</h3>
        ${factList(answers.map(({ label, answer }) => ({ label, value: answer })))}`
    }`,
  })
}

function addressLines(address: Readonly<Record<string, unknown>> | undefined): string[] {
  return Object.values(address ?? {}).flatMap((line) =>
    typeof line === "string" && line !== "" ? [line] : [],
  )
}

function happened(page: OrderPage, at: (instant: string) => string): Html {
  const { visit, order, contact, confirmedAt } = page
  const actor = (action: string, instant: string) => whoDid(page, action, instant)
  const told = page.moments.flatMap((moment): readonly (Moment & { readonly at: string })[] => {
    const words = momentWords(moment, amountIn(visit, order.currency))
    if (!words) return []
    const more = words.more ?? (words.act === undefined ? undefined : actor(words.act, moment.at))
    return [{ ...words, ...(more !== undefined && { more }), at: moment.at, when: at(moment.at) }]
  })
  const fired = page.conversions.filter(({ outcome }) => outcome === "fired")
  const firedAt = fired.flatMap((each) => each.at ?? [])[0]
  const all = [
    { what: "Order begun", at: contact.createdAt, when: at(contact.createdAt) },
    ...told,
    ...(confirmedAt === undefined
      ? []
      : [
          {
            what: "Confirmation sent",
            more: order.email,
            at: confirmedAt,
            when: at(confirmedAt),
            tone: "ok" as const,
          },
        ]),
    ...(firedAt === undefined
      ? []
      : [
          {
            what: "Conversions sent",
            more: fired.map(({ destination }) => pixelNames[destination] ?? destination).join(", "),
            at: firedAt,
            when: at(firedAt),
            tone: "ok" as const,
          },
        ]),
  ]
  const newestFirst = all.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
  return card({ title: "Timeline", padded: true, body: timeline(newestFirst) })
}

const pixelNames: Readonly<Record<string, string>> = {
  meta: "Meta",
  ga4: "Google Analytics",
  "google-ads": "Google Ads",
  reddit: "Reddit",
}

/** The audit line that was written with the event. */
function whoDid({ acts }: OrderPage, action: string, instant: string): string | undefined {
  const near = acts.find(
    (act) => act.action === action && Math.abs(Date.parse(act.at) - Date.parse(instant)) < 60_000,
  )
  return near?.who === undefined ? undefined : `by ${near.who}`
}

type MomentWords = {
  readonly what: string
  readonly more?: string
  readonly tone?: "ok" | "bad"
  readonly act?: string
}

function momentWords(
  { type, data }: { readonly type: string; readonly data: Readonly<Record<string, unknown>> },
  amountOf: (minor: number) => string,
): MomentWords | undefined {
  const amount = (name: string) =>
    typeof data[name] === "number" && data[name] > 0 ? amountOf(data[name]) : undefined
  switch (type) {
    case "OrderPaid":
      return { what: "Paid", tone: "ok", ...withMore(amount("totalMinor")) }
    case "OrderProcessing":
      return { what: "Payment is being processed" }
    case "PaymentDeclined":
      return { what: "Payment declined", tone: "bad", more: declineReason(String(data["code"])) }
    case "PaymentParked":
      return { what: "Payment put aside for a person", tone: "bad" }
    case "OrderExpired":
      return { what: "Ran out of time" }
    case "OrderCanceled":
      return { what: "Canceled", tone: "bad", act: "order.canceled" }
    case "OrderUnfulfillable":
      return { what: "Paid too late: money sent back", tone: "bad" }
    case "OrderRefunded":
      return { what: "Money sent back", tone: "ok", ...withMore(amount("amountMinor")) }
    case "RefundFailed":
      return {
        what: "Money could not be sent back",
        tone: "bad",
        ...withMore(amount("amountMinor")),
      }
    case "ConfirmationResent":
      return { what: "Confirmation sent again", act: "order.resent" }
    default:
      return undefined
  }
}

function withMore(more: string | undefined) {
  return more === undefined ? {} : { more }
}

/** Asked before an order is canceled: what will happen, on a page of its own that needs no script. */
export function cancelOrderPage({
  visit,
  order,
  refundableMinor,
}: {
  readonly visit: OrderVisit
  readonly order: OrderSummary
  readonly refundableMinor: number
}): Html {
  const path = `/console/${visit.account.slug}/orders/${order.number}`
  const valid = order.tickets.filter((ticket) => ticket.state === "valid").length
  return consolePage({
    visit,
    title: `Cancel ${order.number}?`,
    active: "orders",
    crumbs: [
      { label: "Orders", href: `/console/${visit.account.slug}/orders` },
      { label: order.number, href: path },
      { label: "Cancel" },
    ],
    body: html`<div class="measure">
      ${card({
        label: "What will happen",
        padded: true,
        body: html`<ul class="ticks">
            ${
              valid > 0 &&
              html`<li>
                ${icon("ticket")}${counted(valid, "ticket")} stop${valid === 1 ? "s" : ""} working
                at the door, and the places go back on sale at once.
              </li>`
            }
            ${
              refundableMinor > 0
                ? html`<li>
                    ${icon("refund")}<span
                      ><b>${amountIn(visit, order.currency)(refundableMinor)}</b> goes back to
                      ${order.firstName}, fees and tax with it. This cannot be undone.</span
                    >
                  </li>`
                : html`<li>${icon("refund")}No money moves: nothing was paid.</li>`
            }
            <li>${icon("mail")}${order.firstName} is told by mail, at ${order.email}.</li>
          </ul>
          <form class="row" method="post" action="${url(`${path}/cancel`)}">
            ${button({ label: "Cancel the order", kind: "danger", icon: "refund" })}
            ${linkButton({ label: "Keep it", href: path, kind: "quiet" })}
          </form>`,
      })}
    </div>`,
  })
}

/** In place of a page for what cannot be done now. */
export function orderNotNow({
  visit,
  order,
  title,
  text,
}: {
  readonly visit: Surroundings
  readonly order: { readonly number: string }
  readonly title: string
  readonly text: string
}): Html {
  const path = `/console/${visit.account.slug}/orders/${order.number}`
  return consolePage({
    visit,
    title: order.number,
    active: "orders",
    crumbs: [
      { label: "Orders", href: `/console/${visit.account.slug}/orders` },
      { label: order.number, href: path },
    ],
    body: card({
      label: title,
      body: emptyState({
        title,
        text,
        action: linkButton({ label: "Back to the order", href: path }),
      }),
    }),
  })
}
