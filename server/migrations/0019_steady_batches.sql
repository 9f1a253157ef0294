-- A batch's cost is that of its commands, however much the tables hold and whatever a planner without statistics makes of them: each cart's holds,
-- each command and each variant's lapsed holds are looked up by their key. (Joined, the holds had been planned as every live hold, for each cart.)
-- The fences (`offset 0`) keep the look-ups from becoming joins again.
create or replace function sales.lock_batch(accounts uuid[], token_hashes bytea[], whole boolean[], op_ids uuid[], variants uuid[], most_lapsed int)
returns json language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
declare
  carts uuid[];
  stocked uuid[];
  scopes text[];
  ops uuid[];
  moment timestamptz;
  lapsed_holds uuid[];
  lapsed_variants uuid[];
  has_more_lapsed boolean;
  lapsed json;
begin
  select array_agg(distinct id), array_agg(distinct id) filter (where is_whole), array_agg('cart:' || id), array_agg(op_id)
    into carts, stocked, scopes, ops from (
    select c.id, w.is_whole, w.op_id from unnest(accounts, token_hashes, whole, op_ids) w (account_id, token_hash, is_whole, op_id)
      join sales.cart c using (account_id, token_hash)
      order by c.id for no key update of c) locked;
  if stocked is not null then
    variants := variants || array(select variant_id from sales.cart_line where cart_id = any (stocked));
  end if;
  select array_agg(variant_id) into variants from (
    select variant_id from inv.variant where variant_id = any (variants) order by variant_id for no key update) locked;
  moment := clock_timestamp();
  select array_agg(hold_id), array_agg(variant_id), count(*) >= most_lapsed into lapsed_holds, lapsed_variants, has_more_lapsed from (
    select h.* from unnest(variants) v (id) cross join lateral (
      select hold_id, variant_id, expires_at from inv.hold
        where variant_id = v.id and state in ('held', 'paying') and expires_at <= moment
        order by expires_at limit most_lapsed) h
      order by h.expires_at limit most_lapsed) oldest;
  if has_more_lapsed then
    select lapsed_holds || array_agg(h.hold_id), lapsed_variants || array_agg(h.variant_id) into lapsed_holds, lapsed_variants
      from unnest(carts) c (id) join inv.hold h on h.cart_id = c.id and h.state in ('held', 'paying')
      where h.variant_id = any (variants) and h.expires_at <= moment;
  end if;
  if lapsed_holds is not null then
    select json_agg(h) into lapsed from (
      select h.* from (select distinct * from unnest(lapsed_holds, lapsed_variants) u (hold_id, variant_id)) u
        join inv.hold h using (hold_id, variant_id)
        where h.state in ('held', 'paying') and h.expires_at <= moment order by h.hold_id, h.variant_id for update of h) h;
  end if;
  return json_build_object(
    'now', moment,
    'carts', (select json_agg(c) from sales.cart c where c.id = any (carts)),
    'lines', (select json_agg(l order by position) from sales.cart_line l where l.cart_id = any (carts)),
    'touches', (select json_agg(json_build_array(t.cart_id, t.fingerprint) order by seq) from marketing.touch t where t.cart_id = any (carts)),
    'commands', (select json_agg(k) from unnest(scopes, ops) w (scope, op_id) cross join lateral (
      select * from ops.command where scope = w.scope and command_id = w.op_id offset 0) k),
    'variants', (select json_agg(v) from inv.variant v where v.variant_id = any (variants)),
    'holds', (select json_agg(h) from unnest(carts) c (id) cross join lateral (
      select * from inv.hold where cart_id = c.id and state in ('held', 'paying') offset 0) h),
    'lapsed', lapsed,
    'has_more_lapsed', has_more_lapsed);
end $$;

-- All that a batch came to, each kind of row as a JSON array or null when there is none. A function, because as one statement of the session its
-- plan stood on what the tables held when it was made, and read a whole evening's carts for one click until they were analysed again.
create function sales.write_batch(new_carts json, carts json, removed json, lines json, touches json, holds json, new_holds json, heads json, events json,
  commands json)
