import { eventOffer, type Selling, showtimeOffer, upcoming } from "#core/availability.ts"
import { hasSeveralCurrencies } from "#core/format.ts"
import { richResults } from "#core/rich-results.ts"
import type { Event, Region, Showtime, Storefront, Widget } from "#core/storefront.ts"
import { priceFrom } from "#views/browse.ts"
import { document, themed } from "#views/document.ts"
import { paragraphs, timing } from "#views/event.ts"
import { hostedScripts } from "#views/hosted-page.ts"
import { html, type Html, linkedData, none, url } from "#views/html.ts"
import { alertIcon, backIcon, calendarIcon, pinIcon } from "#views/icons.ts"
import { message } from "#views/message.ts"
import { owner, ownerFoot } from "#views/owner.ts"
import { pictureUrl } from "#views/place.ts"
import { type Voice, voiceFor } from "#views/voice.ts"
import { wordsFor } from "#views/words/index.ts"

export type ListingPage = {
  readonly shop: Storefront
  readonly region: Region
  readonly locale: string
  /** ISO 8601. */
  readonly now: string
  readonly publicUrl: string
  /** Address of the style sheet made of `pageStyles`. */
  readonly stylesPath: string
  /** Left to sell by variant id; absent: unlimited. */
  readonly remaining: ReadonlyMap<string, number>
  /** Where scripts may come from beside our own: the payment provider's. */
  readonly scriptOrigins: readonly string[]
}

export type EventPage = ListingPage & {
  readonly event: Event
  /** What sells it; absent: no widget shows the event, so it can only be read about. */
  readonly widget?: Widget
}

/** Events named below another one. */
const mostOthers = 6

/** The page of one event for everybody who has its link: readable without a script, found by search engines, and sold from by the very widget. */
export function eventPage(page: EventPage): Html {
  const { shop, event, locale, widget, stylesPath, now } = page
  const voice = voiceOf(page)
  const isOver = upcoming(event, now).length === 0
  return document({
    title: titleOf(page, voice),
    locale,
    ...themed(shop.brand),
    styles: [stylesPath, `/e/${shop.account.slug}/brand.css`],
    ...(!isOver && { discovery: discovery(page, voice) }),
    ...(widget && { scripts: hostedScripts({ ...page, widget, wishes: { event: event.slug } }) }),
    body: html`${header(page, widget !== undefined && !isOver)}
    ${
      widget && !isOver
        ? html`<foyer-checkout
            widget="${shop.account.slug}/${widget.slug}"
            event="${event.slug}"
            locale="${locale}"
            >${eventText(page, voice)}</foyer-checkout
          >`
        : eventText(page, voice)
    }
    ${others(page, voice)} ${ownerFoot(shop.account, locale)}`,
  })
}

/** All events of an organizer that are still to come. */
export function eventListPage(page: ListingPage): Html {
  const { shop, locale, stylesPath } = page
  const words = wordsFor(locale).listing
  const voice = voiceOf(page)
  const events = toCome(page)
  const title = words.by(shop.account.name)
  return document({
    title,
    locale,
    ...themed(shop.brand),
    styles: [stylesPath, `/e/${shop.account.slug}/brand.css`],
    ...(events.length > 0 && {
      discovery: headOf(page, { title, description: summaryOf(events), path: pathOf(page) }),
    }),
    body: html`<header>${owner(shop.account, shop.account.website)}</header>
      ${
        events.length === 0
          ? message({ icon: calendarIcon, title: words.noShows, why: words.noShowsWhy }, 1)
          : html`<div class="view">
              <h1>${title}</h1>
              ${cards(page, events, voice)}
            </div>`
      }
      ${ownerFoot(shop.account, locale)}`,
  })
}

/** For an address that leads to no event: there never was one, or the organizer took it off. */
export function noEventPage(page: {
  readonly stylesPath: string
  readonly locale: string
  readonly reason: "gone" | "unknown"
  /** The list to go to, where the organizer is known. */
  readonly listPath?: string
}): Html {
  const { listing, hosted } = wordsFor(page.locale)
  const [title, why] =
    page.reason === "gone"
      ? [listing.gone, listing.goneWhy]
      : [listing.notFound, listing.notFoundWhy]
  return document({
    title,
    locale: page.locale,
    styles: [page.stylesPath],
    body: message(
      {
        icon: alertIcon,
        title,
        why,
        ...(page.listPath !== undefined && {
          action: { label: hosted.all, href: page.listPath },
        }),
      },
      1,
    ),
  })
}

/** What these pages add to the organizer's brand sheet: the widget's room is kept while its script is on the way. */
export const listingStyles = `
.page > * + * { margin-top: var(--s5) }
.page > :is(.more, .foot) { margin-top: var(--s7) }
.more { border-top: 1px solid var(--line); padding-top: var(--s5) }
.rows + p { margin-top: var(--s4) }
`

