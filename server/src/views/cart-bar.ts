import type { ScreenBase } from "#core/screen.ts"
import { html, type Html, none } from "#views/html.ts"
import { countLine } from "#views/lines.ts"
import { goLink } from "#views/place.ts"
import type { Voice } from "#views/voice.ts"

/** The bar that keeps the total in view where there is no room for a panel. `action` is its one button. */
export function totalBar(screen: ScreenBase, voice: Voice, action: Html): Html {
  const priced = screen.cart?.priced
  if (!priced || priced.lines.length === 0) return none
  return html`<p>
      <b class="money">${voice.money(priced.totalMinor)}</b
      ><small>${voice.words.cart.barNote(countLine(priced, voice))}</small>
    </p>
    ${action}`
}

/** On the way to the cart. */
export function cartBar(screen: ScreenBase, voice: Voice, label: string): Html {
  return totalBar(screen, voice, toCart(screen, "bar-cart", label))
}

export function toCart(screen: ScreenBase, id: string, label: string): Html {
  const { event, showtime } = screen.place
  return goLink(
    screen,
    {
      view: "cart",
      ...(event !== undefined && { event }),
      ...(showtime !== undefined && { showtime }),
    },
    { id, class: "btn", label, part: "button" },
  )
}
