-- Payments that wait for a person are counted whenever the figures are read.
create index payment_parked on pay.payment (id) where parked_reason is not null;