/** The organizer's name leads to everything else; the widget has a way of its own to the list. */
function header(page: EventPage, sells: boolean): Html {
  return html`<header class="ends">
    ${owner(page.shop.account, pathOf(page))}
    ${
      !sells &&
      html`<a class="link back" href="${url(pathOf(page))}"
        >${backIcon}<span>${wordsFor(page.locale).hosted.all}</span></a
      >`
    }
  </header>`
}

/** What the widget will show as well, in its shapes: nothing jumps when it takes over. */
function eventText(page: EventPage, voice: Voice): Html {
  const { event, now } = page
  const { listing } = voice.words
  const ahead = upcoming(event, now)
  return html`<div class="view">
    <div class="main">
      <div class="stack">
        ${
          event.picture !== undefined &&
          html`<div class="pic hero">
            <img
              class="art"
              src="${url(pictureUrl(page, event.picture))}"
              alt="${event.pictureAlt}"
              width="800"
              height="600"
              decoding="async"
            />
          </div>`
        }
        <h1>${event.title}</h1>
        <p class="facts">
          <span class="line">${pinIcon}${placeText(event)}</span> ${timing(event, ahead[0], voice)}
        </p>
        ${paragraphs(event.description || event.summary)}
      </div>
      ${
        ahead.length === 0
          ? html`<div class="note">
              ${alertIcon}
              <h2>${listing.over}</h2>
              <p class="s">${listing.overWhy}</p>
            </div>`
          : dates(page, voice, ahead)
      }
    </div>
  </div>`
}

function dates(page: EventPage, voice: Voice, ahead: readonly Showtime[]): Html {
  const { event, now } = page
  const called = event.showtimes.filter(
    ({ status, startsAt }) => status === "canceled" && startsAt > now,
  )
  return html`<section class="stack" aria-labelledby="dates-title">
    <h2 id="dates-title">${voice.words.listing.dates}</h2>
    <ul class="rows">
      ${ahead.map((showtime) => dateRow(page, voice, showtime))}
      ${called.map(
        (showtime) =>
          html`<li>
            <s><time datetime="${showtime.startsAt}">${voice.dateTime(showtime)}</time></s>
            <b>${voice.words.listing.calledOff}</b>
          </li>`,
      )}
    </ul>
    ${page.widget && html`<p><a class="btn" href="${url(hostedPath(page, page.widget))}">${voice.words.listing.buyHere}</a></p>`}
  </section>`
}

function dateRow(page: EventPage, voice: Voice, showtime: Showtime): Html {
  const offer = showtimeOffer(page.event, showtime, sellingOf(page))
  return html`<li>
    <time datetime="${showtime.startsAt}"
      >${voice.longDate(showtime.startsAt, showtime.timeZone)}, ${voice.time(showtime)}</time
    >
    <span class="money">${saidOf(page, voice, offer)}</span>
  </li>`
}

/** The page that sells without this one's script. */
function hostedPath({ shop, event, locale }: EventPage, widget: Widget): string {
  const query = new URLSearchParams({
    event: event.slug,
    ...(locale !== shop.account.locale && { locale }),
  })
  return `/v1/w/${shop.account.slug}/${widget.slug}?${query.toString()}`
}

function saidOf({ shop }: ListingPage, voice: Voice, offer: ReturnType<typeof eventOffer>): string {
  const { browse } = voice.words
  const { availability } = offer
  switch (availability.state) {
    case "sold-out":
      return browse.soldOut
    case "paused":
    case "ended":
      return browse.paused
    case "opens-at":
      return browse.onSaleAt(voice.moment(availability.opensAt, shop.account.timeZone))
    case "available":
    case "few":
      return priceFrom(voice, offer)
  }
}

function others(page: EventPage, voice: Voice): Html {
  const more = toCome(page)
    .filter(({ id }) => id !== page.event.id)
    .slice(0, mostOthers)
  if (more.length === 0) return none
  return html`<section class="shelf more" aria-labelledby="more-title">
    <h2 id="more-title">${voice.words.listing.more(page.shop.account.name)}</h2>
    ${cards(page, more, voice)}
  </section>`
}

function cards(page: ListingPage, events: readonly Event[], voice: Voice): Html {
  return html`<ul class="cards">
    ${events.map((event) => card(page, event, voice))}
  </ul>`
}

function card(page: ListingPage, event: Event, voice: Voice): Html {
  const [first, ...rest] = upcoming(event, page.now)
  if (!first) return none
  const offer = eventOffer(event, sellingOf(page))
  return html`<li class="card">
    ${
      event.picture !== undefined &&
      html`<div class="pic">
        <img
          class="art"
          src="${url(pictureUrl(page, event.picture))}"
          alt="${event.pictureAlt}"
          width="800"
          height="600"
          loading="lazy"
          decoding="async"
        />
      </div>`
    }
    <div class="txt">
      <p class="s">
        ${voice.dateTime(first)}
        ${
          rest.length > 0 &&
          html`<span class="muted">${voice.words.browse.moreDates(rest.length)}</span>`
        }
      </p>
      <h3><a href="${url(pathOf(page, event))}">${event.title}</a></h3>
      <p class="s muted">${event.venue.name}, ${event.venue.city}</p>
      <p class="ends"><b class="money">${saidOf(page, voice, offer)}</b></p>
    </div>
  </li>`
}

