import { openFrame, setStyles } from "./channel.js"
import { integrationError } from "./errors.js"
import { createListeners } from "./listeners.js"

/**
 * @typedef {import("./listeners.js").Listener} Listener
 * @typedef {import("./channel.js").Frame} Frame
 */

/**
 * @typedef {object} SandboxElement
 * @property {(target: string | HTMLElement) => void} mount
 * @property {() => void} unmount
 * @property {() => void} destroy
 * @property {(type: string, listener: Listener) => SandboxElement} on
 * @property {(type: string, listener: Listener) => SandboxElement} once
 * @property {(type: string, listener?: Listener) => SandboxElement} off
 * @property {(options: object) => SandboxElement} update
 * @property {() => void} focus
 * @property {() => void} blur
 * @property {() => void} clear
 * @property {() => SandboxElement} collapse
 */

const loadingMs = 15_000
const frameStyles = {
  display: "block",
  width: "100%",
  "min-width": "100%",
  border: "0",
  margin: "0",
  padding: "0",
}

/**
 * One element on the page: a frame of the sandbox's origin, where the shopper types.
 * @param {{ type: string, page: string, title: string, minHeight: string, initial: () => object,
 *   onMessage: (type: string, data: any, emit: (type: string, detail: object) => void) => void,
 *   onDestroy: () => void, onOptions: (options: object) => void }} kind
 * @returns {{ element: SandboxElement, ask: (type: string, data?: unknown) => Promise<any>, tell: (type: string, data?: unknown) => void,
 *   isMounted: () => boolean, hasListener: (type: string) => boolean }}
 */
export function createElement(kind) {
  /** @type {Frame | undefined} */
  let frame
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let loading
  let isDestroyed = false
  const listeners = createListeners()

  /** @param {string} type @param {object} detail */
  const emit = (type, detail) => listeners.tell(type, { elementType: kind.type, ...detail })
  /** @param {string} type @param {any} data */
  const onMessage = (type, data) => {
    if (type === "height") frame?.iframe.style.setProperty("height", `${data}px`, "important")
    else if (type === "ready" || type === "loaderror") clearTimeout(loading)
    if (type !== "height") kind.onMessage(type, data, emit)
  }
  const unmount = () => {
    clearTimeout(loading)
    frame?.close()
    frame = undefined
  }
  /** @param {string | HTMLElement} target */
  const mount = (target) => {
    if (isDestroyed) {
      throw integrationError("This Element has already been destroyed. Please create a new one.")
    }
    const parent = findMountPoint(target)
    unmount()
    frame = openFrame(kind.page, kind.title, kind.initial, onMessage)
    setStyles(frame.iframe, {
      ...frameStyles,
      "min-height": kind.minHeight,
      height: kind.minHeight,
    })
    parent.replaceChildren(frame.iframe)
    emit("loaderstart", {})
    loading = setTimeout(() => {
      const message =
        "The payment sandbox's frame did not load. A content policy or an extension may block it."
      emit("loaderror", { error: { type: "api_connection_error", message } })
    }, loadingMs)
  }
  /** @type {SandboxElement} */
  const element = {
    mount,
    unmount,
    destroy: () => {
      unmount()
      isDestroyed = true
      kind.onDestroy()
    },
    on: (type, listener) => {
      listeners.add(type, listener)
      return element
    },
    once: (type, listener) => {
      /** @type {Listener} */
      const once = (event) => {
        element.off(type, once)
        listener(event)
      }
      return element.on(type, once)
    },
    off: (type, listener) => {
      listeners.remove(type, listener)
      return element
    },
    update: (options) => {
      kind.onOptions(options)
      frame?.tell("update", kind.initial())
      return element
    },
    focus: () => frame?.tell("focus"),
    blur: () => frame?.tell("blur"),
    clear: () => frame?.tell("clear"),
    collapse: () => element,
  }
  return {
    element,
    ask: (type, data) =>
      frame === undefined ? Promise.reject(notMounted()) : frame.ask(type, data),
    tell: (type, data) => frame?.tell(type, data),
    isMounted: () => frame !== undefined && frame.iframe.isConnected,
    hasListener: listeners.has,
  }
}

export function notMounted() {
  return integrationError(
    "Could not retrieve data from the specified Element. Please make sure the Element you are attempting to use is still mounted.",
  )
}

/** @param {string | HTMLElement} target @returns {HTMLElement} */
function findMountPoint(target) {
  const found = typeof target === "string" ? document.querySelector(target) : target
  if (!(found instanceof HTMLElement)) {
    throw integrationError(
      typeof target === "string"
        ? `The selector you specified (${target}) applies to no DOM elements that are currently on the page.\nMake sure the element exists on the page before calling mount().`
        : "Invalid DOM element. Call mount() with a valid DOM element or selector.",
    )
  }
  if (found.getRootNode() instanceof ShadowRoot) {
    throw integrationError(
      "Elements cannot be mounted in a ShadowRoot. Please mount in the Light DOM.",
    )
  }
  if (!found.isConnected) {
    throw integrationError(
      "The DOM element you passed to mount() is detached. Attach it to the document before calling mount().",
    )
  }
  return found
}
