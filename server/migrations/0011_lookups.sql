-- One tenant's rows are asked for all the time: its stock each second, its catalogue whenever it changes, an order's payment with every screen
-- that shows it. Without these, each question reads every tenant's rows. No account_id ever changes: stock still stays on its page.
create index payment_order on pay.payment (order_id);
create index variant_account on inv.variant (account_id);
create index tax_rate_account on org.tax_rate (account_id);
create index service_fee_amount_account on org.service_fee_amount (account_id);
create index variant_option_account on catalogue.variant_option (account_id);
create index price_account on catalogue.price (account_id);
create index promotion_amount_account on catalogue.promotion_amount (account_id);
