import { type SQL, sql } from "drizzle-orm"
import type { Db } from "#store/db.ts"

/** Orders of one hour of a wall clock's day, in one currency. Given back whole, an order counts no more. */
export type SoldHour = {
  /** `2026-11-20` */
  readonly day: string
  /** 0 to 23, as the clock shows it. */
  readonly hour: number
  readonly currency: string
  readonly orders: number
  readonly tickets: number
  readonly soldMinor: number
}

/** What was sold between two instants (ISO 8601), by the hours of a time zone. */
export async function listSoldHours(
  db: Db,
  accountId: string,
  {
    from,
    until,
    timeZone,
  }: { readonly from: string; readonly until: string; readonly timeZone: string },
): Promise<SoldHour[]> {
  const { rows } = await db.execute<SoldHour & Record<string, unknown>>(sql`
    select to_char(o.placed_at at time zone ${timeZone}, 'YYYY-MM-DD') as day,
      extract(hour from o.placed_at at time zone ${timeZone})::int as hour, o.currency, count(*)::int as orders,
      sum(l.tickets)::int as tickets, sum(o.total_minor)::bigint as "soldMinor"
    from sales.orders o
    cross join lateral (select coalesce(sum(quantity) filter (where kind = 'ticket'), 0) as tickets from sales.order_line where order_id = o.id) l
    where o.account_id = ${accountId} and o.placed_at >= ${from} and o.placed_at < ${until} and o.state in ('paid', 'partially_refunded', 'disputed')
    group by 1, 2, 3`)
  return rows
}

export type NextShow = {
  readonly showtimeId: string
  readonly eventSlug: string
  readonly title: string
  readonly picture?: string
  readonly venueName: string
  readonly startsAt: string
  readonly timeZone: string
  /** Of tickets that are counted; all 0 where none is. */
  readonly capacity: number
  readonly sold: number
  readonly held: number
}

/** Showtimes from `from` on (ISO 8601), the nearest first; neither drafts nor what was called off. */
export async function listNextShows(
  db: Db,
  accountId: string,
  { from, limit }: { readonly from: string; readonly limit: number },
): Promise<NextShow[]> {
  const { rows } = await db.execute<NextRow>(sql`
    select s.id, e.slug, e.title, e.picture, e.venue_name, s.starts_at, s.time_zone, k.capacity, k.sold, k.held
    from catalogue.showtime s join catalogue.event e on e.id = s.event_id
    cross join lateral (
      select coalesce(sum(i.capacity), 0)::int as capacity, coalesce(sum(i.sold), 0)::int as sold, coalesce(sum(i.held), 0)::int as held
      from catalogue.variant v join catalogue.product p on p.id = v.product_id join inv.variant i on i.variant_id = v.id
      where v.account_id = s.account_id and v.showtime_id = s.id and v.archived_at is null and p.kind = 'ticket') k
    where s.account_id = ${accountId} and s.starts_at >= ${from} and s.archived_at is null and s.status <> 'canceled'
      and e.archived_at is null and e.status <> 'draft'
    order by s.starts_at, s.id limit ${limit}`)
  return rows.map((row) => ({
    showtimeId: row.id,
    eventSlug: row.slug,
    title: row.title,
    venueName: row.venue_name,
    startsAt: new Date(row.starts_at).toISOString(),
    timeZone: row.time_zone,
    capacity: row.capacity,
    sold: row.sold,
    held: row.held,
    ...(row.picture !== null && { picture: row.picture }),
  }))
}

type NextRow = {
  id: string
  slug: string
  title: string
  picture: string | null
  venue_name: string
  starts_at: Date
  time_zone: string
  capacity: number
  sold: number
  held: number
}

export type ShowSales = {
  readonly eventSlug: string
  readonly startsAt: string
  readonly currency: string
  readonly soldMinor: number
}

/** What orders have brought for these showtimes, per currency. */
export async function listShowSales(
  db: Db,
  accountId: string,
  shows: readonly Pick<NextShow, "eventSlug" | "startsAt">[],
): Promise<ShowSales[]> {
  if (shows.length === 0) return []
  const wanted = sql.join(
    shows.map((show) => sql`(${show.eventSlug}, ${show.startsAt}::timestamptz)`),
    sql`, `,
  )
  const { rows } = await db.execute<{
    slug: string
    starts_at: Date
    currency: string
    sold_minor: number
  }>(sql`
    select w.slug, w.starts_at, o.currency, sum(l.total_minor)::bigint as sold_minor
    from (values ${wanted}) w (slug, starts_at)
    join sales.order_line l on l.account_id = ${accountId} and l.event_slug = w.slug and l.starts_at = w.starts_at
    join sales.orders o on o.id = l.order_id and o.state in ('paid', 'partially_refunded', 'disputed')
    group by 1, 2, 3`)
  return rows.map((row) => ({
    eventSlug: row.slug,
    startsAt: new Date(row.starts_at).toISOString(),
    currency: row.currency,
    soldMinor: row.sold_minor,
  }))
}

/** How many things of each kind wait for somebody. */
export type Waiting = {
  readonly parkedPayments: number
  readonly failedRefunds: number
  readonly disputes: number
  /** Paid when the stock was gone, and the money is not back yet. */
  readonly unfulfillable: number
  /** Upcoming showtimes with nothing left. */
  readonly soldOut: number
  readonly hasEvents: boolean
  readonly hasOrders: boolean
}

export async function countWaiting(db: Db, accountId: string, now: string): Promise<Waiting> {
  const ofState = (state: string): SQL =>
    sql`(select count(*)::int from sales.orders where account_id = ${accountId} and state = ${state})`
  const { rows } = await db.execute<Waiting & Record<string, unknown>>(sql`
    select (select count(*)::int from pay.payment where parked_reason is not null and account_id = ${accountId}) as "parkedPayments",
      (select count(*)::int from pay.refund where state = 'failed' and account_id = ${accountId}) as "failedRefunds",
      ${ofState("disputed")} as disputes, ${ofState("payment_unfulfillable")} as unfulfillable,
      (select count(*)::int from catalogue.showtime s join catalogue.event e on e.id = s.event_id and e.archived_at is null and e.status = 'on-sale'
        where s.account_id = ${accountId} and s.starts_at >= ${now} and s.archived_at is null and s.status = 'on-sale'
          and (select sum(i.capacity - i.held - i.sold) from catalogue.variant v join catalogue.product p on p.id = v.product_id and p.kind = 'ticket'
            join inv.variant i on i.variant_id = v.id
            where v.account_id = s.account_id and v.showtime_id = s.id and v.archived_at is null) <= 0) as "soldOut",
      exists (select from catalogue.event where account_id = ${accountId} and archived_at is null) as "hasEvents",
      exists (select from sales.orders where account_id = ${accountId}) as "hasOrders"`)
  const [row] = rows
  if (!row) throw new Error("counting answered nothing")
  return row
}

export type PixelFailures = { readonly destination: string; readonly missing: number }

/** Conversions that a page could not hand to its vendor, of orders placed since (ISO 8601). */
export async function listPixelFailures(
  db: Db,
  accountId: string,
  since: string,
): Promise<PixelFailures[]> {
  const { rows } = await db.execute<PixelFailures & Record<string, unknown>>(sql`
    select c.destination, count(*)::int as missing from sales.orders o join marketing.conversion c on c.order_id = o.id
    where o.account_id = ${accountId} and o.placed_at >= ${since} and c.outcome = 'missing-library'
    group by 1 order by 1`)
  return rows
}
