import type { Region } from "@foyer/shared/protocol"
import { layoutRegion } from "@foyer/shared/wire"
import { compose, containerOf } from "./compose.ts"
import { parseFragment } from "./fragment.ts"
import { highlight } from "./highlight.ts"
import { morph } from "./morph.ts"

/**
 * Keeps the last HTML of each region and shows them in the layout's containers; only what a frame brings is morphed. `isNews`: the shopper did not
 * cause it.
 */
export function createRegions(view: Element): {
  readonly show: (regions: readonly Region[], isNews?: boolean) => void
} {
  const known = new Map<string, string>()
  return {
    show: (regions, isNews) => {
      for (const { id, html } of regions) known.set(id, html)
      if (regions.some(({ id }) => id === layoutRegion)) return morph(view, compose(known))
      for (const { id, html } of regions) {
        const container = containerOf(view, id)
        if (container) morph(container, parseFragment(html), isNews ? highlight : undefined)
      }
    },
  }
}
