-- Conventions. Amounts are bigint minor units; currencies lower-case ISO 4217; ids are UUIDv7 made by the application, except catalogue rows,
-- whose ids are derived from their slugs. Every row an organizer owns carries its account_id, and parent and child are tied by (account_id, id).
-- Every state column has a CHECK of legal values and a transition trigger fed by ops.transition.
create schema ops;        -- idempotency, guards, outgoing mail
create schema es;         -- the event store
create schema org;        -- accounts and what they configure
create schema catalogue;  -- what is for sale
create schema inv;        -- stock
create schema sales;      -- carts, orders, tickets
create schema pay;        -- payments and the provider's side of them
create schema marketing;  -- touches and conversions

create domain ops.currency as char(3) check (value ~ '^[a-z]{3}$');
create domain ops.minor as bigint check (value between -9007199254740991 and 9007199254740991); -- stays exact as a JavaScript number
create domain ops.slug as text check (value ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(value) <= 80);
create domain ops.rate_ppm as int check (value between 0 and 1000000); -- parts per million: 13 % is 130000

do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'foyer_app') then create role foyer_app nologin; end if;
  if not exists (select 1 from pg_roles where rolname = 'foyer_report') then create role foyer_report nologin; end if;
end $$;
grant usage on schema ops, es, org, catalogue, inv, sales, pay, marketing to foyer_app, foyer_report;
alter default privileges in schema ops, es, org, catalogue, inv, sales, pay, marketing grant select on tables to foyer_app, foyer_report;
alter default privileges in schema es, inv, sales, pay, marketing, ops, org, catalogue grant insert on tables to foyer_app;
alter default privileges in schema ops, es, org, catalogue, inv, sales, pay, marketing grant usage on sequences to foyer_app;

-- Guards ------------------------------------------------------------------------------------------------------------------------------------
create function ops.append_only() returns trigger language plpgsql as $$
begin raise exception '%.% is append-only', tg_table_schema, tg_table_name using errcode = '0A000'; end $$;

create procedure ops.make_append_only(t regclass) language plpgsql as $$
begin
  execute format('create trigger append_only_row before update or delete on %s for each statement execute function ops.append_only()', t);
  execute format('create trigger append_only_truncate before truncate on %s for each statement execute function ops.append_only()', t);
end $$;

create table ops.transition (machine text, from_state text, to_state text, primary key (machine, from_state, to_state));

create function ops.guard_transition() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select 1 from ops.transition where machine = tg_argv[0] and from_state = '(new)' and to_state = new.state) then
      raise exception '%: illegal initial state %', tg_argv[0], new.state using errcode = '23514', constraint = tg_argv[0] || '_transition';
    end if;
  elsif new.state is distinct from old.state
    and not exists (select 1 from ops.transition where machine = tg_argv[0] and from_state = old.state and to_state = new.state) then
    raise exception '%: illegal transition % -> %', tg_argv[0], old.state, new.state using errcode = '23514', constraint = tg_argv[0] || '_transition';
  end if;
  return new;
end $$;

