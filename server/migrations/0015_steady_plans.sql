-- A batch's locks are a handful of look-ups by key, asked some hundred times a second: they are planned once in a session, not each time, and by
-- index, so that a plan made while the tables were small is still right when an evening's sale has filled them.
alter function sales.lock_batch(uuid[], bytea[], boolean[], uuid[], uuid[])
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
  set enable_hashjoin = off
  set enable_mergejoin = off;
