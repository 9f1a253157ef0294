create table marketing.touch (                 -- one marketing contact, as the landing URL told it; hostile input, trimmed before it is stored
  cart_id uuid not null,
  account_id uuid not null,
  seq int not null,
  at timestamptz not null,
  source text, medium text, campaign text, content text, term text,
  click_ids jsonb not null default '{}',       -- gclid gbraid wbraid fbclid rdt_cid msclkid ttclid
  ref text, customer_referral_code text, access_code text,
  referrer text, landing_page text,
  fingerprint bytea not null,                  -- the same touch sent again by a reconnect is not a second one
  primary key (cart_id, seq),
  unique (cart_id, fingerprint),
  foreign key (account_id, cart_id) references sales.cart (account_id, id));
call ops.make_append_only('marketing.touch');

create table marketing.conversion (            -- exactly one per order and destination
  order_id uuid not null,
  account_id uuid not null,
  destination text not null check (destination in ('meta', 'ga4', 'google-ads', 'reddit')),
  state text not null default 'pending' check (state in ('pending', 'handed_out', 'acknowledged', 'skipped')),
  outcome text check (outcome in ('fired', 'no-consent', 'missing-library')),
  handed_out_at timestamptz,
  acknowledged_at timestamptz,
  primary key (order_id, destination),
  foreign key (account_id, order_id) references sales.orders (account_id, id));
create trigger conversion_transition before insert or update of state on marketing.conversion for each row execute function ops.guard_transition('conversion');
grant update on marketing.conversion to foyer_app;
