import type { Storefront, Widget } from "#core/storefront.ts"

/**
 * Whether a page may embed a widget. Origin is no authentication (only the cart's token is): it keeps an organizer's widget off pages that
 * the organizer did not name. `null` is the origin of sandboxed frames.
 */
export function mayEmbed(
  origin: string | undefined,
  shop: Storefront,
  widget: Widget,
  ownOrigin: string,
): boolean {
  if (origin === undefined) return false
  if (origin === ownOrigin) return true
  if (origin === "null") return widget.allowNullOrigin
  return shop.allowedOrigins.has(origin)
}
