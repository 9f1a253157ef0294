import { sql } from "drizzle-orm"
import type { Db } from "#store/db.ts"

/**
 * A page that search engines shall know, and when what it shows last changed: by its organizer, because a showtime or a sale began or ended, or
 * because something sold out or can be had again.
 */
export type ListedPage = { readonly slug: string; readonly changedAt: string }

/** The most addresses that one sitemap may hold: https://www.sitemaps.org/protocol.html */
const mostListed = 50_000

/** Accounts that have an event to come, with the newest change of their pages, gone ones included: those changed the sitemap too. */
export async function listListedAccounts(db: Db, now: string): Promise<ListedPage[]> {
  const { rows } = await db.execute<Row>(sql`
    with page as (${pages(now)})
    select a.slug, to_char(max(page.changed_at) at time zone 'UTC', ${instantForm}) as "changedAt"
    from page join org.account a on a.id = page.account_id
    group by a.id having bool_or(page.is_listed) order by a.slug limit ${mostListed}`)
  return rows
}

/** An account's events to come: neither drafts nor archived. */
export async function listListedEvents(
  db: Db,
  accountId: string,
  now: string,
): Promise<ListedPage[]> {
  const { rows } = await db.execute<Row>(sql`
    with page as (${pages(now)})
    select page.slug, to_char(page.changed_at at time zone 'UTC', ${instantForm}) as "changedAt"
    from page where page.account_id = ${accountId} and page.is_listed order by page.slug limit ${mostListed}`)
  return rows
}

/** Whether the account once had an event of that name, which it has taken off. */
export async function wasListed(db: Db, accountId: string, slug: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select 1 from catalogue.event
    where account_id = ${accountId} and slug = ${slug} and archived_at is not null and status <> 'draft'`)
  return rows.length > 0
}

type Row = { slug: string; changedAt: string }

const instantForm = `YYYY-MM-DD"T"HH24:MI:SS"Z"`

/** What passes by itself changes a page at the moment it passes: a showtime begins, a sale opens or ends. */
function pages(now: string) {
  return sql`
    select e.account_id, e.slug,
      greatest(shown.changed_at, passed.at, stock.at, case when e.sales_open_at <= ${now} then e.sales_open_at end) as changed_at,
      e.archived_at is null and e.status <> 'draft' and exists (
        select 1 from catalogue.showtime s where s.event_id = e.id and s.archived_at is null and s.status <> 'canceled' and s.starts_at > ${now}
      ) as is_listed
    from catalogue.event e
    join catalogue.event_shown shown on shown.event_id = e.id
    left join lateral (
      select max(moment) as at from (
        select s.starts_at as moment from catalogue.showtime s where s.event_id = e.id and s.archived_at is null
        union all
        select unnest(array[t.sale_starts_at, t.sale_ends_at])
        from catalogue.product p join catalogue.variant v on v.product_id = p.id join catalogue.price_type t on t.variant_id = v.id
        where p.event_id = e.id and t.archived_at is null
      ) moments where moment <= ${now}
    ) passed on true
    left join lateral (
      select max(turned.at) as at from catalogue.product p join catalogue.variant v on v.product_id = p.id
      cross join lateral (
        select max(at) as at from es.event where stream = 'variant-' || v.id
          and data -> 'wasSoldOut' <> data -> 'isSoldOut' and data ->> 'reason' <> 'variant-created'
      ) turned where p.event_id = e.id and p.archived_at is null and v.archived_at is null
    ) stock on true`
}
