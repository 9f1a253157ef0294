-- Stock: one event-sourced aggregate per variant. The row is the aggregate's head and the strongly consistent read model in one.
create table inv.variant (
  variant_id uuid primary key,
  account_id uuid not null,
  product_id uuid not null,
  capacity int not null check (capacity >= 0),
  held int not null default 0 check (held >= 0),
  sold int not null default 0 check (sold >= 0),
  version bigint not null default 0,
  constraint never_oversold check (held + sold <= capacity),
  foreign key (account_id, variant_id) references catalogue.variant (account_id, id),
  foreign key (account_id, product_id) references catalogue.product (account_id, id)
) with (fillfactor = 50);                      -- no index on what changes: every update stays on its page

create table inv.hold (
  hold_id uuid not null,
  variant_id uuid not null references inv.variant,
  account_id uuid not null references org.account,
  cart_id uuid not null,
  qty int not null check (qty > 0),
  state text not null default 'held' check (state in ('held', 'paying', 'sold', 'released', 'expired')),
  expires_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (hold_id, variant_id)
) with (fillfactor = 70);
create index hold_reap on inv.hold (variant_id, expires_at) where state in ('held', 'paying');
create index hold_due on inv.hold (expires_at) where state in ('held', 'paying');
create unique index one_live_hold on inv.hold (cart_id, variant_id) where state in ('held', 'paying');
create index hold_cart on inv.hold (cart_id);
create trigger hold_transition before insert on inv.hold for each row execute function ops.guard_transition('hold');
create trigger hold_transition_on_update before update of state on inv.hold for each row
  when (old.state is distinct from new.state) execute function ops.guard_transition('hold'); -- every click writes holds: only a new state is looked up

-- The head must equal its newest event (deferred: checked once, at COMMIT).
create function inv.check_head() returns trigger language plpgsql as $$
declare head record; newest record;
begin
  select version, held, sold, capacity into head from inv.variant where variant_id = new.variant_id;
  select version, (data->'after'->>'held')::int held, (data->'after'->>'sold')::int sold, (data->'after'->>'capacity')::int capacity
    into newest from es.event where stream = 'variant-' || new.variant_id order by version desc limit 1;
  if (head.version, head.held, head.sold, head.capacity) is distinct from (newest.version, newest.held, newest.sold, newest.capacity) then
    raise exception 'variant % changed without an event', new.variant_id using errcode = '23514', constraint = 'head_equals_stream';
  end if;
  return null;
end $$;
create constraint trigger head_equals_stream after insert or update on inv.variant
  deferrable initially deferred for each row execute function inv.check_head();

grant update on inv.variant, inv.hold to foyer_app;