insert into ops.transition values
  ('cart', '(new)', 'open'), ('cart', 'open', 'frozen'), ('cart', 'frozen', 'open'), ('cart', 'frozen', 'completed'), ('cart', 'open', 'completed'),
  ('cart', 'open', 'expired'), ('cart', 'expired', 'open'), ('cart', 'expired', 'completed'),

  ('order', '(new)', 'awaiting_payment'), ('order', '(new)', 'paid'),
  ('order', 'awaiting_payment', 'processing'), ('order', 'awaiting_payment', 'paid'), ('order', 'awaiting_payment', 'expired'),
  ('order', 'awaiting_payment', 'canceled'), ('order', 'awaiting_payment', 'payment_unfulfillable'),
  ('order', 'processing', 'paid'), ('order', 'processing', 'awaiting_payment'), ('order', 'processing', 'canceled'), ('order', 'processing', 'payment_unfulfillable'),
  ('order', 'expired', 'paid'), ('order', 'expired', 'payment_unfulfillable'), ('order', 'expired', 'canceled'), ('order', 'canceled', 'payment_unfulfillable'),
  ('order', 'paid', 'partially_refunded'), ('order', 'paid', 'refunded'), ('order', 'paid', 'disputed'),
  ('order', 'partially_refunded', 'refunded'), ('order', 'partially_refunded', 'disputed'),
  ('order', 'disputed', 'paid'), ('order', 'disputed', 'partially_refunded'), ('order', 'disputed', 'refunded'), ('order', 'payment_unfulfillable', 'refunded'),

  ('hold', '(new)', 'held'), ('hold', 'held', 'paying'), ('hold', 'held', 'sold'), ('hold', 'held', 'released'), ('hold', 'held', 'expired'),
  ('hold', 'paying', 'held'), ('hold', 'paying', 'sold'), ('hold', 'paying', 'released'), ('hold', 'paying', 'expired'),

  ('payment', '(new)', 'created'), ('payment', 'created', 'submitting'), ('payment', 'created', 'canceled'),
  ('payment', 'submitting', 'requires_action'), ('payment', 'submitting', 'processing'), ('payment', 'submitting', 'succeeded'), ('payment', 'submitting', 'failed'),
  ('payment', 'submitting', 'canceled'), ('payment', 'submitting', 'unknown'), ('payment', 'submitting', 'created'),
  ('payment', 'requires_action', 'unknown'), ('payment', 'requires_action', 'processing'), ('payment', 'requires_action', 'succeeded'),
  ('payment', 'requires_action', 'failed'), ('payment', 'requires_action', 'canceled'),
  ('payment', 'processing', 'unknown'), ('payment', 'processing', 'succeeded'), ('payment', 'processing', 'failed'),
  ('payment', 'processing', 'requires_action'), ('payment', 'processing', 'canceled'),
  ('payment', 'failed', 'submitting'), ('payment', 'failed', 'requires_action'), ('payment', 'failed', 'processing'), ('payment', 'failed', 'succeeded'),
  ('payment', 'failed', 'canceled'), ('payment', 'failed', 'unknown'),
  ('payment', 'unknown', 'submitting'), ('payment', 'unknown', 'requires_action'), ('payment', 'unknown', 'processing'), ('payment', 'unknown', 'succeeded'),
  ('payment', 'unknown', 'failed'), ('payment', 'unknown', 'canceled'),

  ('refund', '(new)', 'pending'), ('refund', 'pending', 'submitting'), ('refund', 'submitting', 'succeeded'), ('refund', 'submitting', 'pending'),
  ('refund', 'submitting', 'failed'), ('refund', 'submitting', 'unknown'), ('refund', 'unknown', 'submitting'), ('refund', 'unknown', 'succeeded'),
  ('refund', 'unknown', 'failed'), ('refund', 'succeeded', 'failed'),

  ('redemption', '(new)', 'reserved'), ('redemption', 'reserved', 'used'), ('redemption', 'reserved', 'released'), ('redemption', 'released', 'used'),

  ('conversion', '(new)', 'pending'), ('conversion', 'pending', 'handed_out'), ('conversion', 'handed_out', 'acknowledged'),
  ('conversion', 'pending', 'acknowledged'), ('conversion', 'handed_out', 'skipped'), ('conversion', 'pending', 'skipped'), ('conversion', 'skipped', 'acknowledged');
call ops.make_append_only('ops.transition');
revoke insert on ops.transition from foyer_app;

-- Effectively once ----------------------------------------------------------------------------------------------------------------------------
-- The one idempotency store, written in the command's own transaction and kept 30 days. The id is made by the caller; the same id with another
-- body is refused. Never holds a secret.
create table ops.command (
  scope text not null,                 -- 'cart:<id>', 'user:<id>', 'job:<name>'
  command_id uuid not null,
  kind text not null,
  request_hash bytea not null,
  outcome jsonb,                       -- null while a provider flow is between its two transactions
  at timestamptz not null default clock_timestamp(),
  primary key (scope, command_id));
create index command_age on ops.command (at);
grant update, delete on ops.command to foyer_app;

-- Event store ---------------------------------------------------------------------------------------------------------------------------------
create table es.event (
  pos bigint generated always as identity primary key,          -- unique, NOT gap-free, NOT in commit order: never poll by pos alone
  xid xid8 not null default pg_current_xact_id(),               -- (xid, pos) below pg_snapshot_xmin() is the safe global order
  stream text not null,
  version bigint not null check (version > 0),
  event_id uuid not null unique,
  type text not null,
  schema_version smallint not null default 1,
  data jsonb not null,                                          -- no personal data
  command_id uuid,
  causation_id uuid,
  correlation_id uuid,
  actor_type text not null,
  actor_id text,
  at timestamptz not null default clock_timestamp(),
  unique (stream, version));
create index event_safe_order on es.event (xid, pos);
create index event_command on es.event (command_id) where command_id is not null;
call ops.make_append_only('es.event');

create table es.stream (stream text primary key, version bigint not null default 0) with (fillfactor = 70); -- lock target of aggregates without a row of their own
create table es.subscription (
  name text primary key,
  last_xid xid8 not null default '0',
  last_pos bigint not null default 0,
  epoch int not null default 1,
  updated_at timestamptz not null default now());
grant update on es.stream, es.subscription to foyer_app;

-- Mail without SMTP_URL is kept here and shown in the dev outbox ------------------------------------------------------------------------------
create table ops.outbox_mail (
  id uuid primary key,
  to_address text not null,
  subject text not null,
  html text not null,
  text text not null,
  attachments jsonb not null default '[]',
  at timestamptz not null default clock_timestamp());
