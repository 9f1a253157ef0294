import type { ScreenBase } from "#core/screen.ts"
import { toCart } from "#views/cart-bar.ts"
import { html, type Html } from "#views/html.ts"
import { promoForm } from "#views/promo.ts"
import { breakdown, cartTotals, holdLine, lineList } from "#views/summary.ts"
import type { Voice } from "#views/voice.ts"

/** Beside the tickets being chosen: the cart so far, all in. */
export function cartPanel(screen: ScreenBase, voice: Voice): Html {
  const { cart } = voice.words
  const priced = screen.cart?.priced
  if (!priced || priced.lines.length === 0)
    return html`<h3>${cart.title}</h3>
      <p class="muted s">${cart.emptyWhy}</p>`
  return html`<h3>${cart.title}</h3>
    ${holdLine(screen, voice)} ${lineList(priced, voice)} ${promoForm(screen, voice)}
    ${breakdown(cartTotals(priced, voice), voice)} ${toCart(screen, "panel-cart", cart.checkOut)}
    <p class="s muted">${cart.allIn}</p>`
}

/** Beside the form and the payment: what is being bought. */
export function orderPanel(screen: ScreenBase, voice: Voice): Html {
  const priced = screen.cart?.priced
  return html`<h3>${voice.words.cart.order}</h3>
    ${holdLine(screen, voice)}
    ${priced && html`${lineList(priced, voice)} ${breakdown(cartTotals(priced, voice), voice)}`}`
}
