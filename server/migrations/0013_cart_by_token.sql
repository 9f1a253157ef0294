-- A cart is found by its token first. With the account in front this index was as good as `unique (account_id, id)` to a planner that had no
-- statistics yet: references to a cart then read every cart of the account, in each session that had planned them while the table was small.
alter table sales.cart
  drop constraint cart_account_id_token_hash_key,
  add constraint cart_token_hash_account_id_key unique (token_hash, account_id);
