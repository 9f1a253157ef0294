-- Who signs in, for which accounts and as what, and who changed what. The tables of schema auth are better-auth's, under names of ours:
-- its user is a person, its account a credential. Nobody but the application reads them.
create schema auth;
grant usage on schema auth to foyer_app;

create table auth.person (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  email text not null unique check (email = lower(email) and length(email) <= 254),
  email_verified boolean not null,
  image text,
  created_at timestamptz not null,
  updated_at timestamptz not null);

create table auth.session (
  id uuid primary key,
  person_id uuid not null references auth.person on delete cascade,
  token text not null unique,                  -- the cookie carries it signed
  expires_at timestamptz not null,
  ip_address text,                             -- not recorded
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null);
create index session_person on auth.session (person_id);
create index session_expiry on auth.session (expires_at);

create table auth.credential (
  id uuid primary key,
  person_id uuid not null references auth.person on delete cascade,
  account_id text not null,                    -- at the provider; for a password the person again
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,                               -- a salted scrypt hash
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (person_id, provider_id));

create table auth.verification (
  id uuid primary key,
  identifier text not null,                    -- SHA-256 of what a mailed link carries
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null);
create index verification_identifier on auth.verification (identifier);
create index verification_expiry on auth.verification (expires_at);

grant select, insert, update on auth.person, auth.credential to foyer_app;
grant select, insert, update, delete on auth.session, auth.verification to foyer_app;

create table ops.secret (                      -- made by the first process that needs it
  name text primary key,
  value text not null check (length(value) >= 32),
  created_at timestamptz not null default clock_timestamp());
revoke select on ops.secret from foyer_report;

create table org.member (
  account_id uuid not null references org.account,
  person_id uuid not null references auth.person,
  role text not null check (role in ('owner', 'manager', 'box-office', 'marketer', 'finance')),
  joined_at timestamptz not null default clock_timestamp(),
  primary key (account_id, person_id));
create index member_person on org.member (person_id);
grant update, delete on org.member to foyer_app;

create table org.invitation (
  id uuid primary key,
  account_id uuid not null references org.account,
  email text not null check (email = lower(email) and length(email) <= 254),
  role text not null check (role in ('owner', 'manager', 'box-office', 'marketer', 'finance')),
  token_hash bytea unique check (length(token_hash) = 32), -- SHA-256; null before the mail is made
  invited_by uuid not null references auth.person,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz,
  check (accepted_at is null or withdrawn_at is null));
create index invitation_account on org.invitation (account_id, created_at);
create unique index invitation_open on org.invitation (account_id, email) where accepted_at is null and withdrawn_at is null;
grant update on org.invitation to foyer_app;

create table org.audit (
  pos bigint generated always as identity primary key,
  account_id uuid not null references org.account,
  at timestamptz not null default clock_timestamp(),
  person_id uuid references auth.person,       -- null: the system itself
  action text not null check (action ~ '^[a-z-]+\.[a-z-]+$'),
  subject text not null check (length(subject) <= 300),
  before jsonb,                                -- without secrets and without shoppers' personal data
  after jsonb);
create index audit_account on org.audit (account_id, pos desc);
call ops.make_append_only('org.audit');

select pgboss.create_queue('send-welcome', '{"policy": "standard", "deadLetter": "dead-letter", "retryLimit": 300, "retryDelay": 1,
  "retryBackoff": true, "retryDelayMax": 300, "heartbeatSeconds": 10, "expireInSeconds": 120}');
select pgboss.create_queue('send-reset', '{"policy": "standard", "deadLetter": "dead-letter", "retryLimit": 300, "retryDelay": 1,
  "retryBackoff": true, "retryDelayMax": 300, "heartbeatSeconds": 10, "expireInSeconds": 120}');
select pgboss.create_queue('send-invitation', '{"policy": "standard", "deadLetter": "dead-letter", "retryLimit": 300, "retryDelay": 1,
  "retryBackoff": true, "retryDelayMax": 300, "heartbeatSeconds": 10, "expireInSeconds": 120}');
