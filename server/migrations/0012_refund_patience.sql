-- A bank takes days for a refund: who was asked a moment ago is not asked again in the next.
alter table pay.refund add column asked_at timestamptz;
