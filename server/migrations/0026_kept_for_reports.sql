-- Visits of long ago, counted: what the reports ask of them is by day, so that a row for each is kept for two years and a month only. The day is of the
-- time zone that the account had then; click ids are kept as names, of an address before only its site.
create table marketing.old_visit (
  account_id uuid not null references org.account,
  day date not null,
  event_slug text not null,
  currency ops.currency not null,
  source text, medium text, campaign text, content text, term text,
  click_ids jsonb not null,
  ref text, referrer text, landing_page text,
  count bigint not null check (count > 0));
create index old_visit_day on marketing.old_visit (account_id, day);
call ops.make_append_only('marketing.old_visit');

-- A visit is still never changed, but it may go.
drop trigger append_only_row on marketing.visit;
create trigger append_only_row before update on marketing.visit for each statement execute function ops.append_only();
grant delete on marketing.visit to foyer_app;

select pgboss.create_queue('prune-visits', '{"policy": "exclusive", "retryLimit": 0, "heartbeatSeconds": 10, "expireInSeconds": 120,
  "deleteAfterSeconds": 3600}');

-- How the shows of an event sold on their way, by the day of the order: replaced day by day, as the rollups are. An event's curve is read from as many
-- rows as it had shows and days of sale, however much it sold.
create table marketing.show_sale (
  account_id uuid not null references org.account,
  event_slug text not null,
  currency ops.currency not null,
  day date not null,
  starts_at timestamptz not null,
  starts_local timestamp not null,
  days_before int not null,                    -- whole days before the show; below zero after it began
  tickets int not null,
  sold_minor bigint not null,
  primary key (account_id, event_slug, currency, day, starts_at, starts_local, days_before));
create index show_sale_day on marketing.show_sale (account_id, day);
grant delete on marketing.show_sale to foyer_app;

-- Days that were counted before this lack it.
update marketing.report_day set rev = rev + 1;
