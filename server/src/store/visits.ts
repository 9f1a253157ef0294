import type { Touch } from "@foyer/shared/protocol"
import type { Db, Tx } from "#store/db.ts"

/** Somebody saw a widget, or an event within it. */
export type VisitToKeep = {
  readonly accountId: string
  /** Made by the page for as long as it is open. */
  readonly visitId: string
  /** Event slug; empty for the widget itself. */
  readonly event: string
  /** ISO 8601. */
  readonly at: string
  readonly currency: string
  readonly touch: Touch
}

/** A cart got its first tickets, or was taken to the form. */
export type StepToKeep = {
  readonly accountId: string
  readonly cartId: string
  readonly step: "added" | "began"
  /** Event slug; empty for the cart as a whole. */
  readonly event: string
  readonly at: string
  readonly currency: string
}

/** Writes what is not yet known and marks the days that it changes. Sent again, nothing is counted twice. */
export async function keepVisits(
  tx: Tx,
  visits: readonly VisitToKeep[],
  steps: readonly StepToKeep[],
): Promise<void> {
  await tx.$client.query({
    name: "keep-visits",
    text: `with visited as (
        insert into marketing.visit (account_id, visit_id, event_slug, at, currency, source, medium, campaign, content, term, click_ids, ref, referrer, landing_page)
        select account_id, visit_id, event_slug, at, currency, source, medium, campaign, content, term, coalesce(click_ids, '{}'), ref, referrer, landing_page
        from jsonb_to_recordset($1) as v (account_id uuid, visit_id uuid, event_slug text, at timestamptz, currency text, source text, medium text,
          campaign text, content text, term text, click_ids jsonb, ref text, referrer text, landing_page text)
        order by account_id, visit_id, event_slug on conflict do nothing returning account_id, at),
      stepped as (
        insert into marketing.step (account_id, cart_id, step, event_slug, at, currency)
        select account_id, cart_id, step, event_slug, at, currency
        from jsonb_to_recordset($2) as s (account_id uuid, cart_id uuid, step text, event_slug text, at timestamptz, currency text)
        order by cart_id, step, event_slug on conflict do nothing returning account_id, at)
      insert into marketing.report_day as known (account_id, day)
      select distinct a.id, (news.at at time zone a.time_zone)::date
      from (select * from visited union all select * from stepped) news join org.account a on a.id = news.account_id order by 1, 2
      on conflict (account_id, day) do update set rev = known.rev + 1`,
    values: [JSON.stringify(visits.map(visitRow)), JSON.stringify(steps.map(stepRow))],
  })
}

/** Accounts with visits before an instant, ISO 8601. */
export async function listOldVisitors(db: Db, before: string, limit: number): Promise<string[]> {
  const { rows } = await db.$client.query<{ id: string }>({
    name: "list-old-visitors",
    text: `select id from org.account a where exists (select from marketing.visit where account_id = a.id and at < $1) order by id limit $2`,
    values: [before, limit],
  })
  return rows.map(({ id }) => id)
}

/**
 * Keeps the oldest visits before an instant as counts of those that tell the reports the same, and answers how many they were. What a report
 * does not read goes: which click it was, and which page of a site came before.
 */
export async function countOldVisits(
  tx: Tx,
  accountId: string,
  before: string,
  limit: number,
): Promise<number> {
  const { rows } = await tx.$client.query<{ count: number }>({
    name: "count-old-visits",
    text: `with oldest as (
        select account_id, visit_id, event_slug from marketing.visit where account_id = $1 and at < $2 order by at limit $3),
      gone as (
        delete from marketing.visit v using oldest o
        where v.account_id = o.account_id and v.visit_id = o.visit_id and v.event_slug = o.event_slug returning v.*),
      told as (
        select g.account_id, (g.at at time zone a.time_zone)::date as day, event_slug, currency, source, medium, campaign, content, term,
          (select coalesce(jsonb_object_agg(name, ''), '{}') from jsonb_object_keys(g.click_ids) name) as click_ids,
          ref, substring(referrer from '(?i)^https?://[^/?#:@]+') as referrer, landing_page
        from gone g join org.account a on a.id = g.account_id),
      kept as (
        insert into marketing.old_visit (account_id, day, event_slug, currency, source, medium, campaign, content, term, click_ids, ref, referrer, landing_page, count)
        select t.*, count(*) from told t
        group by account_id, day, event_slug, currency, source, medium, campaign, content, term, click_ids, ref, referrer, landing_page)
      select count(*) from gone`,
    values: [accountId, before, limit],
  })
  return rows[0]?.count ?? 0
}

const visitRow = ({ touch, event, ...visit }: VisitToKeep) => ({
  account_id: visit.accountId,
  visit_id: visit.visitId,
  event_slug: event,
  at: visit.at,
  currency: visit.currency,
  source: touch.source,
  medium: touch.medium,
  campaign: touch.campaign,
  content: touch.content,
  term: touch.term,
  click_ids: touch.clickIds,
  ref: touch.ref,
  referrer: touch.referrer,
  landing_page: touch.landingPage,
})

const stepRow = (step: StepToKeep) => ({
  account_id: step.accountId,
  cart_id: step.cartId,
  step: step.step,
  event_slug: step.event,
  at: step.at,
  currency: step.currency,
})
