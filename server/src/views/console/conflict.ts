import type { Conflict, Disagreement, Side } from "#core/conflict.ts"
import { valueWords } from "#views/console/event-words.ts"
import { note } from "#views/console/kit/card.ts"
import { hidden } from "#views/console/kit/form.ts"
import { html, type Html, none } from "#views/html.ts"

/** The name of the choice at a place; its value is "mine" or "theirs". */
export function choiceName(path: string): string {
  return `$choice:${path}`
}

/** The version that the choices are between: see `Answer`. */
export const theirsName = "$theirs"

/**
 * Within a form that was not saved, because somebody else was faster: every place that differs, theirs and yours, to choose from. What only one of
 * the two has changed is chosen already; where both did, nothing is until the person says.
 */
export function conflictView(
  { theirs, disagreements }: Conflict,
  who: string | undefined,
  placeWords: (path: string) => string,
): Html {
  return html`<div class="stack" role="alert" tabindex="-1" autofocus data-takes-focus>
    ${note(
      "warn",
      html`<b>${who ?? "Somebody"} changed this while you had it open.</b>
        <p>
          Nothing of yours is lost and nothing of theirs is overwritten. Choose for each, then save.
        </p>`,
    )}
    ${hidden(theirsName, theirs)}
    ${
      disagreements.length === 0
        ? none
        : html`<div class="card">
            ${disagreements
              .toSorted(undecidedFirst)
              .map((each) => choiceView(each, placeWords(each.path)))}
          </div>`
    }
  </div>`
}

const ranks = { both: 0, them: 1, you: 2 } as const

function undecidedFirst(a: Disagreement, b: Disagreement): number {
  return ranks[a.by] - ranks[b.by]
}

function choiceView({ path, before, after, seen, side }: Disagreement, place: string): Html {
  const name = choiceName(path)
  const option = (value: Side, label: string, shown: unknown) =>
    html`<label class="tick"
      ><input
        type="radio"
        name="${name}"
        value="${value}"
        ${value === side && " checked"}
        required
      /><span>${label}: <b>${valueWords(shown)}</b></span></label
    >`
  return html`<fieldset class="pad-all stack tight rule-above">
    <legend class="vh">${place}</legend>
    <h3>${place}</h3>
    <p class="sub">It was: ${valueWords(seen)}</p>
    ${option("theirs", "Theirs", before)} ${option("mine", "Yours", after)}
  </fieldset>`
}
