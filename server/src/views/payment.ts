import type { Screen } from "#core/screen.ts"
import { paymentSlot } from "@foyer/shared/dom"
import { orderPanel } from "#views/cart-panel.ts"
import { html, type Html, json, none } from "#views/html.ts"
import { clockIcon, downIcon, lockIcon } from "#views/icons.ts"
import { note, noticeView, type Said, sandboxLabel } from "#views/notice.ts"
import { layout, personalRegion, type RenderedRegion } from "#views/rendered.ts"
import { backLabel, checkoutTop } from "#views/steps.ts"
import { breakdown, cartTotals, holdLine, lineList } from "#views/summary.ts"
import type { Voice } from "#views/voice.ts"

type PaymentScreen = Extract<Screen, { readonly view: "payment" }>

/** The provider's form is in the layout, apart from what changes: a declined card must not disturb it. */
export function paymentRegions(screen: PaymentScreen, voice: Voice): RenderedRegion[] {
  const { payment } = voice.words
  const { processing } = screen.payment
  const box = html`<div
    class="slot"
    id="payment-box"
    role="group"
    aria-label="${payment.box}"
    data-or="${payment.or}"
  >
    <slot name="${paymentSlot}"></slot>
  </div>`
  return [
    layout(
      html`<div class="view split">
        ${sandboxLabel(screen, voice)} ${checkoutTop(screen, voice, "payment", back(voice))}
        <div class="main">
          <div class="stack">
            <h2 part="title" id="payment-title" tabindex="-1">${payment.title}</h2>
            <div id="payment-notice" data-region="payment-notice"></div>
          </div>
          <details class="panel narrow fold" part="panel" id="payment-order">
            <summary id="payment-fold" data-region="payment-fold"></summary>
            <div class="stack" id="payment-lines" data-region="payment-lines"></div>
          </details>
          ${!processing && box}
          <div class="stack" id="payment-pay" data-region="payment-pay"></div>
        </div>
        <aside
          class="panel wide"
          part="panel"
          id="payment-panel"
          data-region="payment-panel"
        ></aside>
      </div>`,
    ),
    personalRegion("payment-notice", notice(screen, voice)),
    personalRegion("payment-fold", foldTitle(screen, voice)),
    personalRegion("payment-lines", foldLines(screen, voice)),
    personalRegion("payment-pay", processing ? none : pay(screen, voice)),
    personalRegion("payment-panel", orderPanel(screen, voice)),
  ]
}

function back(voice: Voice): Html {
  const { steps } = voice.words
  return html`<button
    class="link back"
    type="button"
    id="payment-back"
    data-command="back"
    aria-label="${steps.back(steps.details)}"
  >
    ${backLabel(steps.details)}
  </button>`
}

function notice(screen: PaymentScreen, voice: Voice): Html {
  const { payment } = voice.words
  if (screen.payment.processing)
    return html`<div class="note" id="processing" role="status">
      ${clockIcon}<b>${payment.processing}</b>
      <p class="s">${payment.processingWhy}</p>
    </div>`
  const { declined } = screen.payment
  if (declined !== undefined) return note("declined", sayDecline(screen, voice, declined))
  return noticeView(screen, voice)
}

/** Decline codes of the provider that mean the same to a shopper. */
const alike: Readonly<Record<string, string>> = {
  invalid_cvc: "incorrect_cvc",
  invalid_number: "incorrect_number",
  invalid_expiry_month: "expired_card",
  invalid_expiry_year: "expired_card",
  payment_intent_authentication_failure: "authentication_required",
  stolen_card: "lost_card",
  pickup_card: "lost_card",
  try_again_later: "processing_error",
  issuer_not_available: "processing_error",
}

/** A decline in human words: what happened, that nothing was charged, what to do next. */
export function sayDecline(screen: Screen, voice: Voice, code: string): Said {
  const { payment } = voice.words
  const { declines } = payment
  const name = Object.hasOwn(alike, code) ? (alike[code] ?? code) : code
  const known = Object.hasOwn(declines, name) ? (name as keyof typeof declines) : "card_declined"
  const { title, next } = declines[known]
  const until = screen.cart?.cart.holdsExpireAt
  const held = until === undefined ? payment.notCharged : payment.notChargedHeld(voice.clock(until))
  return { title, next: `${held} ${next}` }
}

function foldTitle(screen: PaymentScreen, voice: Voice): Html {
  const total = screen.cart?.priced.totalMinor ?? 0
  return html`<span class="line">${downIcon}${voice.words.cart.order}</span>
    <b class="money">${voice.money(total)}</b>`
}

function foldLines(screen: PaymentScreen, voice: Voice): Html {
  const priced = screen.cart?.priced
  return priced
    ? html`${lineList(priced, voice)} ${breakdown(cartTotals(priced, voice), voice)}`
    : none
}

function pay(screen: PaymentScreen, voice: Voice): Html {
  const { payment } = voice.words
  const priced = screen.cart?.priced
  if (!priced) return none
  const agreed = { amountMinor: priced.totalMinor, currency: priced.currency }
  return html`<button class="btn" type="button" id="pay" part="button" data-pay="${json(agreed)}">
      ${lockIcon}<span
        >${payment.pay} <span class="money">${voice.money(priced.totalMinor)}</span></span
      >
    </button>
    <p class="s muted">${payment.once(voice.currencyName())}</p>
    ${holdLine(screen, voice, "narrow")}`
}
