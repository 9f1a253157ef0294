import type { Touch } from "@foyer/shared/protocol"
import type { CountedCart, CountedOrder, CountedVisits, Slice } from "#core/report-fold.ts"
import { packed } from "#core/packed-row.ts"
import type { Db, Tx } from "#store/db.ts"

/** Rows of an account between two instants, ISO 8601; the end is not within. */
export type Span = { readonly accountId: string; readonly from: string; readonly to: string }

/** Rows read at a time: a day of any size is counted in little memory. */
const chunk = 2000

/** Visits that tell the same, together: a day has many visits and few ways to come. Those of long ago are known by their `day` only. */
export async function readVisits(
  db: Db,
  { accountId, from, to, day }: Span & { readonly day: string },
): Promise<CountedVisits[]> {
  const { rows } = await db.$client.query<VisitsRow>({
    name: "read-visits",
    text: `select event_slug as event, currency, count(*) as count, ${touchColumns("v", "0")} as touch
      from marketing.visit v where account_id = $1 and at >= $2 and at < $3
      group by event_slug, currency, source, medium, campaign, content, term, click_ids, ref, referrer, landing_page
      union all select event_slug, currency, count, ${touchColumns("v", "0")} from marketing.old_visit v where account_id = $1 and day = $4`,
    values: [accountId, from, to, day],
  })
  return rows.map((row) => ({ ...row, touch: touchOf(row.touch) }))
}

/** Carts that came further, each with where it came to within the span. */
export async function* readCarts(db: Db, span: Span): AsyncGenerator<CountedCart> {
  let after = "00000000-0000-0000-0000-000000000000"
  for (;;) {
    const { rows } = await db.$client.query<CartRow>({
      name: "read-carts",
      text: `select c.*, ${touchesOf("c.cart_id")} as touches from (
          select cart_id, json_agg(json_build_array(event_slug, currency, is_added, is_begun)) as steps from (
            select cart_id, event_slug, currency, bool_or(step = 'added') as is_added, bool_or(step = 'began') as is_begun
            from marketing.step where account_id = $1 and at >= $2 and at < $3 and cart_id > $4 group by 1, 2, 3) s
          group by 1 order by 1 limit ${chunk}) c order by c.cart_id`,
      values: [span.accountId, span.from, span.to, after],
    })
    for (const { touches, steps } of rows)
      yield {
        touches: (touches ?? []).map(touchOf),
        steps: steps.map(([event, currency, isAdded, isBegun]) => ({
          event,
          currency,
          isAdded,
          isBegun,
        })),
      }
    const last = rows.at(-1)
    if (!last || rows.length < chunk) return
    after = last.cart_id
  }
}

/** Orders by when they were paid, a bounded number at a time and without a transaction that stays open. */
export async function* readSoldOrders(
  db: Db,
  { accountId, from, to }: Span,
): AsyncGenerator<CountedOrder> {
  let [at, id] = [from, "00000000-0000-0000-0000-000000000000"]
  for (;;) {
    const { rows } = await db.$client.query<OrderRow>({
      name: "read-sold-orders",
      text: `select o.id, o.placed_at::text as placed, ${soldColumns} from sales.orders o
        where o.account_id = $1 and o.placed_at < $3 and (o.placed_at, o.id) > ($2, $4::uuid)
        order by o.placed_at, o.id limit ${chunk}`,
      values: [accountId, at, to, id],
    })
    for (const row of rows) yield countedOrder(row)
    const last = rows.at(-1)
    if (!last || rows.length < chunk) return
    at = last.placed
    id = last.id
  }
}

/** Sold orders of one currency, the newest first. */
export type SoldBack = Span & {
  readonly currency: string
  /** Only orders with something of this event. */
  readonly event?: string
  /** Only orders that one of these can be true of: a coarse sieve in front of `core`'s own judgement. */
  readonly sieve?: {
    readonly field: "campaign" | "content" | "term" | "ref" | "promo"
    readonly value: string
  }
  /** Where an earlier page ended. */
  readonly after?: OrderPlace
}

/** An order's place in the order of time. */
export type OrderPlace = { readonly placedAt: string; readonly id: string }

export type SoldOrder = CountedOrder & {
  readonly id: string
  readonly number: string
  /** ISO 8601, to the microsecond: the place of the order. */
  readonly placedAt: string
}

