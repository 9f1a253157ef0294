import { type DefaultTreeAdapterTypes as Tree, parse } from "parse5"

export type Element = Tree.Element

/**
 * Every element of an HTML page in document order, what stands in `template` elements left out. Read as browsers read it, but never run; without
 * recursion, because a page may be nested as deep as it is long.
 */
export function elementsOf(text: string): Element[] {
  const found: Element[] = []
  const waiting: Tree.ChildNode[] = parse(text).childNodes.toReversed()
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!("tagName" in node)) continue
    found.push(node)
    for (let i = node.childNodes.length - 1; i >= 0; i -= 1) {
      const child = node.childNodes[i]
      if (child) waiting.push(child)
    }
  }
  return found
}

/** Undefined when it is not there; empty when it has no value. */
export function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value
}

/** All text in an element, with single spaces. */
export function textIn(element: Element, mostChars = 100_000): string {
  let text = ""
  const waiting: Tree.ChildNode[] = element.childNodes.toReversed()
  for (let node = waiting.pop(); node && text.length < mostChars; node = waiting.pop()) {
    if ("value" in node) text += node.value
    else if ("childNodes" in node && !/^(script|style)$/.test(node.tagName)) {
      text += " "
      waiting.push(...node.childNodes.toReversed())
    }
  }
  return text.replaceAll(/\s+/g, " ").trim()
}

/** What is written in an element alone: a script's text. */
export function ownText(element: Element): string {
  return element.childNodes.map((node) => ("value" in node ? node.value : "")).join("")
}

/** A page's text by what its header, its mark or its `meta` says of its letters; UTF-8 otherwise. */
export function decodedText(body: Uint8Array, contentType = ""): string {
  const start = new TextDecoder("latin1").decode(body.subarray(0, 2048))
  const named =
    /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1] ??
    /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]+)/i.exec(start)?.[1]
  const isMarked = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf
  return new TextDecoder(isMarked ? "utf-8" : knownLabel(named)).decode(body)
}

function knownLabel(label = "utf-8"): string {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return "utf-8"
  }
}
