create table pay.payment (
  id uuid primary key,
  account_id uuid not null,
  order_id uuid not null,
  provider text not null,
  provider_id text,
  currency ops.currency not null,
  amount_minor ops.minor not null check (amount_minor > 0),
  state text not null default 'created' check (state in ('created', 'submitting', 'requires_action', 'processing', 'succeeded', 'failed', 'canceled', 'unknown')),
  captured_minor ops.minor not null default 0 check (captured_minor >= 0),
  refund_reserved_minor ops.minor not null default 0 check (refund_reserved_minor >= 0),
  failure_code text,                           -- the provider's decline code, for the message
  failure_attempt text,                        -- which attempt that was: the same decline read again is no news
  idempotency_key text not null unique,
  provider_seen_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  parked_reason text,                          -- a mismatch that a person must look at: never fulfilled by itself
  unique (account_id, id), unique (provider, provider_id),
  constraint refunds_within_captured check (refund_reserved_minor <= captured_minor),
  foreign key (account_id, order_id) references sales.orders (account_id, id));
create unique index one_live_payment on pay.payment (order_id) where state <> 'canceled';   -- a declined payment is tried again on the same PaymentIntent
create index payment_open on pay.payment (created_at) where state in ('created', 'submitting', 'requires_action', 'processing', 'failed', 'unknown');
create trigger payment_transition before insert or update of state on pay.payment for each row execute function ops.guard_transition('payment');

create table pay.refund (
  id uuid primary key,
  account_id uuid not null,
  payment_id uuid not null,
  currency ops.currency not null,
  amount_minor ops.minor not null check (amount_minor > 0),
  state text not null default 'pending' check (state in ('pending', 'submitting', 'succeeded', 'failed', 'unknown')),
  idempotency_key text not null unique,
  provider_id text unique,
  reason text not null,
  created_at timestamptz not null default clock_timestamp(),
  foreign key (account_id, payment_id) references pay.payment (account_id, id));
create index refund_open on pay.refund (created_at) where state in ('pending', 'submitting', 'unknown');
create trigger refund_transition before insert or update of state on pay.refund for each row execute function ops.guard_transition('refund');

create table pay.provider_call (               -- the write-ahead log of every outgoing call: committed before the request leaves
  id bigint generated always as identity primary key,
  account_id uuid not null references org.account,
  subject_type text not null,
  subject_id uuid not null,
  op text not null,
  idempotency_key text not null,
  request_hash bytea not null,
  attempt int not null,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  http_status int,
  outcome text check (outcome in ('ok', 'rejected', 'retry', 'unknown')),
  provider_request_id text,
  error text,                                  -- a code, never a secret
  check ((finished_at is null) = (outcome is null)));
create index provider_call_subject on pay.provider_call (subject_type, subject_id);

create table pay.webhook_inbox (
  provider text not null,
  event_id text not null,
  type text not null,
  object_id text,
  livemode boolean not null,
  provider_created_at timestamptz not null,
  received_at timestamptz not null default clock_timestamp(),
  deliveries int not null default 1,
  state text not null default 'received' check (state in ('received', 'applied', 'ignored', 'dead')),
  applied_at timestamptz,
  error text,
  primary key (provider, event_id));
create index inbox_pending on pay.webhook_inbox (received_at) where state = 'received';

grant update on pay.payment, pay.refund, pay.provider_call, pay.webhook_inbox to foyer_app;
