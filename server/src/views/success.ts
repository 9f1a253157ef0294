import type { OrderSummary } from "#core/order.ts"
import { isUndone } from "#core/order-state.ts"
import type { Screen } from "#core/screen.ts"
import { confetti } from "#views/confetti.ts"
import { html, type Html, none, url } from "#views/html.ts"
import { calendarIcon, copyIcon, outIcon } from "#views/icons.ts"
import { noticeView, sandboxLabel } from "#views/notice.ts"
import { stateOf } from "#views/order-page.ts"
import { goLink, hostedUrl } from "#views/place.ts"
import { layout, personalRegion, type RenderedRegion } from "#views/rendered.ts"
import { lineName, ticketList } from "#views/tickets.ts"
import { type Voice, voiceFor } from "#views/voice.ts"

type SuccessScreen = Extract<Screen, { readonly view: "success" }>

/** The one place to celebrate, until the order is undone: then it says so, and offers nothing of it. */
export function successRegions(screen: SuccessScreen, voice: Voice): RenderedRegion[] {
  return [
    layout(
      html`<div class="view">
        ${sandboxLabel(screen, voice)}
        <div id="success-notice" data-region="success-notice"></div>
        <div class="hooray" id="success-hooray" data-region="success-hooray"></div>
        <div class="shelf" id="success-order" data-region="success-order"></div>
      </div>`,
    ),
    personalRegion("success-notice", noticeView(screen, voice)),
    personalRegion("success-hooray", hooray(screen.order, voice)),
    personalRegion("success-order", bought(screen, voice)),
  ]
}

function hooray(order: OrderSummary, voice: Voice): Html {
  const { success } = voice.words
  if (isUndone(order.state)) {
    const { title, next } = voice.words.order.states[stateOf(order)]
    return html`<h2 part="title" id="success-title" tabindex="-1">${title}</h2>
      <p>${success.order} <b>${order.number}</b>. ${next}</p>`
  }
  const hasTickets = order.tickets.length > 0
  return html`${confetti}
    <h2 part="title" id="success-title" tabindex="-1">
      ${hasTickets ? success.title : success.titleExtras}
    </h2>
    <p>
      ${success.order} <b>${order.number}</b>. ${success.sent(order.tickets.length)}
      <b>${order.email}</b>.
    </p>`
}

/** Said where it is read out; a good order has its heading. */
export function sayUndone(order: OrderSummary, voice: Voice): string | undefined {
  if (!isUndone(order.state)) return undefined
  const { title, next } = voice.words.order.states[stateOf(order)]
  return `${title}. ${next}`
}

function bought(screen: SuccessScreen, voice: Voice): Html {
  const { order } = screen
  const isGood = !isUndone(order.state)
  return html`${order.tickets.length > 0 && ticketList(order, voice)}
  ${isGood && extras(screen, voice)} ${actions(screen, voice)} ${isGood && share(screen, voice)}
  ${goLink(
    screen,
    { view: "browse" },
    { id: "success-more", class: "link", label: voice.words.success.more },
  )}`
}

/** What was bought without a ticket of its own. */
function extras(screen: SuccessScreen, voice: Voice): Html {
  const { order } = screen
  const lines = order.lines.filter((line) => line.kind !== "ticket")
  if (lines.length === 0) return none
  const inOrder = voiceFor({ ...screen, currency: order.currency, ambiguous: false })
  return html`<section class="panel" part="panel" id="success-extras">
    <h3>${voice.words.success.extras}</h3>
    <ul class="rows">
      ${lines.map(
        (line) =>
          html`<li>
            <b>${line.quantity} × ${lineName(line)}</b>
            <span class="money">${inOrder.money(line.unitMinor * line.quantity)}</span>
          </li>`,
      )}
    </ul>
  </section>`
}

function actions(screen: SuccessScreen, voice: Voice): Html {
  const { success } = voice.words
  const page = `${screen.publicUrl}/orders/${screen.order.publicToken}`
  const { lines, state } = screen.order
  const hasShowtime = !isUndone(state) && lines.some((line) => line.startsAt !== undefined)
  return html`<div class="acts">
    ${
      hasShowtime &&
      html`<a class="btn quiet" id="success-calendar" href="${url(`${page}/calendar.ics`)}"
        >${calendarIcon}${success.calendar}</a
      >`
    }
    <a
      class="btn quiet"
      id="success-receipt"
      href="${url(page)}"
      target="_blank"
      rel="noopener noreferrer"
      >${outIcon}${success.receipt}</a
    >
  </div>`
}

function share(screen: SuccessScreen, voice: Voice): Html {
  const { success } = voice.words
  const link =
    screen.page ??
    screen.shop.account.website ??
    hostedUrl(screen, screen.order.lines[0]?.eventSlug)
  return html`<div class="panel share" part="panel">
    <div>
      <h3>${success.share}</h3>
      <p class="s muted">${success.shareWhy}</p>
    </div>
    <div class="copy">
      <input
        class="in"
        id="share-link"
        name="share-link"
        readonly
        aria-label="${success.shareLabel}"
        value="${link}"
      /><button
        class="btn"
        type="button"
        id="share-copy"
        part="button"
        data-copy="${link}"
        data-copied="${success.copied}"
      >
        ${copyIcon}<span>${success.copy}</span>
      </button>
    </div>
  </div>`
}
