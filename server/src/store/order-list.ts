import type { Touch } from "@foyer/shared/protocol"
import { type SQL, sql } from "drizzle-orm"
import { lastTouch } from "#core/attribution.ts"
import type { OrderState } from "#core/order.ts"
import { firstIdAt, type OrderKind, statesOfKind } from "#core/order-search.ts"
import { directTouch, touchValues } from "#core/report-dimensions.ts"
import type { Db } from "#store/db.ts"
import { orders, tickets } from "#store/schema.ts"

export type OrderFilter = {
  /** Lower case; each must be part of the name or the address. */
  readonly words: readonly string[]
  readonly kind: OrderKind
  readonly eventSlug?: string | undefined
  /** ISO 8601, begun at or after. */
  readonly from?: string | undefined
  /** ISO 8601, begun before. */
  readonly until?: string | undefined
}

export type OrderPage = {
  readonly limit: number
  /** Only orders older than this one. */
  readonly before?: string | undefined
  /** Only orders newer than this one, the nearest ones. */
  readonly after?: string | undefined
}

/** An order as a line of a list. Amounts in minor units, instants ISO 8601. */
export type ListedOrder = {
  readonly id: string
  readonly number: string
  readonly state: OrderState
  readonly createdAt: string
  readonly placedAt?: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly phone?: string
  readonly currency: string
  readonly subtotalMinor: number
  readonly discountMinor: number
  readonly feeMinor: number
  readonly taxMinor: number
  readonly shippingMinor: number
  readonly totalMinor: number
  readonly refundedMinor: number
  readonly promoCode?: string
  readonly eventTitles: readonly string[]
  readonly tickets: number
  readonly extras: number
  /** Of the last contact that tells something, in the words of the reports. */
  readonly source: string
  readonly medium: string
  readonly campaign: string
}

/** Newest first. Ids rise with time, so a page begins where the one before ended, whatever was sold meanwhile. */
export async function listOrders(
  db: Db,
  accountId: string,
  filter: OrderFilter,
  page: OrderPage,
): Promise<ListedOrder[]> {
  const isNewer = page.after !== undefined
  const direction = isNewer ? sql`asc` : sql`desc`
  const { rows } = await db.execute<Row>(sql`
    select o.id, o.number, o.state, o.created_at, o.placed_at, o.first_name, o.last_name, o.email, o.phone, o.currency, o.subtotal_minor,
      o.discount_minor, o.fee_minor, o.tax_minor, o.shipping_minor, o.total_minor, o.promo_code, l.events, l.tickets, l.extras, r.refunded_minor,
      t.touches
    from (select * from sales.orders o where ${conditions(accountId, filter, page)} order by o.id ${direction} limit ${page.limit}) o
    cross join lateral (
      select array_agg(distinct event_title) as events, coalesce(sum(quantity) filter (where kind = 'ticket'), 0)::int as tickets,
        coalesce(sum(quantity) filter (where kind <> 'ticket'), 0)::int as extras
      from sales.order_line where order_id = o.id) l
    cross join lateral (
      select coalesce(sum(r.amount_minor) filter (where r.state <> 'failed'), 0)::bigint as refunded_minor
      from pay.payment p join pay.refund r on r.payment_id = p.id where p.order_id = o.id) r
    cross join lateral (
      select json_agg(json_strip_nulls(json_build_object('at', (extract(epoch from at) * 1000)::bigint, 'source', source, 'medium', medium,
        'campaign', campaign, 'ref', ref, 'referrer', referrer, 'clickIds', click_ids)) order by seq) as touches
      from marketing.touch where cart_id = o.cart_id) t
    order by o.id ${direction}`)
  const read = rows.map(readRow)
  return isNewer ? read.toReversed() : read
}

/** The order that a ticket's code belongs to, of this account. */
export async function findNumberOfTicket(
  db: Db,
  accountId: string,
  code: string,
): Promise<string | undefined> {
  const { rows } = await db.execute<{ number: string }>(sql`
    select o.number from ${tickets} t join ${orders} o on o.id = t.order_id
    where t.code = ${code} and t.account_id = ${accountId} and o.account_id = ${accountId}`)
  return rows[0]?.number
}

