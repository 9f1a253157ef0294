import type { Screen } from "#core/screen.ts"
import { browseRegions } from "#views/browse.ts"
import { cartRegions } from "#views/cart.ts"
import { detailsRegions } from "#views/details.ts"
import { eventRegions } from "#views/event.ts"
import { expiredRegions } from "#views/expired.ts"
import { saidAbove, sayRefusal } from "#views/notice.ts"
import { paymentRegions, sayDecline } from "#views/payment.ts"
import { promoRefusal } from "#views/promo.ts"
import type { Rendered, RenderedRegion } from "#views/rendered.ts"
import { sayUndone, successRegions } from "#views/success.ts"
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
    focus: focusOf(screen, voice),
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

/** A new view's heading, or what went wrong in it. Choosing tickets goes on where it was: a refusal there is said and seen, but not gone to. */
function focusOf(screen: Screen, voice: Voice): string {
  const { refusal, view } = screen
  if (view === "details" && screen.problems.length > 0) return "problems"
  if (view === "payment" && screen.payment.declined !== undefined) return "declined"
  if (refusal?.reason === "promo-refused" && view === "cart") return "promo-code"
  const isChoosing = view === "browse" || view === "event" || view === "cart"
  if (!isChoosing && isNoticed(screen, voice)) return "notice"
  return `${view}-title`
}

/** The form says itself what it lacks, a payment on its way what it waits for. */
function isNoticed(screen: Screen, voice: Voice): boolean {
  if (screen.view === "details" && screen.refusal?.reason === "details-incomplete") return false
  if (screen.view === "payment" && screen.payment.processing) return false
  return saidAbove(screen, voice) !== undefined
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

/** What a click did to the cart, for whoever cannot see the total change, or what became of the order. */
function announcementOf(screen: Screen, voice: Voice): string | undefined {
  if (screen.view === "success") return sayUndone(screen.order, voice)
  const priced = screen.cart?.priced
  if (!priced || (screen.view !== "event" && screen.view !== "cart")) return undefined
  const { announce } = voice.words
  if (priced.lines.length === 0) return announce.emptied
  return announce.total(voice.money(priced.totalMinor), countLine(priced, voice))
}
