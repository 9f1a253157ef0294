import { sandboxOrigin } from "./errors.js"

/**
 * @typedef {{ iframe: HTMLIFrameElement, tell: (type: string, data?: unknown) => void,
 *   ask: (type: string, data?: unknown) => Promise<any>, close: () => void }} Frame
 */

/**
 * Opens one of the sandbox's pages in a frame and talks to it over a port of its own. The page asks for the port each time
 * it loads, so that a frame which was moved in the document finds its way back.
 * @param {string} page
 * @param {string} title
 * @param {() => unknown} initial what the page is told when it has loaded
 * @param {(type: string, data: any) => void} onMessage
 * @returns {Frame}
 */
export function openFrame(page, title, initial, onMessage) {
  const iframe = document.createElement("iframe")
  /** @type {MessagePort | undefined} */
  let port
  /** @type {[string, unknown, number | undefined][]} */
  let queue = []
  /** @type {Map<number, (answer: any) => void>} */
  const asked = new Map()
  let lastId = 0

  /** @param {string} type @param {unknown} data @param {number} [id] */
  const post = (type, data, id) => {
    if (port === undefined) queue.push([type, data, id])
    else port.postMessage({ type, data, id })
  }
  /** @param {MessageEvent} event */
  const onHello = (event) => {
    if (event.source !== iframe.contentWindow || event.origin !== sandboxOrigin) return
    if (event.data?.foyerSandbox !== "hello") return
    const channel = new MessageChannel()
    port = channel.port1
    port.onmessage = ({ data }) => {
      if (data.type === "answer") {
        asked.get(data.id)?.(data.data)
        asked.delete(data.id)
      } else onMessage(data.type, data.data)
    }
    iframe.contentWindow?.postMessage({ foyerSandbox: "port", initial: initial() }, sandboxOrigin, [
      channel.port2,
    ])
    const waiting = queue
    queue = []
    for (const [type, data, id] of waiting) post(type, data, id)
  }
  window.addEventListener("message", onHello)
  iframe.src = `${sandboxOrigin}/sandbox/${page}`
  iframe.title = title
  return {
    iframe,
    tell: (type, data) => post(type, data),
    ask: (type, data) =>
      new Promise((resolve) => {
        lastId += 1
        asked.set(lastId, resolve)
        post(type, data, lastId)
      }),
    close: () => {
      window.removeEventListener("message", onHello)
      port?.close()
      iframe.remove()
    },
  }
}

/**
 * Styles through the object model, which a host's content policy allows.
 * @param {HTMLElement} element
 * @param {Record<string, string>} styles
 */
export function setStyles(element, styles) {
  for (const [name, value] of Object.entries(styles)) {
    element.style.setProperty(name, value, "important")
  }
}
