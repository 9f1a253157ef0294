import {
  eventOffer,
  filters as filtersOf,
  type GroupOffer,
  matchesFilter,
  type Selling,
  showtimeOffer,
  upcoming,
  upcomingEvents,
} from "#core/availability.ts"
import type { ScreenBase } from "#core/screen.ts"
import type { Event } from "#core/storefront.ts"
import { cartBar } from "#views/cart-bar.ts"
import { html, type Html, json, none, url } from "#views/html.ts"
import { noticeView, sandboxLabel } from "#views/notice.ts"
import { goLink, pictureUrl } from "#views/place.ts"
import { personalRegion, type RenderedRegion, sharedLayout, sharedRegion } from "#views/rendered.ts"
import type { Voice } from "#views/voice.ts"

export function browseRegions(screen: ScreenBase, voice: Voice): RenderedRegion[] {
  return [
    sharedLayout(
      () =>
        html`<div class="view">
          ${sandboxLabel(screen, voice)}
          <div id="browse-notice" data-region="browse-notice"></div>
          <div class="shelf" id="browse-shelf" data-region="browse-shelf"></div>
          <div class="bar" part="bar" id="browse-bar" data-region="browse-bar"></div>
        </div>`,
    ),
    personalRegion("browse-notice", noticeView(screen, voice)),
    sharedRegion("browse-shelf", () => shelf(screen, voice)),
    personalRegion("browse-bar", cartBar(screen, voice, voice.words.cart.viewCart)),
  ]
}

function shelf(screen: ScreenBase, voice: Voice): Html {
  const events = upcomingEvents(screen.shop.events, screen.widget, screen.now)
  const { filter } = screen.place
  const shown = events.filter(
    (event) => filter === undefined || matchesFilter(event, filter, screen.now),
  )
  return html`<div class="ends">
      <h2 part="title" id="browse-title" tabindex="-1">${screen.widget.title}</h2>
      ${regionChoice(screen, voice)}
    </div>
    ${filters(screen, voice, events)}
    ${shown.length === 0 ? empty(screen, voice) : cards(screen, voice, shown)}`
}

function filters(screen: ScreenBase, voice: Voice, events: readonly Event[]): Html {
  const { months, categories } = filtersOf(events, screen.now)
  if (months.length + categories.length === 0) return none
  const chip = (filter: string | undefined, label: string) =>
    html`<button
      class="chip"
      type="button"
      id="filter-${encodeURIComponent((filter ?? "all").toWellFormed())}"
      aria-pressed="${screen.place.filter === filter ? "true" : "false"}"
      data-go="${json({ view: "browse", filter })}"
    >
      ${label}
    </button>`
  return html`<div
    class="chips"
    role="group"
    aria-label="${voice.words.browse.filter}"
    id="filters"
  >
    ${chip(undefined, voice.words.browse.all)}
    ${months.map((month) => chip(month, voice.month(month)))}
    ${categories.map((category) => chip(category, category))}
  </div>`
}

function regionChoice(screen: ScreenBase, voice: Voice): Html {
  const { browse } = voice.words
  const { regions } = screen.shop
  const currency = screen.region.currency.toUpperCase()
  if (regions.length === 1)
    return html`<span class="s muted money">${browse.pricesIn(currency)}</span>`
  return html`<form
    class="region"
    id="region-form"
    data-command="choose-region"
    data-each="region"
    data-on="change"
  >
    <label class="sr" for="region">${browse.region}</label>
    <select id="region" name="region">
      ${regions.map(
        (region) =>
          html`<option value="${region.slug}" ${region.id === screen.region.id && html`selected`}>
            ${region.name}, ${region.currency.toUpperCase()}
          </option>`,
      )}
    </select>
  </form>`
}

function cards(screen: ScreenBase, voice: Voice, events: readonly Event[]): Html {
  return html`<ul class="cards">
    ${events.map((event, index) => card(screen, voice, event, index))}
  </ul>`
}

