import type { Stripe, StripeConstructor } from "@stripe/stripe-js"
import { loadStripe } from "@stripe/stripe-js/pure"

export type ScriptWish = {
  readonly publishableKey: string
  readonly locale: string
  /** The payment sandbox's own script, instead of Stripe's. */
  readonly script?: string
}

/** A host page may have loaded Stripe.js itself, perhaps an old one: what payment needs must be there. Undefined when blocked or too old. */
export async function openStripe(wish: ScriptWish): Promise<Stripe | undefined> {
  try {
    return await openOnce(wish).catch(async () => {
      await new Promise((wake) => setTimeout(wake, againAfterMs))
      return openOnce(wish)
    })
  } catch (error) {
    console.warn("foyer: the payment form is blocked", error)
    return undefined
  }
}

/** A network that lost one answer is no blocker: the script is asked for once more. */
const againAfterMs = 500

async function openOnce({ publishableKey, locale, script }: ScriptWish) {
  if (script) await loadOnce(script)
  const own = (window as { Stripe?: StripeConstructor }).Stripe
  const options = { locale: locale as "en" }
  const stripe = own
    ? own(publishableKey, options)
    : ((await loadStripe(publishableKey, options)) ?? undefined)
  return stripe && isCapable(stripe) ? stripe : undefined
}

function isCapable(stripe: Partial<Stripe>): boolean {
  return typeof stripe.elements === "function" && typeof stripe.confirmPayment === "function"
}

const loading = new Map<string, Promise<void>>()

function loadOnce(src: string): Promise<void> {
  const loaded = loading.get(src) ?? load(src)
  loading.set(src, loaded)
  loaded.catch(() => loading.delete(src))
  return loaded
}

function load(src: string): Promise<void> {
  const script = Object.assign(document.createElement("script"), { src, async: true })
  return new Promise((resolve, reject) => {
    script.addEventListener("load", () => resolve())
    script.addEventListener("error", () => {
      script.remove()
      reject(new Error(`${src} could not be loaded`))
    })
    document.head.append(script)
  })
}
