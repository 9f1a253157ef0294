import { FoyerCheckout } from "./foyer-checkout.ts"
import { pageKey } from "./page.ts"
import type { Item } from "./session.ts"
import { sheetOf } from "./sheet-of.ts"

const labels: Readonly<Record<string, string>> = { en: "Get tickets", fr: "Prendre des billets" }
const passedOn = ["widget", "locale", "currency", "promo", "theme", "consent", "checkout"]

/** It stands in a line of text, as wide as its label. */
const inline = ":host{display:inline-block;container:none / normal;background:none}"

/**
 * A button anywhere on the page: puts its `items` into the cart and shows them in the account's widget on this page, or in one of its own that
 * it opens below. Its text is its label; a link inside is for who has no script.
 */
export class FoyerButton extends HTMLElement {
  #button: HTMLButtonElement | undefined

  connectedCallback(): void {
    if (this.#button) return
    const root = this.attachShadow({ mode: "open" })
    const { sheet } = window[pageKey] ?? {}
    root.adoptedStyleSheets = [...(sheet ? [sheet] : []), sheetOf(inline)]
    const button = document.createElement("button")
    Object.assign(button, { type: "button", className: "btn", part: "button" })
    button.textContent = this.textContent?.trim() || labelFor(this)
    button.addEventListener("click", () => void this.#buy())
    this.#button = button
    root.append(button)
  }

  async #buy(): Promise<void> {
    const checkout = this.#checkout()
    await checkout.buy(itemsIn(this.getAttribute("items") ?? ""))
  }

  /** The same widget on the page, another of the same account (they share the cart), or a new one. */
  #checkout(): FoyerCheckout {
    const widget = this.getAttribute("widget") ?? ""
    const [account] = widget.split("/")
    const there = [...document.querySelectorAll<FoyerCheckout>("foyer-checkout")].filter(
      (each) => each instanceof FoyerCheckout,
    )
    return (
      there.find((each) => each.widget === widget) ??
      there.find((each) => each.widget?.split("/")[0] === account) ??
      this.#openBelow()
    )
  }

  #openBelow(): FoyerCheckout {
    const checkout = document.createElement("foyer-checkout")
    for (const name of passedOn) {
      const value = this.getAttribute(name)
      if (value !== null) checkout.setAttribute(name, value)
    }
    checkout.setAttribute("at", "cart")
    this.after(checkout)
    this.#button?.setAttribute("aria-expanded", "true")
    return checkout
  }
}

/** `gala/floor:2, gala/nachos`: one of what has no number. */
export function itemsIn(text: string): Item[] {
  return text.split(",").flatMap((part) => {
    const [item = "", count = "1"] = part.trim().split(":")
    const quantity = Math.min(1000, Math.max(1, Math.trunc(Number(count)) || 1))
    return item === "" ? [] : [{ item, quantity }]
  })
}

function labelFor(element: Element): string {
  const language = element.getAttribute("locale") ?? document.documentElement.lang
  return labels[language.slice(0, 2)] ?? labels["en"] ?? ""
}
