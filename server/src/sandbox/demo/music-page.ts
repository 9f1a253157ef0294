import { html } from "#views/html.ts"
import { embed, type HostPage, type HostPlace } from "#sandbox/demo/host-page.ts"

const lantern = html`<svg viewBox="0 0 34 44" aria-hidden="true">
  <path d="M17 1v6" stroke="#9c2f1f" stroke-width="2" />
  <rect x="9" y="7" width="16" height="4" rx="2" fill="#22201c" />
  <path d="M7 12h20c5 6 5 16 0 22H7c-5-6-5-16 0-22Z" fill="#9c2f1f" />
  <path
    d="M17 12v22M11.500 12c-2.500 6-2.500 16 0 22M22.500 12c2.500 6 2.500 16 0 22"
    stroke="#fffdf8"
    stroke-width="1.200"
    fill="none"
  />
  <rect x="9" y="35" width="16" height="4" rx="2" fill="#22201c" />
</svg>`

/** The house at dusk: a street in Berlin, lit windows, snow to come. */
const house = html`<svg
  viewBox="0 0 640 520"
  role="img"
  aria-label="Lantern Hall at dusk, its windows lit"
>
  <path fill="#27324a" d="M0 0h640v520H0z" />
  <path fill="#35425e" d="M0 190c120-50 250-30 360-60s190-30 280 10v380H0z" />
  <circle cx="520" cy="96" r="44" fill="#f6dfae" />
  <circle cx="502" cy="86" r="40" fill="#27324a" />
  <path fill="#1a2133" d="M0 250h120v270H0zM520 230h120v290H520z" />
  <path
    fill="#e9b452"
    opacity=".8"
    d="M24 290h22v34H24zM70 290h22v34H70zM24 360h22v34H24zM548 280h20v34h-20zM592 350h20v34h-20z"
  />
  <path fill="#b5533c" d="M120 210 320 96l200 114v310H120z" />
  <path fill="#9c4331" d="M320 96l200 114v310H320z" />
  <path fill="#22201c" d="M104 218 320 92l216 126-10 16L320 114 114 234z" />
  <g fill="#f7cf7a">
    <path
      d="M160 262a26 26 0 0 1 52 0v66h-52zM428 262a26 26 0 0 1 52 0v66h-52zM244 238a26 26 0 0 1 52 0v90h-52zM344 238a26 26 0 0 1 52 0v90h-52z"
    />
    <circle cx="320" cy="172" r="26" />
    <path d="M262 520V424a58 58 0 0 1 116 0v96z" />
  </g>
  <path
    stroke="#9c4331"
    stroke-width="4"
    d="M186 238v90M454 238v90M270 214v114M370 214v114M320 146v52M294 172h52M160 288h52M428 288h52M244 276h52M344 276h52"
    fill="none"
  />
  <path fill="#7c2e20" d="M276 520v-92a44 44 0 0 1 44-44v136zM364 520v-92a44 44 0 0 0-44-44v136z" />
  <path d="M320 52v44" stroke="#22201c" stroke-width="3" />
  <g transform="translate(216 372) scale(1.500)">
    <path d="M8-14V0" stroke="#22201c" stroke-width="2" />
    <path d="M0 0h16c5 7 5 17 0 24H0c-5-7-5-17 0-24Z" fill="#f4933b" />
    <path d="M8 0v24M3 0c-2 7-2 17 0 24M13 0c2 7 2 17 0 24" stroke="#7c2e20" fill="none" />
  </g>
  <g transform="translate(400 372) scale(1.500)">
    <path d="M8-14V0" stroke="#22201c" stroke-width="2" />
    <path d="M0 0h16c5 7 5 17 0 24H0c-5-7-5-17 0-24Z" fill="#f4933b" />
    <path d="M8 0v24M3 0c-2 7-2 17 0 24M13 0c2 7 2 17 0 24" stroke="#7c2e20" fill="none" />
  </g>
  <path fill="#151a28" d="M0 488h640v32H0z" />
  <path fill="#f7cf7a" opacity=".3" d="M262 488h116l60 32H202z" />
  <g fill="#151a28">
    <path
      d="M166 488v-46a11 11 0 0 1 22 0v46zM196 488v-40a10 10 0 0 1 20 0v40zM438 488v-44a11 11 0 0 1 22 0v44z"
    />
    <circle cx="177" cy="420" r="9" />
    <circle cx="206" cy="428" r="8" />
    <circle cx="449" cy="422" r="9" />
  </g>
</svg>`