const sieves = {
  campaign:
    "exists (select from marketing.touch t where t.cart_id = o.cart_id and (t.campaign = $8 or t.campaign is null and t.source is null and t.ref = $8))",
  content:
    "exists (select from marketing.touch t where t.cart_id = o.cart_id and left(t.content, 200) = $8)",
  term: "exists (select from marketing.touch t where t.cart_id = o.cart_id and left(t.term, 200) = $8)",
  ref: "exists (select from marketing.touch t where t.cart_id = o.cart_id and left(t.ref, 200) = $8)",
  promo: "o.promo_code = $8",
} as const

/** A page of sold orders, going back in time. No more of the buyer than where they came from. */
export async function listSoldBack(db: Db, wish: SoldBack, limit: number): Promise<SoldOrder[]> {
  const { accountId, from, to, currency, event, sieve, after } = wish
  const ofEvent =
    "exists (select from sales.order_line l where l.order_id = o.id and l.event_slug = $7)"
  const { rows } = await db.$client.query<SoldBackRow>({
    name: `list-sold-back-${event === undefined ? "" : "event"}-${sieve?.field ?? ""}`,
    text: `select o.id, o.number, to_char(o.placed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as placed, ${soldColumns}
      from sales.orders o where o.account_id = $1 and o.placed_at >= $2 and o.placed_at < $3 and o.currency = $4
        and (o.placed_at, o.id) < (coalesce($5::timestamptz, 'infinity'), coalesce($6::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        and ${event === undefined ? "$7::text is null" : ofEvent} and ${sieve ? sieves[sieve.field] : "$8::text is null"}
      order by o.placed_at desc, o.id desc limit $9`,
    values: [
      accountId,
      from,
      to,
      currency,
      after?.placedAt ?? null,
      after?.id ?? null,
      event ?? null,
      sieve?.value ?? null,
      limit,
    ],
  })
  return rows.map((row) => ({
    ...countedOrder(row),
    id: row.id,
    number: row.number,
    placedAt: row.placed,
  }))
}

type SoldBackRow = SoldRow & { id: string; number: string; placed: string }

/** What an order counts for, as columns of `sales.orders o`. Money that came twice and went back once was never a sale. */
const soldColumns = `o.currency, o.total_minor, o.state, o.promo_code,
  (select greatest(0, coalesce(sum(r.refunded), 0) - greatest(0, sum(p.captured_minor) - o.total_minor))::bigint from pay.payment p
    cross join lateral (select coalesce(sum(amount_minor), 0) as refunded from pay.refund where payment_id = p.id and state <> 'failed') r
    where p.order_id = o.id) as refunded_minor,
  (select json_agg(json_build_array(l.event_slug, l.total_minor, l.tickets)) from (
    select event_slug, sum(total_minor)::bigint as total_minor, coalesce(sum(quantity) filter (where kind = 'ticket'), 0) as tickets
    from sales.order_line where order_id = o.id group by event_slug order by event_slug) l) as events,
  ${touchesOf("o.cart_id")} as touches`

type SoldRow = {
  currency: string
  total_minor: number
  state: string
  promo_code: string | null
  refunded_minor: number | null
  events: [string, number, number][] | null
  touches: TouchRow[] | null
}

/** Given back as a whole. */
const returnedStates: ReadonlySet<string> = new Set(["refunded", "canceled"])

function countedOrder(row: SoldRow): CountedOrder {
  const isReturned = returnedStates.has(row.state)
  return {
    currency: row.currency,
    totalMinor: row.total_minor,
    refundedMinor: isReturned
      ? row.total_minor
      : Math.min(row.refunded_minor ?? 0, row.total_minor),
    isReturned,
    ...(row.promo_code !== null && { promoCode: row.promo_code }),
    touches: (row.touches ?? []).map(touchOf),
    events: (row.events ?? []).map(([event, totalMinor, tickets]) => ({
      event,
      totalMinor,
      tickets,
    })),
  }
}

/** What a show sold of orders of one day that were placed equally long before it. Orders that were given back count for nothing. */
export type ShowSale = {
  readonly event: string
  readonly currency: string
  readonly startsAt: string
  readonly startsLocal: string
  /** Whole days before the show; below zero after it began. */
  readonly daysBefore: number
  readonly tickets: number
  readonly soldMinor: number
}

