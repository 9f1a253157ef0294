import type { FaultCode } from "@foyer/shared/protocol"
import { html } from "#views/html.ts"
import { note } from "#views/notice.ts"
import { layout, type Rendered } from "#views/rendered.ts"
import { wordsFor } from "#views/words/index.ts"

/** Faults that a shopper or the page's owner can be told something about. */
export type Trouble = Exclude<FaultCode, "bad-request" | "op-reused">

/** The view of a widget that cannot show what it is for. */
export function troubleFrame(trouble: Trouble, locale: string): Rendered {
  const said = wordsFor(locale).trouble[trouble]
  return {
    regions: [layout(html`<div class="view slim">${note("trouble", said, "")}</div>`)],
    alert: `${said.title}. ${said.next}`,
  }
}
