/**
 * @typedef {{ type: "card" | "bancontact", empty: boolean, complete: boolean }} FormState
 * @typedef {{ publishableKey: string, amount?: number, currency?: string, locale?: string,
 *   appearance?: { theme?: string, variables?: Record<string, string> }, options?: { buttonHeight?: number } }} Initial
 * @typedef {{ tell: (type: string, data?: unknown) => void }} Host
 */

/**
 * Connects this page to the page that frames it. `onInitial` runs when it has connected and whenever the options change;
 * `onAsked` answers questions by name.
 * @param {(initial: Initial, host: Host) => void} onInitial
 * @param {Record<string, (data: any) => unknown>} onAsked
 */
export function connect(onInitial, onAsked) {
  window.addEventListener("message", (event) => {
    const port = event.ports[0]
    if (event.source !== window.parent || event.data?.foyerSandbox !== "port" || port === undefined)
      return
    /** @type {Host} */
    const host = { tell: (type, data) => port.postMessage({ type, data }) }
    /** @type {Initial} */
    let initial = event.data.initial
    port.onmessage = async ({ data }) => {
      if (data.type === "update") {
        initial = { ...initial, ...data.data }
        onInitial(initial, host)
        return
      }
      const answer = await onAsked[data.type]?.(data.data)
      if (data.id !== undefined) port.postMessage({ type: "answer", id: data.id, data: answer })
    }
    onInitial(initial, host)
    tellHeight(host)
  })
  window.parent.postMessage({ foyerSandbox: "hello" }, "*")
}

/** @param {Host} host */
function tellHeight(host) {
  const tell = () => host.tell("height", Math.ceil(document.body.getBoundingClientRect().height))
  new ResizeObserver(tell).observe(document.body)
  tell()
}

/** Dresses this page in the shop's colours, shape and type. @param {Initial} initial */
export function dress({ appearance = {}, locale }) {
  const root = document.documentElement
  const { variables = {}, theme } = appearance
  const names = {
    colorPrimary: "--primary",
    colorBackground: "--bg",
    colorText: "--ink",
    colorTextSecondary: "--muted",
    colorTextPlaceholder: "--faint",
    colorDanger: "--bad",
    borderRadius: "--radius",
    fontFamily: "--font",
    fontSizeBase: "--size",
    spacingUnit: "--unit",
    accessibleColorOnColorPrimary: "--on-primary",
  }
  root.dataset["theme"] = theme === "night" ? "night" : "stripe"
  for (const [name, property] of Object.entries(names)) {
    const value = variables[name]
    if (value === undefined) root.style.removeProperty(property)
    else root.style.setProperty(property, value)
  }
  root.style.setProperty(
    "color-scheme",
    isDark(getComputedStyle(document.body).backgroundColor) ? "dark" : "light",
  )
  root.lang = locale === undefined || locale === "auto" ? navigator.language : locale
}

/** @param {string} color a computed colour, `rgb(20, 20, 23)` */
function isDark(color) {
  const [red = 255, green = 255, blue = 255] = (color.match(/[\d.]+/g) ?? []).map(Number)
  const scale = color.startsWith("color(") ? 255 : 1
  return (red * 0.299 + green * 0.587 + blue * 0.114) * scale < 110
}

/**
 * Makes a payment method at the sandbox, straight from this page.
 * @param {string} publishableKey
 * @param {Record<string, string>} fields
 * @returns {Promise<{ id: string } | { error: object }>}
 */
export async function createMethod(publishableKey, fields) {
  try {
    const body = new URLSearchParams({ ...fields, key: publishableKey })
    const response = await fetch("/v1/payment_methods", { method: "POST", body })
    return await response.json()
  } catch {
    return {
      error: {
        type: "api_connection_error",
        message:
          "We could not reach the payment provider. Please check your connection and try again.",
      },
    }
  }
}

/** An element of this page that is known to be there. @param {string} id @returns {HTMLElement} */
export function part(id) {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`there is no #${id}`)
  return element
}

/** @param {string} id @returns {HTMLInputElement} */
export function input(id) {
  const element = part(id)
  if (!(element instanceof HTMLInputElement)) throw new Error(`#${id} is no input`)
  return element
}

/** An amount as a person reads it. @param {Initial} initial */
export function amountText({ amount, currency, locale }) {
  if (amount === undefined || currency === undefined) return ""
  const language = locale === undefined || locale === "auto" ? undefined : locale
  const format = new Intl.NumberFormat(language, { style: "currency", currency })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}
