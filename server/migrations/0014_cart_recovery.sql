-- One mail about a cart that was left behind, for organizers who want it. The link's token opens the cart once, on another device too.
alter table org.account add column recovery_mails boolean not null default false;

create table sales.cart_recovery (
  cart_id uuid primary key,                    -- a cart is written about once
  account_id uuid not null,
  token_hash bytea unique check (length(token_hash) = 32), -- SHA-256; null before the mail is made and after the link was used
  expires_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp(),
  used_at timestamptz,
  foreign key (account_id, cart_id) references sales.cart (account_id, id));
grant update on sales.cart_recovery to foyer_app;

select pgboss.create_queue('send-recovery', '{"policy": "standard", "deadLetter": "dead-letter", "retryLimit": 300, "retryDelay": 1,
  "retryBackoff": true, "retryDelayMax": 300, "heartbeatSeconds": 10, "expireInSeconds": 120}');
select pgboss.create_queue('find-left-carts', '{"policy": "exclusive", "retryLimit": 0, "heartbeatSeconds": 10, "expireInSeconds": 120,
  "deleteAfterSeconds": 3600}');
