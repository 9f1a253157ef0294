-- When a variant sold out, or had something to sell again: what sitemaps tell of its event's page. Few events of the stock are such moments.
create index event_sold_out on es.event (stream, at)
  where data -> 'wasSoldOut' <> data -> 'isSoldOut' and data ->> 'reason' <> 'variant-created';
