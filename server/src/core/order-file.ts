import { csvLine } from "#core/csv.ts"
import { toDecimal } from "#core/money.ts"
import { localOf } from "#core/schedule.ts"

type OrderInFile = {
  readonly number: string
  /** ISO 8601. */
  readonly placedAt: string
  readonly totalMinor: number
  readonly refundedMinor: number
  readonly creditedMinor: number
  readonly tickets: number
  readonly promoCode?: string
  readonly path: readonly string[]
}

/** The first line of a file of credited orders. */
export const orderFileHead: string = csvLine([
  "Order",
  "Placed",
  "Tickets",
  "Currency",
  "Total",
  "Refunded",
  "Credited",
  "Code",
  "Came by",
])

/** One order as a line; its time as the account's clock showed it. */
export function orderFileLine(order: OrderInFile, currency: string, timeZone: string): string {
  const { placedAt, totalMinor, refundedMinor, creditedMinor, path } = order
  return csvLine([
    order.number,
    localOf(placedAt, timeZone).replace("T", " "),
    order.tickets,
    currency.toUpperCase(),
    toDecimal(totalMinor, currency),
    toDecimal(refundedMinor, currency),
    toDecimal(creditedMinor, currency),
    order.promoCode ?? "",
    path.join(" > "),
  ])
}
