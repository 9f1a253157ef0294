import { findPromotion } from "#core/promotion.ts"
import type { ScreenBase } from "#core/screen.ts"
import { html, type Html } from "#views/html.ts"
import { alertIcon, tagIcon, tickIcon } from "#views/icons.ts"
import type { Voice } from "#views/voice.ts"

/** The promo code: a fold with its form, or the code that applies. A refusal is said where the code was typed. */
export function promoForm(screen: ScreenBase, voice: Voice): Html {
  const { cart } = voice.words
  const applied = screen.cart?.priced.promotion?.promotion.code
  if (applied !== undefined) {
    return html`<div class="ends promo">
      <span class="tag good">${tickIcon}${cart.applied(applied)}</span
      ><button
        class="link"
        type="button"
        id="promo-remove"
        data-command="remove-promo"
        aria-label="${cart.removePromo(applied)}"
      >
        ${cart.remove}
      </button>
    </div>`
  }
  const refused = promoRefusal(screen, voice)
  return html`<details class="promo" id="promo" ${refused && html`open`}>
    <summary>
      <span class="line">${tagIcon}<u>${cart.addPromo}</u></span>
    </summary>
    <form class="copy" data-command="apply-promo" data-each="code" id="promo-form" novalidate>
      <label class="sr" for="promo-code">${cart.promo}</label>
      <input
        class="in"
        id="promo-code"
        name="code"
        maxlength="40"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        value="${refused?.code}"
        ${refused && html`aria-invalid="true" aria-describedby="promo-error"`}
      />
      <button class="btn quiet" id="promo-apply">${cart.apply}</button>
    </form>
    ${refused && html`<p class="msg bad" id="promo-error">${alertIcon}<span>${refused.said}</span></p>`}
  </details>`
}

/** Why a code does not apply, whether just typed or kept in the cart. */
export function promoRefusal(
  screen: ScreenBase,
  voice: Voice,
): { readonly code: string; readonly said: string } | undefined {
  const kept = screen.cart?.priced.promotionRefused
  const { refusal } = screen
  if (refusal?.reason === "promo-refused") return say(screen, refusal.code, refusal.why, voice)
  return kept && say(screen, kept.code, kept.reason, voice)
}

function say({ shop }: ScreenBase, code: string, why: string, voice: Voice) {
  const says = voice.words.promo
  const bogo = why === "too-few" ? findPromotion(shop, code)?.bogo : undefined
  if (bogo) return { code, said: voice.words.tooFew[bogo.within](code, bogo.buy + 1) }
  const reason = Object.hasOwn(says, why) ? (why as keyof typeof says) : "unknown-code"
  return { code, said: says[reason](code) }
}
