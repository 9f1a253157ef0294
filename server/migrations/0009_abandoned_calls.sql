-- Calls that nobody has written an end to are looked for by the sweeper every few seconds, among all calls ever made.
create index provider_call_open on pay.provider_call (started_at) where outcome is null;
