import type { PricedCart } from "#core/priced-cart.ts"
import type { ScreenBase } from "#core/screen.ts"
import { html, type Html, none } from "#views/html.ts"
import { clockIcon } from "#views/icons.ts"
import { lineAmount, lineDetail, lineTitle } from "#views/lines.ts"
import type { Voice } from "#views/voice.ts"

/** How the total comes about, row by row; what the price already contains comes last. */
export function breakdown(priced: PricedCart, voice: Voice): Html {
  const { cart } = voice.words
  const row = (title: string, minor: number) =>
    html`<dt>${title}</dt>
      <dd class="money">${voice.money(minor)}</dd>`
  const taxName = (tax: { name: string; ratePpm: number }) =>
    `${tax.name} ${voice.percent(tax.ratePpm)}`
  return html`<dl class="sum">
    ${row(cart.subtotal, priced.subtotalMinor)} ${discountRow(priced, voice)}
    ${priced.feeMinor > 0 && row(cart.fees, priced.feeMinor)}
    ${priced.shippingMinor > 0 && row(cart.shipping, priced.shippingMinor)}
    ${priced.taxes
      .filter((tax) => tax.addedMinor > 0)
      .map((tax) => row(taxName(tax), tax.addedMinor))}
    <dt class="total">${cart.total}</dt>
    <dd class="total money" part="total">${voice.money(priced.totalMinor)}</dd>
    ${priced.taxes
      .filter((tax) => tax.includedMinor > 0)
      .map(
        (tax) =>
          html`<dt class="muted">${cart.includes(taxName(tax))}</dt>
            <dd class="money muted">${voice.money(tax.includedMinor)}</dd>`,
      )}
  </dl>`
}

function discountRow(priced: PricedCart, voice: Voice): Html {
  if (!priced.promotion) return none
  const { promotion, discountMinor } = priced.promotion
  const percent = promotion.kind === "percent" ? voice.percent(promotion.percentPpm) : undefined
  const title = voice.words.cart.discount(
    promotion.code,
    percent,
    promotion.appliesTo === "tickets",
  )
  return html`<dt class="good">${title}</dt>
    <dd class="money good">−${voice.money(discountMinor)}</dd>`
}

/** Each line with its price, to read. */
export function lineList(priced: PricedCart, voice: Voice): Html {
  return html`<ul class="rows">
    ${priced.lines.map(
      (line) =>
        html`<li>
          <div>
            <b>${line.line.quantity} × ${lineTitle(line)}</b>
            <p class="s muted">${lineDetail(line, voice)}</p>
          </div>
          <span class="money">${voice.money(lineAmount(line))}</span>
        </li>`,
    )}
  </ul>`
}

/** How long the tickets are kept: a line of text, not an alarm. The widget counts in the `<time>`. */
export function holdLine(screen: ScreenBase, voice: Voice, place = ""): Html {
  const until = screen.cart?.cart.holdsExpireAt
  if (until === undefined) return none
  return html`<p class="hold ${place}" role="timer">
    ${clockIcon}<span>${voice.words.cart.held(voice.clock(until))}</span
    ><time data-until="${until}" datetime="${until}"></time>
  </p>`
}
