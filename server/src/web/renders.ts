import { hash } from "node:crypto"
import type { Region } from "@foyer/shared/protocol"
import type { Screen } from "#core/screen.ts"
import type { Storefront } from "#core/storefront.ts"
import type { Rendered, RenderedRegion } from "#views/rendered.ts"
import { renderScreen } from "#views/screen.ts"
import { writtenOnce } from "#web/written-once.ts"

/** A region, and how it is `sent`. `digest`: 64 bits of its HTML, to know it again. */
export type DigestedRegion = Region & { readonly sent: Region; readonly digest: string }

export type Render = Omit<Rendered, "regions"> & { readonly regions: readonly DigestedRegion[] }

/** Renders screens; what everybody at one place sees alike is rendered once for all of them. */
export type Renders = (screen: Screen) => Render

/** What was rendered from the same numbers, by what else it depends on. */
type Shelf = Map<string, Kept>
type Kept = {
  readonly shop: Storefront
  readonly untilMs: number
  readonly made: Render | DigestedRegion
}

/** How long a rendered list may stand: sales open and events begin by the clock alone. */
const keptMs = 1000

export function openRenders(): Renders {
  // The numbers are another object when one of them changes.
  const shelves = new WeakMap<Screen["remaining"], Shelf>()
  return (screen) => {
    const shelf = shelves.get(screen.remaining) ?? new Map<string, Kept>()
    shelves.set(screen.remaining, shelf)
    const { widget, region, locale, place } = screen
    const here = JSON.stringify([widget.id, region.id, locale, place])
    const keep = <T extends Kept["made"]>(key: string, make: () => T) =>
      kept(shelf, screen, `${here} ${key}`, make)
    const render = () => {
      const { regions, ...said } = renderScreen(screen)
      const digested = regions.map((each) =>
        each.shared ? keep(`${each.id} ${each.among}`, () => digestShared(each)) : digest(each),
      )
      return { ...said, regions: digested }
    }
    return isCommon(screen) ? keep(`${screen.timeZone} ${screen.page ?? ""}`, render) : render()
  }
}

/** What stands there already, if it is of the same catalogue and not too old. The key tells what kind of thing it is. */
function kept<T extends Kept["made"]>(shelf: Shelf, screen: Screen, key: string, make: () => T): T {
  const nowMs = Date.parse(screen.now)
  const known = shelf.get(key)
  if (known && known.shop === screen.shop && nowMs < known.untilMs) return known.made as T
  dropOld(shelf, nowMs)
  const made = make()
  shelf.delete(key)
  shelf.set(key, { shop: screen.shop, untilMs: nowMs + keptMs, made })
  return made
}

/** What was made first stands first. */
function dropOld(shelf: Shelf, nowMs: number): void {
  for (const [key, { untilMs }] of shelf) {
    if (untilMs > nowMs) return
    shelf.delete(key)
  }
}

/** Nothing on it is one shopper's own. */
function isCommon({ view, cart, refusal }: Screen): boolean {
  return (view === "browse" || view === "event") && !cart && !refusal
}

function digest({ id, html }: Region): DigestedRegion {
  return { id, html, sent: { id, html }, digest: hash("sha1", html, "base64").slice(0, 11) }
}

function digestShared({ id, html }: RenderedRegion): DigestedRegion {
  return { ...digest({ id, html }), sent: { id, html: writtenOnce(html) } }
}
