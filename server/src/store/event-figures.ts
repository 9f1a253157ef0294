import { sql } from "drizzle-orm"
import type { Db } from "#store/db.ts"

/** An event as a list of all of an account's shows it. */
export type EventRow = {
  readonly id: string
  readonly slug: string
  readonly title: string
  readonly picture: string | null
  readonly status: "draft" | "on-sale" | "paused"
  /** ISO instant. */
  readonly salesOpenAt: string | null
  readonly timeZone: string | null
  /** Local starts of the dates to come that are not canceled; of all dates where none is to come. Not more than 60. */
  readonly dates: readonly string[]
  readonly dateCount: number
  readonly isAhead: boolean
}

export type Sold = {
  /** Of what is counted; absent: nothing is. */
  readonly capacity?: number
  readonly sold: number
  readonly held: number
}

/** Not archived, in catalogue order. */
export async function listEventRows(db: Db, accountId: string): Promise<EventRow[]> {
  const { rows } = await db.execute<EventRow>(sql`
    with dates as (
      select event_id, starts_local, time_zone, status <> 'canceled' and starts_at > clock_timestamp() as is_ahead
      from catalogue.showtime where account_id = ${accountId} and archived_at is null),
    ahead as (
      select event_id, bool_or(is_ahead) as is_ahead, min(time_zone) as time_zone from dates group by event_id),
    shown as (
      select d.event_id, count(*)::int as count, array_agg(to_char(d.starts_local, 'YYYY-MM-DD"T"HH24:MI') order by d.starts_local) as starts
      from dates d join ahead a using (event_id) where d.is_ahead or not a.is_ahead group by d.event_id)
    select e.id, e.slug, e.title, e.picture, e.status,
      to_char(e.sales_open_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "salesOpenAt", a.time_zone as "timeZone",
      coalesce(s.starts[1:60], '{}') as dates, coalesce(s.count, 0) as "dateCount", coalesce(a.is_ahead, false) as "isAhead"
    from catalogue.event e left join ahead a on a.event_id = e.id left join shown s on s.event_id = e.id
    where e.account_id = ${accountId} and e.archived_at is null order by e.position`)
  return rows
}

/** How many tickets of each event are sold and held, of its dates to come or, when none is, of all. By event id. */
export async function listEventStock(db: Db, accountId: string): Promise<Map<string, Sold>> {
  const { rows } = await db.execute<StockOfEvent>(sql`
    with part as (
      select p.event_id, i.capacity, i.sold, i.held,
        v.showtime_id is null or (s.status <> 'canceled' and s.starts_at > clock_timestamp()) as is_ahead
      from catalogue.product p
      join catalogue.variant v on v.product_id = p.id and v.archived_at is null
      join inv.variant i on i.variant_id = v.id
      left join catalogue.showtime s on s.id = v.showtime_id
      where p.account_id = ${accountId} and p.kind = 'ticket' and p.archived_at is null and v.tracked)
    select event_id as "eventId",
      case when bool_or(is_ahead) then sum(capacity) filter (where is_ahead) else sum(capacity) end::int as capacity,
      case when bool_or(is_ahead) then sum(sold) filter (where is_ahead) else sum(sold) end::int as sold,
      case when bool_or(is_ahead) then sum(held) filter (where is_ahead) else sum(held) end::int as held
    from part group by event_id`)
  return new Map(rows.map(({ eventId, ...stock }) => [eventId, stock]))
}

type StockOfEvent = { eventId: string; capacity: number; sold: number; held: number }

export type EventSales = { readonly currency: string; readonly soldMinor: number }

/** What was sold of some events, without what was given back, as the reports count it. By slug. */
export async function listEventSales(
  db: Db,
  accountId: string,
  slugs: readonly string[],
): Promise<Map<string, EventSales[]>> {
  const { rows } = await db.execute<EventSales & { slug: string }>(sql`
    select event_slug as slug, currency, sum((part ->> 9)::bigint - (part ->> 10)::bigint)::bigint as "soldMinor"
    from marketing.rollup, jsonb_array_elements(rows) part
    where account_id = ${accountId} and model = 'last' and dimension = 'ref' and event_slug = any(${sql.param([...slugs])}::text[])
    group by 1, 2 order by 2`)
  return Map.groupBy(rows, ({ slug }) => slug)
}

/** One thing that is counted, where it belongs. */
export type VariantFigures = Sold & {
  readonly product: string
  /** `2026-11-28T20:00`; null: counted once for all dates. */
  readonly at: string | null
  /** As the catalogue names it within its product. */
  readonly variant: string
}

/** The stock of an event's things, archived ones left out. */
export async function listVariantFigures(
  db: Db,
  accountId: string,
  eventSlug: string,
): Promise<VariantFigures[]> {
  const { rows } = await db.execute<VariantFigures & { isCounted: boolean }>(sql`
    select p.slug as product, to_char(s.starts_local, 'YYYY-MM-DD"T"HH24:MI') as at, v.slug as variant, v.tracked as "isCounted",
      coalesce(i.capacity, 0) as capacity, coalesce(i.sold, 0) as sold, coalesce(i.held, 0) as held
    from catalogue.event e
    join catalogue.product p on p.event_id = e.id and p.archived_at is null
    join catalogue.variant v on v.product_id = p.id and v.archived_at is null
    left join catalogue.showtime s on s.id = v.showtime_id
    left join inv.variant i on i.variant_id = v.id
    where e.account_id = ${accountId} and e.slug = ${eventSlug}
    order by v.position`)
  return rows.map(({ isCounted, capacity = 0, ...row }) => (isCounted ? { ...row, capacity } : row))
}

/** Every slug that an event of the account has or had: an archived one would come back with its old sales. */
export async function listEventSlugs(db: Db, accountId: string): Promise<string[]> {
  const { rows } = await db.execute<{ slug: string }>(
    sql`select slug from catalogue.event where account_id = ${accountId}`,
  )
  return rows.map(({ slug }) => slug)
}
