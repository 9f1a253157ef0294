import { attributes } from "@foyer/shared/dom"
import type { Region } from "@foyer/shared/protocol"
import { layoutRegion } from "@foyer/shared/wire"
import { parseFragment } from "./fragment.ts"
import { morph } from "./morph.ts"

/** Keeps the last HTML of each region and shows them in the layout's containers; only what a frame brings is morphed. */
export function createRegions(view: Element): {
  readonly show: (regions: readonly Region[]) => void
} {
  const known = new Map<string, string>()

  const compose = (): DocumentFragment => {
    const layout = parseFragment(known.get(layoutRegion) ?? "")
    for (const [id, html] of known) containerOf(layout, id)?.replaceChildren(parseFragment(html))
    return layout
  }

  return {
    show: (regions) => {
      for (const { id, html } of regions) known.set(id, html)
      if (regions.some(({ id }) => id === layoutRegion)) return morph(view, compose())
      for (const { id, html } of regions) {
        const container = containerOf(view, id)
        if (container) morph(container, parseFragment(html))
      }
    },
  }
}

function containerOf(root: ParentNode, id: string): Element | null {
  return root.querySelector(`[${attributes.region}="${CSS.escape(id)}"]`)
}
