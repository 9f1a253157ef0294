import { sheet, tokens } from "@foyer/shared/look"
import { scan } from "@foyer/shared/tokens"

/** The widget's sheet on a page of its own: what the shadow host is there, the root element is here. */
const look = `${tokens}${sheet}`
  .replaceAll(/:host\(\[theme="(\w+)"\]\)/g, ':root[data-theme="$1"]')
  .replaceAll(":host", ":root")

const page = `
body { display: block; margin: 0; min-height: 100vh }
.page { max-width: 960px; margin: 0 auto; padding: var(--s5) var(--s4) var(--s7) }
.page > .view { padding-inline: 0 }
foyer-checkout { --foyer-gutter: 0px }
.brand { font: var(--head-w) var(--t-m)/1.3 var(--head); text-decoration: none }
.panel h2, .note h1 { font-size: var(--t-m) }
.qr { fill: ${scan.mark} }
@media print {
  :root:root { color-scheme: light; --bg: ${scan.ground}; --ink: ${scan.mark}; --surface: ${scan.ground} }
  .page, .page > .view { padding: 0 }
  .acts, .confetti, .sandbox, .ticket::before, .ticket::after { display: none }
  .hooray { background: none; color: inherit; padding: 0 }
  .ticket, .panel { break-inside: avoid; border: 1px solid var(--line) }
}
`

/** Everything the order page and its kin need, for a style sheet served by address: their policy allows no other. */
export const pageStyles = `${look}${page}`
