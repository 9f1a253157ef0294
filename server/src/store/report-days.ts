import type { Db, Tx } from "#store/db.ts"

/** A day whose rollups lack news. `rev`: the news that a fold from now on will know. */
export type StaleDay = {
  readonly accountId: string
  /** `2026-11-20` in the account's time zone. */
  readonly day: string
  readonly rev: number
  /** The day's beginning and end, ISO 8601. */
  readonly from: string
  readonly to: string
}

/**
 * Days to fold, those of the oldest fold first. A day is left alone `patience` times as long as its last fold took, so that folding a busy day
 * costs only a part of the time.
 */
export async function listStaleDays(db: Db, limit: number, patience: number): Promise<StaleDay[]> {
  const { rows } = await db.$client.query<StaleRow>({
    name: "list-stale-days",
    text: `select d.account_id, d.day::text, d.rev, d.day::timestamp at time zone a.time_zone as from_at,
        (d.day + 1)::timestamp at time zone a.time_zone as to_at
      from marketing.report_day d join org.account a on a.id = d.account_id
      where d.rev > d.folded_rev and (d.folded_at is null or d.folded_at + d.took_ms * $2 * interval '1 millisecond' <= clock_timestamp())
      order by d.folded_at nulls first, d.account_id, d.day limit $1`,
    values: [limit, patience],
  })
  return rows.map((row) => ({
    accountId: row.account_id,
    day: row.day,
    rev: row.rev,
    from: row.from_at.toISOString(),
    to: row.to_at.toISOString(),
  }))
}

type StaleRow = { account_id: string; day: string; rev: number; from_at: Date; to_at: Date }

/** Notes that a day is folded as of `rev`. False when a fold that knew more was faster: then this one must write nothing. */
export async function settleDay(
  tx: Tx,
  { accountId, day, rev }: StaleDay,
  tookMs: number,
): Promise<boolean> {
  const { rowCount } = await tx.$client.query({
    name: "settle-day",
    text: `update marketing.report_day set folded_rev = $3, folded_at = clock_timestamp(), took_ms = $4
      where account_id = $1 and day = $2 and folded_rev < $3`,
    values: [accountId, day, rev, Math.min(Math.ceil(tookMs), 600_000)],
  })
  return rowCount === 1
}

/**
 * Orders have news: the days they were placed and begun on are marked. What an order proves of its cart is kept with it: that tickets were
 * added and that checkout began, even where nobody had noted it.
 */
export async function noteOrders(tx: Tx, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return
  await tx.$client.query({
    name: "note-order-steps",
    text: `insert into marketing.step (account_id, cart_id, step, event_slug, at, currency)
      select distinct on (o.cart_id, s.step, e.slug) o.account_id, o.cart_id, s.step, e.slug, o.created_at, o.currency
      from sales.orders o cross join (values ('added'), ('began')) s (step)
      cross join lateral (select '' as slug union select event_slug from sales.order_line l where l.order_id = o.id) e
      where o.id = any ($1::uuid[]) order by o.cart_id, s.step, e.slug, o.created_at on conflict do nothing`,
    values: [orderIds],
  })
  await tx.$client.query({
    name: "note-order-days",
    text: `insert into marketing.report_day as known (account_id, day)
      select distinct o.account_id, (t.at at time zone a.time_zone)::date
      from sales.orders o join org.account a on a.id = o.account_id cross join lateral (values (o.created_at), (o.placed_at)) t (at)
      where o.id = any ($1::uuid[]) and t.at is not null order by 1, 2
      on conflict (account_id, day) do update set rev = known.rev + 1`,
    values: [orderIds],
  })
}

/** Accounts whose days are not, or no longer, those of their time zone. */
export async function listMovedZones(db: Db, limit: number): Promise<string[]> {
  const { rows } = await db.$client.query<{ id: string }>({
    name: "list-moved-zones",
    text: `select a.id from org.account a left join marketing.report_zone z on z.account_id = a.id
      where z.time_zone is distinct from a.time_zone order by a.id limit $1`,
    values: [limit],
  })
  return rows.map(({ id }) => id)
}

/**
 * All days are other days: what was rolled up goes, and every day that had or has anything in it is marked. Revisions go on rising, so that a
 * fold that still counts by the old bounds knows less than the next one.
 */
export async function moveZone(tx: Tx, accountId: string): Promise<void> {
  const { rows } = await tx.$client.query<{ was_known: boolean }>(
    `with before as (select from marketing.report_zone where account_id = $1),
      written as (insert into marketing.report_zone (account_id, time_zone) select id, time_zone from org.account where id = $1
        on conflict (account_id) do update set time_zone = excluded.time_zone returning 1)
     select exists (select from before) as was_known from written`,
    [accountId],
  )
  if (!rows[0]?.was_known) return
  await tx.$client.query(
    `insert into marketing.report_day as known (account_id, day)
     select $1::uuid, day from marketing.report_day where account_id = $1
     union select $1::uuid, (news.at at time zone a.time_zone)::date from org.account a cross join lateral (
       select at from marketing.visit where account_id = $1 union all select at from marketing.step where account_id = $1
       union all select placed_at from sales.orders where account_id = $1 and placed_at is not null) news
     where a.id = $1 order by 1, 2
     on conflict (account_id, day) do update set rev = known.rev + 1, folded_at = null`,
    [accountId],
  )
  for (const table of ["rollup", "show_sale"])
    await tx.$client.query(`delete from marketing.${table} where account_id = $1`, [accountId])
}