returns void language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  if new_carts is not null then
    insert into sales.cart (id, account_id, token_hash, state, rev, region_id, locale, promo_code, details, holds_expire_at, holds_extended_at)
      select id, account_id, decode(token_hash, 'hex'), state, rev, region_id, locale, promo_code, details, holds_expire_at, holds_extended_at
      from json_to_recordset(new_carts) as t (id uuid, account_id uuid, token_hash text, state text, rev bigint, region_id uuid, locale text,
        promo_code text, details jsonb, holds_expire_at timestamptz, holds_extended_at timestamptz);
  end if;
  if carts is not null then
    update sales.cart c set state = n.state, rev = n.rev, region_id = n.region_id, promo_code = n.promo_code, details = n.details,
        holds_expire_at = n.holds_expire_at, holds_extended_at = n.holds_extended_at, updated_at = clock_timestamp()
      from json_to_recordset(carts) as n (id uuid, state text, rev bigint, region_id uuid, promo_code text, details jsonb, holds_expire_at timestamptz,
        holds_extended_at timestamptz) where c.id = n.id;
  end if;
  if removed is not null then
    delete from sales.cart_line l using json_to_recordset(removed) as t (cart_id uuid, price_type_id uuid)
      where l.cart_id = t.cart_id and l.price_type_id = t.price_type_id;
  end if;
  if lines is not null then
    insert into sales.cart_line (cart_id, account_id, variant_id, price_type_id, quantity, amount_minor, position)
      select n.cart_id, n.account_id, n.variant_id, n.price_type_id, n.quantity, n.amount_minor,
        n.position + coalesce((select max(l.position) from sales.cart_line l where l.cart_id = n.cart_id), 0)
      from json_to_recordset(lines) as n (cart_id uuid, account_id uuid, variant_id uuid, price_type_id uuid, quantity int, amount_minor bigint, position int)
      on conflict (cart_id, price_type_id) do update set quantity = excluded.quantity, amount_minor = excluded.amount_minor;
  end if;
  if touches is not null then
    insert into marketing.touch (cart_id, account_id, seq, at, source, medium, campaign, content, term, click_ids, ref, customer_referral_code, access_code,
        referrer, landing_page, fingerprint)
      select cart_id, account_id, seq, at, source, medium, campaign, content, term, coalesce(click_ids, '{}'), ref, customer_referral_code, access_code,
        referrer, landing_page, decode(fingerprint, 'hex')
      from json_to_recordset(touches) as t (cart_id uuid, account_id uuid, seq int, at timestamptz, source text, medium text, campaign text, content text,
        term text, click_ids jsonb, ref text, customer_referral_code text, access_code text, referrer text, landing_page text, fingerprint text);
  end if;
  if holds is not null then
    update inv.hold h set state = n.state, qty = n.qty, expires_at = n.expires_at
      from json_to_recordset(holds) as n (hold_id uuid, variant_id uuid, qty int, state text, expires_at timestamptz)
      where h.hold_id = n.hold_id and h.variant_id = n.variant_id;
  end if;
  if new_holds is not null then -- after a cart's old ones have ended: one_live_hold is checked row by row
    insert into inv.hold (hold_id, variant_id, account_id, cart_id, qty, state, expires_at)
      select hold_id, variant_id, account_id, cart_id, qty, state, expires_at
      from json_to_recordset(new_holds) as t (hold_id uuid, variant_id uuid, account_id uuid, cart_id uuid, qty int, state text, expires_at timestamptz);
  end if;
  if heads is not null then
    update inv.variant v set capacity = n.capacity, held = n.held, sold = n.sold, version = n.version
      from json_to_recordset(heads) as n (variant_id uuid, capacity int, held int, sold int, version bigint) where v.variant_id = n.variant_id;
  end if;
  if events is not null then
    insert into es.event (stream, version, event_id, type, data, command_id, actor_type, actor_id)
      select stream, version, event_id, data->>'type', data, command_id, actor_type, actor_id
      from json_to_recordset(events) as t (stream text, version bigint, event_id uuid, data jsonb, command_id uuid, actor_type text, actor_id text);
  end if;
  if commands is not null then
    insert into ops.command (scope, command_id, kind, request_hash, outcome)
      select scope, command_id, kind, decode(request_hash, 'hex'), outcome
      from json_to_recordset(commands) as t (scope text, command_id uuid, kind text, request_hash text, outcome jsonb);
  end if;
end $$;

-- A batch that was decided from what a process remembers, in one round trip. It is written only if all is as that process took it for granted: these
-- carts were last written by these transactions (their xmin) and no hold of theirs is over, no cart has these tokens, these variants' heads are these
-- (null: nothing counts the variant), and it is about that time. A head's version alone would not do: it may have been expected of a transaction that
-- failed, and have become another's. Locks as lock_batch does: carts, then variants, each in the order of their ids. Answers the clock and this
-- transaction, by which the carts written here are known next time; null when something is different, and then nothing was done.
create function sales.write_expected_batch(moment timestamptz, cart_ids uuid[], seen xid[], accounts uuid[], token_hashes bytea[], variant_ids uuid[],
  versions bigint[], capacities int[], helds int[], solds int[], new_carts json, carts json, removed json, lines json, touches json, holds json, new_holds json, heads json, events json, commands json)
returns json language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
declare
  found_rows int;
  as_seen int;
begin
  if cardinality(cart_ids) > 0 then
    select count(*) filter (where is_as_seen) into as_seen from (
      select c.xmin = w.seen as is_as_seen from unnest(cart_ids, seen) w (id, seen) join sales.cart c using (id) order by c.id for no key update of c) locked;
    if as_seen < cardinality(cart_ids) then return null; end if;
  end if;
  if cardinality(variant_ids) > 0 then
    select count(*), count(*) filter (where is_as_seen) into found_rows, as_seen from (
      select (v.version, v.capacity, v.held, v.sold) = (w.version, w.capacity, w.held, w.sold) as is_as_seen
        from unnest(variant_ids, versions, capacities, helds, solds) w (variant_id, version, capacity, held, sold) join inv.variant v using (variant_id)
        order by v.variant_id for no key update of v) locked;
    if found_rows > as_seen or as_seen < cardinality(array_remove(versions, null)) then return null; end if;
  end if;
  if cardinality(token_hashes) > 0
    and exists (select from unnest(accounts, token_hashes) w (account_id, token_hash) join sales.cart c using (account_id, token_hash)) then return null; end if;
  if clock_timestamp() not between moment - interval '1 second' and moment + interval '1 second' then return null; end if;
  if cardinality(cart_ids) > 0 and exists (select from unnest(cart_ids) c (id) join inv.hold h on h.cart_id = c.id
    where h.state in ('held', 'paying') and h.expires_at <= clock_timestamp()) then return null; end if;
  perform sales.write_batch(new_carts, carts, removed, lines, touches, holds, new_holds, heads, events, commands);
  return json_build_object('now', clock_timestamp(), 'by', pg_current_xact_id()::xid::text);
end $$;
