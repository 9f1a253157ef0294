import type { LostLine, Screen } from "#core/screen.ts"
import { html, type Html } from "#views/html.ts"
import { clockIcon } from "#views/icons.ts"
import { noticeView, sandboxLabel } from "#views/notice.ts"
import { layout, personalRegion, type RenderedRegion } from "#views/rendered.ts"
import type { Voice } from "#views/voice.ts"

type ExpiredScreen = Extract<Screen, { readonly view: "expired" }>

/** What the clock took, whether it can be had again, and one button to have it. */
export function expiredRegions(screen: ExpiredScreen, voice: Voice): RenderedRegion[] {
  const { expired } = voice.words
  return [
    layout(
      html`<div class="view slim">
        ${sandboxLabel(screen, voice)}
        <div id="expired-notice" data-region="expired-notice"></div>
        <div class="stack">
          <span class="badge">${clockIcon}</span>
          <h2 part="title" id="expired-title" tabindex="-1">${expired.title}</h2>
          <p>${expired.why(screen.shop.account.holdMinutes)}</p>
        </div>
        <div class="panel" part="panel" id="expired-lost" data-region="expired-lost"></div>
      </div>`,
    ),
    personalRegion("expired-notice", noticeView(screen, voice)),
    personalRegion("expired-lost", lost(screen, voice)),
  ]
}

function lost(screen: ExpiredScreen, voice: Voice): Html {
  const { expired } = voice.words
  const left = screen.lost.filter((line) => line.stillAvailable)
  const all = left.length === screen.lost.length
  return html`<ul class="rows">
      ${screen.lost.map((line) => lostLine(line, voice))}
    </ul>
    ${
      left.length > 0 &&
      html`<button class="btn" type="button" id="renew" part="button" data-command="renew-holds">
        ${all ? expired.renew : expired.renewSome}
      </button>`
    }
    <button class="link" type="button" id="discard" data-command="discard-lost">
      ${expired.discard}
    </button>`
}

function lostLine(line: LostLine, voice: Voice): Html {
  const { expired } = voice.words
  const said = !line.stillAvailable
    ? html`<p class="s muted">${expired.gone}</p>`
    : line.samePrice
      ? html`<p class="s good">${expired.available}</p>`
      : html`<p class="s warn">${expired.newPrice}</p>`
  return html`<li>
    <div>
      <b>${line.quantity} × ${line.title}</b>
      ${line.detail !== "" && html`<p class="s muted">${line.detail}</p>`} ${said}
    </div>
    <span class="money">${voice.money(line.totalMinor)}</span>
  </li>`
}
