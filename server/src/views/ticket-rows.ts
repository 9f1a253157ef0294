import { productRows, type RowOffer } from "#core/availability.ts"
import { feeOf, unitFee } from "#core/fee.ts"
import { toDecimal } from "#core/money.ts"
import { describeOffer, type Offer } from "#core/offer.ts"
import type { ScreenBase } from "#core/screen.ts"
import type { Event, Product, Showtime } from "#core/storefront.ts"
import { sellingOf } from "#views/browse.ts"
import { html, type Html, none } from "#views/html.ts"
import { lineTitle } from "#views/lines.ts"
import { stepper } from "#views/stepper.ts"
import type { Voice } from "#views/voice.ts"

/** More rows of one product than this are folded away. */
const foldAbove = 4

/** What can be chosen for a showtime: tickets first, then what goes with them. */
export function ticketRows(
  screen: ScreenBase,
  voice: Voice,
  event: Event,
  showtime: Showtime | undefined,
): Html {
  const words = voice.words.event
  const rowsOf = (product: Product) => ({
    product,
    rows: productRows(event, product, showtime, sellingOf(screen)),
  })
  const groups = event.products.map(rowsOf).filter((group) => group.rows.length > 0)
  const section = (id: string, title: string, shown: typeof groups) =>
    shown.length === 0
      ? none
      : html`<section class="stack" id="${id}">
          <h3>${title}</h3>
          <ul class="rows">
            ${shown.map((group) => productItem(screen, voice, group.product, group.rows))}
          </ul>
        </section>`
  return html`${section(
    "tickets",
    words.tickets,
    groups.filter((group) => group.product.kind === "ticket"),
  )}
  ${section(
    "extras",
    words.extras,
    groups.filter((group) => group.product.kind !== "ticket"),
  )}`
}

function productItem(
  screen: ScreenBase,
  voice: Voice,
  product: Product,
  rows: readonly RowOffer[],
): Html {
  const [only] = rows
  if (only && rows.length === 1) return row(screen, voice, only, product.title, 4)
  const list = html`<ul class="rows sub">
    ${rows.map((one) => row(screen, voice, one, describeOffer(one).detail || one.product.title, 5))}
  </ul>`
  return html`<li class="group" id="product-${product.id}">
    <div>
      <h4>${product.title}</h4>
      ${product.description !== "" && html`<p class="s muted">${product.description}</p>`}
    </div>
    ${rows.length > foldAbove ? fold(screen, voice, product, rows, list) : list}
  </li>`
}

function fold(
  screen: ScreenBase,
  voice: Voice,
  product: Product,
  rows: readonly RowOffer[],
  list: Html,
): Html {
  const words = voice.words.event
  const chosen = rows.reduce((sum, one) => sum + quantityOf(screen, one), 0)
  const options = product.options.map((option) => option.title.toLowerCase()).join(words.and)
  return html`<details id="fold-${product.id}">
    <summary>
      <span class="line"><u>${words.choose(options)}</u></span>
      ${chosen > 0 && html`<span class="tag good">${words.chosen(chosen)}</span>`}
    </summary>
    ${list}
  </details>`
}

function row(screen: ScreenBase, voice: Voice, offer: RowOffer, title: string, level: 4 | 5): Html {
  const heading = level === 4 ? html`<h4>${title}</h4>` : html`<h5>${title}</h5>`
  return html`<li id="row-${offer.priceType.id}" data-line>
    <div>
      ${heading}
      <p>${priceText(screen, voice, offer)}</p>
      ${about(voice, offer, level === 4)}
    </div>
    ${control(screen, voice, offer)}
  </li>`
}

function priceText(screen: ScreenBase, voice: Voice, offer: RowOffer): Html {
  const { price, event: words } = voice.words
  if (offer.priceType.kind === "pay-what-you-like") return html`${price.yours}`
  const money = offer.unitMinor === 0 ? price.free : voice.money(offer.unitMinor)
  const fee = feeOf(screen.shop, offer.product)
  const feeMinor = fee && unitFee(fee, offer.unitMinor, screen.region.currency)
  const said =
    fee?.bearer === "organizer"
      ? words.feeIncluded
      : feeMinor
        ? words.fee(voice.money(feeMinor))
        : words.noFee
  return html`<span class="money">${money}</span>
    ${offer.unitMinor > 0 && html`<small>${said}</small>`}`
}

