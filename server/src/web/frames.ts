import type { Frame } from "@foyer/shared/protocol"
import { schemeOf } from "#core/brand.ts"
import type { ShownCart } from "#core/cart.ts"
import { nearestLocale } from "#core/locale.ts"
import { isUndone } from "#core/order-state.ts"
import type { Screen } from "#core/screen.ts"
import type { Brand, Storefront, Widget } from "#core/storefront.ts"
import { timeZoneOr } from "#core/time-zone.ts"
import { showWidget, type Viewer } from "#flows/show-widget.ts"
import { brandStyle } from "#views/brand-style.ts"
import { directionOf, shellWords } from "#views/words/index.ts"
import type { WebDeps } from "#web/deps.ts"
import { type Cause, effectsFor } from "#web/effects.ts"
import { cartOf, changedRegions, type Instance, type Session } from "#web/session.ts"
import { countView } from "#web/visits.ts"

export type Found = { readonly shop: Storefront; readonly widget: Widget }
/** A look because something changed, not because the shopper asked. */
export const glance = { done: true } as const

/**
 * Loads what the instance is looking at, renders it, and makes the frame of what differs from the last one. At a glance nothing is said aloud
 * but that the order on screen was undone: what was said stays on the screen, and live changes are not the shopper's doing.
 */
export async function frameFor(
  deps: WebDeps,
  session: Session,
  instance: Instance,
  found: Found,
  cause: Omit<Cause, "viewChanged"> & { readonly cart?: ShownCart },
): Promise<Frame> {
  const { openCartId, shownView, order } = instance
  // No shopper has asked to be elsewhere: a place that is told along with these may be older than what was last shown.
  const isNoWish = cause === glance || cause.type === "open-widget"
  const viewer = {
    ...viewerOf(session, instance, found),
    keepsOrder: isNoWish && (shownView === undefined || shownView === "success"),
    ...(openCartId && { openCartId }),
    ...(cause.cart && { cart: cause.cart }),
  }
  // Before the look: numbers that change meanwhile are looked at again.
  instance.stockRev = deps.stock.revOf(found.shop.account.id)
  const screen = await showWidget(deps, viewer, instance.at, instance.toSay)
  const viewChanged = !instance.greeted || instance.shownView !== screen.view
  const effects = effectsFor(screen, { ...cause, viewChanged })
  const greeting = instance.greeted ? rebranding(instance, screen) : greetingOf(screen)
  note(session, instance, screen)
  countView(deps, session, instance, screen)
  const { regions, announce, alert, focus } = deps.renders(screen)
  const isUndoneNow = order?.isUndone === false && instance.order?.isUndone === true
  const speaks = cause !== glance || viewChanged || isUndoneNow
  return {
    instance: instance.id,
    rev: screen.cart?.cart.rev ?? 0,
    seq: session.nextSeq(),
    at: screen.place,
    regions: changedRegions(instance, regions),
    now: Date.parse(screen.now),
    ...(speaks && announce && { announce }),
    ...(speaks && alert && { alert }),
    ...(focus && { focus }),
    ...(effects.length > 0 && { effects }),
    ...greeting,
  }
}

function note(session: Session, instance: Instance, screen: Screen): void {
  instance.at = screen.place
  instance.shownView = screen.view
  instance.accountId = screen.shop.account.id
  instance.greeted = true
  instance.brand = screen.shop.brand
  instance.openCartId = screen.cart?.cart.id
  instance.order =
    screen.view === "success"
      ? { cartId: screen.cartId, isUndone: isUndone(screen.order.state) }
      : undefined
  cartOf(session, instance).id = screen.cart?.cart.id
}

export function viewerOf(session: Session, instance: Instance, found: Found): Viewer {
  const { handshake } = session
  const { account } = found.shop
  const { token, region } = cartOf(session, instance)
  return {
    ...found,
    locale: nearestLocale(handshake.locale, account.locales, account.locale),
    timeZone: timeZoneOr(account.timeZone, handshake.timeZone),
    consent: session.consent,
    ...(token && { token }),
    ...(region && { region }),
    ...(handshake.currency && { currency: handshake.currency }),
    ...(handshake.page && { page: handshake.page }),
    ...(session.country && { country: session.country }),
  }
}

/** A brand that was changed while the page was open. Every revision of a catalogue has an object of its own, mostly of the same brand. */
function rebranding({ brand }: Instance, screen: Screen): Pick<Frame, "brand"> {
  const { brand: now } = screen.shop
  const isSame = brand === now || JSON.stringify(brand) === JSON.stringify(now)
  return isSame ? {} : { brand: worn(now) }
}

function worn(brand: Brand): NonNullable<Frame["brand"]> {
  const theme = schemeOf(brand)
  return { properties: brandStyle(brand), ...(theme && { theme }) }
}

/** What comes with an instance's first frame. */
export function greetingOf(screen: Screen): Required<Pick<Frame, "brand" | "locale" | "words">> {
  return {
    brand: worn(screen.shop.brand),
    locale: { tag: screen.locale, dir: directionOf(screen.locale) },
    words: shellWords(screen.locale),
  }
}
