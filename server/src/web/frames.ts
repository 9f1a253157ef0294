import type { Frame } from "@foyer/shared/protocol"
import { nearestLocale } from "#core/locale.ts"
import type { Refusal, Screen } from "#core/screen.ts"
import type { Storefront, Widget } from "#core/storefront.ts"
import { showWidget, type Viewer } from "#flows/show-widget.ts"
import { brandStyle } from "#views/brand-style.ts"
import { renderScreen } from "#views/screen.ts"
import { directionOf, shellWords } from "#views/words/index.ts"
import type { WebDeps } from "#web/deps.ts"
import { type Cause, effectsFor } from "#web/effects.ts"
import { changedRegions, type Instance, type Session } from "#web/session.ts"

export type Found = { readonly shop: Storefront; readonly widget: Widget }
export type Reason = Omit<Cause, "viewChanged"> & {
  readonly refusal?: Refusal
  readonly showProblems?: boolean
}

/** A look because something changed, not because the shopper asked. */
export const glance: Reason = { done: true }

/** Loads what the instance is looking at, renders it, and makes the frame of what differs from the last one. */
export async function frameFor(
  deps: WebDeps,
  session: Session,
  instance: Instance,
  found: Found,
  reason: Reason,
): Promise<Frame> {
  const screen = await showWidget(deps, viewerOf(session, instance, found), instance.at, reason)
  const viewChanged = !instance.greeted || instance.shownView !== screen.view
  instance.at = screen.place
  instance.shownView = screen.view
  instance.cartId = screen.cart?.cart.id
  instance.accountId = screen.shop.account.id
  const rendered = renderScreen(screen)
  const effects = effectsFor(screen, { ...reason, viewChanged })
  const greeting = instance.greeted ? {} : greetingOf(screen)
  instance.greeted = true
  return {
    instance: instance.id,
    rev: screen.cart?.cart.rev ?? 0,
    seq: session.nextSeq(),
    at: screen.place,
    regions: changedRegions(instance, rendered.regions),
    now: Date.parse(screen.now),
    ...(rendered.announce && { announce: rendered.announce }),
    ...(rendered.alert && { alert: rendered.alert }),
    ...(rendered.focus && { focus: rendered.focus }),
    ...(effects.length > 0 && { effects }),
    ...greeting,
  }
}

export function viewerOf(session: Session, instance: Instance, found: Found): Viewer {
  const { handshake } = session
  return {
    ...found,
    locale: nearestLocale(handshake.locale, found.shop.account.locales, found.shop.account.locale),
    timeZone: handshake.timeZone ?? found.shop.account.timeZone,
    consent: session.consent,
    ...(instance.cart.token && { token: instance.cart.token }),
    ...(instance.cart.region && { region: instance.cart.region }),
    ...(handshake.currency && { currency: handshake.currency }),
    ...(session.country && { country: session.country }),
  }
}

function greetingOf(screen: Screen): Pick<Frame, "brand" | "locale" | "words"> {
  const { theme } = screen.shop.brand
  return {
    brand: { properties: brandStyle(screen.shop.brand), ...(theme && { theme }) },
    locale: { tag: screen.locale, dir: directionOf(screen.locale) },
    words: shellWords(screen.locale),
  }
}
