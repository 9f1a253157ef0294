import { button, linkButton } from "#views/console/kit/button.ts"
import {
  badge,
  card,
  count,
  delta,
  drill,
  emptyState,
  kpis,
  list,
  meter,
  miniFigures,
  note,
  steps,
  timeline,
} from "#views/console/kit/card.ts"
import {
  barChart,
  type ChartPoint,
  funnelBars,
  lineChart,
  rankBars,
  rankLegend,
  spark,
} from "#views/console/kit/charts.ts"
import { codeBlock, copyField } from "#views/console/kit/copy.ts"
import { dialog } from "#views/console/kit/dialog.ts"
import { axisMoney, money, number } from "#views/console/kit/figures.ts"
import {
  check,
  choice,
  errorSummary,
  field,
  moneyField,
  saveBar,
  searchField,
  select,
  textArea,
  ticks,
} from "#views/console/kit/form.ts"
import { menu, segmented, tabs } from "#views/console/kit/nav.ts"
import { consolePage, sectionTitle, type Surroundings } from "#views/console/kit/shell.ts"
import { factList, pager, table, who } from "#views/console/kit/table.ts"
import { html, type Html, url } from "#views/html.ts"

/** Every part of the console once: to look at, and for the tests that look at it. */
export function partsPage(): Html {
  return consolePage({
    visit: someone,
    title: "Parts",
    active: "reports",
    crumbs: [{ label: "Console", href: "/console" }, { label: "Parts" }],
    lead: "Everything our pages are made of, with made-up figures.",
    actions: html`${linkButton({ label: "Export", href: "#export", icon: "download" })}
    ${button({ label: "New event", kind: "primary", icon: "plus", type: "button" })}`,
    body: html`${figures()} ${charts()} ${tables()} ${forms()} ${small()} ${empty()} ${shoppers()}
    ${ask()}`,
  })
}

const someone: Surroundings = {
  actor: { role: "owner" },
  person: { name: "Dana Kessler", email: "dana@example.com" },
  account: { slug: "laughing-stock", name: "Laughing Stock" },
  accounts: [
    { slug: "laughing-stock", name: "Laughing Stock" },
    { slug: "riverside", name: "Riverside Players" },
  ],
  notice: "Saved. 42 open pages show it now.",
}

const usd = (minor: number) => money(minor, "usd")
const usdAxis = (minor: number) => axisMoney(minor, "usd")

function figures(): Html {
  const compared = (now: number, before: number, was: string) =>
    html`${delta(now, before)} from ${was}`
  return card({
    label: "Figures",
    body: html`${tabs({
      label: "Currency",
      items: [
        { label: "USD", href: "#usd", current: true, note: "$101,696.75" },
        { label: "CAD", href: "#cad", note: "CA$8,412.50" },
        { label: "GBP", href: "#gbp", note: "£1,960.00" },
      ],
    })}
    ${kpis([
      { label: "Revenue", value: usd(10_169_675), note: compared(118, 100, "$86,214.30") },
      { label: "Orders", value: "2,037", note: compared(100, 114.6, "2,334") },
      { label: "Tickets", value: "4,602", note: compared(100, 100, "4,602") },
      { label: "Average order", value: usd(4992), note: compared(103, 100, "$48.49") },
      {
        label: "Conversion",
        value: "4.85%",
        note: html`${delta(4.85, 4.45, (points) => `${points.toFixed(2)} pt`)} from 4.45%`,
      },
    ])}`,
  })
}

/** Hours of a day until 15:24. */
const hours: readonly ChartPoint[] = [
  [11_200, 8_400],
  [16_800, 14_000],
  [42_650, 31_200],
  [50_200, 26_800],
  [31_800, 18_800],
  [9_600, 24_400],
  [undefined, 19_600],
  [undefined, 33_000],
  [undefined, 51_200],
  [undefined, 64_800],
  [undefined, 41_000],
  [undefined, 23_600],
  [undefined, 12_000],
  [undefined, 6_000],
].map(([now, before], index) => ({
  label: `${index + 10}:00 to ${index + 10}:59`,
  tick: String(index + 10),
  now,
  before,
  part: index === 5,
  href: "#orders",
}))

const days: readonly ChartPoint[] = Array.from({ length: 30 }, (_, index) => ({
  label: `Day ${index + 1}`,
  now: 200_000 + ((index * 7919) % 13) * 41_000,
  before: 180_000 + ((index * 104_729) % 11) * 38_000,
  beforeLabel: `Day ${index - 29}`,
  part: index === 29,
}))

