import type { ScreenBase } from "#core/screen.ts"
import { html, type Html } from "#views/html.ts"
import { backIcon, tickIcon } from "#views/icons.ts"
import type { Voice } from "#views/voice.ts"

const order = ["tickets", "details", "payment"] as const
export type StepName = (typeof order)[number]

/** The way back and how far along the checkout is. `payment` has no step when there is nothing to pay. */
export function checkoutTop(screen: ScreenBase, voice: Voice, at: StepName, back: Html): Html {
  const { steps } = voice.words
  const isFree = screen.cart?.priced.totalMinor === 0
  const shown = order.filter((step) => step !== "payment" || !isFree)
  const here = shown.indexOf(at)
  return html`<div class="top ends">
    ${back}
    <ol class="steps" aria-label="${steps.label}">
      ${shown.map((step, index) =>
        index < here
          ? html`<li class="done">
              ${tickIcon}${steps[step]}<span class="sr"> ${steps.done}</span>
            </li>`
          : html`<li ${index === here && html`aria-current="step"`}>${steps[step]}</li>`,
      )}
    </ol>
  </div>`
}

/** The label of a way back: an arrow, and where to in words where there is room. */
export function backLabel(label: string): Html {
  return html`${backIcon}<span class="wide">${label}</span>`
}
