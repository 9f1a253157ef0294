import { type PackedRow, unpacked } from "#core/packed-row.ts"
import type { DayRange, RolledDay } from "#core/report.ts"
import type { StoredDimension } from "#core/report-dimensions.ts"
import type { Model } from "#core/report-fold.ts"
import type { RangeSales } from "#core/sales-history.ts"
import type { Db } from "#store/db.ts"

export type RolledWish = {
  readonly accountId: string
  readonly model: Model
  readonly dimension: StoredDimension
  /** Event slug; empty for all together. */
  readonly event: string
  /** Days, both within. */
  readonly from: string
  readonly to: string
}

/** Rolled up days in their order. */
export async function readRollups(db: Db, wish: RolledWish): Promise<RolledDay[]> {
  const { rows } = await db.$client.query<{ day: string; currency: string; rows: PackedRow[] }>({
    name: "read-rollups",
    text: `select day::text, currency, rows from marketing.rollup
      where account_id = $1 and model = $2 and dimension = $3 and event_slug = $4 and day between $5 and $6 order by day, currency`,
    values: [wish.accountId, wish.model, wish.dimension, wish.event, wish.from, wish.to],
  })
  return rows.map((row) => ({ ...row, rows: row.rows.map(unpacked) }))
}

/** When the account's newest figures were counted, and whether there is news that they lack. */
export async function readFreshness(
  db: Db,
  accountId: string,
): Promise<{ readonly countedAt?: string; readonly isBehind: boolean }> {
  const { rows } = await db.$client.query<{ counted_at: Date | null; is_behind: boolean | null }>({
    name: "read-freshness",
    text: `select max(folded_at) as counted_at, bool_or(rev > folded_rev) as is_behind from marketing.report_day where account_id = $1`,
    values: [accountId],
  })
  const { counted_at: at, is_behind: isBehind } = rows[0] ?? {}
  return { isBehind: isBehind ?? false, ...(at && { countedAt: at.toISOString() }) }
}

export type EventName = { readonly slug: string; readonly title: string }

/** Events to choose from: those on sale first, then what was sold once. */
export async function listEventNames(db: Db, accountId: string): Promise<EventName[]> {
  const { rows } = await db.$client.query<EventName>({
    name: "list-event-names",
    text: `select slug, title from catalogue.event where account_id = $1 order by archived_at is not null, position, title limit 1000`,
    values: [accountId],
  })
  return rows
}

/** What began for everybody to see: sales of an event, a promo code. */
export type Beginning = {
  /** ISO 8601. */
  readonly at: string
  readonly what: "sales" | "code"
  /** The event's title, or the code. */
  readonly name: string
}

export type BeginningsWish = {
  readonly accountId: string
  /** ISO 8601: at or after, and before. */
  readonly from: string
  readonly until: string
  /** Event slug; empty for all. */
  readonly event: string
  readonly limit: number
}

/** What began in a range of time, the earliest first; the newest where there is too much of it. */
export async function listBeginnings(db: Db, wish: BeginningsWish): Promise<Beginning[]> {
  const { accountId, from, until, event, limit } = wish
  const { rows } = await db.$client.query<Omit<Beginning, "at"> & { at: Date }>({
    name: "list-beginnings",
    text: `select sales_open_at as at, 'sales' as what, title as name from catalogue.event
        where account_id = $1 and status <> 'draft' and sales_open_at >= $2 and sales_open_at < $3 and ($4 = '' or slug = $4)
      union all select starts_at, 'code', code from catalogue.promotion
        where account_id = $1 and archived_at is null and starts_at >= $2 and starts_at < $3
          and ($4 = '' or event_slugs is null or $4 = any(event_slugs))
      order by 1 desc, 3 desc limit $5`,
    values: [accountId, from, until, event, limit],
  })
  return rows.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() })).toReversed()
}

/** What became of the conversions of orders paid since an instant. */
export type PixelHealth = {
  readonly destination: string
  readonly orders: number
  /** Handed to a page. */
  readonly sent: number
  /** The page says that the vendor's function took it. */
  readonly confirmed: number
  readonly missingLibrary: number
  /** The visitor had not agreed, or nobody has asked them. */
  readonly noConsent: number
  /** Handed to a page that never answered. */
  readonly unanswered: number
}

