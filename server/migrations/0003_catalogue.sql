-- What is for sale. Ids are derived from slugs, so that an import may be repeated; what leaves the catalogue is archived, never deleted,
-- because old orders and their tickets keep pointing at it.
create table catalogue.event (
  id uuid primary key,
  account_id uuid not null references org.account,
  slug ops.slug not null,
  title text not null,
  summary text not null default '',
  description text not null default '',
  picture text,                                -- path below /media
  picture_alt text not null default '',
  category text,
  venue_name text not null,
  venue_street text not null default '',
  venue_city text not null default '',
  venue_subdivision text,
  venue_country char(2) not null check (venue_country ~ '^[A-Z]{2}$'),
  duration_minutes int check (duration_minutes > 0),
  doors_minutes int check (doors_minutes >= 0), -- before the start
  status text not null check (status in ('on-sale', 'paused')),
  sales_open_at timestamptz,
  min_per_order int not null default 1 check (min_per_order >= 1),
  max_per_order int check (max_per_order >= min_per_order),
  position int not null,
  archived_at timestamptz,
  unique (account_id, id), unique (account_id, slug));

create table catalogue.showtime (
  id uuid primary key,
  account_id uuid not null,
  event_id uuid not null,
  starts_local timestamp not null,             -- what the poster says
  time_zone text not null,                     -- IANA
  starts_at timestamptz not null,              -- derived: a skipped hour is refused, a doubled one takes the earlier
  status text not null check (status in ('on-sale', 'paused', 'canceled')),
  archived_at timestamptz,
  unique (account_id, id), unique (event_id, starts_local),
  foreign key (account_id, event_id) references catalogue.event (account_id, id));

create table catalogue.product (
  id uuid primary key,
  account_id uuid not null,
  event_id uuid not null,
  slug ops.slug not null,
  kind text not null check (kind in ('ticket', 'add-on', 'merchandise', 'digital')),
  title text not null,
  description text not null default '',
  picture text,
  tax_class_id uuid not null,
  fee_id uuid,                                 -- null: no service fee
  min_per_order int not null default 1 check (min_per_order >= 1),
  max_per_order int check (max_per_order >= min_per_order),
  position int not null,
  archived_at timestamptz,
  unique (account_id, id), unique (event_id, slug),
  foreign key (account_id, event_id) references catalogue.event (account_id, id),
  foreign key (account_id, tax_class_id) references org.tax_class (account_id, id),
  foreign key (account_id, fee_id) references org.service_fee (account_id, id));

create table catalogue.option (
  id uuid primary key,
  account_id uuid not null,
  product_id uuid not null,
  slug ops.slug not null,
  title text not null,
  position int not null,
  archived_at timestamptz,
  unique (account_id, id), unique (product_id, slug),
  foreign key (account_id, product_id) references catalogue.product (account_id, id));

create table catalogue.option_value (
  id uuid primary key,
  account_id uuid not null,
  option_id uuid not null,
  slug ops.slug not null,
  title text not null,
  position int not null,
  archived_at timestamptz,
  unique (account_id, id), unique (option_id, slug),
  foreign key (account_id, option_id) references catalogue.option (account_id, id));

create table catalogue.variant (               -- what is counted; its stock is inv.variant under the same id
  id uuid primary key,
  account_id uuid not null,
  product_id uuid not null,
  showtime_id uuid,                            -- null: sold beside every showtime (merchandise)
  slug text not null,
  tracked boolean not null,                    -- false: unlimited, no hold
  position int not null,
  archived_at timestamptz,
  unique (account_id, id), unique (product_id, slug),
  foreign key (account_id, product_id) references catalogue.product (account_id, id),
  foreign key (account_id, showtime_id) references catalogue.showtime (account_id, id));

create table catalogue.variant_option (
  account_id uuid not null,
  variant_id uuid not null,
  option_value_id uuid not null,
  primary key (variant_id, option_value_id),
  foreign key (account_id, variant_id) references catalogue.variant (account_id, id),
  foreign key (account_id, option_value_id) references catalogue.option_value (account_id, id));

create table catalogue.price_type (            -- adult, student, early bird: one room's seats, several prices
  id uuid primary key,
  account_id uuid not null,
  variant_id uuid not null,
  slug ops.slug not null,
  title text not null,
  description text not null default '',
  kind text not null check (kind in ('fixed', 'pay-what-you-like')),
  sale_starts_at timestamptz,
  sale_ends_at timestamptz,
  max_per_order int check (max_per_order >= 1),
  position int not null,
  archived_at timestamptz,
  unique (account_id, id), unique (variant_id, slug),
  foreign key (account_id, variant_id) references catalogue.variant (account_id, id));

create table catalogue.price (
  account_id uuid not null,
  price_type_id uuid not null,
  currency ops.currency not null,
  unit_minor ops.minor not null check (unit_minor >= 0),             -- pay-what-you-like: the least
  suggested_minor ops.minor check (suggested_minor >= unit_minor),   -- pay-what-you-like only
  primary key (price_type_id, currency),
  foreign key (account_id, price_type_id) references catalogue.price_type (account_id, id));

create table catalogue.question (
  id uuid primary key,
  account_id uuid not null references org.account,
  event_id uuid,                               -- null: asked for every event
  slug ops.slug not null,
  section text not null default '',
  section_note text not null default '',
  label text not null,
  help text not null default '',
  kind text not null check (kind in ('text', 'long-text', 'choice', 'checkbox')),
  choices jsonb not null default '[]',         -- [{ slug, title, description }]
  required boolean not null,
  position int not null,
  archived_at timestamptz,
  unique (account_id, id),
  foreign key (account_id, event_id) references catalogue.event (account_id, id));

create table catalogue.promotion (
  id uuid primary key,
  account_id uuid not null references org.account,
  code text not null check (code ~ '^[A-Z0-9_-]{2,40}$'),
  kind text not null check (kind in ('percent', 'amount')),
  percent_ppm ops.rate_ppm not null default 0,
  per text not null check (per in ('order', 'ticket')),
  applies_to text not null check (applies_to in ('tickets', 'everything')),
  event_slugs text[],                          -- null: every event
  starts_at timestamptz,
  ends_at timestamptz,
  usage_limit int check (usage_limit >= 1),
  used int not null default 0 check (used >= 0),
  archived_at timestamptz,
  unique (account_id, id), unique (account_id, code),
  constraint promotion_limit check (used <= usage_limit));

create table catalogue.promotion_amount (
  account_id uuid not null,
  promotion_id uuid not null,
  currency ops.currency not null,
  amount_minor ops.minor not null default 0 check (amount_minor >= 0),   -- off, for kind 'amount'
  minimum_minor ops.minor not null default 0 check (minimum_minor >= 0), -- the subtotal it needs
  primary key (promotion_id, currency),
  foreign key (account_id, promotion_id) references catalogue.promotion (account_id, id));

grant update on all tables in schema catalogue to foyer_app;
grant delete on catalogue.price, catalogue.variant_option, catalogue.promotion_amount to foyer_app;
