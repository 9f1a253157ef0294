// Runs inside the page: these functions are sent there as their own text, all together, and know only one another.

/** What a shopper looks for: words anywhere and in any case, exactly these words, or a pattern. */
export type Words =
  | { readonly kind: "part" | "whole"; readonly text: string }
  | { readonly kind: "pattern"; readonly text: string; readonly flags: string }

/** One narrowing of the search; several follow one another. */
export type Step =
  | { readonly by: "css"; readonly css: string }
  | { readonly by: "role"; readonly role: string; readonly name?: Words; readonly level?: number }
  | { readonly by: "label" | "text"; readonly words: Words }
  | { readonly by: "having"; readonly steps: readonly Step[] }
  | { readonly by: "visible" | "first" }

/** What is asked of an element. */
export type Look = {
  readonly isVisible: boolean
  readonly isEnabled: boolean
  readonly isFocused: boolean
  readonly text: string
  readonly value: string | null
  readonly attributes: Readonly<Record<string, string>>
}

/** Every element that the steps lead to, shadow roots included, in the order of the document. */
function find(steps: readonly Step[], from: readonly ParentNode[] = [document]): Element[] {
  const [step, ...rest] = steps
  const found = from as readonly Element[]
  if (!step) return [...found]
  if (step.by === "first") return find(rest, found.slice(0, 1))
  if (step.by === "visible") return find(rest, found.filter(isVisible))
  if (step.by === "having")
    return find(
      rest,
      found.filter((each) => find(step.steps, [each]).length > 0),
    )
  const all = new Set(from.flatMap(within))
  return find(
    rest,
    [...all].filter((each) => isWanted(each, step)),
  )
}

function look(element: Element): Look {
  return {
    isVisible: isVisible(element),
    isEnabled: !element.matches(":disabled") && element.ariaDisabled !== "true",
    isFocused: document.hasFocus() && (element.getRootNode() as Document).activeElement === element,
    text: tidy(element.textContent),
    value: (element as HTMLInputElement).value ?? null,
    attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
  }
}

/** Whether a click on the middle of the element reaches it; scrolls there first. */
function isHit(element: Element): boolean {
  element.scrollIntoView({ block: "nearest", behavior: "instant" })
  const { x, y, width, height } = element.getBoundingClientRect()
  const root = element.getRootNode() as Document
  const hit = root.elementFromPoint(x + width / 2, y + height / 2)
  return hit !== null && element.contains(hit)
}

function loadScript(url: string): Promise<unknown> {
  const script = document.createElement("script")
  script.src = url
  const loaded = new Promise((resolve, reject) => {
    script.addEventListener("load", () => resolve(null))
    script.addEventListener("error", reject)
  })
  document.head.append(script)
  return loaded
}

function childrenOf(node: ParentNode): Element[] {
  const hidden = node instanceof Element ? node.shadowRoot?.children : undefined
  return [...(hidden ?? []), ...node.children]
}

function within(node: ParentNode): Element[] {
  return childrenOf(node).flatMap((child) => [child, ...within(child)])
}

function isWanted(element: Element, step: Step): boolean {
  if (step.by === "css") return element.matches(step.css)
  if (step.by === "role") return isOfRole(element, step) && isSpoken(element)
  if (step.by === "label") return labelsOf(element).some((label) => isSaid(step.words, tidy(label)))
  if (step.by !== "text" || element.matches("script, style")) return false
  const says = (each: Element) => isSaid(step.words, tidy(each.textContent))
  return says(element) && !childrenOf(element).some(says)
}

function isOfRole(element: Element, step: Extract<Step, { by: "role" }>): boolean {
  const native: Record<string, string> = {
    button: "button, summary, input[type=submit]",
    dialog: "dialog",
    group: "fieldset, details",
    heading: "h1, h2, h3, h4, h5, h6",
    link: "a[href]",
    listitem: "li",
    status: "output",
    textbox: "input:not([type]), input:is([type=text], [type=email], [type=search], [type=tel])",
  }
  const isRole = element.role
    ? element.role === step.role
    : element.matches(native[step.role] ?? ":not(*)")
  const isLevel = !step.level || element.localName === `h${step.level}`
  return isRole && isLevel && (!step.name || isSaid(step.name, nameOf(element)))
}

function isSaid(words: Words, text: string): boolean {
  if (words.kind === "pattern") return new RegExp(words.text, words.flags).test(text)
  if (words.kind === "whole") return text === words.text
  return text.toLowerCase().includes(words.text.toLowerCase())
}

function tidy(text: string | null): string {
  return (text ?? "").replaceAll(/\s+/g, " ").trim()
}

function isVisible(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect()
  return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true })
}

/** Whether a screen reader comes to it. */
function isSpoken(element: Element): boolean {
  if (element.ariaHidden === "true" || !element.checkVisibility({ visibilityProperty: true }))
    return false
  const root = element.getRootNode()
  const parent = element.parentElement ?? (root instanceof ShadowRoot ? root.host : null)
  return parent === null || isSpoken(parent)
}

function nameOf(element: Element): string {
  const [label] = labelsOf(element)
  const legend = element.querySelector(":scope > legend")
  return tidy(label ?? spokenText(legend ?? element))
}

function labelsOf(element: Element): string[] {
  const root = element.getRootNode() as Document
  const ids = element.getAttribute("aria-labelledby")?.split(/\s+/) ?? []
  const named = ids.flatMap((id) => root.getElementById(id) ?? [])
  if (named.length > 0) return [named.map(spokenText).join(" ")]
  if (element.ariaLabel) return [element.ariaLabel]
  return [...((element as HTMLInputElement).labels ?? [])].map(spokenText)
}

function spokenText(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? ""
  if (!(node instanceof Element) || node.ariaHidden === "true") return ""
  const inner = [...node.childNodes].map(spokenText).join("")
  return getComputedStyle(node).display.startsWith("inline") ? inner : ` ${inner} `
}

/** The functions above, to stand before a script that calls them. */
export const inPage = [
  find,
  look,
  isHit,
  loadScript,
  childrenOf,
  within,
  isWanted,
  isOfRole,
  isSaid,
  tidy,
  isVisible,
  isSpoken,
  nameOf,
  labelsOf,
  spokenText,
].join("\n")
