import { openFrame, setStyles } from "./channel.js"
import { sandboxOrigin } from "./errors.js"

/**
 * @typedef {ReturnType<typeof import("./element.js").createElement>} Part
 */

/**
 * Lays one of the sandbox's pages over the whole host page until it is closed.
 * @param {HTMLIFrameElement} iframe
 * @param {string} label
 * @returns {() => void}
 */
function openOverlay(iframe, label) {
  const before = document.activeElement
  const overlay = document.createElement("div")
  overlay.setAttribute("role", "dialog")
  overlay.setAttribute("aria-modal", "true")
  overlay.setAttribute("aria-label", label)
  setStyles(overlay, {
    position: "fixed",
    inset: "0",
    "z-index": "2147483647",
    display: "grid",
    "place-items": "center",
    padding: "16px",
    background: "rgb(0 0 0 / .6)",
  })
  setStyles(iframe, {
    width: "min(100%, 420px)",
    height: "min(100%, 430px)",
    border: "0",
    "border-radius": "14px",
    background: "#fff",
    "color-scheme": "light",
  })
  overlay.append(iframe)
  document.body.append(overlay)
  iframe.focus()
  return () => {
    overlay.remove()
    if (before instanceof HTMLElement && before.isConnected) before.focus()
  }
}

/** Shows the bank's question over the page, until the shopper has answered. @param {string} url @returns {Promise<void>} */
export function askInPage(url) {
  const address = new URL(url)
  const iframe = document.createElement("iframe")
  iframe.title = "3-D Secure"
  iframe.src = `${sandboxOrigin}${address.pathname}?in_page=1`
  return new Promise((resolve) => {
    const close = openOverlay(iframe, "3-D Secure")
    /** @param {MessageEvent} event */
    const onMessage = (event) => {
      if (event.source !== iframe.contentWindow || event.origin !== sandboxOrigin) return
      if (event.data?.foyerSandbox !== "answered") return
      window.removeEventListener("message", onMessage)
      close()
      resolve()
    }
    window.addEventListener("message", onMessage)
  })
}

/**
 * The wallet's button was pressed: the page may say what is bought, then the wallet asks the shopper.
 * @param {Part} part
 * @param {(type: string, detail: object) => void} emit
 * @param {() => object} initial
 * @param {(id: string) => void} keepMethod
 */
export async function payByWallet(part, emit, initial, keepMethod) {
  const isWanted = await askPage(part, emit)
  if (!isWanted) return
  const frame = openFrame("wallet.html", "Sandbox wallet", initial, (type, data) => {
    if (type !== "approved" && type !== "canceled") return
    close()
    frame.close()
    if (type === "canceled") {
      emit("cancel", {})
      return
    }
    keepMethod(data.id)
    emit("confirm", {
      expressPaymentType: "google_pay",
      billingDetails: data.billingDetails,
      paymentFailed: () => {},
    })
  })
  const close = openOverlay(frame.iframe, "Sandbox wallet")
}

/** @param {Part} part @param {(type: string, detail: object) => void} emit @returns {Promise<boolean>} */
function askPage(part, emit) {
  if (!part.hasListener("click")) return Promise.resolve(true)
  return new Promise((resolve) => {
    emit("click", {
      expressPaymentType: "google_pay",
      resolve: () => resolve(true),
      reject: () => resolve(false),
    })
  })
}
