/** The sandbox's tables. They are its own: nothing else reads them, and they may be dropped at any time. */
export const schemaSql = `
create table if not exists setting (name text primary key, value text not null);

create table if not exists object (
  id text primary key,
  kind text not null,
  seq bigint generated always as identity,
  created bigint not null,
  body jsonb not null,
  -- what the provider knows and never shows: how a payment method behaves, what a shopper is asked to approve
  inner_state jsonb not null default '{}'
);
create index if not exists object_by_kind on object (kind, seq desc);

create index if not exists object_by_challenge on object ((coalesce(inner_state->'challenge', inner_state->'answered')->>'token'))
  where kind = 'payment_intent';

create table if not exists idempotency_key (
  key text primary key,
  method text not null,
  path text not null,
  fingerprint text not null,
  status int,
  body text,
  request_id text not null,
  created_at timestamptz not null default clock_timestamp()
);

create table if not exists call (
  id text primary key,
  seq bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  method text not null,
  path text not null,
  params jsonb not null,
  idempotency_key text,
  key_kind text not null,
  status int,
  is_replayed boolean not null default false,
  fault text,
  error jsonb
);
create index if not exists call_newest on call (seq desc);

create table if not exists fault (
  id bigint generated always as identity primary key,
  target text not null check (target in ('request', 'webhook')),
  method text,
  pattern text not null,
  action text not null,
  nth int not null default 1,
  times int not null default 1,
  delay_ms int not null default 0,
  seen int not null default 0,
  created_at timestamptz not null default clock_timestamp()
);

create table if not exists delivery (
  id bigint generated always as identity primary key,
  event_id text not null references object (id) on delete cascade,
  subject_id text not null,
  status text not null check (status in ('pending', 'held', 'delivered', 'dropped', 'given_up')),
  fault text,
  due_at timestamptz not null default clock_timestamp(),
  attempts jsonb not null default '[]'
);
create index if not exists delivery_due on delivery (due_at) where status = 'pending';

create table if not exists settlement (
  intent_id text primary key references object (id) on delete cascade,
  due_at timestamptz not null,
  outcome text not null check (outcome in ('succeeded', 'failed'))
);
`
