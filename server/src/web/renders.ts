import { hash } from "node:crypto"
import type { Screen } from "#core/screen.ts"
import type { Storefront } from "#core/storefront.ts"
import type { Rendered } from "#views/rendered.ts"
import { renderScreen } from "#views/screen.ts"

/** A screen as it goes out. `digest`: 64 bits of the region's HTML, to know it again. */
export type Render = Omit<Rendered, "regions"> & {
  readonly regions: readonly {
    readonly id: string
    readonly html: string
    readonly digest: string
  }[]
}

/** Renders screens; what everybody at one place sees alike is rendered once for all of them. */
export type Renders = (screen: Screen) => Render

type Kept = { readonly shop: Storefront; readonly untilMs: number; readonly render: Render }

/** How long a rendered list may stand: sales open and events begin by the clock alone. */
const keptMs = 1000

export function openRenders(): Renders {
  // By the numbers it was made from: they are another object when one changes.
  const byStock = new WeakMap<Screen["remaining"], Map<string, Kept>>()
  return (screen) => {
    if (!isCommon(screen)) return renderOf(screen)
    const known = byStock.get(screen.remaining) ?? new Map<string, Kept>()
    byStock.set(screen.remaining, known)
    const [key, nowMs] = [keyOf(screen), Date.parse(screen.now)]
    const kept = known.get(key)
    if (kept && kept.shop === screen.shop && nowMs < kept.untilMs) return kept.render
    for (const [old, { untilMs }] of known) if (untilMs <= nowMs) known.delete(old)
    const render = renderOf(screen)
    known.set(key, { shop: screen.shop, untilMs: nowMs + keptMs, render })
    return render
  }
}

/** Nothing on it is one shopper's own. */
function isCommon({ view, cart, refusal }: Screen): boolean {
  return (view === "browse" || view === "event") && !cart && !refusal
}

function keyOf({ widget, region, locale, timeZone, page, place }: Screen): string {
  return JSON.stringify([widget.id, region.id, locale, timeZone, page, place])
}

function renderOf(screen: Screen): Render {
  const { regions, ...said } = renderScreen(screen)
  const digested = regions.map(({ id, html }) => ({
    id,
    html,
    digest: hash("sha1", html, "base64").slice(0, 11),
  }))
  return { ...said, regions: digested }
}
