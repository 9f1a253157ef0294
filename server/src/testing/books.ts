import type pg from "pg"

type Fault = { readonly fault: string }

/** What must hold in any database at any moment between two transactions; throws with everything that does not. */
export async function assertBooks(owner: pg.Pool): Promise<void> {
  const { rows } = await owner.query<Fault>(`
    select format('variant %s holds %s, its holds say %s', v.variant_id, v.held, coalesce(h.qty, 0)) as fault
      from inv.variant v left join (
        select variant_id, sum(qty) as qty from inv.hold where state in ('held', 'paying') group by variant_id) h using (variant_id)
      where v.held <> coalesce(h.qty, 0)
    union all
    select format('variant %s sold %s, its paid orders say %s', v.variant_id, v.sold, coalesce(o.qty, 0))
      from inv.variant v left join (
        select l.variant_id, sum(l.quantity) as qty from sales.order_line l join sales.orders o on o.id = l.order_id
          where o.state in ('paid', 'partially_refunded', 'disputed') and l.tracked group by l.variant_id) o using (variant_id)
      where v.sold <> coalesce(o.qty, 0)
    union all
    select format('variant %s is not what its stream says', v.variant_id) from inv.variant v
      join lateral (select data->'after' as after, version from es.event where stream = 'variant-' || v.variant_id order by version desc limit 1) e on true
      where (v.version, v.capacity, v.held, v.sold)
        is distinct from (e.version, (e.after->>'capacity')::int, (e.after->>'held')::int, (e.after->>'sold')::int)
    union all
    select format('order %s is %s with %s captured and %s refunded or about to be', o.id, o.state, coalesce(p.captured, 0), coalesce(p.reserved, 0))
      from sales.orders o left join (
        select order_id, sum(captured_minor) as captured, sum(refund_reserved_minor) as reserved from pay.payment group by order_id) p on p.order_id = o.id
      where case
        when o.state = 'paid' then coalesce(p.captured, 0) <> o.total_minor
        when o.state in ('payment_unfulfillable', 'refunded', 'canceled') then coalesce(p.captured, 0) <> coalesce(p.reserved, 0)
        else coalesce(p.captured, 0) <> 0 end
    union all
    select format('order %s is paid with %s tickets for %s places', o.id, count(t.id), l.places)
      from sales.orders o
      join lateral (select coalesce(sum(quantity) filter (where kind = 'ticket'), 0) as places from sales.order_line where order_id = o.id) l on true
      left join sales.ticket t on t.order_id = o.id and t.state = 'valid'
      group by o.id, l.places having count(t.id) <> case when o.state = 'paid' then l.places else 0 end
    union all
    select format('promotion %s counts %s uses, its redemptions %s', p.id, p.used, count(r.order_id))
      from catalogue.promotion p left join sales.promotion_redemption r on r.promotion_id = p.id and r.state <> 'released'
      group by p.id having p.used <> count(r.order_id)
    union all
    select format('payment %s has %s calls without an end', subject_id, count(*)) from pay.provider_call
      where outcome is null group by subject_id`)
  if (rows.length > 0) throw new Error(rows.map(({ fault }) => fault).join("\n"))
}
