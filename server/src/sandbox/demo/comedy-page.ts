import { html } from "#views/html.ts"
import { embed, type HostPage, type HostPlace } from "#sandbox/demo/host-page.ts"

const logo = html`<svg viewBox="0 0 40 40" aria-hidden="true">
  <path fill="#ffb000" d="M4 6h32v22H22l-9 8v-8H4z" />
  <path d="M12 15h5M23 15h5" stroke="#000" stroke-width="3.5" stroke-linecap="round" />
  <path d="M11 20c4 6 14 6 18 0z" />
</svg>`

/** A spotlight on an empty stage: brick wall, stool, microphone stand. */
const stage = html`<svg
  class="stage"
  viewBox="0 0 1200 620"
  preserveAspectRatio="xMaxYMid slice"
  aria-hidden="true"
>
  <defs>
    <pattern id="bricks" width="96" height="48" patternUnits="userSpaceOnUse">
      <path d="M0 0h96v48H0z" fill="#150f0a" />
      <path d="M2 2h92v20H2zM-46 26h92v20h-92zM50 26h92v20H50z" fill="#1f150d" />
    </pattern>
    <radialGradient id="light" cx="900" cy="330" r="430" gradientUnits="userSpaceOnUse">
      <stop offset="0" stop-color="#ffb000" stop-opacity=".5" />
      <stop offset=".55" stop-color="#ffb000" stop-opacity=".12" />
      <stop offset="1" stop-color="#ffb000" stop-opacity="0" />
    </radialGradient>
    <linearGradient id="shade">
      <stop stop-color="#000" />
      <stop offset=".75" stop-color="#000" stop-opacity="0" />
    </linearGradient>
  </defs>
  <path fill="url(#bricks)" d="M0 0h1200v620H0z" />
  <path fill="url(#light)" d="M0 0h1200v620H0z" />
  <path fill="#ffb000" opacity=".10" d="M820-20h90l190 560H690z" />
  <ellipse cx="905" cy="556" rx="210" ry="30" fill="#ffb000" opacity=".28" />
  <path fill="#0a0704" d="M0 560h1200v60H0z" opacity=".75" />
  <g fill="#0a0704" stroke="#0a0704" stroke-width="9" stroke-linecap="round">
    <path fill="none" d="M905 250v300M868 556h74M985 440l-22 116M1055 440l22 116M991 500h58" />
    <path d="M970 430h100v12H970z" />
    <path fill="none" d="M905 252l40-34" />
    <circle cx="958" cy="206" r="17" />
  </g>
  <path fill="#fff3dd" opacity=".9" d="M1006 428l4-40h22l4 40z" />
  <path fill="url(#shade)" d="M0 0h1200v620H0z" />
</svg>`

const cellar = html`<svg
  viewBox="0 0 480 380"
  role="img"
  aria-label="A neon sign over a cellar door"
>
  <path fill="#1d1812" d="M0 0h480v380H0z" />
  <path
    fill="#272019"
    d="M20 20h90v26H20zM122 20h120v26H122zM254 20h90v26h-90zM356 20h104v26H356zM20 58h52v26H20zM84 58h110v26H84zM392 58h68v26h-68zM20 320h90v26H20zM370 320h90v26h-90z"
  />
  <path fill="#0b0805" d="M150 380V196a90 90 0 0 1 180 0v184z" />
  <path fill="#e5432d" d="M166 380V198a74 74 0 0 1 148 0v182z" />
  <path fill="#c93523" d="M240 124a74 74 0 0 1 74 74v182h-74z" />
  <circle cx="296" cy="262" r="6" fill="#ffc24a" />
  <path fill="#ffb000" opacity=".16" d="M96 44h290v86H96z" />
  <path
    fill="none"
    stroke="#ffb000"
    stroke-width="6"
    stroke-linecap="round"
    stroke-linejoin="round"
    d="M118 64v44h24M158 108l16-44 16 44M164 94h20M208 64v32a14 14 0 0 0 28 0V64M284 70a16 22 0 1 0 0 32V88h-12M304 64v44M304 86h28M332 64v44"
  />
  <path
    fill="none"
    stroke="#fff3dd"
    stroke-width="5"
    stroke-linecap="round"
    d="M354 72l14 14-14 14"
  />
  <path fill="#14100b" d="M120 352h240v28H120z" />
</svg>`

