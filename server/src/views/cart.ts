import type { CartLine } from "#core/cart.ts"
import type { PricedLine } from "#core/priced-cart.ts"
import type { ScreenBase } from "#core/screen.ts"
import { totalBar } from "#views/cart-bar.ts"
import { html, type Html, json, none, url } from "#views/html.ts"
import { lineAmount, lineTitle } from "#views/lines.ts"
import { noticeView, sandboxLabel } from "#views/notice.ts"
import { goLink, pictureUrl } from "#views/place.ts"
import { promoForm } from "#views/promo.ts"
import { layout, personalRegion, type RenderedRegion } from "#views/rendered.ts"
import { stepper } from "#views/stepper.ts"
import { backLabel, checkoutTop } from "#views/steps.ts"
import { breakdown, cartTotals, holdLine } from "#views/summary.ts"
import { roomFor } from "#views/ticket-rows.ts"
import type { Voice } from "#views/voice.ts"

export function cartRegions(screen: ScreenBase, voice: Voice): RenderedRegion[] {
  const { cart } = voice.words
  const hasLines = lineCount(screen) > 0
  const frame = hasLines
    ? html`<aside class="panel" part="panel" id="cart-panel" data-region="cart-panel"></aside>
        <div class="bar narrow" part="bar" id="cart-bar" data-region="cart-bar"></div>`
    : none
  return [
    layout(
      html`<div class="view split">
        ${sandboxLabel(screen, voice)} ${checkoutTop(screen, voice, "tickets", back(screen, voice))}
        <div class="full" id="cart-notice" data-region="cart-notice"></div>
        <div class="main">
          <div class="stack">
            <h2 part="title" id="cart-title" tabindex="-1">${cart.title}</h2>
            <div class="narrow" id="cart-hold" data-region="cart-hold"></div>
          </div>
          <div id="cart-lines" data-region="cart-lines"></div>
        </div>
        ${frame}
      </div>`,
    ),
    personalRegion("cart-notice", noticeView(screen, voice)),
    personalRegion("cart-hold", holdLine(screen, voice)),
    personalRegion("cart-lines", hasLines ? lines(screen, voice) : empty(screen, voice)),
    ...(hasLines
      ? [
          personalRegion("cart-panel", panel(screen, voice)),
          personalRegion("cart-bar", totalBar(screen, voice, next(voice, "bar-next", "btn"))),
        ]
      : []),
  ]
}

function lineCount(screen: ScreenBase): number {
  return screen.cart?.cart.lines.length ?? 0
}

function back(screen: ScreenBase, voice: Voice): Html {
  const { event, showtime } = screen.place
  const label = voice.words.cart.keepLooking
  return goLink(
    screen,
    event === undefined
      ? { view: "browse" }
      : { view: "event", event, ...(showtime !== undefined && { showtime }) },
    { id: "cart-back", class: "link back", label: backLabel(label), name: label },
  )
}

function next(voice: Voice, id: string, name: string): Html {
  return html`<button
    class="${name}"
    type="button"
    id="${id}"
    part="button"
    data-command="go-to-checkout"
  >
    ${voice.words.cart.continue}
  </button>`
}

function panel(screen: ScreenBase, voice: Voice): Html {
  const { cart } = voice.words
  const priced = screen.cart?.priced
  return html`<h3 class="wide">${cart.summary}</h3>
    ${holdLine(screen, voice, "wide")} ${promoForm(screen, voice)}
    ${priced && breakdown(cartTotals(priced, voice), voice)}
    ${next(voice, "panel-next", "btn wide")}`
}

function lines(screen: ScreenBase, voice: Voice): Html {
  const priced = screen.cart?.priced
  if (!priced) return none
  return html`<ul class="rows">
    ${priced.lines.map((line) => item(screen, voice, line))}
    ${priced.unavailable.map((line) => unavailableItem(voice, line))}
  </ul>`
}

function item(screen: ScreenBase, voice: Voice, priced: PricedLine): Html {
  const { line, event, showtime, product, priceType } = priced
  const title = lineTitle(priced)
  const picture = product.picture ?? event.picture
  const when = showtime && `${voice.dateTime(showtime)}, ${event.venue.name}`
  return html`<li
    class="item ${picture === undefined && "bare"}"
    id="line-${priceType.id}"
    data-line
  >
    ${picture !== undefined && html`<div class="pic">${thumbnail(screen, picture)}</div>`}
    <div>
      <h3>${title}</h3>
      <p class="s muted">${event.title}${when && html`<br />${when}`}</p>
    </div>
    <b class="money">${voice.money(lineAmount(priced))}</b>
    ${stepper(
      {
        price: priceType.id,
        title,
        quantity: line.quantity,
        min: Math.max(1, product.minPerOrder),
        max: line.quantity + roomFor(screen, priced),
      },
      voice,
    )}
    ${remove(voice, line, title)}
  </li>`
}

/** Beside its title, so it says nothing by itself. */
function thumbnail(screen: ScreenBase, picture: string): Html {
  return html`<img
    class="art"
    src="${url(pictureUrl(screen, picture, 480))}"
    alt=""
    width="128"
    height="128"
    loading="lazy"
    decoding="async"
  />`
}

function remove(voice: Voice, line: CartLine, title: string): Html {
  const { cart } = voice.words
  return html`<button
    class="link"
    type="button"
    id="remove-${line.priceTypeId}"
    aria-label="${cart.removeLine(title)}"
    data-command="set-quantity"
    data-input="${json({ price: line.priceTypeId, quantity: 0 })}"
  >
    ${cart.remove}
  </button>`
}

function unavailableItem(voice: Voice, line: CartLine): Html {
  const { cart } = voice.words
  return html`<li id="line-${line.priceTypeId}">
    <div>
      <h3>${line.quantity} × ${cart.unavailableTitle}</h3>
      <p class="s bad">${cart.unavailable}</p>
    </div>
    ${remove(voice, line, cart.unavailableTitle)}
  </li>`
}

function empty(screen: ScreenBase, voice: Voice): Html {
  const { cart } = voice.words
  return html`<div class="panel">
    <h3>${cart.empty}</h3>
    <p class="muted">${cart.emptyWhy}</p>
    ${goLink(screen, { view: "browse" }, { id: "cart-browse", class: "btn", label: cart.browse })}
  </div>`
}
