import type { Difference } from "#core/difference.ts"
import { placeWords, valueWords } from "#views/console/event-words.ts"
import { note } from "#views/console/kit/card.ts"
import { hidden } from "#views/console/kit/form.ts"
import { html, type Html } from "#views/html.ts"

/** A place where what somebody has just saved and what was typed here are not the same. */
export type Disagreement = Difference & {
  /** What it was when this page was opened. */
  readonly seen: unknown
  /** Who changed it since: only they, only this form, or both. */
  readonly by: "them" | "you" | "both"
}

/** The name of the choice at a place; its value is "mine" or "theirs". */
export function choiceName(path: string): string {
  return `$choice:${path}`
}

/**
 * Above a form that was not saved, because somebody else was faster: every place that differs, theirs and yours, to choose from. What only one of
 * the two has changed is chosen already; where both did, nothing is until the person says.
 */
export function conflictView(all: readonly Disagreement[], who: string | undefined): Html {
  return html`<div class="stack" role="alert" tabindex="-1" autofocus data-takes-focus>
    ${note(
      "warn",
      html`<b>${who ?? "Somebody"} changed this while you had it open.</b>
        <p>
          Nothing of yours is lost and nothing of theirs is overwritten. Choose for each, then save.
        </p>`,
    )}
    ${hidden("$choose", "yes")}
    <div class="card">${all.toSorted(undecidedFirst).map(choiceView)}</div>
  </div>`
}

const ranks = { both: 0, them: 1, you: 2 } as const

function undecidedFirst(a: Disagreement, b: Disagreement): number {
  return ranks[a.by] - ranks[b.by]
}

function choiceView({ path, before, after, seen, by }: Disagreement): Html {
  const name = choiceName(path)
  const option = (value: "mine" | "theirs", label: string, shown: unknown, isChosen: boolean) =>
    html`<label class="tick"
      ><input
        type="radio"
        name="${name}"
        value="${value}"
        ${isChosen && " checked"}
        required
      /><span>${label}: <b>${valueWords(shown)}</b></span></label
    >`
  return html`<fieldset class="pad-all stack tight rule-above">
    <legend class="vh">${placeWords(path)}</legend>
    <h3>${placeWords(path)}</h3>
    <p class="sub">It was: ${valueWords(seen)}</p>
    ${option("theirs", "Theirs", before, by === "them")}
    ${option("mine", "Yours", after, by === "you")}
  </fieldset>`
}
