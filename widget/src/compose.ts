import { attributes } from "@foyer/shared/dom"
import { layoutRegion } from "@foyer/shared/wire"
import { parseFragment } from "./fragment.ts"

/** The layout with each region in its container. */
export function compose(regions: Iterable<readonly [id: string, html: string]>): DocumentFragment {
  const known = new Map(regions)
  const layout = parseFragment(known.get(layoutRegion) ?? "")
  for (const [id, html] of known) containerOf(layout, id)?.replaceChildren(parseFragment(html))
  return layout
}

export function containerOf(root: ParentNode, id: string): Element | null {
  return root.querySelector(`[${attributes.region}="${CSS.escape(id)}"]`)
}
