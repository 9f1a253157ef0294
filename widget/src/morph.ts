import { attributes } from "@foyer/shared/dom"
import { Idiomorph } from "idiomorph"
import { contentOf, type Control, isControl, isDirty } from "./typed.ts"

/**
 * Makes the children of `container` like `content`, keeping what the shopper typed, chose, opened or focused. The only caller of Idiomorph,
 * whose version is pinned: the facade below names exactly what that version asks of a document. `changed` hears where other words stand now.
 */
export function morph(
  container: Element,
  content: DocumentFragment,
  changed?: (element: Element) => void,
): void {
  const root = container.getRootNode()
  const news = new Set<Element | null>()
  const keep = keeper(
    root instanceof ShadowRoot || root instanceof Document ? root : document,
    news,
  )
  const facade = documentFor(root)
  Object.defineProperty(container, "ownerDocument", { value: facade.document, configurable: true })
  try {
    void Idiomorph.morph(container, [...content.childNodes], {
      morphStyle: "innerHTML",
      callbacks: keep,
    })
  } finally {
    delete (container as { ownerDocument?: Document }).ownerDocument
    facade.pantry()?.remove()
  }
  for (const element of news) if (element) changed?.(element)
}

/**
 * Idiomorph asks the document for the focused element, which there is the host, and keeps moved nodes in the host's `<html>`, where the page's
 * observers would see them. This stands in: it answers for the shadow root.
 */
function documentFor(root: Node) {
  let pantry: Element | undefined
  const document = root instanceof Document ? root : (root.ownerDocument ?? globalThis.document)
  const facade = {
    get activeElement() {
      return root instanceof ShadowRoot ? root.activeElement : document.activeElement
    },
    body: document.body,
    documentElement: {
      append: (element: Element) => {
        pantry = element
        // A document holds one element only.
        ;(root instanceof Document ? root.body : root).appendChild(element)
      },
    },
    createElement: document.createElement.bind(document),
    createElementNS: document.createElementNS.bind(document),
    importNode: document.importNode.bind(document),
    createRange: document.createRange.bind(document),
  }
  return { document: facade, pantry: () => pantry }
}

/** What each protected control held before the morph. */
type Held = ReadonlyMap<Control, string>

const openedByServer = new WeakMap<Element, boolean>()

function keeper(root: DocumentOrShadowRoot, news: Set<Element | null>) {
  const held = new Map<Control, string>()
  const ownOpen = new Set<Element>()

  const prepare = (old: Node, fresh: Node) => {
    if (!(old instanceof Element) || !(fresh instanceof Element)) return
    if (isControl(old) && isControl(fresh)) holdTyped(old, fresh)
    if (old.localName === "details" || old.localName === "dialog") holdOpen(old, fresh)
    if (sameDeadline(old, fresh)) fresh.textContent = old.textContent
  }

  const holdTyped = (old: Control, fresh: Control) => {
    const isKept = old === root.activeElement || isDirty(old)
    if (!isKept || fresh.hasAttribute(attributes.serverValue)) return
    // The server has learned what was typed: its new default makes the control clean again.
    if (contentOf(old) === contentOf(fresh) && !old.validity.badInput) return
    held.set(old, contentOf(old))
    if (old instanceof HTMLTextAreaElement) fresh.textContent = old.textContent
  }

  const holdOpen = (old: Element, fresh: Element) => {
    const wanted = fresh.hasAttribute("open")
    const isNew = !old.hasAttributes() && !old.hasChildNodes()
    // Opened anew by the server, it opens; otherwise the shopper decides. A modal that lost `open` would leave the host's page inert.
    if (!isNew && (!wanted || openedByServer.get(old))) ownOpen.add(old)
    openedByServer.set(old, wanted)
  }

  return {
    beforeNodeMorphed: (old: Node, fresh: Node) => {
      prepare(old, fresh)
      if (old instanceof Text && old.data !== fresh.nodeValue) news.add(old.parentElement)
      return true
    },
    afterNodeMorphed: (old: Node) => {
      if (old instanceof HTMLSelectElement) reselect(old, held)
    },
    afterNodeAdded: (node: Node) => {
      if (!(node instanceof Element)) return void news.add(node.parentElement)
      news.add(node)
      for (const details of [node, ...node.querySelectorAll("details")])
        openedByServer.set(details, details.hasAttribute("open"))
    },
    beforeAttributeUpdated: (name: string, element: Element) =>
      !isHeldAttribute(name, element, held, ownOpen),
  }
}

function isHeldAttribute(
  name: string,
  element: Element,
  held: Held,
  ownOpen: ReadonlySet<Element>,
): boolean {
  if (name === "open") return ownOpen.has(element)
  if (name === "value" || name === "checked") return isControl(element) && held.has(element)
  if (name !== "selected" || !(element instanceof HTMLOptionElement)) return false
  const select = element.closest("select")
  return select !== null && held.has(select)
}

/** Options that came or went may have moved the selection of a select the shopper had set. */
function reselect(select: HTMLSelectElement, held: Held): void {
  const value = held.get(select)
  if (value === undefined || select.multiple) return
  if ([...select.options].some((option) => option.value === value)) select.value = value
}

function sameDeadline(old: Element, fresh: Element): boolean {
  const deadline = fresh.getAttribute(attributes.until)
  return deadline !== null && deadline === old.getAttribute(attributes.until)
}
