import type { OrderSummary } from "#core/order.ts"
import { wholePpm } from "#core/money.ts"
import type { PricedCart, TaxLine } from "#core/priced-cart.ts"
import type { ScreenBase } from "#core/screen.ts"
import type { Promotion } from "#core/storefront.ts"
import { html, type Html, none } from "#views/html.ts"
import { clockIcon } from "#views/icons.ts"
import { lineAmount, lineDetail, lineTitle } from "#views/lines.ts"
import type { Voice } from "#views/voice.ts"

/** What a total is made of, in minor units, whether of a cart or of an order. */
export type Totals = Pick<
  PricedCart,
  "subtotalMinor" | "feeMinor" | "shippingMinor" | "totalMinor" | "taxes"
> & { readonly discount?: { readonly title: string; readonly discountMinor: number } }

export type TotalRow = {
  readonly title: string
  readonly money: string
  readonly kind: "part" | "discount" | "total" | "included"
}

/** How the total comes about, row by row; what the price already contains comes last. */
export function totalRows(totals: Totals, voice: Voice): TotalRow[] {
  const { cart } = voice.words
  const row = (kind: TotalRow["kind"], title: string, minor: number): TotalRow => ({
    kind,
    title,
    money: kind === "discount" ? `−${voice.money(minor)}` : voice.money(minor),
  })
  const { discount, feeMinor, shippingMinor, taxes } = totals
  return [
    row("part", cart.subtotal, totals.subtotalMinor),
    ...(discount ? [row("discount", discount.title, discount.discountMinor)] : []),
    ...(feeMinor > 0 ? [row("part", cart.fees, feeMinor)] : []),
    ...(shippingMinor > 0 ? [row("part", cart.shipping, shippingMinor)] : []),
    ...taxes
      .filter((tax) => tax.addedMinor > 0)
      .map((tax) => row("part", taxName(tax, voice), tax.addedMinor)),
    row("total", cart.total, totals.totalMinor),
    ...taxes
      .filter((tax) => tax.includedMinor > 0)
      .map((tax) => row("included", cart.includes(taxName(tax, voice)), tax.includedMinor)),
  ]
}

function taxName(tax: TaxLine, voice: Voice): string {
  return `${tax.name} ${voice.percent(tax.ratePpm)}`
}

const rowClasses = { part: "", discount: "good", total: "total", included: "muted" } as const

export function breakdown(totals: Totals, voice: Voice): Html {
  return html`<dl class="sum">
    ${totalRows(totals, voice).map(
      ({ kind, title, money }) =>
        html`<dt class="${rowClasses[kind]}">${title}</dt>
          <dd class="money ${rowClasses[kind]}" ${kind === "total" && html`part="total"`}>
            ${money}
          </dd>`,
    )}
  </dl>`
}

export function cartTotals(priced: PricedCart, voice: Voice): Totals {
  if (!priced.promotion) return priced
  const { promotion, discountMinor } = priced.promotion
  return { ...priced, discount: { title: discountTitle(promotion, voice), discountMinor } }
}

function discountTitle(
  { code, kind, bogo, percentPpm, appliesTo }: Promotion,
  voice: Voice,
): string {
  const { cart } = voice.words
  const percent = voice.percent(percentPpm)
  if (bogo) return cart.bogo(code, bogo.buy, bogo.get, percentPpm < wholePpm ? percent : undefined)
  return cart.discount(code, kind === "percent" ? percent : undefined, appliesTo === "tickets")
}

export function orderTotals(order: OrderSummary): Totals {
  const { promoCode, discountMinor } = order
  return discountMinor === 0
    ? order
    : { ...order, discount: { title: promoCode ?? "", discountMinor } }
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
