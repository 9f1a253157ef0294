-- An account is an organizer: the tenant. What is configured once and used by every event.
create table org.account (
  id uuid primary key,
  slug ops.slug not null unique,
  name text not null check (length(name) between 1 and 200),
  locale text not null,
  locales text[] not null check (cardinality(locales) > 0),
  time_zone text not null,
  country char(2) not null check (country ~ '^[A-Z]{2}$'),
  order_prefix text not null check (order_prefix ~ '^[A-Z0-9]{1,5}$'),
  reply_to text,
  website text,
  hold_minutes int not null default 15 check (hold_minutes between 1 and 120),
  catalogue_rev bigint not null default 1,     -- rises with every change of what is shown or priced
  created_at timestamptz not null default clock_timestamp());

create table org.allowed_origin (
  account_id uuid not null references org.account,
  origin text not null check (origin ~ '^https?://[^/ ]+$'),
  primary key (account_id, origin));
create index allowed_origin_lookup on org.allowed_origin (origin);

create table org.brand (
  account_id uuid primary key references org.account,
  theme text check (theme in ('light', 'dark')),
  colors jsonb not null default '{}',          -- bg ink accent accentInk surface focus, as #rrggbb; contrast checked when saved
  radius_px int check (radius_px between 0 and 40),
  density numeric(3, 2) check (density between 0.7 and 1.3),
  gutter_px int check (gutter_px between 0 and 64),
  font text,
  font_heading text,
  heading_weight int check (heading_weight between 100 and 900));

create table org.region (
  id uuid primary key,
  account_id uuid not null references org.account,
  slug ops.slug not null,
  name text not null,
  currency ops.currency not null,
  countries text[] not null default '{}',      -- ISO 3166-1 alpha-2 whose visitors start here
  position int not null,
  archived_at timestamptz,
  unique (account_id, id), unique (account_id, slug));

create table org.price_list (                  -- whether prices in a currency already contain tax
  account_id uuid not null references org.account,
  currency ops.currency not null,
  tax_included boolean not null,
  primary key (account_id, currency));

create table org.tax_class (
  id uuid primary key,
  account_id uuid not null references org.account,
  slug ops.slug not null,
  unique (account_id, id), unique (account_id, slug));

create table org.tax_rate (
  id uuid primary key,
  account_id uuid not null,
  tax_class_id uuid not null,
  country char(2) not null check (country ~ '^[A-Z]{2}$'),
  subdivision text,                            -- ISO 3166-2 without the country: 'ON'; null: the whole country
  name text not null,
  rate_ppm ops.rate_ppm not null,
  archived_at timestamptz,
  foreign key (account_id, tax_class_id) references org.tax_class (account_id, id));

create table org.service_fee (
  id uuid primary key,
  account_id uuid not null references org.account,
  slug ops.slug not null,
  percent_ppm ops.rate_ppm not null,
  bearer text not null check (bearer in ('shopper', 'organizer')),   -- passed on, or absorbed
  tax_class_id uuid,                           -- the fee's own tax; null: untaxed
  archived_at timestamptz,
  unique (account_id, id), unique (account_id, slug),
  foreign key (account_id, tax_class_id) references org.tax_class (account_id, id));

create table org.service_fee_amount (
  account_id uuid not null,
  fee_id uuid not null,
  currency ops.currency not null,
  fixed_minor ops.minor not null check (fixed_minor >= 0),
  cap_minor ops.minor check (cap_minor >= 0),
  primary key (fee_id, currency),
  foreign key (account_id, fee_id) references org.service_fee (account_id, id));

create table org.widget (                      -- what an embed shows: account-slug/widget-slug
  id uuid primary key,
  account_id uuid not null references org.account,
  slug ops.slug not null,
  title text not null,
  event_slugs text[],                          -- null: every event
  allow_null_origin boolean not null default false, -- sandboxed embeds
  archived_at timestamptz,
  unique (account_id, id), unique (account_id, slug));

create table org.pixel (                       -- where conversions are reported, by the host page's own libraries
  account_id uuid not null references org.account,
  destination text not null check (destination in ('meta', 'ga4', 'google-ads', 'reddit')),
  target text not null check (length(target) between 1 and 120),     -- pixel id, measurement id, conversion id/label, advertiser id
  primary key (account_id, destination));

grant update on org.account, org.brand, org.region, org.price_list, org.tax_class, org.tax_rate, org.service_fee, org.service_fee_amount, org.widget, org.pixel to foyer_app;
grant delete on org.allowed_origin, org.service_fee_amount, org.pixel, org.price_list to foyer_app;