const drinks = [
  ["Heckler’s Gin", "tonic, lime, a sharp remark", "$13"],
  ["The Callback", "rye, amaro, and again at the end", "$14"],
  ["Silence", "soda and bitters, for drivers", "$5"],
  ["Cellar Lager", "from two streets away", "$8"],
  ["Nachos for two", "order them with your tickets", "$8"],
  ["Popcorn", "refilled until you laugh", "$4"],
] as const

/** The site of a comedy club in Toronto: black, amber, loud. */
export function comedyPage(place: HostPlace): HostPage {
  const fallback = html`<div class="fallback">
    <p>Tickets for our next shows:</p>
    <ul>
      <li><a href="${place.serverOrigin}/v1/w/laughing-stock/main">All shows and tickets</a></li>
      <li><a href="tel:+14165550148">By phone: 416 555 0148</a></li>
    </ul>
  </div>`
  return {
    lang: "en-CA",
    title: "Laughing Stock: stand-up and improv in Toronto",
    description: "Toronto’s loudest basement. Six shows a week on Ossington.",
    styles: "comedy.css",
    body: html`<header class="top">
        <div class="wrap">
          <a class="logo" href="/comedy">${logo}Laughing Stock</a>
          <nav aria-label="Site">
            <a href="#shows">Shows</a><a href="#bar">Bar</a><a href="#room">The room</a>
          </nav>
        </div>
      </header>
      <main>
        <section class="hero">
          ${stage}
          <div class="wrap">
            <h1>Laughing<br />Stock</h1>
            <p>
              Toronto’s loudest basement, since 2009. Six shows a week, eighty-six chairs, no
              two-drink minimum.
            </p>
            <a class="button" href="#shows">See what’s on</a>
          </div>
        </section>
        <div class="strip">
          <p>Doors 45 minutes before the show · 214 Ossington Ave · 19+ after nine</p>
        </div>
        <section class="shows" id="shows">
          <div class="wrap">${embed(place, "laughing-stock/main", fallback)}</div>
        </section>
        <section class="room" id="room">
          <div class="wrap">
            <div>
              <h2>A room with a low ceiling</h2>
              <p>
                It was a furniture warehouse, then a darkroom, then nothing. In 2009 Dana Leclair
                put a microphone at one end and a fridge at the other, and that is still the floor
                plan.
              </p>
              <p>
                Low ceilings are good for laughs: they have nowhere to go. Neither has the front
                row. If you would rather not be talked to, say so when you book and we will seat you
                by the boiler.
              </p>
            </div>
            ${cellar}
          </div>
        </section>
        <section class="bar" id="bar">
          <div class="wrap">
            <h2>The bar</h2>
            <ul class="menu">
              ${drinks.map(([name, what, price]) => html`<li><b>${name}</b><span>${what}</span><i>${price}</i></li>`)}
            </ul>
          </div>
        </section>
        <section class="press" aria-label="Press">
          <div class="wrap">
            <blockquote>
              “I went in for the rain and stayed for the second show.”<cite
                >The Ossington Observer</cite
              >
            </blockquote>
            <blockquote>
              “The only room where I have been heckled by the furniture.”<cite
                >Mo Aziz, headliner</cite
              >
            </blockquote>
            <blockquote>“Nachos: correct.”<cite>Somebody’s father</cite></blockquote>
          </div>
        </section>
      </main>
      <footer class="foot">
        <div class="wrap">
          <div>
            <h3>Find us</h3>
            <p>214 Ossington Ave, Toronto<br />Down the stairs, red door</p>
          </div>
          <div>
            <h3>Talk to us</h3>
            <p>416 555 0148<br />boxoffice@laughing-stock.example</p>
          </div>
          <div>
            <h3>Get on stage</h3>
            <p>Open mic every Tuesday.<br />Sign up at the bar by seven.</p>
          </div>
        </div>
      </footer>`,
  }
}
