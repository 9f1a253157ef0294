import { html, type Html, type Part } from "#views/html.ts"
import { icon } from "#views/console/kit/icons.ts"

/** A text to take along: shown whole, so it can be copied by hand where there is no script. `what` names it: "link". */
export function copyField(text: string, what = "text"): Html {
  return html`<div class="copy">
    <code>${text}</code>
    <button class="btn" type="button" data-copy="${text}" aria-label="Copy the ${what}">
      ${icon("copy")}<span data-copied="Copied">Copy</span>
    </button>
  </div>`
}

/** Lines of code with a button that copies them. `shown` may colour them; it must say the same. */
export function codeBlock(
  text: string,
  { label = "Snippet", shown }: { readonly label?: string; readonly shown?: Part } = {},
): Html {
  return html`<div class="stack tight">
    <pre
      class="code"
      tabindex="0"
      role="region"
      aria-label="${label}"
    ><code>${shown ?? text}</code></pre>
    <div class="row">
      <button class="btn primary" type="button" data-copy="${text}">
        ${icon("copy")}<span data-copied="Copied">Copy</span>
      </button>
    </div>
  </div>`
}
