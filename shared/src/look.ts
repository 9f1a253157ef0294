import { fonts, reading, scan, shade, shadows, space, type TextSize } from "./tokens.ts"

/** A size as a share of `--t`, which a page may set. */
const ofText = ([sizePx]: TextSize) => `calc(var(--t) * ${sizePx / reading.text.text[0]})`

const [control, panel] = reading.radiiPx

const steps = space.steps
  .map((step, at) => `--s${at + 1}: ${step === 1 ? "var(--u)" : `calc(var(--u) * ${step})`};`)
  .join("\n  ")

/**
 * The one look of the widget, the order page and the hosted page. `tokens` holds the public `--foyer-*` contract and what is derived from it and
 * from our tokens, `sheet` the shapes that fragments are made of. Sizes in px and em, queries on the container, the inline axis logical. What the
 * widget ships is the finished text.
 */
export const tokens = `
/* Tokens. The --foyer-* names are the public contract; everything else is derived, and private. */
:host {
  all: initial;
  color-scheme: light dark;

  /* colour roles: four public colours make all the neutral ones */
  --bg: var(--foyer-bg, ${shade("paper")});
  --ink: var(--foyer-ink, ${shade("ink")});
  --accent: var(--foyer-accent, var(--ink));
  --on-accent: var(--foyer-accent-ink, var(--bg));
  --surface: var(--foyer-surface, color-mix(in srgb, var(--ink) 5%, var(--bg)));
  --muted: color-mix(in srgb, var(--ink) var(--foyer-second, 72%), var(--bg));
  --edge: color-mix(in srgb, var(--ink) var(--foyer-second, 60%), var(--bg));
  --line: color-mix(in srgb, var(--ink) 15%, var(--bg));
  --tint: color-mix(in srgb, var(--accent) 7%, var(--bg));
  --mark: color-mix(in srgb, var(--accent) 60%, var(--ink));
  --good: ${shade("ok")};
  --warn: ${shade("warn")};
  --bad: ${shade("bad")};
  --focus: var(--foyer-focus, ${shade("accent")});

  /* space: multiples of 4 px, times density */
  --u: calc(${space.unitPx}px * var(--foyer-density, 1));
  ${steps}
  --gut: var(--foyer-gutter, var(--s4));
  --out: calc(var(--gut) * -1);
  --top: calc(var(--s4) + var(--foyer-top, 0px));

  /* radii: controls, then what holds them */
  --r: var(--foyer-radius, ${control}px);
  --r-l: calc(var(--r) * ${panel / control});

  /* type: five sizes from one base */
  --font: var(--foyer-font, ${fonts.sans});
  --head: var(--foyer-font-heading, var(--font));
  --head-w: var(--foyer-heading-weight, 700);
  --t: var(--foyer-size, ${reading.text.text[0]}px);
  --t-s: ${ofText(reading.text.small)};
  --t-m: ${ofText(reading.text.lead)};
  --t-l: ${ofText(reading.text.title)};
  --t-xl: ${ofText(reading.text.display)};

  /* depth and motion */
  --lift: 0 -1px 0 var(--line), ${shadows.upward};
  --ease: .16s cubic-bezier(.2, 0, 0, 1);
}
:host([theme="light"]) { color-scheme: light }
:host([theme="dark"]) { color-scheme: dark }
`