function charts(): Html {
  const hourly = card({
    title: "Sales today",
    actions: html`<a class="link" href="#reports">Open in Reports</a>`,
    body: html`<div class="pad row">
        <span class="big">$1,622.50</span
        ><span
          >${delta(148.6, 100)}<br /><span class="sub"
            >from $1,092.00 last Friday by 15:24</span
          ></span
        ><span class="push"
          >${miniFigures([
            { label: "Orders", value: "28" },
            { label: "Tickets", value: "71" },
            { label: "Average order", value: "$57.95" },
          ])}</span
        >
      </div>
      ${barChart({
        id: "hours",
        title: "Sales by the hour in US dollars",
        finding: "Sales rise to $502.00 at 13:00.",
        points: hours,
        value: usd,
        axis: usdAxis,
        names: { now: "Today", before: "Friday 13 November", part: "This hour, so far" },
        column: "Hour",
        low: true,
      })}`,
  })
  const daily = card({
    title: "Revenue by day",
    body: lineChart({
      id: "days",
      title: "Revenue by day in US dollars",
      finding: "The last day is not over.",
      points: days,
      value: usd,
      axis: usdAxis,
      names: { now: "These 30 days", before: "30 days before" },
      column: "Day",
      flags: [
        { at: 6, text: "Newsletter sent, day 7" },
        { at: 20, text: "Gala on sale, day 21" },
      ],
    }),
  })
  return html`${sectionTitle("Charts")} ${hourly} ${daily}
    <div class="cols even level">${ranks()} ${funnel()}</div>`
}

function ranks(): Html {
  const bar = (label: string, value: number, before: number, share: string) => ({
    label,
    value,
    before,
    share,
    text: usd(value),
    href: "#rows",
  })
  return card({
    title: "By source and medium",
    actions: rankLegend("22 Sep to 21 Oct"),
    padded: true,
    body: rankBars([
      bar("newsletter / email", 3_601_000, 3_100_000, "35%"),
      bar("instagram / paid_social", 2_375_050, 1_472_000, "23%"),
      bar("google / cpc", 1_289_400, 1_250_000, "13%"),
      bar("a-campaign-with-a-name-that-nobody-shortened / affiliate", 246_400, 490_000, "2%"),
    ]),
    foot: "Choose a bar to see its campaigns and orders.",
  })
}

function funnel(): Html {
  const step = (label: string, value: number, before: number) => ({
    label,
    value,
    before,
    text: number(value),
  })
  return card({
    title: "From visit to order",
    padded: true,
    body: funnelBars([
      step("Visited", 41_965, 39_950),
      step("Added a ticket", 5235, 4784),
      step("Began checkout", 3289, 2980),
      step("Paid", 2037, 1763),
    ]),
    foot: "Each share is of the step above.",
  })
}

function tables(): Html {
  const show = (
    title: string,
    text: string,
    value: number,
    of: number,
    held: number,
    sales: number,
  ) => [
    who({ title, text, href: "#event" }),
    badge(value === of ? "info" : "ok", value === of ? "Sold out" : "On sale"),
    meter({ value, of, held }),
    number(held),
    usd(sales),
    menu({ label: `Actions for ${title}`, items: rowActions }),
  ]
  const campaign = (name: string, from: string, shares: readonly number[], refunds: number) => [
    html`<a href="#rows">${name}</a><br /><span class="sub">${from}</span>`,
    spark({ shares, most: 0.27, says: `${shares.length} steps` }),
    "4,210",
    usd(3_146_200),
    html`<span class="neg">${refunds === 0 ? "—" : usd(refunds)}</span>`,
    html`<b>${usd(3_095_000)}</b>`,
  ]
  return html`${card({
    title: "Next shows",
    body: html`${table({
      caption: "Next shows",
      columns: [
        { label: "Show" },
        { label: "Status" },
        { label: "Sold", kind: "two" },
        { label: "Held now", kind: "num" },
        { label: "Sales", kind: "num" },
        { label: "Actions", kind: "actions", hidden: true },
      ],
      rows: [
        show("Friday Night Stand-up", "Tonight 20:00, Main room", 118, 120, 2, 330_400),
        show("New Year’s Eve Gala", "Thu 31 Dec, 21:00", 400, 400, 0, 2_992_000),
        show("Open Mic Wednesday", "Wed 25 Nov 19:00, Cellar", 22, 60, 0, 26_400),
      ],
    })}
    ${pager({ text: "3 of 312 shows", earlier: { href: "#e", label: "Earlier" }, later: { href: "#l", label: "Later" } })}`,
  })}
  ${card({
    title: "Breakdown",
    actions: linkButton({
      label: "CSV of this table",
      href: "#csv",
      kind: "quiet",
      icon: "download",
    }),
    body: html`${tabs({
      label: "Break down by",
      items: [
        "Campaign",
        "Source and medium",
        "Content",
        "Term",
        "Referrer",
        "Landing page",
        "Promo code",
      ].map((label, index) => ({ label, href: "#rows", current: index === 0 })),
    })}
    ${table({
      caption: "Campaigns, last touch, US dollars",
      dense: true,
      columns: [
        { label: "Campaign" },
        { label: "Funnel" },
        { label: "Visits", kind: "num" },
        { label: "Sold", kind: "num" },
        { label: "Refunds", kind: "num" },
        { label: "Revenue", kind: "lead", sorted: "descending", href: "#sort" },
      ],
      rows: [
        campaign("november-lineup", "newsletter / email", [0.26, 0.19, 0.14], -51_200),
        campaign("nye-gala-reels", "instagram / paid_social", [0.11, 0.06, 0.03], 0),
      ],
      foot: ["All campaigns", "", "8,420", usd(6_292_400), usd(-51_200), usd(6_190_000)],
    })}`,
  })}`
}

