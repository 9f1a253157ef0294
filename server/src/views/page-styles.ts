import { sheet, tokens } from "@foyer/shared/look"
import { scan } from "@foyer/shared/tokens"

/** The widget's sheet on a page of its own: what the shadow host is there, the root element is here. */
const look = `${tokens}${sheet}`
  .replaceAll(/:host\(\[theme="(\w+)"\]\)/g, ':root[data-theme="$1"]')
  .replaceAll(":host", ":root")

const page = `
body { display: block; margin: 0; min-height: 100vh }
.page { max-width: 960px; margin: 0 auto; padding: var(--s5) var(--s4) var(--s7) }
.page > .view, foyer-checkout > .view { padding-inline: 0 }
foyer-checkout { display: block; --foyer-gutter: 0px }
.owner { display: flex; align-items: center; gap: var(--s3); min-width: 0; font: var(--head-w) var(--t-m)/1.3 var(--head); letter-spacing: normal; text-decoration: none }
.mark { display: grid; place-items: center; flex: none; width: 36px; height: 36px; border-radius: var(--r); background: var(--accent); color: var(--on-accent); font: 700 var(--t-s)/1 var(--font) }
header > .owner + * { flex: none }
.mark:empty { display: none }
.panel h2, .note :is(h1, h2) { font-size: var(--t-m) }
.message { align-content: center; justify-items: center; gap: var(--s3); min-height: 60vh; text-align: center }
.message p { max-width: 44ch; text-wrap: balance }
.message .btn { margin-top: var(--s3) }
.foot { padding-top: var(--s4); border-top: 1px solid var(--line) }
.rows time { white-space: normal }
@media (min-width: 520px) {
  .page p > .btn { display: inline-flex }
  .page > .view > .panel { padding: var(--s5) }
}
.qr { fill: ${scan.mark} }
@media print {
  :root:root { color-scheme: light; --bg: ${scan.ground}; --ink: ${scan.mark}; --surface: ${scan.ground} }
  .page, .page > .view { padding: 0 }
  .acts, .confetti, .sandbox, .mark, .ticket::before, .ticket::after { display: none }
  .hooray { background: none; color: inherit; padding: 0 }
  .ticket, .panel { break-inside: avoid; border: 1px solid var(--line) }
}
`

/** Everything the order page and its kin need, for a style sheet served by address: their policy allows no other. */
export const pageStyles = `${look}${page}`