const icon = (path: string) =>
  html`<svg
    viewBox="0 0 40 40"
    fill="none"
    stroke="#9c2f1f"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d="${path}" />
  </svg>`

/** The site of a small concert house in Berlin: paper, serif, quiet. */
export function musicPage(place: HostPlace): HostPage {
  const fallback = html`<div class="fallback">
    <p>Tickets for our next concerts:</p>
    <ul>
      <li><a href="${place.serverOrigin}/v1/w/lantern-hall/main">All concerts and tickets</a></li>
      <li>
        <a href="mailto:tickets@lantern-hall.example">By mail: tickets@lantern-hall.example</a>
      </li>
    </ul>
  </div>`
  return {
    lang: "en-GB",
    title: "Lantern Hall: music in Berlin",
    description: "Concerts by lamplight in a former lantern factory in Berlin-Neukölln.",
    styles: "music.css",
    body: html`<header class="top">
        <div class="wrap">
          <a class="logo" href="/music">${lantern}Lantern Hall</a>
          <nav aria-label="Site">
            <a href="#concerts">Concerts</a><a href="#house">The house</a
            ><a href="#visit">Your visit</a>
          </nav>
        </div>
      </header>
      <main>
        <section class="hero">
          <div class="wrap">
            <div>
              <p class="over">Winter season</p>
              <h1>Music for the long evenings</h1>
              <p>
                Nine evenings between here and the new year: night trains, candles, eleven horns and
                a very quiet ball. At home in Berlin, and on our neighbours’ stages in Tokyo and
                Brooklyn.
              </p>
            </div>
            ${house}
          </div>
        </section>
        <section class="concerts" id="concerts">
          <div class="wrap">${embed(place, "lantern-hall/main", fallback)}</div>
        </section>
        <section class="house" id="house">
          <div class="wrap">
            <h2>A factory that made light</h2>
            <p>
              From 1891 to 1938 this building made lanterns: for trams, for stages, for the coal
              barges on the canal. The glass was blown where you now leave your coat, and the great
              room with its iron gallery was the packing hall, which is why the doors are wide and
              the floor forgives dancing.
            </p>
            <p>
              Forty years of pigeons later, two piano tuners and a lighting technician asked for the
              key. They kept the brick and the draught, took out the pigeons, and hung one lantern
              for each concert. There are now more than eleven hundred, and no two are alike.
            </p>
            <p>
              We are a cooperative of sixty-two members. Every ticket pays the people on the stage
              first. The bar pays for the roof, so have another glass.
            </p>
          </div>
        </section>
        <section class="visit" id="visit">
          <div class="wrap">
            <div>
              ${icon("M20 36s12-10 12-19a12 12 0 0 0-24 0c0 9 12 19 12 19ZM20 21a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z")}
              <h3>Getting here</h3>
              <p>
                Schönleinstraße 9, Berlin. U8 to Schönleinstraße, then follow the lanterns for three
                minutes.
              </p>
            </div>
            <div>
              ${icon("M6 34V18l14-12 14 12v16ZM15 34V23h10v11")}
              <h3>Doors and coats</h3>
              <p>
                Doors open an hour before most concerts. The cloakroom is free, and it is warm
                inside.
              </p>
            </div>
            <div>
              ${icon("M20 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM20 10v12h9l5 12M27 27a10 10 0 1 1-11-13")}
              <h3>Step-free</h3>
              <p>
                A lift stands beside the six steps at the door. Tell us when you book and we keep a
                place.
              </p>
            </div>
          </div>
        </section>
      </main>
      <footer class="foot">
        <div class="wrap">
          <p>Lantern Hall eG<br />Schönleinstraße 9, 10967 Berlin</p>
          <p>tickets@lantern-hall.example<br />+49 30 5550 1870</p>
          <p>With the friendly noise of the district</p>
        </div>
      </footer>`,
  }
}
