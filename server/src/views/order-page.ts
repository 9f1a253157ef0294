import type { OrderState, OrderSummary } from "#core/order.ts"
import type { Account, Brand } from "#core/storefront.ts"
import { confetti } from "#views/confetti.ts"
import { document, themed } from "#views/document.ts"
import { html, type Html, url } from "#views/html.ts"
import { alertIcon, calendarIcon, clockIcon } from "#views/icons.ts"
import { message } from "#views/message.ts"
import { owner, ownerFoot } from "#views/owner.ts"
import { breakdown, orderTotals } from "#views/summary.ts"
import { lineName, startOf, ticketList } from "#views/tickets.ts"
import { type Voice, voiceFor } from "#views/voice.ts"
import { wordsFor } from "#views/words/index.ts"

export type OrderPage = {
  readonly order: OrderSummary
  readonly account: Account
  readonly brand: Brand
  readonly publicUrl: string
  /** Address of the style sheet made of `pageStyles`. */
  readonly stylesPath: string
  readonly locale?: string
  readonly sandbox: boolean
}

/** The order for whoever holds its link: its state in words, its tickets, its receipt. Works without a script, and on paper. */
export function orderPage(page: OrderPage): Html {
  const { order, account, brand } = page
  const locale = page.locale ?? order.locale
  const voice = orderVoice(order, account, locale)
  const { words } = voice
  return document({
    title: words.order.pageTitle(order.number, account.name),
    locale,
    ...themed(brand),
    styles: [page.stylesPath, `/orders/${order.publicToken}/brand.css`],
    body: html`<div class="view">
      ${page.sandbox && html`<p class="sandbox">${words.sandbox}</p>`}
      <header class="ends">
        ${owner(account, account.website)}<span class="s muted">${order.number}</span>
      </header>
      ${banner(order, voice)} ${hasTickets(order) && tickets(order, voice)}
      ${receipt(order, account, voice)} ${ownerFoot(account, locale)}
    </div>`,
  })
}

/** An order stands alone, in mail and on paper: its money always says whose dollars it means. */
export function orderVoice(order: OrderSummary, account: Account, locale: string): Voice {
  return voiceFor({
    locale,
    currency: order.currency,
    ambiguous: true,
    timeZone: account.timeZone,
    now: order.placedAt ?? "1970-01-01T00:00:00Z",
  })
}

/** States in which a ticket may still open a door. */
const good: ReadonlySet<OrderState> = new Set(["paid", "partially_refunded", "disputed"])

function hasTickets(order: OrderSummary): boolean {
  return good.has(order.state) && order.tickets.length > 0
}

function banner(order: OrderSummary, voice: Voice): Html {
  const { order: words, success } = voice.words
  const { title, next } = words.states[stateOf(order)]
  if (order.state === "paid")
    return html`<div class="hooray">
      ${confetti}
      <h1>${order.tickets.length > 0 ? title : success.titleExtras}</h1>
      <p>${words.thanks(order.firstName)} ${hasTickets(order) && words.print}</p>
    </div>`
  const waits = order.state === "awaiting_payment" || order.state === "processing"
  return html`<div class="note ${waits ? "" : "warn"}">
    ${waits ? clockIcon : alertIcon}
    <h1>${title}</h1>
    <p class="s">${next}</p>
  </div>`
}

/** Canceled says something else to who had paid, and to who had tickets for nothing. */
export function stateOf(order: OrderSummary): OrderState | "canceled_paid" | "canceled_free" {
  if (order.state !== "canceled" || order.placedAt === undefined) return order.state
  return order.totalMinor > 0 ? "canceled_paid" : "canceled_free"
}

function tickets(order: OrderSummary, voice: Voice): Html {
  return html`<section class="shelf" aria-labelledby="tickets-title">
    <h2 class="sr" id="tickets-title">${voice.words.order.tickets}</h2>
    ${ticketList(order, voice)}
    ${
      order.lines.some((line) => line.startsAt !== undefined) &&
      html`<div class="acts">
        <a class="btn quiet" href="${url(`/orders/${order.publicToken}/calendar.ics`)}"
          >${calendarIcon}${voice.words.order.calendar}</a
        >
      </div>`
    }
  </section>`
}

function receipt(order: OrderSummary, account: Account, voice: Voice): Html {
  const { order: words } = voice.words
  return html`<section class="panel" aria-labelledby="receipt-title">
    <div>
      <h2 id="receipt-title">${words.receipt}</h2>
      <p class="s muted">
        ${words.number(order.number)}${
          order.placedAt !== undefined &&
          html`<br />${words.placed(voice.longDate(order.placedAt, account.timeZone))}`
        }<br />${order.email}
      </p>
    </div>
    <ul class="rows">
      ${order.lines.map((line) => {
        const start = startOf(line)
        return html`<li>
          <div>
            <b>${line.quantity} × ${lineName(line)}</b>
            <p class="s muted">
              ${line.eventTitle}${start && html`<br />${voice.dateTime(start)}`}
            </p>
          </div>
          <span class="money">${voice.money(line.unitMinor * line.quantity)}</span>
        </li>`
      })}
    </ul>
    ${breakdown(orderTotals(order), voice)}
  </section>`
}

/** For a link that leads to no order; says nothing about whether it ever did. */
export function notFoundPage(page: {
  readonly stylesPath: string
  readonly locale?: string
}): Html {
  const locale = page.locale ?? "en"
  const { order } = wordsFor(locale)
  return document({
    title: order.notFound,
    locale,
    styles: [page.stylesPath],
    body: message({ icon: alertIcon, title: order.notFound, why: order.notFoundWhy }, 1),
  })
}
