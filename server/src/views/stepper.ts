import { html, type Html, json } from "#views/html.ts"
import { minusIcon, plusIcon } from "#views/icons.ts"
import type { Voice } from "#views/voice.ts"

export type Step = {
  /** Price type id. */
  readonly price: string
  readonly title: string
  readonly quantity: number
  readonly min: number
  readonly max: number
}

/** Minus, how many, plus. At its end a button stays focusable: a disabled one would drop the keyboard's place. */
export function stepper(step: Step, voice: Voice): Html {
  const { price, quantity, min, max } = step
  const button = (by: 1 | -1) => {
    const isOff = by === 1 ? quantity >= max : quantity === 0
    return html`<button
      type="button"
      id="step-${price}-${by === 1 ? "more" : "fewer"}"
      data-step="${by}"
      aria-label="${by === 1 ? voice.words.event.more : voice.words.event.fewer}"
      ${isOff && html`aria-disabled="true"`}
    >
      ${by === 1 ? plusIcon : minusIcon}
    </button>`
  }
  return html`<div
    class="qty"
    role="group"
    id="step-${price}"
    aria-label="${step.title}"
    data-stepper="${json({ price, quantity, min, max })}"
  >
    ${button(-1)}<output id="step-${price}-count">${quantity}</output>${button(1)}
  </div>`
}
