import { attributes, paymentSlot } from "@foyer/shared/dom"
import type { Effect } from "@foyer/shared/protocol"
import type { Stripe, StripeElements } from "@stripe/stripe-js"
import { pageKey } from "./page.ts"
import { paymentLook } from "./payment-look.ts"
import { openStripe } from "./stripe-script.ts"

type Mount = Extract<Effect, { type: "mount-payment" }>
type Confirm = Extract<Effect, { type: "confirm-payment" }>
type Agreed = { readonly amountMinor: number; readonly currency: string }

export type PaymentForm = {
  /** Shows the form, or tells a shown one the new total. */
  readonly mount: (effect: Mount) => void
  /** Checks what was typed; the provider's words when something is wrong with it. */
  readonly submit: () => Promise<string | undefined>
  /** False when the amount is not what the shopper sees: nothing was confirmed then. */
  readonly confirm: (effect: Confirm) => Promise<boolean>
  readonly close: () => void
}

type Tell = {
  /** A wallet's own button was pressed and the wallet is open. */
  readonly pay: (agreed: Agreed) => void
  readonly blocked: () => void
}

/** A redirect comes back by way of our server, where the secret that the provider appends to the address ends. */
function returnAddress(host: HTMLElement): string {
  const page = window[pageKey]
  const { widget } = host as { readonly widget?: string }
  return `${page?.origin}/v1/return/${widget}?to=${encodeURIComponent(location.href)}`
}

type Open = { readonly stripe: Stripe; readonly elements: StripeElements }

/** Stripe's form, in a light-DOM child of the element: Stripe.js refuses shadow roots. */
export function createPaymentForm(host: HTMLElement, root: ShadowRoot, tell: Tell): PaymentForm {
  let agreed: Agreed | undefined
  let opening: Promise<Open | undefined> | undefined
  let isConfirming = false

  const open = async (effect: Mount): Promise<Open | undefined> => {
    // In somebody else's shadow root the light DOM is not the document's either; in a sandboxed frame without an origin the provider's own
    // frames have none and could never answer.
    const isFit = host.getRootNode() === document && window.origin !== "null"
    const stripe = isFit ? await openStripe(effect) : undefined
    if (!stripe) {
      tell.blocked()
      return undefined
    }
    const elements = openElements(stripe, effect, root)
    mountCard(elements, effect, childOf(host, "card"))
    const wallets = childOf(host, "wallets")
    const box = root.querySelector<HTMLElement>(`[${attributes.or}]`)
    mountWallets(elements, wallets, {
      pay: () => agreed && tell.pay(agreed),
      // The look keeps room for both.
      none: () => box?.style.setProperty("min-height", cardRoom),
    })
    wallets.append(orLine(box?.getAttribute(attributes.or) ?? ""))
    return { stripe, elements }
  }

  return {
    mount: (effect) => {
      const { amountMinor, currency } = effect
      const isSame = agreed?.amountMinor === amountMinor && agreed.currency === currency
      agreed = { amountMinor, currency }
      if (!opening) opening = openOrForget(effect)
      else if (!isSame)
        void opening.then((form) => form?.elements.update({ amount: amountMinor, currency }))
    },
    submit: async () => {
      const form = await opening
      if (!form) {
        tell.blocked()
        return ""
      }
      const { error } = await form.elements.submit()
      return error && (error.message ?? "")
    },
    confirm: async (effect) => {
      const form = await opening
      if (!form || isConfirming) return true
      if (agreed?.amountMinor !== effect.amountMinor || agreed.currency !== effect.currency)
        return false
      isConfirming = true
      // Whatever comes of it, the server looks at the provider itself: the browser's word counts for nothing.
      await form.stripe
        .confirmPayment({
          elements: form.elements,
          clientSecret: effect.clientSecret,
          redirect: "if_required",
          confirmParams: { return_url: returnAddress(host) },
        })
        .catch((error: unknown) => console.warn("foyer: the payment was not confirmed", error))
      isConfirming = false
      return true
    },
    close: () => host.querySelector(`:scope > [slot="${paymentSlot}"]`)?.remove(),
  }

  async function openOrForget(effect: Mount): Promise<Open | undefined> {
    const form = await open(effect)
    if (!form) opening = undefined
    return form
  }
}

function openElements(stripe: Stripe, effect: Mount, root: ShadowRoot): StripeElements {
  return stripe.elements({
    mode: "payment",
    amount: effect.amountMinor,
    currency: effect.currency,
    appearance: paymentLook(root),
  })
}

function mountCard(elements: StripeElements, { buyer }: Mount, child: HTMLElement): void {
  elements.create("payment", { defaultValues: { billingDetails: { ...buyer } } }).mount(child)
}

const cardRoom = "282px"

type WalletsTell = { readonly pay: () => void; readonly none: () => void }

/** Wallets come first; their room is kept until it is known that the shopper has none. */
function mountWallets(elements: StripeElements, child: HTMLElement, tell: WalletsTell): void {
  child.style.visibility = "hidden"
  const wallets = elements.create("expressCheckout")
  wallets.on("ready", ({ availablePaymentMethods }) => {
    child.hidden = !availablePaymentMethods
    if (child.hidden) tell.none()
    child.style.visibility = ""
  })
  wallets.on("confirm", () => void elements.submit().then(({ error }) => error || tell.pay()))
  wallets.mount(child.appendChild(document.createElement("div")))
}

/** What stands between wallets and card. Inherited properties and the look's tokens reach the light DOM through the slot. */
function orLine(words: string): HTMLElement {
  const line = element({
    display: "flex",
    alignItems: "center",
    gap: "8px",
    marginBlock: "16px",
    fontSize: "var(--t-s)",
    color: "var(--muted)",
  })
  const rule = () => element({ flex: "1", borderTop: "1px solid var(--line)" })
  line.append(rule(), words, rule())
  return line
}

function element(style: Partial<CSSStyleDeclaration>): HTMLElement {
  const made = document.createElement("div")
  Object.assign(made.style, style)
  return made
}

/** A part of the light-DOM child that the fragment's slot shows; made once, so that no frame of Stripe's is ever reloaded. */
function childOf(host: HTMLElement, name: "wallets" | "card"): HTMLElement {
  const slotted =
    host.querySelector<HTMLElement>(`:scope > [slot="${paymentSlot}"]`) ??
    host.appendChild(Object.assign(document.createElement("div"), { slot: paymentSlot }))
  const part = document.createElement("div")
  if (name === "wallets") slotted.prepend(part)
  else slotted.append(part)
  return part
}
