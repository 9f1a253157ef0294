import { upcoming, upcomingEvents } from "#core/availability.ts"
import { hasSeveralCurrencies } from "#core/format.ts"
import type { Event, Region, Storefront, Widget } from "#core/storefront.ts"
import { document, themed } from "#views/document.ts"
import { html, type Html, none, url } from "#views/html.ts"
import { alertIcon, calendarIcon, pinIcon } from "#views/icons.ts"
import { message } from "#views/message.ts"
import { owner, ownerFoot } from "#views/owner.ts"
import { type Voice, voiceFor } from "#views/voice.ts"
import { wordsFor } from "#views/words/index.ts"

export type HostedPage = {
  readonly shop: Storefront
  readonly widget: Widget
  readonly region: Region
  readonly locale: string
  /** ISO 8601. */
  readonly now: string
  readonly publicUrl: string
  /** Address of the style sheet made of `pageStyles`. */
  readonly stylesPath: string
  /** The element's attributes, as the address asked for them. */
  readonly wishes: {
    readonly event?: string
    readonly promo?: string
    readonly currency?: string
    readonly at?: string
  }
  /** Where scripts may come from beside our own: the payment provider's. */
  readonly scriptOrigins: readonly string[]
}

/**
 * A page of ours with the same element: for hosts that block it, shoppers without the host's scripts, and organizers who want the payment off
 * their site. What stands inside the element is what is there without a script.
 */
export function hostedPage(page: HostedPage): Html {
  const { shop, widget, wishes, locale } = page
  const { account, brand } = shop
  const voice = voiceOf(page)
  const name = `${account.slug}/${widget.slug}`
  const { words } = voice
  return document({
    title: words.hosted.title(account.name),
    locale,
    ...themed(brand),
    styles: [page.stylesPath, `/v1/w/${name}/brand.css`],
    scripts: hostedScripts(page),
    body: html`<header><h1>${owner(account, account.website)}</h1></header>
      <p class="note warn" id="late-link" role="status" hidden>${words.hosted.lateLink}</p>
      <foyer-checkout
        widget="${name}"
        locale="${locale}"
        ${wishes.event !== undefined && html`event="${wishes.event}"`}
        ${wishes.promo !== undefined && html`promo="${wishes.promo}"`}
        ${wishes.currency !== undefined && html`currency="${wishes.currency}"`}
        ${wishes.at !== undefined && html`at="${wishes.at}"`}
      >
        <div class="view">${fallback(page, voice)}</div>
      </foyer-checkout>
      ${ownerFoot(account, locale)}`,
  })
}

/**
 * For the page's brand sheet, since its policy allows no inline style. The list for who has no script is not shown for a blink to who has one;
 * when the script does not come, it is seen after all.
 */
export const hostedStyles = `
.page > * + * { margin-top: var(--s5) }
.page > .foot { margin-top: var(--s7) }
.page > [hidden] { display: none }
@media (scripting: enabled) {
  foyer-checkout:not(:defined) { min-height: 60vh }
  foyer-checkout:not(:defined) > * { animation: unseen 4s step-end }
  @keyframes unseen { from { visibility: hidden } }
}
`

/** The first takes over what a host page handed on, before anything else of the page can see it. */
export function hostedScripts(
  page: Pick<HostedPage, "publicUrl" | "shop" | "widget" | "wishes" | "locale" | "scriptOrigins">,
): Html {
  const { publicUrl, shop, widget, wishes, locale, scriptOrigins } = page
  const { event, currency } = wishes
  const query = new URLSearchParams({
    locale,
    ...(event !== undefined && { event }),
    ...(currency !== undefined && { currency }),
  })
  const own = `${publicUrl}/v1/w/${shop.account.slug}/${widget.slug}.js?${query.toString()}`
  return html`<script
      src="${url(`${publicUrl}/v1/hosted.js`)}"
      data-account="${shop.account.slug}"
      data-scripts="${scriptOrigins.join(" ")}"
    ></script>
    <script src="${url(own)}" async></script>`
}

function voiceOf({ shop, region, locale, now }: HostedPage): Voice {
  return voiceFor({
    locale,
    currency: region.currency,
    ambiguous: hasSeveralCurrencies(shop.regions),
    timeZone: shop.account.timeZone,
    now,
  })
}

/** A plain list with links: for crawlers, for print, and until the script has run. */
function fallback(page: HostedPage, voice: Voice): Html {
  const { hosted } = voice.words
  const { shop, widget, wishes, now } = page
  const events = upcomingEvents(shop.events, widget, now)
  const chosen = events.find((event) => event.slug === wishes.event)
  return html`<noscript><p class="note">${hosted.noScript}</p></noscript> ${
      chosen ? eventText(chosen, page, voice) : list(events, page, voice)
    }`
}

function list(events: readonly Event[], page: HostedPage, voice: Voice): Html {
  const { browse } = voice.words
  if (events.length === 0)
    return message({ icon: calendarIcon, title: browse.empty, why: browse.emptyWhy }, 2)
  return html`<h2>${page.widget.title}</h2>
    <ul class="rows">
      ${events.map(
        (event) =>
          html`<li>
            <div>
              <h3><a href="${url(address(page, event))}">${event.title}</a></h3>
              ${firstOf(event, page, voice)}
            </div>
          </li>`,
      )}
    </ul>`
}

function eventText(event: Event, page: HostedPage, voice: Voice): Html {
  const { hosted } = voice.words
  return html`<div class="stack">
      <h2>${event.title}</h2>
      <p class="facts">
        <span class="line">${pinIcon}${event.venue.name}, ${event.venue.city}</span>
      </p>
      ${event.summary !== "" && html`<p>${event.summary}</p>`}
    </div>
    <ul class="rows">
      ${upcoming(event, page.now).map((showtime) => html`<li><b>${voice.dateTime(showtime)}</b></li>`)}
    </ul>
    <p><a class="btn quiet" href="${url(address(page))}">${hosted.all}</a></p>`
}

function firstOf(event: Event, { now }: HostedPage, voice: Voice): Html {
  const [first] = upcoming(event, now)
  return first ? html`<p class="s muted">${voice.dateTime(first)}, ${event.venue.name}</p>` : none
}

/** The page itself, with what was asked of it. */
function address({ shop, widget, wishes, locale }: HostedPage, event?: Event): string {
  const query = new URLSearchParams({
    ...(event && { event: event.slug }),
    ...(wishes.promo !== undefined && { promo: wishes.promo }),
    ...(wishes.currency !== undefined && { currency: wishes.currency }),
    ...(locale !== shop.account.locale && { locale }),
  })
  const path = `/v1/w/${shop.account.slug}/${widget.slug}`
  return query.size > 0 ? `${path}?${query.toString()}` : path
}

/** For an address that leads to no widget. */
export function noWidgetPage(page: { readonly stylesPath: string }): Html {
  const { hosted } = wordsFor("en")
  return document({
    title: hosted.notFound,
    locale: "en",
    styles: [page.stylesPath],
    body: message({ icon: alertIcon, title: hosted.notFound, why: hosted.notFoundWhy }, 1),
  })
}