/** The events with a showtime to come, the soonest first. */
function toCome({ shop, now }: ListingPage): Event[] {
  return shop.events
    .flatMap((event) => {
      const [next] = upcoming(event, now)
      return next ? [{ event, at: Date.parse(next.startsAt) }] : []
    })
    .toSorted((a, b) => a.at - b.at)
    .map(({ event }) => event)
}

function sellingOf({ region, remaining, now }: ListingPage): Selling {
  return { currency: region.currency, remaining, now }
}

function voiceOf({ shop, region, locale, now }: ListingPage): Voice {
  return voiceFor({
    locale,
    currency: region.currency,
    ambiguous: hasSeveralCurrencies(shop.regions),
    timeZone: shop.account.timeZone,
    now,
  })
}

function placeText({ venue }: Event): string {
  return [venue.name, venue.street, venue.city].filter((part) => part !== "").join(", ")
}

/** The page in its language; the organizer's own is said without a word. */
function pathOf({ shop, locale }: ListingPage, event?: Event): string {
  const { slug, locale: usual } = shop.account
  const path = event ? `/e/${slug}/${event.slug}` : `/e/${slug}`
  return locale === usual ? path : `${path}?${new URLSearchParams({ locale }).toString()}`
}

function titleOf({ event, now, shop }: EventPage, voice: Voice): string {
  const [next] = upcoming(event, now)
  const when = next && voice.longDate(next.startsAt, next.timeZone)
  return [event.title, when, shop.account.name].filter((part) => part !== undefined).join(" | ")
}

function summaryOf(events: readonly Event[]): string {
  return events
    .slice(0, 5)
    .map((event) => event.title)
    .join(", ")
}

/** What previews and results show of a longer text. */
const longestDescription = 300

function discovery(page: EventPage, voice: Voice): Html {
  const { event, shop, region, publicUrl } = page
  const path = pathOf(page, event)
  const [next] = upcoming(event, page.now)
  const text = event.summary || event.description || placeText(event)
  const picture = event.picture === undefined ? undefined : pictureUrl(page, event.picture)
  const description = next ? `${voice.dateTime(next)}, ${placeText(event)}. ${text}` : text
  return html`${headOf(page, {
    title: event.title,
    description: description.replaceAll(/\s+/g, " ").slice(0, longestDescription),
    path,
    ...(picture !== undefined && { picture, pictureAlt: event.pictureAlt }),
  })}
  ${richResults({
    shop,
    event,
    currency: region.currency,
    remaining: page.remaining,
    now: page.now,
    url: `${publicUrl}${path}`,
    organizerUrl: `${publicUrl}${pathOf(page)}`,
    ...(picture !== undefined && { imageUrl: picture }),
  }).map(linkedData)}`
}

type Head = {
  readonly title: string
  readonly description: string
  readonly path: string
  readonly picture?: string
  readonly pictureAlt?: string
}

/** Canonical address, the other languages' addresses, and the previews of messengers: https://ogp.me */
function headOf(page: ListingPage, head: Head): Html {
  const { shop, locale, publicUrl } = page
  const { locales, name } = shop.account
  const [bare = ""] = head.path.split("?")
  const inLanguage = (each: string) =>
    each === shop.account.locale
      ? `${publicUrl}${bare}`
      : `${publicUrl}${bare}?${new URLSearchParams({ locale: each }).toString()}`
  // No messenger draws an SVG.
  const preview = head.picture?.endsWith(".svg") ? undefined : head.picture
  return html`<meta name="description" content="${head.description}" />
    <link rel="canonical" href="${url(`${publicUrl}${head.path}`)}" />
    ${
      locales.length > 1 &&
      html`${locales.map(
          (each) =>
            html`<link rel="alternate" hreflang="${each}" href="${url(inLanguage(each))}" />`,
        )} <link rel="alternate" hreflang="x-default" href="${url(`${publicUrl}${bare}`)}" />`
    }
    <meta property="og:type" content="website" />
    <meta property="og:title" content="${head.title}" />
    <meta property="og:description" content="${head.description}" />
    <meta property="og:url" content="${publicUrl}${head.path}" />
    <meta property="og:site_name" content="${name}" />
    <meta property="og:locale" content="${locale.replace("-", "_")}" />
    ${
      preview !== undefined &&
      html`<meta property="og:image" content="${preview}" />
        <meta property="og:image:alt" content="${head.pictureAlt ?? ""}" />`
    }
    <meta
      name="twitter:card"
      content="${preview === undefined ? "summary" : "summary_large_image"}"
    />`
}
