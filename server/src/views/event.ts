import { showtimeOffer, upcoming } from "#core/availability.ts"
import type { Screen } from "#core/screen.ts"
import type { Event, Showtime } from "#core/storefront.ts"
import { poster, priceFrom, sellingOf } from "#views/browse.ts"
import { cartBar } from "#views/cart-bar.ts"
import { cartPanel } from "#views/cart-panel.ts"
import { html, type Html, none } from "#views/html.ts"
import { backIcon, clockIcon, pinIcon } from "#views/icons.ts"
import { noticeView, sandboxLabel } from "#views/notice.ts"
import { goLink } from "#views/place.ts"
import { personalRegion, type RenderedRegion, sharedLayout, sharedRegion } from "#views/rendered.ts"
import { ticketRows } from "#views/ticket-rows.ts"
import type { Voice } from "#views/voice.ts"

type EventScreen = Extract<Screen, { readonly view: "event" }>

export function eventRegions(screen: EventScreen, voice: Voice): RenderedRegion[] {
  const { words } = voice
  return [
    sharedLayout(
      () =>
        html`<div class="view split">
          ${sandboxLabel(screen, voice)}
          <div class="top ends">
            ${goLink(
              screen,
              { view: "browse" },
              {
                id: "event-back",
                class: "link back",
                label: html`${backIcon}<span>${words.event.back}</span>`,
              },
            )}
          </div>
          <div class="full" id="event-notice" data-region="event-notice"></div>
          <div class="main">
            <div class="stack" id="event-head" data-region="event-head"></div>
            <div class="stack" id="event-showtimes" data-region="event-showtimes"></div>
            <div class="main" id="event-tickets" data-region="event-tickets"></div>
          </div>
          <aside class="panel wide" part="panel" id="event-panel" data-region="event-panel"></aside>
          <div class="bar narrow" part="bar" id="event-bar" data-region="event-bar"></div>
        </div>`,
    ),
    personalRegion("event-notice", noticeView(screen, voice)),
    sharedRegion("event-head", () => head(screen, voice)),
    sharedRegion("event-showtimes", () => showtimes(screen, voice)),
    sharedRegion("event-tickets", () => tickets(screen, voice), chosen(screen)),
    personalRegion("event-panel", cartPanel(screen, voice)),
    sharedRegion(
      "event-bar",
      () => cartBar(screen, voice, words.cart.checkOut),
      `${chosen(screen)} ${screen.cart?.priced.totalMinor}`,
    ),
  ]
}

/** All that tickets show of a cart: at the opening of a sale a thousand shoppers choose one or two. */
function chosen({ cart }: EventScreen): string {
  const lines = cart?.cart.lines.map((line) => [line.priceTypeId, line.quantity, line.amountMinor])
  return JSON.stringify([cart?.cart.promoCode, lines ?? []])
}

/** The showtime the tickets are for: the one asked for, else the first that can be bought, else the first. */
function selected(screen: EventScreen): Showtime | undefined {
  if (screen.showtime) return screen.showtime
  const ahead = upcoming(screen.event, screen.now)
  const buyable = ahead.find((showtime) => {
    const { state } = showtimeOffer(screen.event, showtime, sellingOf(screen)).availability
    return state === "available" || state === "few"
  })
  return buyable ?? ahead[0]
}

function head(screen: EventScreen, voice: Voice): Html {
  const { event } = screen
  return html`${
      event.picture !== undefined &&
      html`<div class="pic hero" part="poster">${poster(screen, event, true)}</div>`
    }
    <h2 part="title" id="event-title" tabindex="-1">${event.title}</h2>
    <p class="facts">
      <span class="line"
        >${pinIcon}${[event.venue.name, event.venue.street].filter(Boolean).join(", ")}</span
      >
      ${timing(event, selected(screen), voice)}
    </p>
    ${paragraphs(event.description || event.summary)}`
}

/** "90 minutes, doors 19:15". */
export function timing(event: Event, showtime: Showtime | undefined, voice: Voice): Html {
  const words = voice.words.event
  const doors =
    event.doorsMinutes === undefined || !showtime
      ? undefined
      : words.doors(
          voice.time({
            startsAt: minutesBefore(showtime.startsAt, event.doorsMinutes),
            timeZone: showtime.timeZone,
          }),
        )
  const length =
    event.durationMinutes === undefined ? undefined : words.minutes(event.durationMinutes)
  const said = [length, doors].filter((text) => text !== undefined).join(", ")
  return said === "" ? none : html`<span class="line">${clockIcon}${said}</span>`
}

export function minutesBefore(instant: string, minutes: number): string {
  return new Date(Date.parse(instant) - minutes * 60_000).toISOString()
}

/** A text with an empty line between its paragraphs. */
export function paragraphs(text: string): Html[] {
  return text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== "")
    .map((paragraph) => html`<p>${paragraph.trim()}</p>`)
}

function showtimes(screen: EventScreen, voice: Voice): Html {
  const { event } = screen
  const ahead = upcoming(event, screen.now)
  if (ahead.length === 0) return html`<p class="muted">${voice.words.event.none}</p>`
  const here = selected(screen)
  return html`<h3 id="showtimes-title">${voice.words.event.pick}</h3>
    <div class="picks" role="group" aria-labelledby="showtimes-title">
      ${ahead.map((showtime) => pick(screen, voice, showtime, showtime.id === here?.id))}
    </div>`
}

function pick(screen: EventScreen, voice: Voice, showtime: Showtime, isHere: boolean): Html {
  const { event } = screen
  const offer = showtimeOffer(event, showtime, sellingOf(screen))
  const { availability } = offer
  const few = availability.state === "few"
  const said = few
    ? voice.words.browse.left(availability.remaining)
    : availability.state === "sold-out"
      ? voice.words.browse.soldOut
      : availability.state === "opens-at"
        ? voice.words.browse.onSaleAt(
            voice.moment(availability.opensAt, screen.shop.account.timeZone),
          )
        : availability.state === "available"
          ? priceFrom(voice, offer)
          : voice.words.browse.paused
  return goLink(
    screen,
    { view: "event", event: event.slug, showtime: showtime.id },
    {
      id: `showtime-${showtime.id}`,
      class: "pick",
      current: isHere,
      label: html`<b>${voice.day(showtime)}</b><span>${voice.time(showtime)}</span
        ><small class="${few && "warn"}">${said}</small>`,
    },
  )
}

function tickets(screen: EventScreen, voice: Voice): Html {
  return ticketRows(screen, voice, screen.event, selected(screen))
}
