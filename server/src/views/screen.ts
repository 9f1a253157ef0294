import type { Screen } from "#core/screen.ts"
import { browseRegions } from "#views/browse.ts"
import { cartRegions } from "#views/cart.ts"
import { detailsRegions } from "#views/details.ts"
import { eventRegions } from "#views/event.ts"
import { expiredRegions } from "#views/expired.ts"
import { sayRefusal } from "#views/notice.ts"
import { paymentRegions, sayDecline } from "#views/payment.ts"
import { promoRefusal } from "#views/promo.ts"
import type { Rendered, RenderedRegion } from "#views/rendered.ts"
import { successRegions } from "#views/success.ts"
import { countLine } from "#views/lines.ts"
import { type Voice, voiceOf } from "#views/voice.ts"

/**
 * A screen as HTML, cut into regions: `layout` holds the view's frame, each other one is the inner HTML of its container. Equal screens give
 * equal HTML: nothing in it counts seconds.
 */
export function renderScreen(screen: Screen): Rendered {
  const voice = voiceOf(screen)
  const alert = alertOf(screen, voice)
  const announce = alert === undefined ? announcementOf(screen, voice) : undefined
  return {
    regions: regionsOf(screen, voice),
    focus: focusOf(screen),
    ...(alert !== undefined && { alert }),
    ...(announce !== undefined && { announce }),
  }
}

function regionsOf(screen: Screen, voice: Voice): RenderedRegion[] {
  switch (screen.view) {
    case "browse":
      return browseRegions(screen, voice)
    case "event":
      return eventRegions(screen, voice)
    case "cart":
      return cartRegions(screen, voice)
    case "details":
      return detailsRegions(screen, voice)
    case "payment":
      return paymentRegions(screen, voice)
    case "success":
      return successRegions(screen, voice)
    case "expired":
      return expiredRegions(screen, voice)
  }
}

/** A new view's heading, or what went wrong in it. */
function focusOf(screen: Screen): string {
  if (screen.view === "details" && screen.problems.length > 0) return "problems"
  if (screen.view === "payment" && screen.payment.declined !== undefined) return "declined"
  return `${screen.view}-title`
}

function alertOf(screen: Screen, voice: Voice): string | undefined {
  const { refusal } = screen
  if (screen.view === "payment" && screen.payment.declined !== undefined) {
    const said = sayDecline(screen, voice, screen.payment.declined)
    return `${said.title}. ${said.next}`
  }
  if (screen.view === "details" && screen.problems.length > 0)
    return voice.words.details.problems(screen.problems.length)
  if (refusal?.reason === "promo-refused") return promoRefusal(screen, voice)?.said
  const said = refusal && sayRefusal(refusal, voice)
  return said && `${said.title}. ${said.next}`
}

/** What a click did to the cart, for whoever cannot see the total change. */
function announcementOf(screen: Screen, voice: Voice): string | undefined {
  const priced = screen.cart?.priced
  if (!priced || (screen.view !== "event" && screen.view !== "cart")) return undefined
  const { announce } = voice.words
  if (priced.lines.length === 0) return announce.emptied
  return announce.total(voice.money(priced.totalMinor), countLine(priced, voice))
}
