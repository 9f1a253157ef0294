import { FoyerCheckout } from "./foyer-checkout.ts"
import { obeyHost } from "./host-commands.ts"
import { pageManager } from "./page-manager.ts"

// Two versions of the script on one page: the first has the name.
if (!customElements.get("foyer-checkout")) {
  obeyHost(window, { consent: (consent) => pageManager()?.consent(consent) })
  customElements.define("foyer-checkout", FoyerCheckout)
}

declare global {
  interface HTMLElementTagNameMap {
    "foyer-checkout": FoyerCheckout
  }
}
