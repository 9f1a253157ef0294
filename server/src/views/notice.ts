import type { Refusal, ScreenBase } from "#core/screen.ts"
import { html, type Html, none } from "#views/html.ts"
import { alertIcon } from "#views/icons.ts"
import { promoRefusal } from "#views/promo.ts"
import type { Voice } from "#views/voice.ts"

export type Said = { readonly title: string; readonly next: string }

/** A refusal in words: what happened, what did not, what to do next. Promotions answer at their form where there is one. */
export function sayRefusal(refusal: Refusal, voice: Voice): Said | undefined {
  const says = voice.words.refusal
  switch (refusal.reason) {
    case "promo-refused":
      return undefined
    case "sold-out":
      return says["sold-out"](refusal.title, refusal.remaining)
    case "over-maximum":
      return says["over-maximum"](refusal.title, refusal.maximum)
    case "below-minimum-quantity":
      return says["below-minimum-quantity"](refusal.title, refusal.minimum)
    case "not-on-sale":
      return says["not-on-sale"](refusal.title)
    case "amount-too-low":
    case "below-payment-minimum":
      return says[refusal.reason](voice.money(refusal.minimumMinor))
    case "price-changed":
      return says["price-changed"](voice.money(refusal.totalMinor))
    case "card-declined":
      return undefined
    case "amount-not-a-number":
    case "details-incomplete":
    case "holds-expired":
    case "cart-empty":
    case "cart-completed":
    case "cart-busy-paying":
    case "too-many-holds":
    case "payment-unavailable":
    case "payment-processing":
    case "payment-returned":
    case "unknown-event":
      return says[refusal.reason]
  }
}

/** The answer to a refused command, above the view it was given in. The shell's live region says it; this shows it. */
export function noticeView(screen: ScreenBase, voice: Voice): Html {
  const said = saidAbove(screen, voice)
  return said ? note("notice", said) : none
}

/** What stands above a view. Where there is no field for a promo code any more, its refusal is said there, too. */
export function saidAbove(screen: ScreenBase, voice: Voice): Said | undefined {
  const { refusal, place, cart } = screen
  if (refusal?.reason !== "promo-refused") return refusal && sayRefusal(refusal, voice)
  const isAtDesk = place.view === "details" || place.view === "payment"
  const refused = isAtDesk ? promoRefusal(screen, voice) : undefined
  if (!refused || !isAtDesk) return undefined
  const next = voice.words.promoGone[place.view](voice.money(cart?.priced.totalMinor ?? 0))
  return { title: refused.said, next }
}

export function note(id: string, said: Said, tone = "bad"): Html {
  return html`<div class="note ${tone}" id="${id}" tabindex="-1">
    ${alertIcon}<b>${said.title}</b>
    <p class="s">${said.next}</p>
  </div>`
}

export function sandboxLabel(screen: ScreenBase, voice: Voice): Html {
  return screen.sandbox ? html`<p class="sandbox full">${voice.words.sandbox}</p>` : none
}
