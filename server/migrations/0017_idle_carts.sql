-- Carts that nobody came back to are emptied of what their shopper typed. By the day they were begun, which no click changes: an index by the last
-- change would have to be written with every click.
create index cart_begun on sales.cart (created_at) where state = 'open';

select pgboss.create_queue('expire-carts', '{"policy": "exclusive", "retryLimit": 0, "heartbeatSeconds": 10, "expireInSeconds": 120,
  "deleteAfterSeconds": 3600}');
