import type { FoundElement, FoundScript, PageFacts } from "#core/page-check.ts"
import {
  attributeOf,
  decodedText,
  type Element,
  elementsOf,
  ownText,
} from "#documents/html-nodes.ts"

/** More of a kind than this is no page that a person made; the rest is left out. */
const mostOfAKind = 500
const longestText = 2000

/** What matters of an organizer's page, as a browser would read it. */
export function readPage(body: Uint8Array, contentType?: string): PageFacts {
  return factsOf(decodedText(body, contentType))
}

function factsOf(text: string): PageFacts {
  const all = elementsOf(text)
  const named = (...tags: string[]) =>
    all.filter(({ tagName }) => tags.includes(tagName)).slice(0, mostOfAKind)
  const [base] = named("base").flatMap((element) => attributeOf(element, "href") ?? [])
  const frames = named("iframe")
  return {
    scripts: named("script").map(scriptOf),
    elements: all
      .filter((element) => isOurs(element))
      .slice(0, mostOfAKind)
      .map(elementOf),
    policies: named("meta")
      .filter(
        (element) =>
          attributeOf(element, "http-equiv")?.toLowerCase() === "content-security-policy",
      )
      .flatMap(
        (element) =>
          attributeOf(element, "content")
            ?.slice(0, longestText * 4)
            .toWellFormed() ?? [],
      ),
    frames: frames.flatMap(
      (element) => attributeOf(element, "src")?.slice(0, longestText).toWellFormed() ?? [],
    ),
    framedElements: frames
      .flatMap((element) => attributeOf(element, "srcdoc") ?? [])
      .slice(0, 20)
      .flatMap((inner) => elementsOf(inner).filter(isOurs).map(elementOf)),
    ...(base !== undefined && { base: base.slice(0, longestText).toWellFormed() }),
    isEmpty: !all.some(({ tagName }) =>
      /^(h[1-6]|p|article|section|img|main|ul|table)$/.test(tagName),
    ),
  }
}

/** Ours, or meant to be: somebody mistyped the tag. */
function isOurs(element: Element): boolean {
  return (
    element.tagName.startsWith("foyer") || attributeOf(element, "data-foyer-widget") !== undefined
  )
}

function scriptOf(element: Element): FoundScript {
  const attributes = attributesOf(element)
  return { attributes, mentions: mentioned(ownText(element)) }
}

/** Addresses in a script's own text: a tag manager's, an optimizer's list. */
function mentioned(text: string): readonly string[] {
  return [...text.slice(0, 200_000).matchAll(/https?:\\?\/\\?\/[^"'\s<>`)]{1,500}/g)]
    .map(([address]) => address.replaceAll("\\/", "/"))
    .filter((address) => /\/v\d+\/(foyer|w\/)/.test(address))
    .slice(0, 20)
}

function elementOf(element: Element): FoundElement {
  return { tag: element.tagName.slice(0, 100).toWellFormed(), attributes: attributesOf(element) }
}

function attributesOf(element: Element): ReadonlyMap<string, string> {
  return new Map(
    element.attrs
      .slice(0, 100)
      .map(({ name, value }) => [name, value.slice(0, longestText).toWellFormed()]),
  )
}