const rowActions = [
  { label: "Duplicate", href: "#duplicate", icon: "copy" },
  { label: "Pause sales", action: "#pause", icon: "pause" },
  "line",
  { label: "Delete", action: "#delete", icon: "trash" },
] as const

function forms(): Html {
  return html`${sectionTitle("Forms", "Errors stand at their field; the summary takes the focus.")}
    ${errorSummary([{ field: "sale-end", message: "Sales end after the show begins." }])}
    <form method="post" class="stack" data-guard>
      <div class="cols even">
        ${card({
          title: "Sales window",
          body: html`<div class="form pad">
            ${field({ name: "sale-begin", label: "Sales begin", value: "2 Nov 2026, 10:00" })}
            ${field({ name: "sale-end", label: "Sales end", value: "20 Nov 2026, 21:30", error: "The show begins at 20:00. Choose 20:00 or earlier." })}
            ${moneyField({ name: "price", label: "Price", value: "28.00", currency: "usd" })}
            ${field({ name: "hold", label: "Hold tickets for", value: "15", suffix: "minutes", inputmode: "numeric", hint: "From the moment a ticket enters a cart." })}
            ${textArea({ name: "words", label: "Description", value: "An evening of new jokes.", wide: true })}
            ${field({ name: "picture", label: "Picture", type: "file", wide: true, hint: "JPEG, PNG or WebP, up to 10 MB." })}
          </div>`,
        })}
        ${card({
          title: "Choices",
          padded: true,
          body: html`${select({
              name: "pays",
              label: "Who pays the fee",
              value: "shopper",
              options: [
                { value: "shopper", label: "The shopper" },
                { value: "organizer", label: "You" },
              ],
            })}
            ${check({ name: "absorb", label: "Absorb the fee", checked: true, hint: "Guests see one round price." })}
            ${choice({
              name: "model",
              label: "Credit goes to",
              value: "last",
              options: [
                { value: "first", label: "The first touch", hint: "What made them curious." },
                { value: "last", label: "The last touch" },
              ],
            })}
            ${ticks({
              name: "events",
              label: "Events",
              hint: "Tick none for all of them.",
              options: [
                { value: "stand-up", label: "Friday Night Stand-up" },
                { value: "gala", label: "New Year’s Eve Gala" },
              ],
              chosen: ["gala"],
            })}
            <div class="row">
              ${searchField({ name: "q", label: "Search orders", placeholder: "Name, e-mail or order" })}
              ${segmented({
                label: "Width",
                items: [
                  { label: "Phone", href: "#phone", current: true },
                  { label: "Wide", href: "#wide" },
                ],
              })}
            </div>
            ${copyField("https://laughingstock.example/tickets?promo=LATE10", "one-click link")}`,
        })}
      </div>
      ${saveBar({ note: "42 open pages will show it when you save.", discard: "#discard" })}
    </form>`
}

