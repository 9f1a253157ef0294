import { type Html, html } from "#views/html.ts"
import type { HostPlace } from "#sandbox/demo/host-page.ts"

type Arrival = { readonly words: string; readonly query: string }

const comedyArrivals: readonly Arrival[] = [
  {
    words: "From an Instagram ad",
    query:
      "utm_source=instagram&utm_medium=paid-social&utm_campaign=november-headliners&utm_content=reel-3&fbclid=IwAR2demo7Qx",
  },
  {
    words: "From the Tuesday newsletter",
    query: "utm_source=newsletter&utm_medium=email&utm_campaign=week-48",
  },
  { words: "From a friend’s link", query: "ref=dana" },
]

const musicArrivals: readonly Arrival[] = [
  {
    words: "From a Google ad",
    query:
      "utm_source=google&utm_medium=cpc&utm_campaign=winter-season&utm_term=concert+berlin&gclid=Cj0KCQdemo9x",
  },
  {
    words: "From a thread on Reddit",
    query: "utm_source=reddit&utm_medium=social&utm_campaign=r-berlin&rdt_cid=demo-551",
  },
  { words: "From the poster’s QR code", query: "utm_source=poster&utm_medium=print&ref=u8" },
]

const comedyPicture = html`<svg viewBox="0 0 480 240" aria-hidden="true">
  <path d="M0 0h480v240H0z" />
  <path fill="#ffb000" opacity=".22" d="M200 0h80l90 240H110z" />
  <ellipse cx="240" cy="214" rx="120" ry="16" fill="#ffb000" opacity=".5" />
  <path d="M240 96v118M214 216h52" stroke="#ffb000" stroke-width="6" stroke-linecap="round" />
  <circle cx="240" cy="78" r="20" fill="#ffb000" />
  <path d="M226 74h28M226 82h28" stroke="#1c1300" stroke-width="3" />
</svg>`

const musicPicture = html`<svg viewBox="0 0 480 240" aria-hidden="true">
  <path fill="#f4ecdd" d="M0 0h480v240H0z" />
  ${[
    [96, 70, "#9c2f1f"],
    [240, 100, "#d9782d"],
    [384, 60, "#27324a"],
  ].map(
    ([x, y, color]) =>
      html`<g transform="translate(${Number(x)} ${Number(y)})">
        <path d="M0-120V0" stroke="#22201c" stroke-width="2" />
        <path fill="${String(color)}" d="M-34 0h68c17 22 17 60 0 82h-68c-17-22-17-60 0-82Z" />
        <path
          fill="none"
          stroke="#f4ecdd"
          stroke-width="2"
          d="M0 0v82M-19 0c-9 24-9 58 0 82M19 0c9 24 9 58 0 82"
        />
        <path fill="#22201c" d="M-24-10h48v10h-48zM-24 82h48v10h-48z" />
      </g>`,
  )}
</svg>`

/** Where the demo begins: two sites to buy on, and ways to arrive there. */
export function chooserPage({ serverOrigin }: HostPlace): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Foyer: the demo</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/chooser.css" />
      </head>
      <body>
        <main>
          <h1>Buy a ticket inside somebody’s web page</h1>
          <p class="lead">
            These two sites belong to organizers. They live on another origin than Foyer and hold
            one script tag each. No real money moves: pay with the test card 4242 4242 4242 4242.
          </p>
          <div class="sites">
            ${site("comedy", "Laughing Stock", "A comedy club in Toronto, dark. Prices in CAD and USD.", comedyPicture, comedyArrivals)}
            ${site("music", "Lantern Hall", "A concert house in Berlin, light. Prices in EUR, JPY and USD.", musicPicture, musicArrivals)}
          </div>
          <p class="also">
            What the organizers see is in their <a href="${serverOrigin}/console">console</a>. After
            a purchase, the tab on the right of the page leads to what was recorded. All mail is
            kept in the <a href="${serverOrigin}/demo/outbox">outbox</a>.
          </p>
        </main>
      </body>
    </html>`.toString()
}

function site(
  path: string,
  name: string,
  what: string,
  picture: Html,
  arrivals: readonly Arrival[],
): Html {
  return html`<article class="site">
    <a href="/${path}"
      >${picture}
      <h2>${name}</h2>
      <p>${what}</p></a
    >
    <h3>Or arrive</h3>
    <ul>
      ${arrivals.map(
        ({ words, query }) =>
          html`<li>
            <a href="/${path}?${query}">${words}<small>${query}</small></a>
          </li>`,
      )}
    </ul>
  </article>`
}
