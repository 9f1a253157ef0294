import { type CsvCell, csvLine, csvMark } from "#core/csv.ts"
import { toDecimal } from "#core/money.ts"
import type { Measures } from "#core/report-fold.ts"
import {
  conversionPpm,
  type Dimension,
  keptPpm,
  type Report,
  type ReportQuery,
  type ReportRow,
  revenueMinor,
} from "#core/report.ts"

/** What the columns of a breakdown are called, on the page and in the file. */
export const dimensionNames: Readonly<Record<Dimension, string>> = {
  campaign: "Campaign",
  "source-medium": "Source and medium",
  source: "Source",
  medium: "Medium",
  content: "Content",
  term: "Term",
  click: "Click id",
  referrer: "Referrer",
  landing: "Landing page",
  promo: "Promo code",
  ref: "Affiliate",
}

/** What stands where a link said nothing. */
export const emptyNames: Readonly<Record<Dimension, string>> = {
  campaign: "(no campaign)",
  "source-medium": "(no source)",
  source: "(no source)",
  medium: "(no medium)",
  content: "(no content)",
  term: "(no term)",
  click: "(no click id)",
  referrer: "(no referrer)",
  landing: "(no landing page)",
  promo: "(no code)",
  ref: "(no affiliate)",
}

export function nameOf(dimension: Dimension, { value }: Pick<ReportRow, "value">): string {
  return value === "" ? emptyNames[dimension] : value
}

/** Exactly the table on the page as a file: the same rows in the same order, the same columns, and the sums. */
export function breakdownFile(query: ReportQuery, report: Report): string {
  const { dimension } = query
  const isCampaign = dimension === "campaign"
  const heads = [
    dimensionNames[dimension],
    ...(isCampaign ? ["Source", "Medium"] : []),
    ...figureHeads,
  ]
  const lines = report.rows.map((row) => [
    nameOf(dimension, row),
    ...(isCampaign ? [row.source, row.medium] : []),
    ...figures(row.now, report.currency),
  ])
  const sums = ["Total", ...(isCampaign ? ["", ""] : []), ...figures(report.now, report.currency)]
  return [csvMark, ...[heads, ...lines, sums].map((cells) => csvLine(cells))].join("")
}

/** A name for it: `attribution-campaign-2026-10-22-2026-11-20-usd.csv`. */
export function breakdownFileName({ dimension, days }: ReportQuery, currency: string): string {
  return `attribution-${dimension}-${days.from}-${days.to}-${currency || "none"}.csv`
}

const figureHeads = [
  "Visits",
  "Added",
  "Began",
  "Orders",
  "Tickets",
  "Conversion %",
  "Currency",
  "Sold",
  "Refunds",
  "Revenue",
]

function figures(measures: Measures, currency: string): CsvCell[] {
  const rate = conversionPpm(measures)
  const money = (minor: number) => (currency === "" ? "0" : toDecimal(minor, currency))
  return [
    measures.visits,
    countText(measures.addedPpm),
    countText(measures.beganPpm),
    countText(keptPpm(measures)),
    countText(measures.ticketsPpm),
    rate === undefined ? null : (rate / 10_000).toFixed(2),
    currency.toUpperCase(),
    money(measures.soldMinor),
    money(-measures.refundedMinor),
    money(revenueMinor(measures)),
  ]
}

/** A count in millionths as a decimal number: whole ones as such, parts with two decimals. */
export function countText(ppm: number): string {
  return ppm % 1_000_000 === 0 ? String(ppm / 1_000_000) : (ppm / 1_000_000).toFixed(2)
}
