import { confetti } from "#views/confetti.ts"
import { document } from "#views/document.ts"
import { html, type Html } from "#views/html.ts"
import {
  alertIcon,
  backIcon,
  calendarIcon,
  clockIcon,
  copyIcon,
  pinIcon,
  tickIcon,
} from "#views/icons.ts"
import { message } from "#views/message.ts"
import { note } from "#views/notice.ts"
import { owner, ownerFoot } from "#views/owner.ts"
import { qrCode } from "#views/qr.ts"
import { stepper } from "#views/stepper.ts"
import { type Voice, voiceFor } from "#views/voice.ts"

/** What the widget, the order page, the hosted page and the event pages are made of, once, with made-up data: to look at and to test. */
export function shopperParts(page: {
  readonly stylesPath: string
  readonly locale: string
  /** ISO 8601. */
  readonly now: string
}): Html {
  const voice = voiceFor({ ...page, currency: "usd", ambiguous: false, timeZone: "Etc/UTC" })
  return document({
    title: "Parts of what shoppers see",
    locale: page.locale,
    styles: [page.stylesPath],
    body: html`<div class="view">
      <p class="sandbox">${voice.words.sandbox}</p>
      <header class="ends">${owner(someone, "#home")}<span class="s muted">LS-7KQ2MX</span></header>
      ${hooray} ${notes} ${tickets} ${actions(voice)} ${form} ${sums(voice)}
      ${message({ icon: calendarIcon, title: voice.words.listing.noShows, why: voice.words.listing.noShowsWhy, action: { label: voice.words.hosted.all, href: "#all" } }, 2)}
      ${ownerFoot(someone, page.locale)}
    </div>`,
  })
}

const someone = {
  id: "",
  slug: "laughing-stock",
  name: "Laughing Stock",
  locale: "en",
  locales: ["en"],
  timeZone: "Etc/UTC",
  country: "US",
  orderPrefix: "LS",
  replyTo: "hello@example.com",
  holdMinutes: 15,
} as const

const hooray = html`<div class="hooray">
  ${confetti}
  <h1>You’re going!</h1>
  <p>Thank you, Ana. Show these at the door, on your phone or on paper.</p>
</div>`

const notes = html`<div class="stack">
  <div class="note">
    ${clockIcon}<b>We’re confirming your payment</b>
    <p class="s">Tickets appear here as soon as it’s through.</p>
  </div>
  ${note("part-warn", { title: "Part of this order was refunded", next: "The tickets below are still good." }, "warn")}
  ${note("part-bad", { title: "Your bank said no to this card", next: "Try another card, or approve the payment in your banking app." })}
  <p class="hold">
    ${clockIcon}<span>Held for you until 20:14</span><time datetime="PT13M42S">13:42</time>
  </p>
  <p class="facts">
    <span class="line">${pinIcon}The Cellar, 214 Ossington Ave</span>
    <span class="line">${clockIcon}90 minutes, doors 19:15</span>
  </p>
  <p>
    <span class="tag good">${tickIcon}LAUGH10 applied</span>
    <span class="tag warn">Only 4 left</span>
    <span class="tag bad">${alertIcon}Sold out</span>
  </p>
</div>`

const tickets = html`<ul class="tickets">
  ${[
    { title: "Saturday Night Headliners", code: "7KQ2M XTDF4", isVoid: false },
    {
      title: "The Extraordinarily Long-Winded Society for Comedy and Related Arts",
      code: "9DF4R TB3WZ",
      isVoid: true,
    },
  ].map(
    ({ title, code, isVoid }, index) =>
      html`<li class="ticket ${isVoid && "void"}">
        <div class="stack">
          <div>
            <p class="s muted">Ticket ${index + 1} of 2</p>
            <h3>${title}</h3>
          </div>
          <p><b>Sat 28 Nov, 20:00</b><br /><span class="s muted">The Cellar, doors 19:15</span></p>
          <p class="s">General admission<br /><span class="muted">Ana Ribeiro</span></p>
        </div>
        <div>
          ${isVoid ? html`<p class="s bad">No longer valid</p>` : qrCode(code, `QR code of ticket ${code}`)}
          <p class="code">${code}</p>
        </div>
      </li>`,
  )}
</ul>`

function actions(voice: Voice): Html {
  return html`<section class="stack" aria-label="Buttons">
    <div class="acts">
      <a class="btn" href="#pay">Pay $63.28</a>
      <a class="btn quiet" href="#calendar">${calendarIcon}Add to calendar</a>
      <button class="btn" type="button" aria-disabled="true">Check out</button>
      <button class="link" type="button">Add a promo code</button>
    </div>
    <div class="chips" role="group" aria-label="Filter shows">
      <button class="chip" type="button" aria-pressed="true">All shows</button>
      <button class="chip" type="button" aria-pressed="false">Stand-up</button>
      <button class="chip" type="button" aria-pressed="false">Improv</button>
    </div>
    <div class="top ends">
      <a class="link back" href="#back">${backIcon}<span>All shows</span></a>
      <ol class="steps" aria-label="Checkout">
        <li class="done">${tickIcon}Tickets</li>
        <li aria-current="step">Details</li>
        <li>Payment</li>
      </ol>
    </div>
    <ul class="rows">
      <li>
        <div>
          <h3>General admission</h3>
          <p class="s muted">Seated as you arrive. +&nbsp;$1.50 fee</p>
        </div>
        ${stepper({ price: "part", title: "General admission", quantity: 2, min: 1, max: 8 }, voice)}
      </li>
    </ul>
  </section>`
}

const form = html`<form class="form" aria-label="Fields">
  <div class="form two">
    <div class="field">
      <label for="part-name">First name</label
      ><input class="in" id="part-name" name="name" autocomplete="off" value="Ana" />
    </div>
    <div class="field">
      <label for="part-mail">E-mail</label
      ><input
        class="in"
        id="part-mail"
        name="mail"
        autocomplete="off"
        value="ana@gmial"
        aria-invalid="true"
        aria-describedby="part-mail-said"
      />
      <p class="msg bad" id="part-mail-said">
        ${alertIcon}Check your e-mail: it should look like name@example.com
      </p>
    </div>
  </div>
  <label class="check"
    ><input type="checkbox" name="old" checked /><span>We’re all 19 or older</span></label
  >
  <fieldset>
    <legend>Where would you like to sit?</legend>
    <div class="picks few">
      <label class="pick"
        ><input type="radio" name="seat" checked /><b>Up close</b><small>Fair game</small></label
      >
      <label class="pick"
        ><input type="radio" name="seat" /><b>Middle</b><small>Best view</small></label
      >
    </div>
  </fieldset>
  <div class="copy">
    <input class="in" readonly aria-label="Link to share" value="https://example.com/tickets" />
    <button class="btn" type="button">${copyIcon}<span>Copy</span></button>
  </div>
</form>`

function sums(voice: Voice): Html {
  const { cart } = voice.words
  return html`<section class="panel" aria-labelledby="part-receipt">
    <h2 id="part-receipt">${voice.words.order.receipt}</h2>
    <dl class="sum">
      <dt>${cart.subtotal}</dt>
      <dd class="money">${voice.money(5800)}</dd>
      <dt class="good">LAUGH10</dt>
      <dd class="money good">−${voice.money(500)}</dd>
      <dt class="total">${cart.total}</dt>
      <dd class="money total">${voice.money(5300)}</dd>
      <dt class="muted">${cart.includes("HST 13%")}</dt>
      <dd class="money muted">${voice.money(610)}</dd>
    </dl>
  </section>`
}
