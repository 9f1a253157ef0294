import { type Availability, rowOffer, type RowOffer } from "#core/availability.ts"
import { feeOf, unitFee } from "#core/fee.ts"
import { epochMs, isAfter } from "#core/instant.ts"
import { add, toDecimal } from "#core/money.ts"
import { offersOf } from "#core/offer.ts"
import { withOffset } from "#core/schedule.ts"
import type { Event, Showtime, Storefront, Venue } from "#core/storefront.ts"

/** Where and when an event's page stands; addresses are absolute. */
export type Listing = {
  readonly shop: Storefront
  readonly event: Event
  /** The currency its prices are told in. */
  readonly currency: string
  /** Left to sell by variant id; absent: unlimited. */
  readonly remaining: ReadonlyMap<string, number>
  /** ISO 8601. */
  readonly now: string
  /** The event's own page. */
  readonly url: string
  /** The list of all of the organizer's events. */
  readonly organizerUrl: string
  /** Absent: there is no picture. */
  readonly imageUrl?: string
}

/**
 * An event as search engines want to be told of it: one schema.org `Event` for each showtime to come, called-off ones too, with one offer for each
 * ticket. The rules are Google's, https://developers.google.com/search/docs/appearance/structured-data/event: several performances are several
 * events; a price is the lowest with service charges and fees; a called-off event keeps its date. Who performs is not known, so it is not said.
 */
export function richResults(listing: Listing): object[] {
  return listing.event.showtimes
    .filter((showtime) => isAfter(showtime.startsAt, listing.now))
    .toSorted((a, b) => epochMs(a.startsAt) - epochMs(b.startsAt))
    .map((showtime) => eventResult(listing, showtime))
}

function eventResult(listing: Listing, showtime: Showtime): object {
  const { event, url, imageUrl, shop, organizerUrl } = listing
  const description = event.description.trim() || event.summary.trim()
  const isCanceled = showtime.status === "canceled"
  const offers = isCanceled ? [] : ticketsOf(listing, showtime)
  return {
    "@context": "https://schema.org",
    "@type": "Event",
    name: event.title,
    ...(description !== "" && { description }),
    url,
    ...(imageUrl !== undefined && { image: [imageUrl] }),
    startDate: withOffset(showtime.startsAt, showtime.timeZone),
    ...timing(event, showtime),
    eventStatus: `https://schema.org/${isCanceled ? "EventCancelled" : "EventScheduled"}`,
    eventAttendanceMode: "https://schema.org/OfflineEventAttendanceMode",
    location: place(event.venue),
    organizer: {
      "@type": "Organization",
      name: shop.account.name,
      url: shop.account.website ?? organizerUrl,
    },
    ...(offers.length > 0 && { offers: offers.map((row) => offerResult(listing, row)) }),
  }
}

function timing({ durationMinutes, doorsMinutes }: Event, { startsAt, timeZone }: Showtime) {
  const at = (minutes: number) =>
    withOffset(new Date(epochMs(startsAt) + minutes * 60_000).toISOString(), timeZone)
  return {
    ...(durationMinutes !== undefined && { endDate: at(durationMinutes) }),
    ...(doorsMinutes !== undefined && { doorTime: at(-doorsMinutes) }),
  }
}

function place({ name, street, city, subdivision, country }: Venue): object {
  return {
    "@type": "Place",
    name,
    address: {
      "@type": "PostalAddress",
      ...(street !== "" && { streetAddress: street }),
      addressLocality: city,
      ...(subdivision !== undefined && { addressRegion: subdivision }),
      addressCountry: country,
    },
  }
}

/** Tickets that are sold now, were sold out, or will be: what is paused or over is no offer. */
function ticketsOf({ event, currency, remaining, now }: Listing, showtime: Showtime): RowOffer[] {
  return offersOf(event)
    .filter(({ product }) => product.kind === "ticket")
    .filter((offer) => offer.showtime === undefined || offer.showtime.id === showtime.id)
    .flatMap((offer) => rowOffer(offer, { currency, remaining, now }) ?? [])
    .filter(({ availability }) => wordFor(availability) !== undefined)
}

function offerResult(listing: Listing, row: RowOffer): object {
  const { event, product, priceType, availability } = row
  const [validFrom] = [event.salesOpenAt, priceType.saleStartsAt]
    .filter((at) => at !== undefined)
    .toSorted((a, b) => epochMs(b) - epochMs(a))
  const local = (instant: string) =>
    withOffset(instant, row.showtime?.timeZone ?? listing.shop.account.timeZone)
  return {
    "@type": "Offer",
    name: [product.title, priceType.title]
      .filter((text, index, all) => text !== "" && all.indexOf(text) === index)
      .join(", "),
    url: listing.url,
    price: toDecimal(priceWithFee(listing, row), listing.currency),
    priceCurrency: listing.currency.toUpperCase(),
    availability: `https://schema.org/${wordFor(availability)}`,
    ...(validFrom !== undefined && { validFrom: local(validFrom) }),
    ...(priceType.saleEndsAt !== undefined && { validThrough: local(priceType.saleEndsAt) }),
  }
}

/** What a shopper will be asked at the least: the price and the fee that is passed on. */
function priceWithFee({ shop, currency }: Listing, { product, unitMinor }: RowOffer): number {
  const fee = feeOf(shop, product)
  return fee?.bearer === "shopper" ? add(unitMinor, unitFee(fee, unitMinor, currency)) : unitMinor
}

function wordFor({ state }: Availability): "InStock" | "SoldOut" | "PreOrder" | undefined {
  switch (state) {
    case "available":
    case "few":
      return "InStock"
    case "sold-out":
      return "SoldOut"
    case "opens-at":
      return "PreOrder"
    case "paused":
    case "ended":
      return undefined
  }
}
