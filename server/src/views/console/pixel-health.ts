import { badge, card } from "#views/console/kit/card.ts"
import { counted, number } from "#views/console/kit/figures.ts"
import { segmented } from "#views/console/kit/nav.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { table } from "#views/console/kit/table.ts"
import { reportTabs } from "#views/console/report-tabs.ts"
import { html, type Html, type Part } from "#views/html.ts"
import { may } from "#core/role.ts"
import { linkButton } from "#views/console/kit/button.ts"
import { emptyState } from "#views/console/kit/card.ts"

/** What became of the conversions of one destination. */
export type Health = {
  readonly destination: string
  readonly orders: number
  readonly sent: number
  readonly confirmed: number
  readonly missingLibrary: number
  readonly noConsent: number
  readonly unanswered: number
}

const names: Readonly<Record<string, string>> = {
  meta: "Meta",
  ga4: "Google Analytics",
  "google-ads": "Google Ads",
  reddit: "Reddit",
}

const failedOf = (health: Health) => health.missingLibrary + health.unanswered

/** One line a destination, for a corner of a page. */
export function pixelTable(pixels: readonly Health[]): Html {
  return table({
    caption: "Conversions by destination",
    columns: [
      { label: "Destination" },
      { label: "Sent", kind: "num" },
      { label: "Confirmed", kind: "num" },
      { label: "Failed", kind: "lead" },
    ],
    rows: pixels.map((health) => [
      names[health.destination] ?? health.destination,
      number(health.sent),
      number(health.confirmed),
      failures(failedOf(health)),
    ]),
  })
}

function failures(count: number): Part {
  return count === 0 ? "0" : badge("bad", number(count))
}

export type PixelPage = {
  readonly visit: Surroundings
  readonly pixels: readonly Health[]
  readonly days: 1 | 7
}

/** Do the pixels hear of sales? And where one does not: why, and what to do. */
export function pixelPage({ visit, pixels, days }: PixelPage): Html {
  const path = `/console/${visit.account.slug}/reports/pixels`
  return consolePage({
    visit,
    title: "Do the pixels hear of sales?",
    active: "pixels",
    lead: "Every paid order is told once to each destination, by the page it was bought on, when the visitor agrees.",
    actions: segmented({
      label: "How far back",
      items: [
        { label: "24 hours", href: path, current: days === 1 },
        { label: "7 days", href: `${path}?days=7`, current: days === 7 },
      ],
    }),
    body: html`${reportTabs(visit, "pixels")}
    ${pixels.length === 0 ? noPixels(visit) : [all(pixels, days), ...advice(pixels)]}`,
  })
}

function noPixels(visit: Surroundings): Html {
  return card({
    label: "No pixels",
    body: emptyState({
      title: "No destination is set up",
      text: "Add the id of a Meta, Google or Reddit pixel, and paid orders are reported to it.",
      action:
        may(visit.actor, "edit-settings") &&
        linkButton({
          label: "Set up pixels",
          icon: "pixel",
          kind: "primary",
          href: `/console/${visit.account.slug}/settings/pixels`,
        }),
    }),
  })
}

function all(pixels: readonly Health[], days: 1 | 7): Html {
  return card({
    title: days === 1 ? "Last 24 hours" : "Last 7 days",
    body: table({
      caption: "Conversions by destination",
      columns: [
        { label: "Destination" },
        { label: "Orders", kind: "num" },
        { label: "Sent", kind: "num" },
        { label: "Confirmed", kind: "num" },
        { label: "No library", kind: "num" },
        { label: "No answer", kind: "num" },
        { label: "No consent", kind: "num" },
        { label: "State", kind: "lead" },
      ],
      rows: pixels.map((health) => [
        names[health.destination] ?? health.destination,
        number(health.orders),
        number(health.sent),
        number(health.confirmed),
        failures(health.missingLibrary),
        failures(health.unanswered),
        number(health.noConsent),
        stateOf(health),
      ]),
    }),
    foot: "Sent: handed to the page of the order. Confirmed: the vendor’s own function took it. Without consent nothing is sent, and that is no fault.",
  })
}

function stateOf(health: Health): Html {
  if (health.orders === 0) return badge("plain", "No orders")
  if (failedOf(health) === 0) return badge("ok", "Works")
  return health.confirmed > 0 ? badge("warn", "Loses some") : badge("bad", "Does not arrive")
}

/** What to do, where something is wrong. */
function advice(pixels: readonly Health[]): Html[] {
  return pixels.flatMap((health) => {
    const name = names[health.destination] ?? health.destination
    const lines = [
      health.missingLibrary > 0 &&
        `${counted(health.missingLibrary, "order was", "orders were")} paid on pages without the script of ${name}. Load it on the page with the widget, before or after the widget, whichever way your site loads scripts.`,
      health.unanswered > 0 &&
        `${counted(health.unanswered, "page was", "pages were")} closed before an answer came. They are told again when the buyer comes back.`,
    ].filter((line) => line !== false)
    if (lines.length === 0) return []
    return [card({ title: name, padded: true, body: lines.map((line) => html`<p>${line}</p>`) })]
  })
}
