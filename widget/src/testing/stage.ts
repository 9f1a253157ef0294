/** A shadow root on the page, as the element has one, with a container for fragments. */
export function openStage(light = "") {
  const host = document.body.appendChild(document.createElement("div"))
  host.innerHTML = light
  const root = host.attachShadow({ mode: "open" })
  const view = root.appendChild(document.createElement("div"))
  const find = <T extends Element = HTMLElement>(selector: string): T => {
    const found = root.querySelector<T>(selector)
    if (!found) throw new Error(`no ${selector} in ${root.innerHTML}`)
    return found
  }
  return { host, root, view, find }
}

/** Types as a shopper does: the value is no longer the server's. */
export function type(input: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  input.focus()
  input.value = text
  input.dispatchEvent(new Event("input", { bubbles: true, composed: true }))
}
