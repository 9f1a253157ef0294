import { randomBytes, randomUUID } from "node:crypto"
import type { Touch } from "@foyer/shared/protocol"
import type pg from "pg"
import type { Storefront } from "#core/storefront.ts"
import { firstOf } from "#testing/fixtures.ts"

/** A sale as a report sees it, to be written as rows. */
export type Sale = {
  readonly touches: readonly Touch[]
  readonly currency: string
  readonly promoCode?: string
  /** ISO 8601. */
  readonly placedAt: string
  readonly lines: readonly {
    readonly event: string
    readonly totalMinor: number
    readonly quantity: number
    readonly kind: "ticket" | "merchandise"
    /** ISO 8601, of a ticket's show. */
    readonly startsAt?: string
  }[]
}

export type WrittenSale = { readonly cartId: string; readonly orderId: string }

/** Writes a cart that became a paid order: rows, and the event that tells of it. No stock and no payment move. */
export async function writeSale(
  owner: pg.Pool,
  shop: Storefront,
  sale: Sale,
): Promise<WrittenSale> {
  const [cartId, orderId, accountId] = [randomUUID(), randomUUID(), shop.account.id]
  await inOne(owner, async (client) => {
    await writeCart(client, shop, cartId, sale)
    const total = sale.lines.reduce((sum, line) => sum + line.totalMinor, 0)
    await client.query(
      `insert into sales.orders (id, account_id, cart_id, cart_rev, number, public_token, state, currency, subtotal_minor, discount_minor,
         fee_minor, tax_minor, total_minor, tax_lines, region_slug, locale, promo_code, email, first_name, last_name, created_at, expires_at, placed_at)
       values ($1, $2, $3, 1, $4, $5, 'paid', $6, $7, 0, 0, 0, $7, '[]', 'ca', 'en', $8, 'ada@example.com', 'Ada', 'Lovelace', $9, $9, $9)`,
      [
        orderId,
        accountId,
        cartId,
        `LS-${randomBytes(4).toString("hex")}`,
        randomBytes(32).toString("base64url"),
        sale.currency,
        total,
        sale.promoCode ?? null,
        sale.placedAt,
      ],
    )
    for (const [index, line] of sale.lines.entries())
      await writeLine(client, shop, orderId, index + 1, line)
    await writeOrderEvent(client, orderId, "OrderPaid", 1)
  })
  return { cartId, orderId }
}

/** One transaction; a connection that is given back is in none. */
async function inOne(owner: pg.Pool, work: (client: pg.PoolClient) => Promise<void>) {
  const client = await owner.connect()
  try {
    await client.query("begin")
    await work(client)
    await client.query("commit")
  } catch (error) {
    await client.query("rollback")
    throw error
  } finally {
    client.release()
  }
}

async function writeCart(
  client: pg.PoolClient,
  shop: Storefront,
  cartId: string,
  { touches }: Pick<Sale, "touches">,
): Promise<void> {
  const accountId = shop.account.id
  await client.query(
    "insert into sales.cart (id, account_id, token_hash, region_id, locale) values ($1, $2, $3, $4, 'en')",
    [cartId, accountId, randomBytes(32), shop.regions[0].id],
  )
  for (const [index, touch] of touches.entries())
    await client.query(
      `insert into marketing.touch (cart_id, account_id, seq, at, source, medium, campaign, content, term, click_ids, ref, referrer, landing_page, fingerprint)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        cartId,
        accountId,
        index + 1,
        new Date(touch.at).toISOString(),
        touch.source ?? null,
        touch.medium ?? null,
        touch.campaign ?? null,
        touch.content ?? null,
        touch.term ?? null,
        touch.clickIds ?? {},
        touch.ref ?? null,
        touch.referrer ?? null,
        touch.landingPage ?? null,
        randomBytes(32),
      ],
    )
}

/** A cart that came as far as it came. */
export async function writeOpenCart(
  owner: pg.Pool,
  shop: Storefront,
  touches: readonly Touch[],
): Promise<string> {
  const cartId = randomUUID()
  await inOne(owner, (client) => writeCart(client, shop, cartId, { touches }))
  return cartId
}

async function writeLine(
  client: pg.PoolClient,
  shop: Storefront,
  orderId: string,
  lineNo: number,
  line: Sale["lines"][number],
): Promise<void> {
  const { variant, priceType } = firstOf(shop)
  await client.query(
    `insert into sales.order_line (order_id, account_id, line_no, variant_id, price_type_id, kind, tracked, event_slug, event_title, title,
       venue_name, venue_address, quantity, unit_minor, discount_minor, fee_passed_minor, fee_absorbed_minor, tax_added_minor, tax_included_minor, total_minor,
       starts_at, starts_local)
     values ($1, $2, $3, $4, $5, $6, false, $7, $7, 'General admission', 'The Cellar', '', $8, 0, 0, $9, 0, 0, 0, $9, $10, $10::timestamptz at time zone 'UTC')`,
    [
      orderId,
      shop.account.id,
      lineNo,
      variant.id,
      priceType.id,
      line.kind,
      line.event,
      line.quantity,
      line.totalMinor,
      line.startsAt ?? null,
    ],
  )
}

async function writeOrderEvent(
  client: Pick<pg.PoolClient, "query">,
  orderId: string,
  type: string,
  version: number,
): Promise<void> {
  await client.query(
    "insert into es.event (stream, version, event_id, type, data, actor_type) values ($1, $2, $3, $4, '{}', 'test')",
    [`order-${orderId}`, version, randomUUID(), type],
  )
}

/** Gives a part of an order back, or all of it. */
export async function writeRefund(
  owner: pg.Pool,
  shop: Storefront,
  { orderId }: WrittenSale,
  amountMinor: number | "all",
): Promise<void> {
  await inOne(owner, async (client) => {
    const { rows } = await client.query<{ total_minor: number; currency: string }>(
      "select total_minor, currency from sales.orders where id = $1",
      [orderId],
    )
    const { total_minor: total = 0, currency = "" } = rows[0] ?? {}
    const amount = amountMinor === "all" ? total : Math.min(amountMinor, total)
    const state = amountMinor === "all" ? "refunded" : "partially_refunded"
    await client.query("update sales.orders set state = $2 where id = $1", [orderId, state])
    if (amount > 0) await writeMoneyBack(client, shop, { orderId, total, amount, currency })
    await writeOrderEvent(client, orderId, "OrderRefunded", 2)
  })
}

async function writeMoneyBack(
  client: pg.PoolClient,
  shop: Storefront,
  refund: { orderId: string; total: number; amount: number; currency: string },
): Promise<void> {
  const paymentId = randomUUID()
  await client.query(
    `insert into pay.payment (id, account_id, order_id, provider, currency, amount_minor, captured_minor, refund_reserved_minor, idempotency_key)
     values ($1::uuid, $2, $3, 'sandbox', $4, $5, $5, $6, $1::uuid::text)`,
    [paymentId, shop.account.id, refund.orderId, refund.currency, refund.total, refund.amount],
  )
  await client.query(
    `insert into pay.refund (id, account_id, payment_id, currency, amount_minor, idempotency_key, reason) values ($1::uuid, $2, $3, $4, $5, $1::uuid::text, 'asked')`,
    [randomUUID(), shop.account.id, paymentId, refund.currency, refund.amount],
  )
}
