import { type Html, html } from "#views/html.ts"

export type HostPage = {
  readonly lang: string
  readonly title: string
  readonly description: string
  /** Style sheet of the site, beside `panel.css`. */
  readonly styles: string
  readonly body: Html
}

/** The origin of the server that the script tag points to. */
export type HostPlace = { readonly serverOrigin: string }

/** A page as an organizer's site would send it, with the demo's corner panel added. */
export function hostDocument(page: HostPage, place: HostPlace): string {
  return html`<!doctype html>
    <html lang="${page.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title}</title>
        <meta name="description" content="${page.description}" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/${page.styles}" />
        <link rel="stylesheet" href="/panel.css" />
        <script src="/pixels.js"></script>
      </head>
      <body>
        ${page.body} ${consentBanner} ${panel(place)}
        <script src="/panel.js" defer></script>
      </body>
    </html>`.toString()
}

/** What the documentation tells an organizer to paste, with links for visitors without JavaScript. */
export function embed({ serverOrigin }: HostPlace, widget: string, fallback: Html): Html {
  return html`<script src="${serverOrigin}/v1/w/${widget}.js" async></script>
    <foyer-checkout widget="${widget}">${fallback}</foyer-checkout>`
}

const consentBanner = html`<section id="demo-consent" aria-label="Cookies" hidden>
  <p>May we tell our advertising partners that you visited, and what you bought?</p>
  <div>
    <button type="button" value="denied">No, thanks</button>
    <button type="button" value="granted">Yes, that’s fine</button>
  </div>
</section>`

function panel({ serverOrigin }: HostPlace): Html {
  return html`<aside
    id="demo-panel"
    aria-label="Demo: what this page records"
    data-server="${serverOrigin}"
  >
    <button class="demo-toggle" type="button" aria-expanded="false">
      <span class="demo-count">0</span>Pixel calls
    </button>
    <div class="demo-body">
      <div hidden>
        <h2>Your order</h2>
        <ul class="demo-orders"></ul>
      </div>
      <h2>You came</h2>
      <dl class="demo-arrival"></dl>
      <h2>You agree to tracking</h2>
      <fieldset>
        <legend hidden>Consent</legend>
        <label><input type="radio" name="demo-consent" value="granted" />Yes</label>
        <label><input type="radio" name="demo-consent" value="denied" />No</label>
        <label><input type="radio" name="demo-consent" value="unknown" />Not said</label>
      </fieldset>
      <h2>What this site’s pixels were told</h2>
      <ol class="demo-calls"></ol>
      <small>
        A demo page: fbq, gtag and rdt are stand-ins that write down what they are called with.
        <a href="/">All demo pages</a>, <a href="${serverOrigin}/demo/outbox">mail outbox</a>
      </small>
    </div>
  </aside>`
}
