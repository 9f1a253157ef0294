-- Some cheaper with others, and codes that are for some buyers only. What a code takes off stays in percent_ppm, of everything or of what is given.
alter table catalogue.promotion
  drop constraint promotion_kind_check,
  add constraint promotion_kind_check check (kind in ('percent', 'amount', 'bogo')),
  add column bogo_buy int check (bogo_buy between 1 and 100),
  add column bogo_get int check (bogo_get between 1 and 100),
  add column bogo_within text check (bogo_within in ('event', 'price-type', 'order')),
  add column audience text check (audience in ('first-time', 'returning', 'listed')),
  add column audience_emails text[],           -- addresses, and domains that begin with @; lower case
  add column stopped boolean not null default false,
  add constraint promotion_bogo check ((kind = 'bogo') = (bogo_buy is not null) and (kind = 'bogo') = (bogo_get is not null) and (kind = 'bogo') = (bogo_within is not null)),
  add constraint promotion_audience check (coalesce(audience = 'listed', false) = (audience_emails is not null));

-- Whether an e-mail has bought before is asked while somebody fills in the form.
create index order_buyer on sales.orders (account_id, lower(email));

-- What each code has sold, in one look at an index that holds nothing but orders with a code.
create index order_promo on sales.orders (account_id, promo_code, created_at) include (state, currency, total_minor, discount_minor) where promo_code is not null;
