import { reading, scan } from "@foyer/shared/tokens"
import { eventSheet } from "#views/console/kit/event-sheet.ts"
import { formSheet } from "#views/console/kit/form-sheet.ts"
import { consoleTokens } from "#views/console/kit/tokens.ts"

/** The whole look of the console, served by address: its pages allow no inline style. */
export const consoleSheet = `${consoleTokens}
/* Base */
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; background: var(--canvas); color: var(--ink); font: 400 var(--t-text) var(--sans); font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%; }
h1, h2, h3, p, ul, ol, dl, dd, figure, fieldset, pre { margin: 0; padding: 0; border: 0; min-width: 0; }
ul, ol { list-style: none; }
h1 { font: 650 var(--t-title) var(--sans); letter-spacing: -.02em; text-wrap: balance; }
h2 { font: 600 var(--t-lead) var(--sans); letter-spacing: -.005em; }
h3 { font: 600 var(--t-small) var(--sans); }
a { color: inherit; text-decoration: none; }
p a, .link { color: var(--accent); text-decoration: underline; text-underline-offset: 2px; text-decoration-color: var(--accent-mid); }
a:hover, summary:hover { color: var(--accent); }
b, strong { font-weight: 600; }
h2.mono { font: 600 var(--t-lead) var(--mono); }
code, .mono:not(h2) { font: var(--z-small)/20px var(--mono); }
:focus-visible { outline: var(--ring) solid var(--accent); outline-offset: 2px; border-radius: var(--r1); }
.i { width: 18px; height: 18px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
.sub { color: var(--ink-3); font-size: var(--z-small); line-height: var(--l-small); }
.num { text-align: end; white-space: nowrap; }
.nw { white-space: nowrap; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2); }
.row > .push { margin-inline-start: auto; }
.stack { display: grid; gap: var(--s4); align-content: start; min-width: 0; }
.cols { display: grid; gap: var(--s4); grid-template-columns: minmax(0, 1fr) 320px; align-items: start; }
.cols.even { grid-template-columns: repeat(2, minmax(0, 1fr)); }
.cols.level { align-items: stretch; }
.level > .card { display: flex; flex-direction: column; }
.level > .card > .foot { margin-top: auto; }

/* Shell */
.shell { display: grid; grid-template-columns: 232px minmax(0, 1fr); min-height: 100vh; min-height: 100dvh; }
.side { position: static; inset: auto; display: block; width: auto; height: auto; margin: 0; padding: 0; border: 0; overflow: visible; color: inherit; background: var(--side); border-inline-end: 1px solid var(--line); }
.side-in { position: sticky; top: 0; display: flex; flex-direction: column; gap: var(--s4); height: 100vh; height: 100dvh; padding: var(--s3); overflow-y: auto; }
.nav { display: grid; gap: 2px; }
.nav a { display: flex; align-items: center; gap: 10px; min-height: 34px; padding: 0 10px; border-radius: var(--r2); color: var(--ink-2); font-weight: 500; }
.nav a:hover { background: var(--line); color: var(--ink); }
.nav a[aria-current] { background: var(--surface); color: var(--ink); font-weight: 600; box-shadow: var(--shadow), 0 0 0 1px var(--line); }
.nav [aria-current] .i { color: var(--accent); }
.nav .count { margin-inline-start: auto; }
.nav hr { width: 100%; margin: var(--s2) 0; border: 0; border-top: 1px solid var(--line); }
.side .user { margin-top: auto; }
.topbar { display: none; }
.page { outline: 0; display: grid; gap: var(--s5); align-content: start; padding: 28px var(--s6) var(--s7); min-width: 0; max-width: 1180px; }
.page-head { display: flex; flex-wrap: wrap; align-items: end; gap: var(--s2) var(--s4); }
.page-head > div:first-child { flex: 1 1 260px; }
.crumb { display: flex; gap: 6px; margin-bottom: var(--s1); }
.mark { width: 32px; height: 32px; flex: none; display: grid; place-items: center; border-radius: var(--r2); background: var(--solid); color: var(--on-solid); font: 650 var(--z-micro)/1 var(--sans); }
.mark.round { border-radius: 50%; background: var(--accent-soft); color: var(--accent); }

/* Menus: account, user, row actions */
.menu { position: relative; }
.menu > summary { display: flex; align-items: center; gap: 10px; padding: 6px; border-radius: var(--r2); cursor: pointer; list-style: none; line-height: 17px; }
.menu > summary::-webkit-details-marker { display: none; }
.menu > summary:hover { background: var(--line); color: var(--ink); }
.menu > summary > :nth-child(2) { flex: 1; min-width: 0; }
.menu > summary > .i { color: var(--ink-3); width: 16px; }
.pop { position: absolute; z-index: 9; inset-inline: 0; min-width: 208px; margin-top: var(--s1); padding: 6px; border-radius: var(--r3); background: var(--raised); box-shadow: var(--lift); }
.pop.up { bottom: calc(100% + 4px); }
.pop :is(a, button) { width: 100%; border: 0; background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; display: flex; align-items: center; gap: 10px; min-height: 34px; padding: 0 10px; border-radius: var(--r1); }
.pop :is(a, button):hover { background: var(--sunken); color: var(--accent); }
.pop > p { padding: var(--s1) 10px var(--s2); }
.pop hr { margin: 6px 0; border: 0; border-top: 1px solid var(--line); }

/* Card */
.card { border: 1px solid var(--line); border-radius: var(--r3); background: var(--surface); box-shadow: var(--shadow); min-width: 0; }
.card-head { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2) var(--s3); padding: 14px var(--inset); }
.card-head > .push { margin-inline-start: auto; }
.card-head + :is(.list, .lines), .pad-top { border-top: 1px solid var(--line); }
.pad { padding: 0 var(--inset) var(--inset); }
.pad-all { padding: var(--inset); }
.foot { padding: var(--s3) var(--inset); border-top: 1px solid var(--line); color: var(--ink-3); font-size: var(--z-small); line-height: var(--l-small); }
.rule { padding-top: var(--s4); border-top: 1px solid var(--line); }

/* Figures */
.kpis { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); }
.kpis > div { display: grid; gap: 2px; align-content: start; padding: var(--s4) var(--inset) 14px; }
.kpis > div + div { border-inline-start: 1px solid var(--line); }
.kpis dt { color: var(--ink-2); font-size: var(--z-small); line-height: var(--l-small); }
.kpis dd:nth-of-type(1), .big { font: 600 var(--t-title) var(--sans); letter-spacing: -.02em; white-space: nowrap; }
.kpis dd:nth-of-type(2) { color: var(--ink-3); font-size: var(--z-small); line-height: var(--l-small); }
.big { font-size: var(--z-display); line-height: var(--l-display); letter-spacing: -.03em; }
.delta { font-weight: 600; font-size: var(--z-small); line-height: var(--l-small); white-space: nowrap; color: var(--ink-2); }
.delta.up { color: var(--ok); }
.delta.down { color: var(--bad); }
.delta svg { width: 10px; height: 10px; fill: currentColor; margin-inline-end: 2px; }

/* Buttons and badges */
.btn { display: inline-flex; align-items: center; justify-content: center; gap: 6px; min-height: 34px; padding: 0 var(--s3); border: 1px solid var(--edge); border-radius: var(--r2); background: var(--surface); color: var(--ink); font: 500 var(--t-text) var(--sans); white-space: nowrap; cursor: pointer; }
.btn .i { width: 16px; height: 16px; }
.btn:hover { background: var(--sunken); color: var(--ink); }
.btn:active { translate: 0 1px; }
.btn.primary { border-color: var(--solid); background: var(--solid); color: var(--on-solid); font-weight: 600; }
.btn.primary:hover { opacity: .88; }
.btn.danger { color: var(--bad); border-color: currentColor; }
.btn.quiet { border-color: transparent; background: none; color: var(--ink-2); }
.btn.quiet:hover { background: var(--sunken); color: var(--ink); }
.btn.square { width: 34px; padding: 0; }
.btn:disabled { border-color: var(--line); background: var(--sunken); color: var(--ink-3); cursor: not-allowed; }
.badge, .count { display: inline-flex; align-items: center; gap: 6px; padding: 0 var(--s2); border-radius: 99px; background: var(--sunken); color: var(--ink-2); font: 500 var(--z-micro)/20px var(--sans); white-space: nowrap; }
.badge { vertical-align: middle; }
.badge::before { content: ""; width: 6px; height: 6px; border-radius: 50%; background: currentColor; }
.badge.ok { background: var(--ok-soft); color: var(--ok); }
.badge.warn, .count.warn { background: var(--warn-soft); color: var(--warn); }
.badge.bad { background: var(--bad-soft); color: var(--bad); }
.badge.info { background: var(--accent-soft); color: var(--accent); }
.count { padding: 0 7px; }

/* Choices in a row: .seg picks one of a few, .tabs changes what is below */
.seg { display: inline-flex; padding: 2px; border-radius: var(--r2); background: var(--sunken); box-shadow: inset 0 0 0 1px var(--line); }
.seg a { display: grid; place-items: center; min-height: 30px; padding: 0 var(--s3); border-radius: var(--r1); color: var(--ink-2); font-weight: 500; white-space: nowrap; }
.seg a[aria-current] { background: var(--raised); color: var(--ink); font-weight: 600; box-shadow: 0 0 0 1px var(--edge); }
.tabs { display: flex; gap: var(--inset); overflow-x: auto; scrollbar-width: none; border-bottom: 1px solid var(--line); }
.card > .tabs { padding: 0 var(--inset); }
.tabs a { padding: 10px 0; border-bottom: 2px solid transparent; color: var(--ink-2); font-weight: 500; white-space: nowrap; }
.tabs a[aria-current] { scroll-initial-target: nearest; border-color: var(--accent); color: var(--ink); font-weight: 600; }
.tabs .money { margin-inline-start: 6px; color: var(--ink-3); font-weight: 400; }

/* Forms */
.field { display: grid; gap: 5px; align-content: start; min-width: 0; }
.field label, .field legend { padding: 0; font: 500 var(--t-small) var(--sans); }
.hint { color: var(--ink-3); font-size: var(--z-small); line-height: var(--l-small); }
.input { width: 100%; min-height: 36px; padding: 7px 10px; border: 1px solid var(--edge); border-radius: var(--r2); background: var(--surface); color: var(--ink); font: 400 var(--t-text) var(--sans); font-variant-numeric: inherit; }
select.input { padding-inline-end: 6px; }
.input:focus { outline: var(--ring) solid var(--accent); outline-offset: 0; border-color: var(--accent); }
.input.num { text-align: end; }
.field.error .input { border-color: var(--bad); box-shadow: 0 0 0 1px var(--bad); }
.hint.wrong { display: flex; gap: 6px; color: var(--bad); font-weight: 500; }
.hint.wrong .i { width: 16px; height: 18px; }
.form { display: grid; gap: var(--s4); grid-template-columns: repeat(2, minmax(0, 1fr)); }
.form > .wide { grid-column: 1 / -1; }
.search { position: relative; flex: 1 1 240px; }
.search .i { position: absolute; inset: 9px auto auto 10px; color: var(--ink-3); }
.search .input { padding-inline-start: 36px; }
.auto { width: auto; }
.tick { display: flex; gap: 10px; min-height: 24px; }
.tick input { width: 18px; height: 18px; margin: 1px 0 0; accent-color: var(--accent); }
.copy { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2); padding: var(--s1) var(--s1) var(--s1) var(--s3); border-radius: var(--r2); background: var(--sunken); min-width: 0; }
.copy .btn { margin-inline-start: auto; }
.copy code, .copy .text { flex: 1 1 200px; min-width: 0; overflow-wrap: anywhere; line-height: 18px; padding: 6px 0; }
.savebar { position: sticky; bottom: var(--s4); z-index: 5; display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2); padding: 10px 10px 10px var(--inset); border-radius: var(--r3); background: var(--raised); box-shadow: var(--lift); }
.savebar > :first-child { flex: 1 1 180px; }

/* Tables; below 720 px each row becomes a card */
table { width: 100%; border-collapse: collapse; }
caption { text-align: start; }
th { color: var(--ink-3); font: 500 var(--t-small) var(--sans); text-align: start; white-space: nowrap; }
th.num { text-align: end; }
td, th { padding: 10px var(--s2); vertical-align: middle; }
thead th { padding-block: var(--s2); border-bottom: 1px solid var(--line); }
tbody tr + tr > *, tfoot tr > * { border-top: 1px solid var(--line); }
tbody th { color: var(--ink); font: 500 var(--t-text) var(--sans); white-space: normal; }
tbody tr:hover > * { background: var(--sunken); }
tfoot tr > * { color: var(--ink); font-weight: 600; font-size: var(--z-text); }
:is(td, th):first-child { padding-inline-start: var(--inset); }
:is(td, th):last-child { padding-inline-end: var(--inset); }
.tbl { overflow-x: auto; border-top: 1px solid var(--line); }
.tbl:has(.menu[open]) { overflow: visible; }
.tbl thead th { background: var(--sunken); }
.who { display: flex; align-items: center; gap: var(--s3); min-width: 0; }
.who > :last-child { min-width: 0; }
.thumb { width: 40px; height: 40px; flex: none; display: grid; place-items: center; overflow: hidden; border-radius: var(--r2); background: var(--sunken); color: var(--ink-3); }
.thumb img { width: 100%; height: 100%; object-fit: cover; }
.neg { color: var(--ink-2); }
.sorted { color: var(--ink); }

/* Meter: a bar drawn with SVG widths in percent */
.meter { display: block; width: 100%; height: 6px; border-radius: 3px; background: var(--line); overflow: hidden; }
.meter rect { height: 6px; fill: var(--accent); }
.meter .held { fill: var(--accent-mid); }
.meter .full { fill: var(--ok); }
.meter-row { display: grid; gap: 6px; min-width: 100px; max-width: 200px; }
.pad .meter-row { max-width: none; }
.input.name { min-width: 112px; }
td > .input.num { width: 76px; margin-inline-start: auto; }
td > select.input { min-width: 100px; }

/* Charts */
.legend { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s4); color: var(--ink-2); font-size: var(--z-small); line-height: var(--l-small); }
.legend span { display: inline-flex; align-items: center; gap: var(--s2); }
.key { width: 18px; height: 10px; overflow: visible; }
.chart { display: grid; grid-template-columns: auto minmax(0, 1fr); column-gap: 10px; padding: var(--s3) var(--inset) 34px; }
.yaxis { display: flex; flex-direction: column; justify-content: space-between; margin-block: -9px; color: var(--ink-3); font-size: var(--z-micro); line-height: var(--l-micro); text-align: end; }
.yaxis > :only-child { margin-top: auto; }
.plot { position: relative; height: 240px; }
.plot.low { height: 168px; }
.plot > svg { display: block; width: 100%; height: 100%; overflow: visible; }
.grid { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
.base { stroke: var(--edge); stroke-width: 1; vector-effect: non-scaling-stroke; }
.now { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; vector-effect: non-scaling-stroke; }
.now.part { stroke-dasharray: 1 5; }
.now.dot { stroke-width: 9; }
.ring { fill: none; stroke: var(--surface); stroke-width: 13; stroke-linecap: round; vector-effect: non-scaling-stroke; }
.before { fill: none; stroke: var(--ink-3); stroke-width: 1.5; stroke-dasharray: 4 4; vector-effect: non-scaling-stroke; }
.area { fill: var(--accent); opacity: .08; }
.bar { fill: var(--accent); }
.bar.part { fill: var(--accent-mid); }
.ghost { fill: var(--line); }
:is(.key, .plot > svg) > .ghost { fill: var(--sunken); stroke: var(--edge); }
:is(.key, .plot > svg) > .bar.part { stroke: var(--accent); }
.hits { position: absolute; inset: 0; display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); }
.hits > * { position: relative; }
.hits > :hover { background: linear-gradient(var(--edge), var(--edge)) center / 1px 100% no-repeat; }
.hits .x { position: absolute; top: calc(100% + 8px); left: 50%; translate: -50%; color: var(--ink-3); font-size: var(--z-micro); line-height: var(--l-micro); white-space: nowrap; }
.hits .flag { position: absolute; top: 100%; left: 50%; translate: -50% -50%; width: 18px; height: 18px; display: grid; place-items: center; border-radius: 50%; background: var(--solid); color: var(--on-solid); font: 600 var(--z-micro)/1 var(--sans); box-shadow: 0 0 0 2px var(--surface); }
.tip { display: none; position: absolute; z-index: 3; top: 0; inset-inline-end: calc(50% + 10px); gap: 2px 14px; grid-template-columns: auto auto; padding: var(--s2) var(--s3); border-radius: var(--r2); background: var(--raised); box-shadow: var(--lift); color: var(--ink-2); font-size: var(--z-small); line-height: var(--l-small); white-space: nowrap; pointer-events: none; }
.tip > :first-child { grid-column: 1 / -1; color: var(--ink); }
.hits > .from-start .tip { inset-inline: calc(50% + 10px) auto; }
.hits > :hover .tip { display: grid; }
.rank { display: grid; gap: 14px; }
.rank li { display: grid; grid-template-columns: minmax(0, 1fr) auto 44px; gap: 5px var(--s3); align-items: baseline; }
.rank svg { grid-column: 1 / -1; display: block; width: 100%; height: 8px; overflow: visible; }
.rank .ghost { fill: var(--sunken); }
.rank .was { fill: var(--ink); }
.spark { display: block; width: 64px; height: 26px; }
.spark .ghost { fill: var(--sunken); }
.was { fill: var(--ink); }
.mini { display: flex; gap: var(--s5); }
.mini dt { color: var(--ink-3); font-size: var(--z-small); line-height: var(--l-small); }
.mini dd { font-weight: 600; }

/* Lists, facts, timelines */
.list > li { display: flex; align-items: center; gap: var(--s3); padding: 10px var(--inset); }
.list > li + li { border-top: 1px solid var(--line); }
.list > li > .grow { flex: 1; min-width: 0; }
.list > li > .i { color: var(--ink-3); width: 16px; }
.list > .fresh { background: var(--accent-soft); }
.dot { width: 32px; height: 32px; flex: none; display: grid; place-items: center; border-radius: 50%; background: var(--sunken); color: var(--ink-2); }
.dot.ok { background: var(--ok-soft); color: var(--ok); }
.dot.warn { background: var(--warn-soft); color: var(--warn); }
.dot.bad { background: var(--bad-soft); color: var(--bad); }
.facts { display: grid; gap: var(--s2); }
.facts > div { display: flex; justify-content: space-between; gap: var(--s4); }
.facts dt { flex: none; max-width: 60%; color: var(--ink-2); }
.facts dd { text-align: end; overflow-wrap: anywhere; }
.facts .sum { padding-top: 10px; border-top: 1px solid var(--line); font-weight: 600; }
.facts .sum dt { color: inherit; }
.time li { position: relative; display: grid; grid-template-columns: 18px minmax(0, 1fr) auto; gap: 0 var(--s3); padding-bottom: var(--s4); }
.time li:last-child { padding-bottom: 0; }
.time li::before { content: ""; width: 10px; height: 10px; margin: 5px var(--s1); border-radius: 50%; background: var(--edge); }
.time li:not(:last-child)::after { content: ""; position: absolute; inset: 19px auto -1px 8px; width: 2px; background: var(--line); }
.time .ok::before { background: var(--ok); }
.time .bad::before { background: var(--bad); }
.note { display: flex; gap: var(--s3); padding: var(--s3) var(--s4); border-radius: var(--r2); background: var(--sunken); }
.note.bad { background: var(--bad-soft); }
.note.warn { background: var(--warn-soft); }
.note.ok { background: var(--ok-soft); }
.note.bad > .i { color: var(--bad); } .note.warn > .i { color: var(--warn); } .note.ok > .i { color: var(--ok); }
.qr { width: 160px; height: 160px; flex: none; padding: 14px; border-radius: var(--r2); border: 1px solid var(--line); background: ${scan.ground}; color: ${scan.mark}; }
.code { overflow-x: auto; padding: var(--s4) var(--inset); border-radius: var(--r2); background: var(--code); color: var(--on-code); font: var(--z-small)/20px var(--mono); tab-size: 2; }
.code i { font-style: normal; color: var(--code-value); } .code em { font-style: normal; color: var(--code-name); }
.frame { display: grid; overflow: hidden; border: 1px solid var(--line); border-radius: var(--r2); }
.frame-bar { display: flex; align-items: center; gap: var(--s2); padding: var(--s2) var(--s3); border-bottom: 1px solid var(--line); background: var(--sunken); color: var(--ink-3); font-size: var(--z-small); }
.frame-in { display: grid; gap: var(--s3); padding: var(--inset); }
.sk { border-radius: var(--r1); background: var(--sunken); min-height: 12px; }
.empty { display: grid; justify-items: center; gap: var(--s3); padding: 64px var(--s5) 72px; text-align: center; }
.empty p { text-wrap: balance; max-width: 44ch; color: var(--ink-2); }
.empty .row { justify-content: center; }
.empty .hall { fill: var(--sunken); }
.empty > svg { width: 160px; height: 96px; }
.list.top > li { align-items: flex-start; } .list.top > li > .dot { margin-top: 1px; } .list.top pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.steps > li { display: grid; grid-template-columns: 28px minmax(0, 1fr) auto; gap: var(--s1) 14px; align-items: center; padding: 14px var(--inset); }
.steps > li + li { border-top: 1px solid var(--line); }
.steps .n { display: grid; place-items: center; width: 28px; height: 28px; border-radius: 50%; box-shadow: inset 0 0 0 1.5px var(--edge); color: var(--ink-2); font: 600 var(--z-small)/1 var(--sans); }
.steps .done .n { background: var(--ok); color: var(--surface); box-shadow: none; }
.steps .done h3 { color: var(--ink-2); font-weight: 500; }
.steps .current { align-items: start; background: var(--accent-soft); }
.steps .current .n { background: var(--accent); color: var(--surface); box-shadow: none; }
.eq { display: flex; flex-wrap: wrap; align-items: end; gap: var(--s3) var(--s5); padding: var(--inset); }
.eq .push { margin-inline-start: auto; text-align: end; }
.eq .op { color: var(--ink-3); font: 400 var(--t-title) var(--sans); }
.eq .fig { font: 600 var(--t-title) var(--sans); letter-spacing: -.02em; white-space: nowrap; }
.drill summary { display: grid; grid-template-columns: 16px minmax(0, 1fr) auto auto; gap: var(--s3); align-items: center; padding: var(--s3) var(--inset); cursor: pointer; list-style: none; }
.drill summary::-webkit-details-marker { display: none; }
.drill summary > .i { width: 16px; color: var(--ink-3); }
.drill[open] > summary > .i { rotate: 90deg; }
.drill + .drill, .drill > .tbl { border-top: 1px solid var(--line); }
.drill > .tbl { background: var(--sunken); }
.drill > .tbl :is(td, th):first-child { padding-inline-start: var(--s7); }
.bare summary { padding: 0; }
.bare[open] summary { margin-bottom: var(--s2); }
.drill .amt { min-width: 104px; text-align: end; font-weight: 600; white-space: nowrap; }
.net { display: flex; align-items: baseline; justify-content: space-between; padding: var(--s4) var(--inset); border-top: 2px solid var(--ink); font-weight: 600; }

.dense :is(td, th) { padding-inline: 6px; }
.dense :is(td, th):first-child { padding-inline-start: var(--inset); }
.dense :is(td, th):last-child { padding-inline-end: var(--inset); }
.dense td { font-size: var(--z-small); padding-block: var(--s2); }
.builder { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--s5); }
.setup { margin-top: var(--s2); flex-wrap: nowrap; }

/* Page furniture */
.skip:not(:focus) { clip-path: inset(50%); }
.skip { position: fixed; z-index: 20; top: 8px; left: 8px; padding: var(--s2) 14px; border-radius: var(--r2); background: var(--solid); color: var(--on-solid); }
.cut { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.grow { flex: 1; min-width: 0; }
.tight { gap: var(--s2); }
.row.keep { flex-wrap: nowrap; }
.row.keep > span { min-width: 0; }
.row.days { display: none; }
form:has(select[name="range"] > option[value="custom"]:checked) .days { display: flex; }
.row.end { justify-content: flex-end; }
.nav a { min-width: 0; }
.side-in > .menu > summary { width: 100%; }
.menu.dots > summary { display: inline-grid; place-items: center; width: 34px; padding: 0; }
.menu.dots > summary > .i { color: inherit; width: 16px; stroke-width: 2.6; }
.menu.dots { display: inline-block; text-align: start; }
.pop.end { inset-inline: auto 0; width: max-content; max-width: min(320px, 80vw); }
.note ul { display: grid; gap: 2px; margin-top: 2px; }
.note .i { margin-top: 1px; }
.note:focus { outline: var(--ring) solid var(--bad); outline-offset: 2px; }
.note.info > .i { color: var(--ink-2); }
.plain { display: grid; gap: var(--s5); align-content: start; width: min(100% - 32px, 420px); margin: 0 auto; padding: 72px 0 var(--s7); }
.plain.broad { width: min(100% - 32px, 720px); }
.plain h1 { margin-bottom: 2px; }
.plain .btn.primary { min-height: 40px; }
.house { display: flex; align-items: center; gap: 10px; font-size: var(--z-lead); }
.affix { display: flex; align-items: stretch; border: 1px solid var(--edge); border-radius: var(--r2); background: var(--surface); overflow: hidden; }
.affix > span { display: grid; place-items: center; padding: 0 10px; background: var(--sunken); color: var(--ink-2); font-size: var(--z-small); white-space: nowrap; }
.affix > .input { flex: 1; min-width: 0; border: 0; border-radius: 0; }
.affix:focus-within { outline: var(--ring) solid var(--accent); border-color: var(--accent); }
.affix > .input:focus { outline: 0; }
.field.error .affix { border-color: var(--bad); box-shadow: 0 0 0 1px var(--bad); }
.field.error .affix > .input { box-shadow: none; }
fieldset.field { gap: var(--s2); }
fieldset.field legend { margin-bottom: 5px; }
textarea.input { resize: vertical; min-height: 84px; }
.input[type="color"] { padding: 3px; width: 56px; }
.input[type="file"] { padding: 5px 10px; }
.input[type="file"]::file-selector-button { margin-inline-end: 10px; border: 0; border-radius: var(--r1); padding: var(--s1) 10px; background: var(--sunken); color: var(--ink); font: 500 var(--t-small) var(--sans); }
.input::placeholder { color: var(--ink-3); opacity: 1; }
.input:disabled { background: var(--sunken); color: var(--ink-3); }
.savebar b:not(:empty) + .sub { display: block; }
.savebar.idle { position: static; box-shadow: none; background: none; padding-inline: 0; }
.tbl tr.fresh > *, .list > .fresh { animation: fresh 6s ease-out; }
@keyframes fresh { from { background: var(--accent-soft); } }
tr:has(:target), :target > summary { background: var(--accent-soft); }
:target { scroll-margin-top: 72px; }
dialog { width: min(100% - 32px, 520px); padding: 0; border: 0; border-radius: var(--r3); background: var(--raised); color: var(--ink); box-shadow: var(--lift); }
dialog::backdrop { background: var(--veil); }
.toast { position: fixed; z-index: 30; inset: 16px 0 auto; width: fit-content; margin-inline: auto; display: flex; gap: 10px; align-items: center; max-width: min(420px, 100vw - 32px); padding: var(--s3) var(--s4); border-radius: var(--r3); background: var(--solid); color: var(--on-solid); box-shadow: var(--lift); animation: leave .3s 8s forwards; }
.toast:hover { animation-play-state: paused; }
.toast .i { flex: none; }
@keyframes leave { to { opacity: 0; visibility: hidden; } }
.code { margin: 0; }
${formSheet}${eventSheet}.foot p + p { margin-top: var(--s1); }
.money, .amount { white-space: nowrap; }
.pad.below-tabs { padding-top: var(--s4); }
.measure { max-width: 640px; }
.plain-title { font-weight: 400; }
.card > :is(.list, .steps):last-child > li:last-child { border-radius: 0 0 11px 11px; }
.break { overflow-wrap: anywhere; }
.filters > .row { flex: 1 1 100%; }
.span { display: flex; align-items: center; gap: 6px; }
.span .input { width: 140px; }
.ticks { display: grid; gap: var(--s3); }
.ticks > li { display: flex; gap: 10px; }
.ticks .i { color: var(--ink-3); margin-top: 1px; }
.swatches { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: var(--s3); }

/* Narrow */
@media (max-width: 960px) {
  .shell { grid-template: auto 1fr / minmax(0, 1fr); }
  .topbar { position: sticky; top: 0; z-index: 6; display: flex; align-items: center; gap: 10px; padding: var(--s2) var(--s3) var(--s2) var(--s4); border-bottom: 1px solid var(--line); background: var(--surface); }
  .topbar b { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .side:not(:popover-open) { display: none; }
  .side { position: fixed; inset: 0 auto 0 0; width: 280px; height: 100%; }
  .side::backdrop { background: var(--veil); }
  .side-in { height: 100%; }
  .cols, .cols.even { grid-template-columns: minmax(0, 1fr); }
  .kpis { grid-auto-flow: row; grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .kpis > div:nth-child(n) { border: 0; border-bottom: 1px solid var(--line); }
  .kpis > div:nth-child(even) { border-inline-start: 1px solid var(--line); }
  .kpis > div:last-child { border-bottom: 0; }
  .kpis > div:last-child:nth-child(odd) { grid-column: 1 / -1; }
}
@media (max-width: 720px) {
  .page { padding: var(--inset) var(--s4) var(--s6); gap: var(--s4); }
  .btn, .nav a, .pop :is(a, button), .seg a { min-height: 44px; }
  .btn.square { width: 44px; }
  .input { min-height: 44px; font-size: ${reading.text.text[0]}px; }
  .search .i { top: 13px; }
  .form, .builder { grid-template-columns: minmax(0, 1fr); }
  .card-head, .foot, .list > li, .steps > li, .drill:not(.bare) > summary, .net, .card > .tabs { padding-inline: var(--s4); }
  .pad { padding: 0 var(--s4) var(--s4); } .pad-all, .eq { padding: var(--s4); }
  form.row > .btn { flex-grow: 1; }
  .seg { display: flex; } .seg a { flex: 1; }
  .chart { padding-inline: var(--s4); }
  .plot { height: 200px; }
  .hits .alt { display: none; }
  .chart .tip { inset-inline: auto; left: 50%; translate: -50%; }
  .page-head > .row { width: 100%; } .page-head > .row > .btn:not(.square) { flex: 1; }
  .eq .push { margin-inline-start: auto; text-align: end; }
.eq .op { display: none; } .eq > div { width: 100%; display: flex; justify-content: space-between; align-items: baseline; } .eq .push { margin: 0; text-align: start; }
  .steps > li { grid-template-columns: 28px minmax(0, 1fr); } .steps > li > :nth-child(3) { grid-column: 2; justify-self: start; }
  .tbl { border: 0; overflow: visible; }
  .tbl table, .tbl tbody, .tbl tfoot, .tbl tr, .tbl caption { display: block; }
  .tbl thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .tbl tr { display: grid; grid: auto-flow dense / repeat(3, minmax(0, 1fr)); gap: 10px var(--s3); padding: 14px var(--s4); border-top: 1px solid var(--line); }
  .tbl tr > :is(td, th):is(*, .num) { padding: 0; border: 0; text-align: start; }
  .tbl tr > :is(th, .wide) { grid-column: 1 / -1; }
  .tbl td[data-l]::before { content: attr(data-l); display: block; color: var(--ink-3); font-size: var(--z-micro); line-height: var(--l-micro); font-weight: 400; white-space: normal; }
  .tbl td:has(.meter, select, .sub), .tbl .two { grid-column: span 2; }
  .tbl td:is(.lead, .acts) { grid-area: 1 / 3; justify-self: end; }
  .tbl td.lead.num { text-align: end; }
  .tbl tr:has(.lead, .acts) > th { grid-column: 1 / 3; align-self: center; }
  td > .input.num { margin: 0; text-align: start; }
  .row > .auto, .card-head > .auto { flex: 1 1 40%; }
  .row > .seg { width: 100%; }
  .legend.push.push { margin: 0; }
  .savebar { padding: var(--s3); } .savebar > :first-child { flex-basis: 100%; } .savebar .btn { flex: 1; }
  .meter-row { min-width: 0; }
  .row > .push:has(> .mini) { width: 100%; }
  .mini { width: 100%; justify-content: space-between; }
  .tbl td:empty { display: none; }
  .tbl td .badge { white-space: normal; border-radius: var(--r3); }
  .drill > .tbl tr > :is(td, th):first-child { padding: 0; } .drill .sub.opt { display: none; } .drill summary { grid-template-columns: 16px minmax(0, 1fr) auto; }
}
@media (prefers-reduced-motion: no-preference) { .btn, .nav a, .drill summary > .i { transition: .12s; } }
@media (max-width: 720px) { .span { flex: 1 1 100%; flex-wrap: wrap; gap: var(--s3); } .span > .sub { display: none; } .span > .field { flex: 1 1 40%; } .span .input { width: 100%; min-width: 0; padding-inline: var(--s2); } .filters > .search { flex: 1 1 0; } .filters > .row > .auto { flex: 1 1 40%; width: 40%; min-width: 0; } .span .vh { position: static; width: auto; height: auto; clip-path: none; } .toast { top: 64px; } .plain { padding-top: 40px; } .menu.dots > summary { width: 44px; } .tbl .acts .pop { min-width: 0; } }
@media print { .side, .topbar, .page-head .btn, .savebar, .toast { display: none; } .shell { display: block; } .card { break-inside: avoid; box-shadow: none; } }
`
