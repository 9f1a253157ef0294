import type pg from "pg"
import type { Storefront } from "#core/storefront.ts"
import { firstOf } from "#testing/fixtures.ts"

export type OrderRows = {
  readonly count: number
  /** ISO 8601: the first order's; each next is a minute later. */
  readonly from: string
  /** The number is added: "Ada 17". */
  readonly firstName?: string
  readonly lastName?: string
  readonly state?: string
  readonly currency?: string
  readonly totalMinor?: number
  /** Of the order's number. */
  readonly prefix?: string
}

/**
 * Writes orders as rows, all at once, each of one line of the shop's first event and one touch: for lists, which move nothing. Ids rise with
 * time, as they do.
 */
export async function writeOrders(
  owner: pg.Pool,
  shop: Storefront,
  rows: OrderRows,
): Promise<void> {
  const { event, variant, priceType } = firstOf(shop)
  const { count, from, firstName = "Ada", lastName = "Lovelace", state = "paid" } = rows
  const { currency = "cad", totalMinor = 2000, prefix = "LS" } = rows
  await owner.query(
    `with n as (
       select i, $2::timestamptz + i * interval '1 minute' as at, gen_random_uuid() as cart_id,
         (lpad(to_hex((extract(epoch from $2::timestamptz + i * interval '1 minute') * 1000)::bigint), 12, '0') || '7000'
           || '8' || substr(md5($3 || i), 1, 15))::uuid as order_id
       from generate_series(1, $1::int) i),
     carts as (
       insert into sales.cart (id, account_id, token_hash, state, region_id, locale, created_at)
       select cart_id, $4, sha256(cart_id::text::bytea), 'open', $5, 'en', at from n),
     touched as (
       insert into marketing.touch (cart_id, account_id, seq, at, source, medium, fingerprint)
       select cart_id, $4, 1, at, case i % 3 when 0 then 'newsletter' when 1 then 'google' end, case i % 3 when 0 then 'email' when 1 then 'cpc' end,
         sha256(cart_id::text::bytea) from n),
     ordered as (
       insert into sales.orders (id, account_id, cart_id, cart_rev, number, public_token, state, currency, subtotal_minor, discount_minor, fee_minor,
         tax_minor, total_minor, tax_lines, region_slug, locale, email, first_name, last_name, created_at, expires_at, placed_at)
       select order_id, $4, cart_id, 1, $3 || '-' || lpad(to_hex(i), 6, '0'), encode(sha256(order_id::text::bytea), 'hex'),
         case when $9 = 'paid' then 'paid' else 'awaiting_payment' end, $10, $11, 0, 0, 0, $11, '[]', 'canada', 'en',
         'guest' || i || '@example.com', $6 || ' ' || i, $7, at, at, case when $9 = 'paid' then at end from n)
     insert into sales.order_line (order_id, account_id, line_no, variant_id, price_type_id, kind, tracked, event_slug, event_title, title, venue_name,
       venue_address, quantity, unit_minor, discount_minor, fee_passed_minor, fee_absorbed_minor, tax_added_minor, tax_included_minor, total_minor)
     select order_id, $4, 1, $8, $12, 'ticket', false, $13, $14, 'General', 'Hall', '', 1, $11, 0, 0, 0, 0, 0, $11 from n`,
    [
      count,
      from,
      prefix,
      shop.account.id,
      shop.regions[0]?.id,
      firstName,
      lastName,
      variant.id,
      state,
      currency,
      totalMinor,
      priceType.id,
      event.slug,
      event.title,
    ],
  )
  if (state !== "paid" && state !== "awaiting_payment")
    await owner.query(
      "update sales.orders set state = $2 where account_id = $1 and number like $3",
      [shop.account.id, state, `${prefix}-%`],
    )
}
