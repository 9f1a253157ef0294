import { cartKey } from "./cart-token.ts"
import { randomToken } from "./random-id.ts"

type Urls = { readonly createScriptURL: (url: string) => string }
type Factory = { readonly createPolicy: (name: string, rules: Urls) => unknown }

greet(document.currentScript)

/**
 * The first script of the hosted page, on our own origin only: takes over the cart that a host page handed on, and lets the payment
 * provider's script load under Trusted Types.
 */
function greet(script: HTMLOrSVGScriptElement | null): void {
  if (!(script instanceof HTMLScriptElement)) return
  const { origin } = new URL(script.src)
  const { account, scripts } = script.dataset
  if (origin !== location.origin) return
  if (account) {
    takeCart(account)
    void recoverCart()
  }
  trustScripts([origin, ...(scripts ?? "").split(" ")])
}

/** The token leaves the address before any other script, history or shared link has seen it. */
function takeCart(account: string): void {
  const token = takeFromHash("cart")
  if (token !== undefined) keepCart(account, token)
}

function takeFromHash(name: string): string | undefined {
  const [, token] = new RegExp(`^#${name}=([\\w-]{43})$`).exec(location.hash) ?? []
  if (token !== undefined)
    history.replaceState(history.state, "", location.pathname + location.search)
  return token
}

function keepCart(account: string, token: string): void {
  const key = cartKey(account)
  const kept = JSON.stringify({ token })
  try {
    // The same cart may have been completed here meanwhile, which the page still knows.
    if (!localStorage.getItem(key)?.includes(token)) localStorage.setItem(key, kept)
  } catch {
    lendStorage(new Map([[key, kept]]))
  }
}

/** The link of a mail is exchanged for its cart, once, by a token that this browser makes; then the page begins anew in the cart. */
async function recoverCart(): Promise<void> {
  const token = takeFromHash("recover")
  if (token === undefined) return
  const cart = randomToken()
  const response = await fetch(`${location.pathname}/recover`, {
    method: "POST",
    body: JSON.stringify({ token, cart }),
    headers: { "Content-Type": "application/json" },
  }).catch(() => undefined)
  if (response?.status === 204) {
    const query = new URLSearchParams(location.search)
    query.set("at", "cart")
    return location.replace(`${location.pathname}?${query.toString()}#cart=${cart}`)
  }
  // The answer may be here before the rest of the page is.
  if (document.readyState === "loading")
    await new Promise((parsed) => document.addEventListener("DOMContentLoaded", parsed))
  const note = document.querySelector<HTMLElement>("#late-link")
  if (note) note.hidden = false
}

/** Where the browser forbids storage, the page has one that lasts as long as itself. */
function lendStorage(memory: Map<string, string>): void {
  const value = {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, text: string) => void memory.set(key, text),
  }
  Object.defineProperty(window, "localStorage", { value, configurable: true })
}

/** Stripe.js makes its script element itself, with an address that is plain text: the default policy lets through ours and the provider's. */
function trustScripts(origins: readonly string[]): void {
  const { trustedTypes } = window as { trustedTypes?: Factory }
  const isTrusted = (url: URL) => origins.some((origin) => isFrom(url, origin))
  trustedTypes?.createPolicy("default", {
    createScriptURL: (text) => {
      if (isTrusted(new URL(text, location.href))) return text
      throw new TypeError(`foyer: no script is loaded from ${text}`)
    },
  })
}

/** `pattern` is an origin, or `https://*.` and a domain. */
function isFrom({ origin, protocol, host }: URL, pattern: string): boolean {
  const [scheme, domain] = pattern.split("//*")
  return domain === undefined ? origin === pattern : protocol === scheme && host.endsWith(domain)
}
