import { assertBooks } from "@foyer/server/testing/books.ts"
import type { TestDatabase } from "@foyer/server/testing/database.ts"
import { expect } from "@playwright/test"
import type { Club } from "#support/club.ts"

/** Stock heads are their streams, holds are what is held, orders are paid, sold and ticketed alike, and nothing is held for a finished cart. */
export async function expectBooks({ owner }: TestDatabase): Promise<void> {
  // A call to the provider that is still under way is no fault; one that never ends is.
  const open = "select count(*)::int as calls from pay.provider_call where outcome is null"
  await expect.poll(async () => (await owner.query(open)).rows[0].calls).toBe(0)
  await assertBooks(owner)
  const { rows } = await owner.query(
    `select c.id as cart, c.state, h.variant_id, h.state as hold from sales.cart c join inv.hold h on h.cart_id = c.id
       where c.state = 'completed' and h.state in ('held', 'paying')`,
  )
  expect(rows).toEqual([])
}

export type BoughtOrder = {
  readonly number: string
  readonly state: string
  readonly currency: string
  readonly total: number
  readonly email: string
  readonly locale: string
  readonly promo: string | null
  readonly token: string
  readonly payment: string | null
  readonly tickets: number
  readonly cart: string
}

/** The club's orders, oldest first, with what belongs to each. */
export async function ordersOf({ owner }: TestDatabase, club: Club): Promise<BoughtOrder[]> {
  const { rows } = await owner.query<BoughtOrder>(
    `select o.number, o.state, o.currency, o.total_minor::int as total, o.email, o.locale, o.promo_code as promo, o.public_token as token,
       (select p.state from pay.payment p where p.order_id = o.id order by p.created_at desc limit 1) as payment,
       (select count(*)::int from sales.ticket t where t.order_id = o.id) as tickets,
       (select c.state from sales.cart c where c.id = o.cart_id) as cart
     from sales.orders o join org.account a on a.id = o.account_id where a.slug = $1 order by o.created_at, o.id`,
    [club.slug],
  )
  return rows
}

export type StockOf = { readonly held: number; readonly sold: number; readonly live: number }

/** What is held and sold of the club's product, and how many places its live holds count. */
export async function stockOf(
  { owner }: TestDatabase,
  club: Club,
  product = "floor",
): Promise<StockOf> {
  const { rows } = await owner.query<StockOf>(
    `select v.held, v.sold, (select coalesce(sum(h.qty), 0)::int from inv.hold h
         where h.variant_id = v.variant_id and h.state in ('held', 'paying')) as live
     from inv.variant v join catalogue.product p on p.id = v.product_id join org.account a on a.id = v.account_id
     where a.slug = $1 and p.slug = $2`,
    [club.slug, product],
  )
  const [stock] = rows
  if (!stock) throw new Error(`${club.slug} has no ${product}`)
  return stock
}

/** The club's conversions by destination, with the state of each. */
export async function conversionsOf(
  { owner }: TestDatabase,
  club: Club,
): Promise<{ destination: string; state: string; outcome: string | null }[]> {
  const { rows } = await owner.query(
    `select c.destination, c.state, c.outcome from marketing.conversion c join org.account a on a.id = c.account_id
     where a.slug = $1 order by 1`,
    [club.slug],
  )
  return rows
}

/** Lets the time of the club's holds run out, now or in some seconds, as the database's clock counts. */
export async function endHolds({ owner }: TestDatabase, club: Club, inSeconds = -1): Promise<void> {
  await owner.query(
    `with short as (update sales.cart set holds_expire_at = clock_timestamp() + $2 * interval '1 second'
         where state in ('open', 'frozen') and account_id = (select id from org.account where slug = $1) returning id, holds_expire_at)
     update inv.hold set expires_at = holds_expire_at from short where cart_id = short.id and state in ('held', 'paying')`,
    [club.slug, inSeconds],
  )
}
