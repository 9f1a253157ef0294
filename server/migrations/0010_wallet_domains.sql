-- Wallets appear only on host pages whose domain the provider knows. One row a domain, whichever accounts embed there.
create table pay.wallet_domain (
  domain text primary key check (domain ~ '^[a-z0-9.-]+$'),
  status text not null default 'pending' check (status in ('pending', 'enabled', 'disabled', 'refused')),
  provider_id text,
  error text,                                  -- the provider's code
  checked_at timestamptz);
grant update on pay.wallet_domain to foyer_app;

select pgboss.create_queue('register-domain', '{"policy": "standard", "deadLetter": "dead-letter", "retryLimit": 300, "retryDelay": 1,
  "retryBackoff": true, "retryDelayMax": 300, "heartbeatSeconds": 10, "expireInSeconds": 120}');