function card(screen: ScreenBase, voice: Voice, event: Event, index: number): Html {
  const offer = eventOffer(event, sellingOf(screen))
  const out = offer.availability.state === "sold-out" && "out"
  return html`<li class="card ${out}" part="card" id="event-${event.slug}">
    ${
      event.picture !== undefined &&
      html`<div class="pic" part="poster">${poster(screen, event, index < 6)}</div>`
    }
    <div class="txt">
      <p class="s">${dateLine(screen, voice, event)}</p>
      <h3>
        ${goLink(
          screen,
          { view: "event", event: event.slug },
          { id: `open-${event.slug}`, class: "", label: event.title },
        )}
      </h3>
      <p class="s muted">${event.venue.name}, ${event.venue.city}</p>
      <p class="ends">${priceLine(screen, voice, event, offer)}</p>
    </div>
  </li>`
}

/** `first`: on the first screenful, where waiting for the scroll would only delay it. */
export function poster(screen: ScreenBase, event: Event, first: boolean): Html {
  if (event.picture === undefined) return none
  return html`<img
    class="art"
    src="${url(pictureUrl(screen, event.picture, 960))}"
    alt="${event.pictureAlt}"
    width="800"
    height="600"
    loading="${first ? "eager" : "lazy"}"
    decoding="async"
  />`
}

/** Few dates are named with their time; many are counted. */
function dateLine(screen: ScreenBase, voice: Voice, event: Event): Html {
  const { browse } = voice.words
  const showtimes = upcoming(event, screen.now)
  const [first] = showtimes
  if (!first) return none
  if (showtimes.length > 4) return html`${browse.dates(showtimes.length, voice.day(first))}`
  const more = showtimes.length - 1
  return html`${voice.dateTime(first)}
  ${more > 0 && html`<span class="muted">${browse.moreDates(more)}</span>`}`
}

function priceLine(screen: ScreenBase, voice: Voice, event: Event, offer: GroupOffer): Html {
  const { browse } = voice.words
  const price = html`<b class="money">${priceFrom(voice, offer)}</b>`
  const { availability } = offer
  switch (availability.state) {
    case "sold-out":
      return html`<b>${browse.soldOut}</b>`
    case "paused":
    case "ended":
      return html`<b>${browse.paused}</b>`
    case "opens-at": {
      const when = voice.moment(availability.opensAt, screen.shop.account.timeZone)
      return html`${price}<span class="tag">${browse.onSaleAt(when)}</span>`
    }
    case "few":
      return html`${price}${fewLeft(voice, availability.remaining)}`
    case "available": {
      const [next] = upcoming(event, screen.now)
      const soonest = next && showtimeOffer(event, next, sellingOf(screen)).availability
      return html`${price}${soonest?.state === "few" && fewLeft(voice, soonest.remaining)}`
    }
  }
}

function fewLeft(voice: Voice, remaining: number): Html {
  return html`<span class="tag warn">${voice.words.browse.left(remaining)}</span>`
}

export function priceFrom(voice: Voice, offer: GroupOffer): string {
  const { price } = voice.words
  if (offer.payWhatYouLike) return price.yours
  if (offer.fromMinor === undefined) return ""
  return offer.fromMinor === 0 ? price.free : price.from(voice.roundMoney(offer.fromMinor))
}

export function sellingOf(screen: ScreenBase): Selling {
  return { currency: screen.region.currency, remaining: screen.remaining, now: screen.now }
}

function empty(screen: ScreenBase, voice: Voice): Html {
  const { browse } = voice.words
  if (screen.place.filter === undefined)
    return html`<div class="panel">
      <h3>${browse.empty}</h3>
      <p class="muted">${browse.emptyWhy}</p>
    </div>`
  return html`<div class="panel">
    <h3>${browse.emptyFilter}</h3>
    ${goLink(screen, { view: "browse" }, { id: "show-all", class: "link", label: browse.showAll })}
  </div>`
}
