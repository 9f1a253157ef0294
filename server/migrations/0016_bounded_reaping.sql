-- As before, but at most so many lapsed holds at a time, the oldest first: those of a whole evening in one transaction would outlast its
-- statement_timeout, and every later command on their variant with it. The carts' own are always among them: a lapsed hold is not one to count on.
-- `has_more_lapsed` says that stock which only the clock holds may be left.
drop function sales.lock_batch(uuid[], bytea[], boolean[], uuid[], uuid[]);

create function sales.lock_batch(accounts uuid[], token_hashes bytea[], whole boolean[], op_ids uuid[], variants uuid[], most_lapsed int)
returns json language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
declare
  carts uuid[];
  stocked uuid[];
  moment timestamptz;
  lapsed_holds uuid[];
  lapsed_variants uuid[];
  has_more_lapsed boolean;
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
  select array_agg(hold_id), array_agg(variant_id), count(*) >= most_lapsed into lapsed_holds, lapsed_variants, has_more_lapsed from (
    select hold_id, variant_id from inv.hold where variant_id = any (variants) and state in ('held', 'paying') and expires_at <= moment
      order by expires_at limit most_lapsed) oldest;
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
    'commands', (select json_agg(k) from unnest(accounts, token_hashes, op_ids) w (account_id, token_hash, op_id)
      join sales.cart c using (account_id, token_hash) join ops.command k on k.scope = 'cart:' || c.id and k.command_id = w.op_id),
    'variants', (select json_agg(v) from inv.variant v where v.variant_id = any (variants)),
    'holds', (select json_agg(h) from unnest(carts) c (id) join inv.hold h on h.cart_id = c.id and h.state in ('held', 'paying')),
    'lapsed', lapsed,
    'has_more_lapsed', has_more_lapsed);
end $$;
