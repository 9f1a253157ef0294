import type { Touch } from "@foyer/shared/protocol"
import type { Tx } from "#store/db.ts"

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