export async function readPixelHealth(
  db: Db,
  accountId: string,
  since: string,
): Promise<PixelHealth[]> {
  const { rows } = await db.$client.query<PixelHealth>({
    name: "read-pixel-health",
    text: `with told as (
        select c.destination, count(*) as orders,
          count(*) filter (where c.handed_out_at is not null or c.state = 'acknowledged') as sent,
          count(*) filter (where c.outcome = 'fired') as confirmed,
          count(*) filter (where c.outcome = 'missing-library') as missing_library,
          count(*) filter (where c.outcome = 'no-consent' or c.state = 'pending') as no_consent,
          count(*) filter (where c.state = 'handed_out') as unanswered
        from sales.orders o join marketing.conversion c on c.order_id = o.id where o.account_id = $1 and o.placed_at >= $2 group by 1)
      select coalesce(t.destination, p.destination) as destination, coalesce(orders, 0) as orders, coalesce(sent, 0) as sent,
        coalesce(confirmed, 0) as confirmed, coalesce(missing_library, 0) as "missingLibrary", coalesce(no_consent, 0) as "noConsent",
        coalesce(unanswered, 0) as unanswered
      from told t full join (select destination from org.pixel where account_id = $1) p on p.destination = t.destination order by 1`,
    values: [accountId, since],
  })
  return rows
}

export type EventSalesWish = {
  readonly accountId: string
  readonly currency: string
  readonly days: DayRange
  readonly former?: DayRange
}

/** What each event sold in one currency in either range: summed up where it lies, because a year of many events is many rows. */
export async function readEventSales(db: Db, wish: EventSalesWish): Promise<RangeSales[]> {
  const { accountId, currency, days, former } = wish
  const { rows } = await db.$client.query<{
    event: string
    is_now: boolean
    sums: number[]
  }>({
    name: "read-event-sales",
    // Told by codes, the fewest rows. The places in a row are those of `packed`.
    text: `select event_slug as event, is_now, array[sum((r ->> 3)::bigint), sum((r ->> 4)::bigint), sum((r ->> 5)::bigint),
        sum((r ->> 6)::bigint), sum((r ->> 7)::bigint), sum((r ->> 8)::bigint), sum((r ->> 9)::bigint), sum((r ->> 10)::bigint)]::float8[] as sums
      from (values (true, $3::date, $4::date), (false, $5::date, $6::date)) range (is_now, first, last)
      join marketing.rollup on account_id = $1 and model = 'last' and dimension = 'promo' and event_slug <> '' and currency = $2
        and day between first and last
      cross join lateral jsonb_array_elements(rows) r group by 1, 2`,
    values: [accountId, currency, days.from, days.to, former?.from ?? null, former?.to ?? null],
  })
  return rows.map(({ event, is_now: isNow, sums }) => ({
    event,
    isNow,
    measures: unpacked(["", "", "", ...sums]),
  }))
}

/** One showtime's sales of one day before it. */
export type ShowSales = {
  /** ISO 8601. */
  readonly startsAt: string
  /** What the poster says: `2026-11-28T20:00:00`. */
  readonly startsLocal: string
  /** Whole days before the show; below zero after it began. */
  readonly daysBefore: number
  readonly tickets: number
  readonly soldMinor: number
}

/** How the shows of an event sold, by days to the show, in one currency. Orders that were given back count for nothing. */
export async function listShowSales(
  db: Db,
  accountId: string,
  event: string,
  currency: string,
): Promise<ShowSales[]> {
  const { rows } = await db.$client.query<{
    starts_at: Date
    starts_local: string
    days_before: number
    tickets: number
    sold_minor: number
  }>({
    name: "list-show-sales",
    text: `select starts_at, to_char(starts_local, 'YYYY-MM-DD"T"HH24:MI:SS') as starts_local, days_before,
        sum(tickets)::int as tickets, sum(sold_minor)::bigint as sold_minor
      from marketing.show_sale where account_id = $1 and event_slug = $2 and currency = $3
      group by 1, 2, 3 order by 1, 3 desc`,
    values: [accountId, event, currency],
  })
  return rows.map((row) => ({
    startsAt: row.starts_at.toISOString(),
    startsLocal: row.starts_local,
    daysBefore: row.days_before,
    tickets: row.tickets,
    soldMinor: row.sold_minor,
  }))
}
