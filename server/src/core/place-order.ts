import type { Cart } from "#core/cart.ts"
import { questionControl, questionsFor, valueOf } from "#core/details.ts"
import { describeOffer } from "#core/offer.ts"
import type { OrderLine, OrderSummary, Ticket } from "#core/order.ts"
import type { PricedCart, PricedLine } from "#core/priced-cart.ts"
import type { Region, Storefront, Venue } from "#core/storefront.ts"

/** An order about to be written: all of it copied, so that nothing the organizer changes later can change it. */
export type OrderSnapshot = {
  /** Free orders are paid as they are made. Tickets are issued when it is paid. */
  readonly order: OrderSummary
  readonly cartId: string
  readonly cartRev: number
  readonly regionSlug: string
  readonly phone?: string
  readonly answers: readonly OrderAnswer[]
}

export type OrderAnswer = {
  readonly questionId: string
  readonly label: string
  readonly answer: string
}

/** What an order gets that its cart does not have. `now` is ISO 8601. */
export type OrderIdentity = {
  readonly id: string
  readonly number: string
  readonly publicToken: string
  readonly now: string
}

/** The snapshot of one priced cart at its revision. The cart has been checked: lines, details, totals are as they will be charged. */
export function snapshotOrder(
  priced: PricedCart,
  cart: Cart,
  shop: Storefront,
  region: Region,
  identity: OrderIdentity,
): OrderSnapshot {
  const phone = valueOf(cart.details, "phone")
  return {
    order: orderOf(priced, cart, shop, identity),
    cartId: cart.id,
    cartRev: cart.rev,
    regionSlug: region.slug,
    ...(phone && { phone }),
    answers: answersOf(priced, cart, shop),
  }
}

/** One ticket for each place bought, numbered within its line; add-ons, merchandise and digital goods need none. */
export function issueTickets(
  lines: readonly Pick<OrderLine, "lineNo" | "kind" | "quantity">[],
  identities: readonly Pick<Ticket, "id" | "code">[],
): Ticket[] {
  const places = lines
    .filter((line) => line.kind === "ticket")
    .flatMap(({ lineNo, quantity }) =>
      Array.from({ length: quantity }, (_, index) => ({ lineNo, seq: index + 1 })),
    )
  return places.map((place, index) => {
    const identity = identities[index]
    if (!identity) throw new RangeError(`${places.length} tickets need as many codes`)
    return { ...identity, ...place, state: "valid" }
  })
}

/** How many tickets `issueTickets` makes of the lines. */
export function ticketCount(lines: readonly Pick<OrderLine, "kind" | "quantity">[]): number {
  return lines.reduce((sum, line) => sum + (line.kind === "ticket" ? line.quantity : 0), 0)
}

function orderOf(
  priced: PricedCart,
  cart: Cart,
  shop: Storefront,
  identity: OrderIdentity,
): OrderSummary {
  const { now, ...named } = identity
  const isFree = priced.totalMinor === 0
  return {
    ...named,
    accountId: shop.account.id,
    state: isFree ? "paid" : "awaiting_payment",
    currency: priced.currency,
    locale: cart.locale,
    subtotalMinor: priced.subtotalMinor,
    discountMinor: priced.discountMinor,
    feeMinor: priced.feeMinor,
    taxMinor: priced.taxMinor,
    shippingMinor: priced.shippingMinor,
    totalMinor: priced.totalMinor,
    taxes: priced.taxes.map((tax) => ({ ...tax })),
    ...(priced.promotion && { promoCode: priced.promotion.promotion.code }),
    email: valueOf(cart.details, "email"),
    firstName: valueOf(cart.details, "firstName"),
    lastName: valueOf(cart.details, "lastName"),
    ...(isFree && { placedAt: now }),
    lines: priced.lines.map((line, index) => orderLine(line, index + 1)),
    tickets: [],
  }
}

function orderLine(line: PricedLine, lineNo: number): OrderLine {
  const { event, product, variant, priceType } = line
  return {
    lineNo,
    variantId: variant.id,
    priceTypeId: priceType.id,
    kind: product.kind,
    tracked: variant.tracked,
    ...describeOffer(line),
    ...eventOf(line),
    ...pictureOf(product.picture ?? event.picture),
    quantity: line.line.quantity,
    unitMinor: line.unitMinor,
    discountMinor: line.discountMinor,
    feePassedMinor: line.feePassedMinor,
    feeAbsorbedMinor: line.feeAbsorbedMinor,
    taxAddedMinor: line.taxAddedMinor,
    taxIncludedMinor: line.taxIncludedMinor,
    feeTaxAbsorbedMinor: line.feeTaxAbsorbedMinor,
    totalMinor: line.totalMinor,
  }
}

type EventPart =
  | "eventSlug"
  | "eventTitle"
  | "venueName"
  | "venueAddress"
  | "startsAt"
  | "startsLocal"
  | "timeZone"
  | "doorsMinutes"
  | "durationMinutes"

function eventOf({ event, showtime }: PricedLine): Pick<OrderLine, EventPart> {
  return {
    eventSlug: event.slug,
    eventTitle: event.title,
    venueName: event.venue.name,
    venueAddress: addressOf(event.venue),
    ...(showtime && {
      startsAt: showtime.startsAt,
      startsLocal: showtime.startsLocal,
      timeZone: showtime.timeZone,
      ...(event.doorsMinutes !== undefined && { doorsMinutes: event.doorsMinutes }),
      ...(event.durationMinutes !== undefined && { durationMinutes: event.durationMinutes }),
    }),
  }
}

function pictureOf(picture: string | undefined): { readonly picture?: string } {
  return picture === undefined ? {} : { picture }
}

/** "214 Ossington Ave, Toronto, ON, CA". */
function addressOf(venue: Venue): string {
  return [venue.street, venue.city, venue.subdivision, venue.country].filter(Boolean).join(", ")
}

function answersOf(priced: PricedCart, cart: Cart, shop: Storefront): OrderAnswer[] {
  return questionsFor(shop, priced).flatMap((question) => {
    const value = valueOf(cart.details, questionControl(question))
    if (value === "") return []
    const choice = question.choices.find((each) => each.slug === value)
    return [{ questionId: question.id, label: question.label, answer: choice?.title ?? value }]
  })
}
