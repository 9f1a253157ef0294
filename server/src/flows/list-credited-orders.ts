import { startOfDay, groupOf, type ReportQuery, reportQuery, dayOf } from "#core/report.ts"
import {
  type DimensionValue,
  promoValue,
  type StoredDimension,
  touchValues,
} from "#core/report-dimensions.ts"
import { creditedTouches, evenPart } from "#core/report-fold.ts"
import { storedOf } from "#core/report.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import type { ReportDeps } from "#flows/read-report.ts"
import { listSoldBack, type OrderPlace, type SoldBack, type SoldOrder } from "#store/rollups.ts"

/** Which row of a report to open; all of them when absent. */
export type RowWish = Partial<DimensionValue>

export type CreditedOrder = Pick<
  SoldOrder,
  "id" | "number" | "placedAt" | "totalMinor" | "refundedMinor" | "isReturned" | "promoCode"
> & {
  readonly tickets: number
  /** What the row is credited with of the order's total. */
  readonly creditedMinor: number
  /** Where the buyer came from, the earliest first: "newsletter / email, november". */
  readonly path: readonly string[]
}

export type CreditedOrders = {
  readonly outcome: "orders"
  readonly query: ReportQuery
  readonly currency: string
  readonly orders: readonly CreditedOrder[]
  /** Where the next page goes on; absent at the end. */
  readonly next?: OrderPlace
}

const ordersPerPage = 50
const readAtOnce = 1000
/** A page that finds few looks no further than this; the next one goes on from there. */
const mostReadPerPage = 3000

type Asked = Readonly<Record<string, string | undefined>>

/** The orders behind a row of the report, the newest first: numbers, amounts and touches. Names and addresses are not even read. */
export async function listCreditedOrders(
  deps: ReportDeps,
  actor: Actor,
  timeZone: string,
  asked: Asked,
  row: RowWish,
  after?: OrderPlace,
): Promise<CreditedOrders | Forbidden> {
  if (!may(actor, "see-reports")) return forbidden("see-reports")
  const { query, currency } = asking(deps, timeZone, asked)
  const orders: CreditedOrder[] = []
  let [place, read] = [after, 0]
  for (;;) {
    const page = await listSoldBack(
      deps.reports.db,
      wishOf(actor, timeZone, query, currency, row, place),
      readAtOnce,
    )
    for (const [index, order] of page.entries()) {
      const credited = creditOf(order, query, row)
      if (credited) orders.push(credited)
      const isMore = index < page.length - 1 || page.length === readAtOnce
      if (orders.length === ordersPerPage && isMore)
        return { outcome: "orders", query, currency, orders, next: placeOf(order) }
    }
    const last = page.at(-1)
    if (!last || page.length < readAtOnce) return { outcome: "orders", query, currency, orders }
    place = placeOf(last)
    read += page.length
    if (read >= mostReadPerPage) return { outcome: "orders", query, currency, orders, next: place }
  }
}

/** All of them, a bounded number at a time: a file of a million rows needs no more memory than one of a thousand. */
export async function streamCreditedOrders(
  deps: ReportDeps,
  actor: Actor,
  timeZone: string,
  asked: Asked,
  row: RowWish,
): Promise<
  | {
      readonly outcome: "orders"
      readonly query: ReportQuery
      readonly currency: string
      readonly pages: AsyncIterable<readonly CreditedOrder[]>
    }
  | Forbidden
> {
  if (!may(actor, "see-reports")) return forbidden("see-reports")
  const { query, currency } = asking(deps, timeZone, asked)
  async function* pages() {
    let place: OrderPlace | undefined
    for (;;) {
      const page = await listSoldBack(
        deps.reports.db,
        wishOf(actor, timeZone, query, currency, row, place),
        readAtOnce,
      )
      yield page.flatMap((order) => creditOf(order, query, row) ?? [])
      const last = page.at(-1)
      if (!last || page.length < readAtOnce) return
      place = placeOf(last)
    }
  }
  return { outcome: "orders", query, currency, pages: pages() }
}

function asking(deps: ReportDeps, timeZone: string, asked: Asked) {
  const query = reportQuery(asked, dayOf(deps.now().toISOString(), timeZone))
  return { query, currency: query.currency ?? "" }
}

function wishOf(
  { accountId }: Actor,
  timeZone: string,
  { days, event, dimension }: ReportQuery,
  currency: string,
  { value }: RowWish,
  after: OrderPlace | undefined,
): SoldBack {
  const field = sieveFields.find((each) => each === storedOf(dimension) && each === dimension)
  return {
    accountId,
    from: startOfDay(days.from, timeZone),
    to: startOfDay(days.to, timeZone, 1),
    currency,
    ...(event && { event }),
    ...(field && value && { sieve: { field, value } }),
    ...(after && { after }),
  }
}

const sieveFields = [
  "campaign",
  "content",
  "term",
  "ref",
  "promo",
] as const satisfies readonly StoredDimension[]

const placeOf = ({ placedAt, id }: SoldOrder): OrderPlace => ({ placedAt, id })

/** Undefined for an order that the row has no part in. */
function creditOf(order: SoldOrder, query: ReportQuery, row: RowWish): CreditedOrder | undefined {
  const touches = creditedTouches(query.model, order.touches)
  const whole = query.event
    ? order.events.find(({ event }) => event === query.event)
    : { totalMinor: order.totalMinor, tickets: ticketsOf(order) }
  if (!whole) return undefined
  const shares = touches.map((touch, index) => ({
    isOurs: fits(valueOf(order, query, touchValues(touch)), row),
    minor: evenPart(whole.totalMinor, index, touches.length),
  }))
  const ours = shares.filter(({ isOurs }) => isOurs)
  if (ours.length === 0) return undefined
  const { id, number, placedAt, totalMinor, refundedMinor, isReturned, promoCode } = order
  return {
    id,
    number,
    placedAt,
    totalMinor,
    refundedMinor,
    isReturned,
    ...(promoCode && { promoCode }),
    tickets: whole.tickets,
    creditedMinor: ours.reduce((sum, { minor }) => sum + minor, 0),
    path: pathOf(order),
  }
}

function valueOf(
  order: SoldOrder,
  { dimension }: ReportQuery,
  values: ReturnType<typeof touchValues>,
): DimensionValue {
  const stored = storedOf(dimension)
  return groupOf(dimension, stored === "promo" ? promoValue(order.promoCode) : values[stored])
}

function fits(found: DimensionValue, row: RowWish): boolean {
  return (["value", "source", "medium"] as const).every(
    (part) => row[part] === undefined || row[part] === found[part],
  )
}

function ticketsOf({ events }: SoldOrder): number {
  return events.reduce((sum, { tickets }) => sum + tickets, 0)
}

function pathOf({ touches }: SoldOrder): string[] {
  return creditedTouches("linear", touches).map((touch) => {
    const { value, source, medium } = touchValues(touch).campaign
    return `${source} / ${medium}${value === "" ? "" : `, ${value}`}`
  })
}
