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
