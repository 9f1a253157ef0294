-- Orders are looked for by anybody's words, and canceled by the organizer: what was paid goes back, a use of a promotion is free again.
insert into ops.transition values
  ('order', 'paid', 'canceled'), ('order', 'partially_refunded', 'canceled'), ('order', 'canceled', 'refunded'), ('redemption', 'used', 'released');

-- Both come with PostgreSQL and are trusted: the owner of a database may add them.
create extension if not exists pg_trgm;
create extension if not exists btree_gin;
-- Parts of names and addresses, within one account: another tenant's namesakes cost nothing.
create index order_words on sales.orders using gin (account_id, (lower(first_name || ' ' || last_name || ' ' || email)) gin_trgm_ops);
-- Ids rise with time: the newest orders of a state.
create index order_state on sales.orders (account_id, state, id desc);
-- Orders of an event, and what each of its showtimes has brought.
create index order_line_show on sales.order_line (account_id, event_slug, starts_at) include (order_id, total_minor);

select pgboss.create_queue('send-cancellation', '{"policy": "standard", "deadLetter": "dead-letter", "retryLimit": 300, "retryDelay": 1,
  "retryBackoff": true, "retryDelayMax": 300, "heartbeatSeconds": 10, "expireInSeconds": 120}');

-- What the team did to one order.
create index audit_subject on org.audit (account_id, subject, pos desc);

-- What is on next, and what is left of it.
create index showtime_next on catalogue.showtime (account_id, starts_at);
create index variant_showtime on catalogue.variant (account_id, showtime_id) where showtime_id is not null;
-- Money that could not be sent back waits for a person.
create index refund_failed on pay.refund (account_id) where state = 'failed';