export const sheet = `
/* The widget. Needs tokens.css. Sizes in px and em, queries on the container, the inline axis logical for right-to-left. */
:host {
  display: block;
  container: foyer / inline-size;
  border-radius: var(--r-l);
  background: var(--bg);
  /* important: within a shadow root it outranks a theme's "* { font-size: ... !important }", which reaches the element itself */
  color: var(--ink) !important;
  font: var(--t)/1.45 var(--font) !important;
  overflow-wrap: anywhere;
}

/* The element itself may have become inline. */
#view { container: foyer / inline-size; border-radius: inherit; background: var(--bg) }
*, ::before, ::after { box-sizing: border-box }
h1, h2, h3, h4, h5, p, ul, ol, dl, dd, fieldset, legend { margin: 0; padding: 0; border: 0; list-style: none; min-width: 0 }
h1, h2, h3, h4, h5 { font: var(--head-w) var(--t)/1.3 var(--head); text-wrap: balance }
h1, h2 { font-size: var(--t-l); line-height: 1.15; letter-spacing: -.015em }
h3 { font-size: var(--t-m) }
.rows h3 { font-size: var(--t) }
h5 { font: inherit; font-weight: 600 }
[data-region]:empty { display: none }
[tabindex="-1"]:focus { outline: none }
small, .s, .tag, .facts, .sum, .hold, .msg, .steps, .copy, .code, .chip, .quiet, .link, summary u, .field > label, .field > b { font-size: var(--t-s) }
b, .btn, .back, .sandbox, .tag, .chip, .code, .qty output, .hold time, .steps [aria-current], .field > label { font-weight: 600 }
.muted, small, .hold, .facts, .steps { color: var(--muted) }
.money, time, output { font-variant-numeric: tabular-nums }
.money, time, .quiet, .chip, .tag { white-space: nowrap }
.sr { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }
.i { width: 1.25em; height: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round }
.art { display: block; width: 100%; height: 100%; object-fit: cover }

/* shapes shared by many */
.view, .main, .shelf, .stack, .form, .panel, .cards, .card, .picks, .pick, .rows > li, .sum, .steps, .field, .note, .acts, .copy, .tickets, .ticket, .hooray, .slot, .bar p { display: grid }
.line, .ends, .hold, .steps li, .msg, .btn, .bar, .check, .chips, .facts, .tag, .link, summary { display: flex; align-items: center; gap: var(--s2) }
.ends, .bar, summary { justify-content: space-between; gap: var(--s3) }
.panel, .form, .tickets, .slot, .show, .card { gap: var(--s4) }
.card, .pick, .ticket, .hooray { position: relative }
.btn, .pic, .pick, .qty, .in, .note, .card a::after { border-radius: var(--r) }
:host, .panel, .ticket, .hooray { border-radius: var(--r-l) }
.panel, .pic, .badge, .ticket { background: var(--surface) }
.card, .rows > li, .total { border-top: 1px solid var(--line) }
.quiet, .pick { box-shadow: inset 0 0 0 1px var(--edge) }
.chip, .qty { box-shadow: inset 0 0 0 1px var(--line) }
.badge, .qty button { display: grid; place-items: center }
.acts { grid: auto / 1fr 1fr }

/* layout */
.shelf { gap: var(--s5) }
.view { gap: var(--s5); padding: var(--gut) }
.view > *, .main > * { min-width: 0 }
.main, .stack { gap: var(--s3); align-content: start }
.main { gap: var(--s6) }
.top, .chips, .msg .link, .panel > .link, .panel > :has(> .link) { margin-block: calc(var(--s2) * -1) }
.panel { align-content: start; padding: var(--s4) }

/* actions */
a, .link { color: inherit; text-decoration: underline var(--edge); text-underline-offset: .2em }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0 }
.link, summary { min-height: 44px; text-align: start }
button, .pick, summary { cursor: pointer; touch-action: manipulation }
.btn, .steps { overflow-wrap: normal }
.back { text-decoration: none; min-width: 44px }
.back .i, .steps .i { margin-inline-start: -.3em }
.btn { justify-content: center; min-height: 50px; padding: var(--s2) var(--s5); background: var(--accent); color: var(--on-accent); text-align: center; text-decoration: none }
.quiet { background: none; color: inherit; min-height: 48px; padding-inline: var(--s3) }
.btn:hover { background: color-mix(in srgb, var(--accent) 88%, var(--bg)) }
.quiet:hover, .chip:hover, .pick:hover { background: var(--surface) }
.btn[aria-disabled] { background: var(--line); color: var(--muted); cursor: default }
.btn:active, .chip:active, .pick:active, :is(a, button)[aria-busy], .qty button:active { opacity: .75 }
:focus-visible, label:has(:focus-visible), .card:has(:focus-visible) { outline: ${reading.ringPx}px solid var(--focus); outline-offset: 2px }
[aria-disabled] { cursor: default }
.qty [aria-disabled], :disabled { color: var(--line); cursor: default }

/* browse */
.chips { overflow-x: auto; scrollbar-width: none; margin-inline: var(--out); padding: 6px var(--gut) }
.chip { min-height: 44px; padding-inline: var(--s4); border-radius: 99px }
.chip[aria-pressed="true"] { background: var(--accent); color: var(--on-accent); box-shadow: none }
.card { grid: auto / 96px 1fr; padding-block: var(--s4) }
.card:not(:has(> .pic)) { grid: auto / 1fr }
.pic { aspect-ratio: 1; overflow: hidden; align-self: start }
.card .txt { display: flex; flex-direction: column; gap: 2px }
.card a { text-decoration: none; outline: none }
.card a::after { content: ""; position: absolute; inset: 0 }
.card .ends { margin-top: auto; padding-top: var(--s2); flex-wrap: wrap; gap: 0 var(--s2) }
.card.out .pic { filter: grayscale(.7); opacity: .5 }
.tag { gap: .35em }
.warn { color: var(--warn) }
.good { color: var(--good) }
.bad { color: var(--bad) }
slot:not([name]) { display: block; padding: var(--gut) }
slot:not([name]) ~ #view { display: none }
.skel { border-radius: 4px; color: transparent }
.skel, [aria-busy] .pic { background: var(--line); opacity: .6 }

/* event */
.hero { aspect-ratio: 16/9 }
.facts { flex-wrap: wrap; gap: var(--s1) var(--s4) }
.picks { grid: auto / repeat(auto-fill, minmax(124px, 1fr)); gap: var(--s2) }
.pick { padding: var(--s3) }
.few { grid: auto / 1fr }
.rows > .group { grid: auto / minmax(0, 1fr); gap: var(--s3) }
.sub { padding-inline-start: var(--s4); border-inline-start: 2px solid var(--line) }
.amount { grid-column: 1 }
.amount + .qty { align-self: end }
.pick[aria-current], .pick:has(:checked) { background: var(--tint); box-shadow: inset 0 0 0 2px var(--mark) }
.pick { text-decoration: none; align-content: start }
.pick input { position: absolute; inset: 0; margin: 0; appearance: none; cursor: pointer; outline: none }
.pick[aria-current]::after, .pick:has(:checked)::after { content: "✓" / ""; position: absolute; top: -8px; inset-inline-end: -8px; width: 24px; height: 24px; border-radius: 50%; border: 2px solid var(--bg); background: var(--accent); color: var(--on-accent); font: 700 13px/20px var(--font); text-align: center }
.rows > li { grid: auto / 1fr auto; gap: var(--s1) var(--s3); align-items: center; padding-block: var(--s4) }
.rows > :first-child { padding-top: 0; border: 0 }
.rows > :last-child { padding-bottom: 0 }
.rows > li > .link, .rows > li > .money { justify-self: end }
.rows > li > .money { align-self: start }
.rows > .item { align-items: start; row-gap: var(--s2); grid: auto / 64px minmax(0, 1fr) auto }
.rows > .bare { grid: auto / 1fr auto }
.bare > .qty { grid-column: 1 }
.item > .pic { grid-row: span 2 }
.item > .qty { grid-column: 2; align-self: start }
.qty { display: inline-grid; grid: auto / 44px 2em 44px; align-items: center; justify-self: start; text-align: center; background: var(--bg) }
.qty button { height: 44px; border-radius: inherit }
.bar { position: sticky; bottom: 0; padding: var(--s3) max(var(--gut), var(--s4)) max(var(--s3), env(safe-area-inset-bottom)); margin: 0 var(--out) var(--out); background: var(--bg); box-shadow: var(--lift); border-radius: 0 0 var(--r-l) var(--r-l) }
.bar p { line-height: 1.25 }

/* cart */
.sum { grid: auto / 1fr auto; row-gap: var(--s2) }
.sum dd { text-align: end }
.sum .total { font-size: var(--t-m); font-weight: 700; padding-top: var(--s3); margin-top: var(--s1) }
.hold time { margin-inline-start: auto; color: var(--ink) }

/* forms */
.steps { grid: auto / repeat(3, 1fr); gap: var(--s1); flex: 1; max-width: 380px }
.steps li { gap: .25em; padding-top: 6px; border-top: 3px solid var(--line) }
.steps .done, .steps [aria-current] { border-color: var(--mark) }
.steps [aria-current] { color: var(--ink) }
.field { gap: 6px; align-content: start }
.in { font: inherit; color: inherit; width: 100%; min-height: 48px; padding: 0 var(--s3); border: 1px solid var(--edge); background: var(--bg) }
textarea.in { padding-block: var(--s3) }
.in[aria-invalid="true"] { border-color: var(--bad); box-shadow: inset 0 0 0 1px var(--bad) }
.msg { flex-wrap: wrap }
.msg.bad { flex-wrap: nowrap; align-items: start }
.promo > .msg { margin-top: 6px }
legend { margin-bottom: var(--s2); font-size: var(--t-s) }
.field .muted { font-weight: 400 }
.check { gap: var(--s3); min-height: 44px }
.check input { width: 22px; height: 22px; margin: 0; accent-color: var(--mark); flex: none }
.note { grid: auto / auto 1fr; gap: var(--s1) var(--s3); padding: var(--s4); --c: var(--ink); background: color-mix(in srgb, var(--c) 9%, var(--bg)) }
.note > .i { color: var(--c); grid-row: span 2; margin-top: .1em }
.note.note { color: inherit }
.note:not(:has(> .i)) > * { grid-column: 1 / -1; justify-self: start }
.note > span { font-size: var(--t-s) }
.view > [data-region$="-notice"], #trouble, #fault { position: sticky; top: var(--top); z-index: 2 }
#trouble, #fault, #blocked { margin: var(--s4) var(--gut) 0 }
.note.bad { --c: var(--bad) }
.note.warn { --c: var(--warn) }

/* payment */
.slot { min-height: 383px }
.fold { display: block; padding-block: 2px }
.fold .sum { padding-block: var(--s4) }

/* success */
.badge { width: 48px; height: 48px; border-radius: 50%; font-size: 20px }
.hooray { gap: var(--s2); overflow: hidden; padding: 112px var(--s5) var(--s5); background: var(--accent); color: var(--on-accent) }
.hooray :is(h1, h2) { font-size: var(--t-xl) }
.confetti { position: absolute; top: 0; inset-inline: 0; width: 100%; height: 96px }
.ticket { --stub: 136px; grid: auto / 1fr var(--stub); overflow: hidden }
.ticket > * { padding: var(--s4) }
.ticket > :last-child { display: grid; place-content: center; border-inline-start: 2px dashed var(--line); padding: var(--s3) }
.ticket::before, .ticket::after { content: ""; position: absolute; inset-inline-end: calc(var(--stub) - 11px); top: -10px; width: 20px; height: 20px; border-radius: 50%; background: var(--bg) }
.ticket::after { inset-block: auto -10px }
.qr { display: block; width: 104px; padding: 6px; border-radius: 6px; background: ${scan.ground} }
.code { text-align: center; letter-spacing: .04em; white-space: nowrap; padding-top: var(--s1) }
.acts, .copy { gap: var(--s2) }
.copy { grid: auto / 1fr auto }
.void .code { text-decoration: line-through }
.sandbox { justify-self: center; padding: var(--s1) var(--s3); border-radius: 99px; background: color-mix(in srgb, var(--warn) 14%, var(--bg)); color: var(--warn); font-size: var(--t-s) }
.region { min-width: 0 }
.region select { font: inherit; font-weight: 600; color: inherit; background: var(--bg); border: 1px solid var(--line); border-radius: var(--r); min-height: 44px; padding: 0 var(--s2); max-width: 100% }
.copy .btn { padding-inline: var(--s4) }

@container foyer (min-width: 520px) {
  .slim { max-width: 560px; margin-inline: auto }
  .cards { grid: auto / 1fr 1fr; gap: var(--s6) var(--s5) }
  .card { grid: auto 1fr / 1fr; gap: var(--s3); padding: 0; border: 0 }
  .card .pic { aspect-ratio: 4/3 }
  .two { grid: auto / 1fr 1fr }
  .few { grid: auto / repeat(3, 1fr) }
}
@container foyer (min-width: 760px) {
  .view { --gut: var(--foyer-gutter, var(--s6)); --out: calc(var(--gut) * -1); gap: var(--s6) }
  .cards { grid: auto / repeat(3, 1fr) }
  .chips { flex-wrap: wrap }
  .split { grid: auto / minmax(0, 1fr) 320px; column-gap: var(--s7) }
  .split > .top, .split > .full { grid-column: 1 / -1 }
  .split > .panel { position: sticky; top: var(--top); align-self: start; padding: var(--s5) }
  .hooray { padding: var(--s6); padding-inline-end: 45% }
  .confetti { inset-inline-start: auto; width: 45%; height: 100% }
  .ticket { --stub: 160px }
  .qr { width: 124px }
  .hero { aspect-ratio: 2 }
  .share { grid: auto / 1fr 1fr; align-items: center }
  .tickets { grid: auto / 1fr 1fr }
  .acts { grid: auto / repeat(4, 1fr) }
  .narrow { display: none }
}
@container foyer (max-width: 759.9px) {
  .wide { display: none }
}
@media (prefers-reduced-motion: no-preference) {
  .btn, .qty button, .pick, .in { transition: var(--ease); transition-property: background-color, box-shadow, opacity }
  .card .art { transition: scale .4s }
  .card:hover .art { scale: 1.03 }
}
@media (forced-colors: active) {
  .btn, .chip, .pick, .qty { border: 1px solid }
}
:dir(rtl) .flip { scale: -1 1 }
`
