import { describeOffer, type Offer } from "#core/offer.ts"
import type { PricedCart, PricedLine } from "#core/priced-cart.ts"
import { html, type Html } from "#views/html.ts"
import type { Voice } from "#views/voice.ts"

/** "General admission, Student". */
export function lineTitle(offer: Offer): string {
  const { title, detail } = describeOffer(offer)
  return detail === "" ? title : `${title}, ${detail}`
}

/** Whose, and when on a line of its own: a date must not break in the middle. */
export function lineDetail(line: PricedLine, voice: Voice): Html {
  return html`${line.event.title}${line.showtime && html`<br />${voice.dateTime(line.showtime)}`}`
}

export function lineAmount(line: PricedLine): number {
  return line.unitMinor * line.line.quantity
}

/** "2 tickets, 1 extra". */
export function countLine(priced: PricedCart, voice: Voice): string {
  let tickets = 0
  let extras = 0
  for (const { product, line } of priced.lines) {
    if (product.kind === "ticket") tickets += line.quantity
    else extras += line.quantity
  }
  return voice.words.cart.count(tickets, extras)
}
