create table sales.cart (
  id uuid primary key,
  account_id uuid not null references org.account,
  token_hash bytea not null check (length(token_hash) = 32),   -- SHA-256 of the token the browser keeps
  state text not null default 'open' check (state in ('open', 'frozen', 'completed', 'expired')),
  rev bigint not null default 0,               -- rises with every change the shopper could see
  region_id uuid not null,
  locale text not null,
  promo_code text,
  details jsonb not null default '{}',         -- what was typed into the form; personal data
  holds_expire_at timestamptz,                 -- one deadline per cart, set by its first hold
  holds_extended_at timestamptz,               -- extended once, when checkout begins
  order_id uuid,                               -- the live order while frozen, the paid one when completed
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (account_id, id),
  unique (account_id, token_hash),             -- a token says nothing to another account
  foreign key (account_id, region_id) references org.region (account_id, id)
) with (fillfactor = 70);
create trigger cart_transition before insert on sales.cart for each row execute function ops.guard_transition('cart');
create trigger cart_transition_on_update before update of state on sales.cart for each row
  when (old.state is distinct from new.state) execute function ops.guard_transition('cart'); -- every click writes its cart: only a new state is looked up

create table sales.cart_line (
  cart_id uuid not null,
  account_id uuid not null,
  variant_id uuid not null,
  price_type_id uuid not null,
  quantity int not null check (quantity between 1 and 1000),
  amount_minor ops.minor check (amount_minor >= 0),   -- pay-what-you-like: what the shopper chose, per unit, in the cart's currency
  position int not null,
  primary key (cart_id, price_type_id),
  foreign key (account_id, cart_id) references sales.cart (account_id, id),
  foreign key (account_id, variant_id) references catalogue.variant (account_id, id),
  foreign key (account_id, price_type_id) references catalogue.price_type (account_id, id)
) with (fillfactor = 70);

alter table inv.hold add foreign key (account_id, cart_id) references sales.cart (account_id, id);

create table sales.orders (                    -- the immutable snapshot of one (cart, revision)
  id uuid primary key,
  account_id uuid not null references org.account,
  cart_id uuid not null,
  cart_rev bigint not null,
  number text not null,                        -- 'LS-7KQ2MX': what people say on the phone
  public_token text not null unique check (length(public_token) >= 32),
  state text not null check (state in ('awaiting_payment', 'processing', 'paid', 'partially_refunded', 'refunded', 'disputed', 'expired', 'canceled', 'payment_unfulfillable')),
  currency ops.currency not null,
  subtotal_minor ops.minor not null check (subtotal_minor >= 0),
  discount_minor ops.minor not null check (discount_minor >= 0),
  fee_minor ops.minor not null check (fee_minor >= 0),
  tax_minor ops.minor not null check (tax_minor >= 0),
  shipping_minor ops.minor not null default 0 check (shipping_minor >= 0),
  total_minor ops.minor not null check (total_minor >= 0),
  tax_lines jsonb not null,                    -- [{ name, ratePpm, includedMinor, addedMinor }], as shown
  region_slug text not null,
  locale text not null,
  promo_code text,
  email text not null,
  first_name text not null,
  last_name text not null,
  phone text,
  shipping_address jsonb,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  placed_at timestamptz,
  unique (account_id, id), unique (account_id, number),
  foreign key (account_id, cart_id) references sales.cart (account_id, id));
create unique index one_live_order on sales.orders (cart_id) where state in ('awaiting_payment', 'processing', 'paid');
create index order_due on sales.orders (expires_at) where state = 'awaiting_payment';
create trigger order_transition before insert or update of state on sales.orders for each row execute function ops.guard_transition('order');

create table sales.order_line (                -- never joins the catalogue to show an old order
  order_id uuid not null,
  account_id uuid not null,
  line_no smallint not null,
  variant_id uuid not null,
  price_type_id uuid not null,
  kind text not null,
  tracked boolean not null,
  event_slug text not null,
  event_title text not null,
  title text not null,                         -- 'General admission'
  detail text not null default '',             -- 'Student', 'M, blue'
  picture text,
  starts_at timestamptz,
  starts_local timestamp,
  time_zone text,
  doors_minutes int,
  duration_minutes int,
  venue_name text not null,
  venue_address text not null,
  quantity int not null check (quantity > 0),
  unit_minor ops.minor not null check (unit_minor >= 0),
  discount_minor ops.minor not null check (discount_minor >= 0),
  fee_passed_minor ops.minor not null check (fee_passed_minor >= 0),     -- paid by the shopper
  fee_absorbed_minor ops.minor not null check (fee_absorbed_minor >= 0), -- paid by the organizer
  tax_added_minor ops.minor not null check (tax_added_minor >= 0),       -- on top of the price
  tax_included_minor ops.minor not null check (tax_included_minor >= 0), -- within the price
  fee_tax_absorbed_minor ops.minor not null default 0 check (fee_tax_absorbed_minor >= 0), -- tax on an absorbed fee: the organizer's
  total_minor ops.minor not null,
  constraint line_adds_up check (total_minor = unit_minor * quantity - discount_minor + fee_passed_minor + tax_added_minor),
  constraint discount_within_price check (discount_minor <= unit_minor * quantity),
  primary key (order_id, line_no),
  foreign key (account_id, order_id) references sales.orders (account_id, id));
