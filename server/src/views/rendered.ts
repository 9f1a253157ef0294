import { layoutRegion } from "@foyer/shared/protocol"
import type { Html } from "#views/html.ts"

/** A part of a view that is sent when, and only when, its HTML differs from what the browser has. */
export type RenderedRegion = {
  readonly id: string
  readonly html: string
  /** The same for everybody at this place, locale, region and moment: rendered once for all who look. */
  readonly shared: boolean
  /** With `shared`: what else they must have in common. */
  readonly among?: string
}

/** A view as HTML. `focus` is the id of the element a new view gives the focus to; `announce` and `alert` are said, not shown. */
export type Rendered = {
  readonly regions: readonly RenderedRegion[]
  readonly focus?: string
  readonly announce?: string
  readonly alert?: string
}

/** The view's frame: where its regions go. */
export function layout(html: Html): RenderedRegion {
  return personalRegion(layoutRegion, html)
}

/** A frame in which nothing depends on who looks. */
export function sharedLayout(html: () => Html): RenderedRegion {
  return sharedRegion(layoutRegion, html)
}

/**
 * Nothing in it depends on who looks, but for what `among` says. Made only when its HTML is read: mostly somebody else has looked before.
 */
export function sharedRegion(id: string, html: () => Html, among = ""): RenderedRegion {
  return {
    id,
    shared: true,
    among,
    get html() {
      return String(html())
    },
  }
}

/** It depends on the shopper's cart, form, zone or last command. */
export function personalRegion(id: string, html: Html): RenderedRegion {
  return { id, html: String(html), shared: false }
}
