-- What the marketer's reports are made of. A visit has no person: its id is made by the page for as long as it is open and is kept nowhere in the browser.
create table marketing.visit (
  account_id uuid not null references org.account,
  visit_id uuid not null,
  event_slug text not null default '',         -- '': the widget was seen; otherwise an event was, within the same visit
  at timestamptz not null,
  currency ops.currency not null,              -- what prices were shown in
  source text, medium text, campaign text, content text, term text,
  click_ids jsonb not null default '{}',
  ref text, referrer text, landing_page text,
  primary key (account_id, visit_id, event_slug));
create index visit_day on marketing.visit (account_id, at);
call ops.make_append_only('marketing.visit');

create table marketing.step (                  -- how far a cart came; that it was paid is its order's to say
  cart_id uuid not null,
  account_id uuid not null,
  step text not null check (step in ('added', 'began')),
  event_slug text not null default '',         -- '': anything at all; otherwise tickets of that event
  at timestamptz not null,
  currency ops.currency not null,
  primary key (cart_id, step, event_slug),
  foreign key (account_id, cart_id) references sales.cart (account_id, id));
create index step_day on marketing.step (account_id, at);
call ops.make_append_only('marketing.step');

create table marketing.report_day (            -- days in the account's own time zone, and whether their rollups are what the rows above say
  account_id uuid not null references org.account,
  day date not null,
  rev bigint not null default 1,               -- rises with every news of that day
  folded_rev bigint not null default 0,        -- the news that the rollups know
  folded_at timestamptz,
  took_ms int not null default 0,              -- a day that takes long is folded less often
  primary key (account_id, day)) with (fillfactor = 70);
create index report_day_stale on marketing.report_day (account_id, day) where rev > folded_rev;

create table marketing.report_zone (           -- the zone that an account's days are in: after a change of it all days are other days
  account_id uuid primary key references org.account,
  time_zone text not null);

create table marketing.rollup (                -- replaced day by day, never added to: what a recomputation would say, always
  account_id uuid not null references org.account,
  day date not null,
  currency ops.currency not null,
  model text not null check (model in ('first', 'last', 'linear')),
  dimension text not null check (dimension in ('campaign', 'content', 'term', 'click', 'referrer', 'landing', 'promo', 'ref')),
  event_slug text not null default '',         -- '': all events
  rows jsonb not null,                         -- [[value, source, medium, visits, added, began, orders, returned, tickets, soldMinor, refundedMinor]]; counts but visits in millionths
  primary key (account_id, model, dimension, event_slug, day, currency));
create index rollup_day on marketing.rollup (account_id, day);

create table marketing.saved_view (            -- a report's address under a name, for everybody of the account who sees reports
  id uuid primary key,
  account_id uuid not null references org.account,
  name text not null check (length(name) between 1 and 80),
  query text not null check (length(query) <= 2000),
  created_at timestamptz not null default clock_timestamp(),
  unique (account_id, name));

grant update on marketing.report_day, marketing.report_zone, marketing.saved_view to foyer_app;
grant delete on marketing.report_day, marketing.rollup, marketing.saved_view to foyer_app;

-- Orders of a range of days.
create index order_sold on sales.orders (account_id, placed_at desc, id desc) where placed_at is not null;
-- Refunds of many orders at once.
create index refund_payment on pay.refund (payment_id);

select pgboss.create_queue('fold-reports', '{"policy": "exclusive", "retryLimit": 0, "heartbeatSeconds": 10, "expireInSeconds": 120,
  "deleteAfterSeconds": 3600}');
