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
  if (!customElements.get("foyer-checkout")) customElements.define("foyer-checkout", FoyerCheckout)
}

declare global {
  interface HTMLElementTagNameMap {
    "foyer-checkout": FoyerCheckout
  }
}