function small(): Html {
  return html`<div class="cols even">
    ${card({
      title: "Buttons, badges, messages",
      padded: true,
      body: html`<div class="row">
          ${button({ label: "Save changes", kind: "primary", type: "button" })}
          ${linkButton({ label: "Preview", href: "#preview", icon: "external" })}
          ${button({ label: "Discard", kind: "quiet", type: "button" })}
          ${button({ label: "Cancel order…", kind: "danger", icon: "refund", opens: "ask" })}
          ${button({ label: "Later", disabled: true, type: "button" })}
          ${button({ label: "Copy", icon: "copy", square: true, type: "button" })}
        </div>
        <div class="row">
          ${badge("ok", "Paid")} ${badge("warn", "Processing")} ${badge("bad", "Disputed")}
          ${badge("info", "Sold out")} ${badge("plain", "Draft")} ${count(14, "waiting", "warn")}
        </div>
        ${note("ok", html`<b>Saved.</b> 42 open pages show it now.`)}
        ${note("warn", html`<b>Payment sandbox.</b> No card is charged.`)}
        ${note("bad", html`<p><b>Not saved: the connection was lost.</b> Your changes are still here. <a href="#again">Try again</a></p>`)}
        ${note("info", "Times are in New York.")}
        ${codeBlock('<foyer-checkout widget="laughing-stock/main"></foyer-checkout>')}`,
    })}
    <div class="stack">
      ${card({
        title: "Needs attention",
        actions: count(2, "things", "warn"),
        body: list([
          {
            icon: "card",
            tone: "bad",
            title: "3 payments wait for a person",
            text: "The provider did not answer. Look at each.",
            href: "#a",
          },
          {
            icon: "alert",
            tone: "warn",
            title: "Meta refused 4 conversions",
            text: "The access token ran out at 11:02.",
            href: "#b",
          },
          {
            icon: "ticket",
            title: "2 Friday Night Stand-up",
            text: "Ana R., now",
            end: html`<b class="nw">$79.04</b>`,
            fresh: true,
          },
        ]),
      })}
      ${card({
        title: "Guest",
        padded: true,
        body: html`${factList([
          { label: "Name", value: "Ana Ribeiro" },
          { label: "E-mail", value: "ana.maria.ribeiro.de.carvalho@a-long-domain.example" },
          { label: "Total", value: "$79.04", sum: true },
        ])}
        ${timeline([
          { what: "Paid", more: "Visa ending 4242", when: "15:24", tone: "ok" },
          { what: "Payment declined", more: "Not enough funds", when: "15:22", tone: "bad" },
          { what: "Cart opened", more: "From google / cpc", when: "15:11" },
        ])}
        ${drill({ title: "My site sends a Content-Security-Policy", bare: true, body: copyField("script-src https://tickets.example.com", "policy") })}`,
      })}
      ${card({
        title: "Set up Laughing Stock",
        body: steps([
          {
            title: "Name and currency",
            text: "Laughing Stock, US dollars",
            state: "done",
            action: html`<a class="link" href="#change">Change</a>`,
          },
          {
            title: "Allow your site",
            text: "Only sites on the list can show your tickets.",
            state: "current",
          },
          {
            title: "Paste the snippet",
            text: "Two lines, anywhere on the page.",
            state: "to-come",
          },
        ]),
      })}
    </div>
  </div>`
}

function empty(): Html {
  return card({
    label: "Nothing yet",
    body: emptyState({
      title: "Nobody is waiting",
      text: "When a showtime sells out, guests can leave their e-mail here. Seats that come back are offered to them in order.",
      action: linkButton({
        label: "See showtimes",
        href: "#events",
        kind: "primary",
        icon: "events",
      }),
    }),
  })
}

/** Each in a frame of its own, since it wears another sheet. */
function shoppers(): Html {
  const framed = (title: string, path: string) =>
    card({
      title,
      actions: html`<a class="link" href="${url(path)}">Open alone</a>`,
      body: html`<iframe class="preview tall" src="${url(path)}" title="${title}"></iframe>`,
    })
  return html`${sectionTitle("What shoppers get", "The same colours and distances, at sizes for reading; the organizer’s brand comes on top.")}
    <div class="cols even">
      ${framed("Parts of their pages", "/console/parts/shopper")}
      ${framed("Parts of their mail", "/console/parts/mail")}
    </div>`
}

function ask(): Html {
  return dialog({
    id: "ask",
    title: "Cancel this order?",
    body: html`<p>
      Its tickets stop working, the seats go back on sale and $79.04 goes back to Ana.
    </p>`,
    actions: html`<form method="dialog">${button({ label: "Keep it", kind: "quiet" })}</form>
      ${button({ label: "Cancel the order", kind: "danger", type: "button" })}`,
  })
}