export async function readShowSales(db: Db, { accountId, from, to }: Span): Promise<ShowSale[]> {
  const { rows } = await db.$client.query<ShowSale>({
    name: "read-show-sales",
    text: `select l.event_slug as event, o.currency, l.starts_at::text as "startsAt", l.starts_local::text as "startsLocal",
        floor(extract(epoch from l.starts_at - o.placed_at) / 86400)::int as "daysBefore",
        sum(l.quantity)::int as tickets, sum(l.total_minor)::bigint as "soldMinor"
      from sales.orders o join sales.order_line l on l.order_id = o.id
      where o.account_id = $1 and o.placed_at >= $2 and o.placed_at < $3 and o.state not in ('refunded', 'canceled')
        and l.kind = 'ticket' and l.starts_at is not null and l.starts_local is not null
      group by 1, 2, 3, 4, 5`,
    values: [accountId, from, to],
  })
  return rows
}

/** Puts what a day's orders sold of shows in the place of what was known of it. */
export async function replaceShowSales(
  tx: Tx,
  accountId: string,
  day: string,
  sales: readonly ShowSale[],
): Promise<void> {
  await tx.$client.query("delete from marketing.show_sale where account_id = $1 and day = $2", [
    accountId,
    day,
  ])
  await tx.$client.query({
    name: "insert-show-sales",
    text: `insert into marketing.show_sale (account_id, event_slug, currency, day, starts_at, starts_local, days_before, tickets, sold_minor)
      select $1, event, currency, $2, "startsAt", "startsLocal", "daysBefore", tickets, "soldMinor"
      from jsonb_to_recordset($3) s (event text, currency text, "startsAt" timestamptz, "startsLocal" timestamp, "daysBefore" int, tickets int, "soldMinor" bigint)`,
    values: [accountId, day, JSON.stringify(sales)],
  })
}

/** Puts a day's rollups in the place of those it had. */
export async function replaceRollups(
  tx: Tx,
  accountId: string,
  day: string,
  slices: readonly Slice[],
): Promise<void> {
  await tx.$client.query("delete from marketing.rollup where account_id = $1 and day = $2", [
    accountId,
    day,
  ])
  const sorted = slices.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
  for (let at = 0; at < sorted.length; at += slicesPerStatement)
    await insertSlices(tx, accountId, day, sorted.slice(at, at + slicesPerStatement))
}

/** What is read together lies together: all events of one dimension and model in a few pages a day. */
const placeOf = ({ dimension, model, event }: Slice) => `${dimension} ${model} ${event}`

const slicesPerStatement = 2000

async function insertSlices(tx: Tx, accountId: string, day: string, slices: readonly Slice[]) {
  await tx.$client.query({
    name: "insert-rollups",
    text: `insert into marketing.rollup (account_id, day, currency, model, dimension, event_slug, rows)
      select $1, $2, currency, model, dimension, event, rows
      from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[]) s (currency, model, dimension, event, rows)`,
    values: [
      accountId,
      day,
      slices.map((slice) => slice.currency),
      slices.map((slice) => slice.model),
      slices.map((slice) => slice.dimension),
      slices.map((slice) => slice.event),
      slices.map((slice) => JSON.stringify(slice.rows.map(packed))),
    ],
  })
}

type VisitsRow = { event: string; currency: string; count: number; touch: TouchRow }
type CartRow = {
  cart_id: string
  steps: [string, string, boolean, boolean][]
  touches: TouchRow[] | null
}
type OrderRow = SoldRow & { id: string; placed: string }

/** A touch as one array: when, its eight texts, its click ids. */
type TouchRow = [number, ...(string | null)[], Touch["clickIds"] | null]

function touchColumns(alias: string, at = `${alias}.at`): string {
  const names = ["source", "medium", "campaign", "content", "term", "ref", "referrer"]
  const texts = [...names, "landing_page"].map((name) => `${alias}.${name}`).join(", ")
  const atMs = at === "0" ? at : `(extract(epoch from ${at}) * 1000)::bigint`
  return `json_build_array(${atMs}, ${texts}, ${alias}.click_ids)`
}

function touchesOf(cartId: string): string {
  return `(select json_agg(${touchColumns("t")} order by t.seq) from marketing.touch t where t.cart_id = ${cartId})`
}

function touchOf(row: TouchRow): Touch {
  const [at, source, medium, campaign, content, term, ref, referrer, landingPage] = row as [
    number,
    ...(string | null)[],
  ]
  const clickIds = row[9] as Touch["clickIds"] | null
  const given = { source, medium, campaign, content, term, ref, referrer, landingPage, clickIds }
  const texts = Object.entries(given).filter(([, text]) => text !== null && text !== undefined)
  return { at, ...Object.fromEntries(texts) }
}
