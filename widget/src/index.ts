import { upgradeDivs } from "./compat.ts"
import { FoyerButton } from "./foyer-button.ts"
import { FoyerCheckout } from "./foyer-checkout.ts"
import { obeyHost } from "./host-commands.ts"
import { pageManager } from "./page-manager.ts"
import { pageKey } from "./page.ts"

obeyHost(window, { consent: (consent) => pageManager()?.consent(consent) })
void define()

/** The look is on its way since the loader ran, or came with the widget's own script; should it stay away, there is still something to buy. */
async function define(): Promise<void> {
  const page = window[pageKey]
  const look = page?.sheet ? undefined : await page?.look?.catch(() => undefined)
  if (page && look) page.sheet ??= look.sheet
  // Two versions of the script on one page: the first has the name.
  if (customElements.get("foyer-checkout")) return
  customElements.define("foyer-checkout", FoyerCheckout)
  if (!customElements.get("foyer-button")) customElements.define("foyer-button", FoyerButton)
  upgradeDivs()
  // The parser may not have come to all of them yet.
  document.addEventListener("DOMContentLoaded", upgradeDivs)
}

declare global {
  interface HTMLElementTagNameMap {
    "foyer-button": FoyerButton
    "foyer-checkout": FoyerCheckout
  }
}
