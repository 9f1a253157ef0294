import { defaultTreeAdapter, type DefaultTreeAdapterTypes as Tree, parse } from "parse5"

export type Element = Tree.Element

/** More than any page that people read; what comes after is not read. */
const mostElements = 100_000

/**
 * Every element of an HTML page in document order, what stands in `template` elements left out. Read as browsers read it, but never run; without
 * recursion, because a page may be nested as deep as it is long.
 */
export function elementsOf(text: string): Element[] {
  const found: Element[] = []
  const waiting = inTurn(treeOf(text))
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!("tagName" in node)) continue
    found.push(node)
    inTurn(node, waiting)
  }
  return found
}

class TooManyElements extends Error {}

/** The page as far as it goes: a few letters can ask for a thousand elements each, where marks are left open. */
function treeOf(text: string): Tree.Document {
  const document = defaultTreeAdapter.createDocument()
  let count = 0
  const treeAdapter: typeof defaultTreeAdapter = {
    ...defaultTreeAdapter,
    createDocument: () => document,
    createElement(...given) {
      if ((count += 1) > mostElements) throw new TooManyElements()
      return defaultTreeAdapter.createElement(...given)
    },
  }
  try {
    return parse(text, { treeAdapter })
  } catch (error) {
    if (error instanceof TooManyElements) return document
    throw error
  }
}

/** What is in a node waits for its turn, the first of it on top. */
export function inTurn(
  { childNodes }: Tree.ParentNode,
  waiting: Tree.ChildNode[] = [],
): Tree.ChildNode[] {
  for (let i = childNodes.length - 1; i >= 0; i -= 1) {
    const child = childNodes[i]
    if (child) waiting.push(child)
  }
  return waiting
}

/** Undefined when it is not there; empty when it has no value. */
export function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value
}

/** How many nodes may still be looked at. */
export type Patience = { left: number }

/** All text in an element, with single spaces; of very long ones the beginning, as patience lasts. */
export function textIn(
  element: Element,
  mostChars = 100_000,
  patience: Patience = { left: Infinity },
): string {
  let text = ""
  const waiting = inTurn(element)
  for (
    let node = waiting.pop();
    node && text.length < mostChars && patience.left > 0;
    node = waiting.pop()
  ) {
    patience.left -= 1
    if ("value" in node) text += node.value
    else if ("childNodes" in node && !/^(script|style)$/.test(node.tagName)) {
      text += " "
      inTurn(node, waiting)
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