call ops.make_append_only('sales.order_line');

create function sales.order_adds_up() returns trigger language plpgsql as $$
declare lines numeric;
begin
  select coalesce(sum(total_minor), 0) into lines from sales.order_line where order_id = new.id;
  if lines + new.shipping_minor <> new.total_minor then
    raise exception 'order % total % <> lines % + shipping %', new.id, new.total_minor, lines, new.shipping_minor using errcode = '23514', constraint = 'order_adds_up';
  end if;
  return null;
end $$;
create constraint trigger order_adds_up after insert or update on sales.orders deferrable initially deferred for each row execute function sales.order_adds_up();

-- Only the state, its clock and the personal data may change on an order.
create function sales.order_frozen() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - '{state,placed_at,expires_at,email,first_name,last_name,phone,shipping_address}'::text[])
     is distinct from (to_jsonb(old) - '{state,placed_at,expires_at,email,first_name,last_name,phone,shipping_address}'::text[]) then
    raise exception 'order % is a snapshot', old.id using errcode = '0A000';
  end if;
  return new;
end $$;
create trigger order_frozen before update on sales.orders for each row execute function sales.order_frozen();

create table sales.order_answer (
  order_id uuid not null,
  account_id uuid not null,
  question_id uuid not null,
  label text not null,
  answer text not null,
  primary key (order_id, question_id),
  foreign key (account_id, order_id) references sales.orders (account_id, id));

create table sales.ticket (
  id uuid primary key,
  account_id uuid not null,
  order_id uuid not null,
  line_no smallint not null,
  seq smallint not null,
  code text not null unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{10}$'),  -- Crockford base 32
  state text not null default 'valid' check (state in ('valid', 'void')),
  unique (order_id, line_no, seq),
  foreign key (account_id, order_id) references sales.orders (account_id, id),
  foreign key (order_id, line_no) references sales.order_line (order_id, line_no));

create table sales.promotion_redemption (
  order_id uuid primary key,
  account_id uuid not null,
  promotion_id uuid not null,
  state text not null default 'reserved' check (state in ('reserved', 'used', 'released')),
  foreign key (account_id, order_id) references sales.orders (account_id, id),
  foreign key (account_id, promotion_id) references catalogue.promotion (account_id, id));
create trigger redemption_transition before insert or update of state on sales.promotion_redemption for each row execute function ops.guard_transition('redemption');

grant update on sales.cart, sales.cart_line, sales.orders, sales.ticket, sales.promotion_redemption to foyer_app;
grant delete on sales.cart_line to foyer_app;

-- Everything a batch of cart commands needs, under its locks: carts sorted, then variants sorted. The first four arrays have one element a
-- command; `whole` marks those about all lines of their cart, whose variants are locked, too. A function, because each of its statements sees what
-- was committed while the one before waited for a lock; one statement would read old lines under a new lock. FOR NO KEY UPDATE lets foreign keys
-- to the same rows pass. The clock is read after the locks.
create function sales.lock_batch(accounts uuid[], token_hashes bytea[], whole boolean[], op_ids uuid[], variants uuid[])
returns json language plpgsql as $$
declare
  carts uuid[];
  stocked uuid[];
  moment timestamptz;
  lapsed json;
begin
  select array_agg(distinct id), array_agg(distinct id) filter (where is_whole) into carts, stocked from (
    select c.id, w.is_whole from unnest(accounts, token_hashes, whole) w (account_id, token_hash, is_whole)
      join sales.cart c using (account_id, token_hash)
      order by c.id for no key update of c) locked;
  variants := variants || array(select variant_id from sales.cart_line where cart_id = any (stocked));
  select array_agg(variant_id) into variants from (
    select variant_id from inv.variant where variant_id = any (variants) order by variant_id for no key update) locked;
  moment := clock_timestamp();
  select json_agg(h) into lapsed from (
    select * from inv.hold where variant_id = any (variants) and state in ('held', 'paying') and expires_at <= moment
      order by hold_id, variant_id for update) h;
  return json_build_object(
    'now', moment,
    'carts', (select json_agg(c) from sales.cart c where c.id = any (carts)),
    'lines', (select json_agg(l order by position) from sales.cart_line l where l.cart_id = any (carts)),
    'touches', (select json_agg(json_build_array(t.cart_id, t.fingerprint) order by seq) from marketing.touch t where t.cart_id = any (carts)),
    'commands', (select json_agg(k) from unnest(accounts, token_hashes, op_ids) w (account_id, token_hash, op_id)
      join sales.cart c using (account_id, token_hash) join ops.command k on k.scope = 'cart:' || c.id and k.command_id = w.op_id),
    'variants', (select json_agg(v) from inv.variant v where v.variant_id = any (variants)),
    'holds', (select json_agg(h) from unnest(carts) c (id) join inv.hold h on h.cart_id = c.id and h.state in ('held', 'paying')),
    'lapsed', lapsed);
end $$;
