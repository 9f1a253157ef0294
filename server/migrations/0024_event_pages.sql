-- When what an event's page shows last changed by its organizer's hand: the truth that sitemaps tell. Kept by triggers, so that no writer can forget it.
create table catalogue.event_shown (
  event_id uuid primary key,
  account_id uuid not null,
  changed_at timestamptz not null,
  foreign key (account_id, event_id) references catalogue.event (account_id, id));
create index event_shown_account on catalogue.event_shown (account_id);
grant update on catalogue.event_shown to foyer_app;

create function catalogue.note_shown() returns trigger language plpgsql as $$
begin
  -- The argument reads the statement's rows, under the name "changed", as the ids of their events.
  execute format(
    'insert into catalogue.event_shown (event_id, account_id, changed_at)
     select e.id, e.account_id, clock_timestamp() from catalogue.event e where e.id in (%s)
     on conflict (event_id) do update set changed_at = excluded.changed_at', tg_argv[0]);
  return null;
end $$;

do $$
declare
  part record;
  happening text;
begin
  for part in
    select * from (values
      ('event', 'select c.id from changed c'),
      ('showtime', 'select c.event_id from changed c'),
      ('product', 'select c.event_id from changed c'),
      ('variant', 'select p.event_id from changed c join catalogue.product p on p.id = c.product_id'),
      ('price_type', 'select p.event_id from changed c join catalogue.variant v on v.id = c.variant_id join catalogue.product p on p.id = v.product_id'),
      ('price', 'select p.event_id from changed c join catalogue.price_type t on t.id = c.price_type_id
        join catalogue.variant v on v.id = t.variant_id join catalogue.product p on p.id = v.product_id')
    ) as parts (name, events)
  loop
    foreach happening in array array['insert', 'update', 'delete'] loop
      execute format(
        'create trigger shown_%1$s after %1$s on catalogue.%2$I referencing %3$s table as changed
         for each statement execute function catalogue.note_shown(%4$L)',
        happening, part.name, case happening when 'delete' then 'old' else 'new' end, part.events);
    end loop;
  end loop;
end $$;

insert into catalogue.event_shown (event_id, account_id, changed_at) select id, account_id, clock_timestamp() from catalogue.event;

-- Events found on a page or in a file, kept as they were found until their organizer has looked through them.
create table org.found_events (
  id uuid primary key,
  account_id uuid not null references org.account,
  found_by text not null,                      -- the person's id
  source text not null check (length(source) between 1 and 500),
  found jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  taken_at timestamptz);                       -- when what was wanted of it became events
create index found_events_account on org.found_events (account_id, created_at);
grant update, delete on org.found_events to foyer_app;

-- The last look at an organizer's page, by widget.
create table org.page_check (
  account_id uuid not null references org.account,
  widget_slug ops.slug not null,
  address text not null check (length(address) between 1 and 2000),
  findings jsonb not null,
  checked_at timestamptz not null,
  primary key (account_id, widget_slug));
grant update, delete on org.page_check to foyer_app;