/** The account's events by title, those that left the catalogue too: their orders stay. */
export async function listSoldEvents(
  db: Db,
  accountId: string,
): Promise<{ readonly slug: string; readonly title: string }[]> {
  const { rows } = await db.execute<{ slug: string; title: string }>(sql`
    select slug, title from catalogue.event where account_id = ${accountId} order by title, slug limit 500`)
  return rows
}

/** How far a clock may be off that made an id. */
const idSlackMs = 3_600_000

function conditions(accountId: string, filter: OrderFilter, page: OrderPage): SQL {
  const { words, kind, eventSlug, from, until } = filter
  const near = (instant: string, ms: number) =>
    firstIdAt(new Date(Date.parse(instant) + ms).toISOString())
  const all = [
    sql`o.account_id = ${accountId}`,
    ofKind(kind),
    ...words.map(hasWord),
    ...(eventSlug === undefined
      ? []
      : [
          sql`exists (select from sales.order_line l where l.order_id = o.id and l.account_id = ${accountId} and l.event_slug = ${eventSlug})`,
        ]),
    ...(from === undefined
      ? []
      : [sql`o.created_at >= ${from} and o.id >= ${near(from, -idSlackMs)}`]),
    ...(until === undefined
      ? []
      : [sql`o.created_at < ${until} and o.id < ${near(until, idSlackMs)}`]),
    ...(page.before === undefined ? [] : [sql`o.id < ${page.before}`]),
    ...(page.after === undefined ? [] : [sql`o.id > ${page.after}`]),
  ]
  return sql.join(all, sql` and `)
}

function ofKind(kind: OrderKind): SQL {
  if (kind === "sold")
    return sql`(o.placed_at is not null or o.state not in ('expired', 'canceled'))`
  const states = sql.join(
    statesOfKind[kind].map((state) => sql`${state}`),
    sql`, `,
  )
  const inState = sql`o.state in (${states})`
  if (kind === "never-paid") return sql`${inState} and o.placed_at is null`
  return kind === "returned"
    ? sql`${inState} and (o.placed_at is not null or o.state <> 'canceled')`
    : inState
}

/** The index knows three letters in a row; shorter words are looked for where a word begins. */
function hasWord(word: string): SQL {
  const escaped = word.replaceAll(/[\\%_]/g, (char) => `\\${char}`)
  const text = sql`lower(o.first_name || ' ' || o.last_name || ' ' || o.email)`
  if (word.length >= 3) return sql`${text} like ${`%${escaped}%`}`
  return sql`(${text} like ${`${escaped}%`} or ${text} like ${`% ${escaped}%`})`
}

type Row = {
  id: string
  number: string
  state: string
  created_at: Date
  placed_at: Date | null
  first_name: string
  last_name: string
  email: string
  phone: string | null
  currency: string
  subtotal_minor: number
  discount_minor: number
  fee_minor: number
  tax_minor: number
  shipping_minor: number
  total_minor: number
  refunded_minor: number
  promo_code: string | null
  events: string[] | null
  tickets: number
  extras: number
  touches: Touch[] | null
}

function readRow(row: Row): ListedOrder {
  const { source, medium, value } = touchValues(
    lastTouch(row.touches ?? []) ?? directTouch,
  ).campaign
  return {
    id: row.id,
    number: row.number,
    state: row.state as OrderState,
    createdAt: new Date(row.created_at).toISOString(),
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    currency: row.currency,
    subtotalMinor: row.subtotal_minor,
    discountMinor: row.discount_minor,
    feeMinor: row.fee_minor,
    taxMinor: row.tax_minor,
    shippingMinor: row.shipping_minor,
    totalMinor: row.total_minor,
    refundedMinor: row.refunded_minor,
    eventTitles: row.events ?? [],
    tickets: row.tickets,
    extras: row.extras,
    source,
    medium,
    campaign: value,
    ...(row.placed_at && { placedAt: new Date(row.placed_at).toISOString() }),
    ...(row.phone !== null && { phone: row.phone }),
    ...(row.promo_code !== null && { promoCode: row.promo_code }),
  }
}
