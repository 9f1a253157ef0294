-- Events that nobody is to see yet, and the pictures that organizers upload.
alter table catalogue.event
  drop constraint event_status_check,
  add constraint event_status_check check (status in ('draft', 'on-sale', 'paused'));

create table catalogue.picture (               -- never changed: the name is the content's, and what was sold keeps showing it
  account_id uuid not null references org.account,
  hash text not null check (hash ~ '^[0-9a-f]{40}$'),
  width int not null check (width between 1 and 4000),
  height int not null check (height between 1 and 8000),
  bytes bytea not null check (length(bytes) <= 5000000),  -- WebP
  created_at timestamptz not null default clock_timestamp(),
  primary key (account_id, hash, width));
call ops.make_append_only('catalogue.picture');