/** One quiet line: what it is, and what limits it. A row among others leaves the product's own words to their heading. */
function about(voice: Voice, offer: RowOffer, isAlone: boolean): Html {
  const { product, priceType } = offer
  const said = [
    priceType.description || (isAlone ? product.description : ""),
    ...(isOpen(offer) ? limits(voice, offer) : []),
  ].filter((text) => text !== "")
  return said.length === 0 ? none : html`<p class="s muted">${said.join(" ")}</p>`
}

function limits(voice: Voice, { product, priceType, availability }: RowOffer): string[] {
  const words = voice.words.event
  const most = Math.min(product.maxPerOrder ?? Infinity, priceType.maxPerOrder ?? Infinity)
  return [
    product.minPerOrder > 1 ? words.atLeast(product.minPerOrder) : "",
    most < Infinity ? words.upTo(most) : "",
    availability.state === "few" ? words.left(availability.remaining) : "",
  ]
}

function isOpen({ availability }: RowOffer): boolean {
  return availability.state === "available" || availability.state === "few"
}

function control(screen: ScreenBase, voice: Voice, offer: RowOffer): Html {
  const quantity = quantityOf(screen, offer)
  if (!isOpen(offer) && quantity === 0)
    return html`<b class="tag">${whyNot(screen, voice, offer)}</b>`
  const step = stepper(
    {
      price: offer.priceType.id,
      title: lineTitle(offer),
      quantity,
      min: Math.max(1, offer.product.minPerOrder),
      max: isOpen(offer) ? quantity + roomFor(screen, offer) : quantity,
    },
    voice,
  )
  return offer.priceType.kind === "pay-what-you-like"
    ? html`${amountField(screen, voice, offer)}${step}`
    : step
}

function whyNot(screen: ScreenBase, voice: Voice, { availability }: RowOffer): string {
  const { browse } = voice.words
  if (availability.state === "sold-out") return browse.soldOut
  if (availability.state === "opens-at")
    return browse.onSaleAt(voice.moment(availability.opensAt, screen.shop.account.timeZone))
  return browse.paused
}

function amountField(screen: ScreenBase, voice: Voice, offer: RowOffer): Html {
  const words = voice.words.event
  const { id, prices } = offer.priceType
  const chosen = cartLine(screen, offer)?.amountMinor
  const shown = chosen ?? prices[screen.region.currency]?.suggestedMinor ?? offer.unitMinor
  const hint =
    offer.unitMinor > 0 ? words.fromAmount(voice.money(offer.unitMinor)) : words.anyAmount
  return html`<div class="field amount">
    <label for="amount-${id}">${words.yourPrice} <span class="muted">${hint}</span></label>
    <input
      class="in"
      id="amount-${id}"
      name="amount-${id}"
      data-amount
      inputmode="decimal"
      autocomplete="off"
      maxlength="20"
      value="${toDecimal(shown, screen.region.currency)}"
    />
  </div>`
}

function cartLine(screen: ScreenBase, offer: Offer) {
  return screen.cart?.cart.lines.find((line) => line.priceTypeId === offer.priceType.id)
}

function quantityOf(screen: ScreenBase, offer: Offer): number {
  return cartLine(screen, offer)?.quantity ?? 0
}

/** How many more may be added: what is left, and what each limit of an order still allows. */
export function roomFor(screen: ScreenBase, offer: Offer): number {
  const lines = screen.cart?.priced.lines ?? []
  const chosen = (counts: (line: (typeof lines)[number]) => boolean) =>
    lines.filter(counts).reduce((sum, line) => sum + line.line.quantity, 0)
  const { event, product, priceType, variant } = offer
  const room = [
    screen.remaining.get(variant.id),
    product.maxPerOrder && product.maxPerOrder - chosen((one) => one.product.id === product.id),
    priceType.maxPerOrder && priceType.maxPerOrder - quantityOf(screen, offer),
    product.kind === "ticket" &&
      event.maxPerOrder &&
      event.maxPerOrder -
        chosen((one) => one.event.id === event.id && one.product.kind === "ticket"),
    1000 - quantityOf(screen, offer),
  ].filter((limit) => typeof limit === "number")
  return Math.max(0, Math.min(...room))
}
