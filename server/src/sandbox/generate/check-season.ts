import type pg from "pg"
import { assertBooks } from "#testing/books.ts"

/** What triggers and foreign keys would have refused while they were off; each names its fault. */
const checks = [
  `select format('order %s does not add up', o.id) as fault from sales.orders o
    join (select order_id, sum(total_minor) as total from sales.order_line group by 1) l on l.order_id = o.id where l.total + o.shipping_minor <> o.total_minor limit 10`,
  `select format('order %s is of no cart of its account', o.id) as fault from sales.orders o
    left join sales.cart c on c.id = o.cart_id and c.account_id = o.account_id where c.id is null limit 10`,
  `select format('line %s of order %s sells nothing of its account', l.line_no, l.order_id) as fault from sales.order_line l
    left join catalogue.price_type p on p.id = l.price_type_id and p.account_id = l.account_id and p.variant_id = l.variant_id
    left join sales.orders o on o.id = l.order_id and o.account_id = l.account_id where p.id is null or o.id is null limit 10`,
  `select format('ticket %s is of no line', t.id) as fault from sales.ticket t
    left join sales.order_line l on l.order_id = t.order_id and l.line_no = t.line_no and l.account_id = t.account_id where l.order_id is null limit 10`,
  `select format('payment %s is of no order of its account', p.id) as fault from pay.payment p
    left join sales.orders o on o.id = p.order_id and o.account_id = p.account_id where o.id is null limit 10`,
  `select format('a touch is of cart %s, which is not there', t.cart_id) as fault from marketing.touch t
    left join sales.cart c on c.id = t.cart_id and c.account_id = t.account_id where c.id is null limit 10`,
  `select format('a step is of cart %s, which is not there', s.cart_id) as fault from marketing.step s
    left join sales.cart c on c.id = s.cart_id and c.account_id = s.account_id where c.id is null limit 10`,
  `select format('a conversion is of order %s, which is not there', c.order_id) as fault from marketing.conversion c
    left join sales.orders o on o.id = c.order_id and o.account_id = c.account_id where o.id is null limit 10`,
  `select format('cart %s is not what its order says', c.id) as fault from sales.cart c
    left join sales.orders o on o.cart_id = c.id and o.id = c.order_id where (c.state = 'completed') <> (o.id is not null) limit 10`,
]

/** Throws with everything that does not hold. */
export async function checkSeason(owner: pg.Pool): Promise<void> {
  const faults: string[] = []
  for (const check of checks) {
    const { rows } = await owner.query<{ fault: string }>(check)
    faults.push(...rows.map(({ fault }) => fault))
  }
  if (faults.length > 0) throw new Error(faults.join("\n"))
  await assertBooks(owner)
}
